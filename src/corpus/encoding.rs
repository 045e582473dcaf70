//! Recognises texts that were read in a wrong encoding and cannot be mended without doubt.

/// The apostrophe of Mac OS Roman as Latin-1 and Windows-1252 read it: "isnÕt".
const APOSTROPHE: char = 'Õ';

/// Returns whether a text in Mac OS Roman was read in another encoding: a capital letter with a tilde stands between small ones.
pub(super) fn is_mac_roman(text: &str) -> bool {
    let is_small = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_lowercase);
    let mut mark = [0; 4];
    let mark = APOSTROPHE.encode_utf8(&mut mark).as_bytes();
    let bytes = text.as_bytes();
    memchr::memmem::find_iter(bytes, mark)
        .any(|at| is_small(bytes[..at].last()) && is_small(bytes.get(at + mark.len())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_capital_between_small_letters_is_an_apostrophe() {
        assert!(is_mac_roman("The kite isnÕt red."));
        for text in ["The kite isn’t red.", "Õnne Õun flies.", "NÕU", "It is Õ", ""] {
            assert!(!is_mac_roman(text), "{text}");
        }
    }
}
