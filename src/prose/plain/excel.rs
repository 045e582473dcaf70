//! Characters that Excel writes as numbers: "_x000D_".

/// Length of "_x000D_", in bytes.
const LEN: usize = 7;

/// Returns the text with these characters as themselves; `None` if it has none.
pub(super) fn decoded(text: &str) -> Option<String> {
    let mut plain = String::new();
    let mut from = 0;
    for at in memchr::memmem::find_iter(text.as_bytes(), "_x") {
        if let Some(c) = character(&text[at..]) {
            plain.push_str(&text[from..at]);
            from = at + LEN;
            // A carriage return and the line feed after it are one line break.
            match c {
                '\r' if text[from..].starts_with('\n') => {}
                '\r' => plain.push('\n'),
                _ => plain.push(c),
            }
        }
    }
    plain.push_str(&text[from..]);
    (from > 0).then_some(plain)
}

/// Returns the character whose number is at the beginning.
fn character(rest: &str) -> Option<char> {
    let digits = rest.get(2..6).filter(|_| rest[6..].starts_with('_'))?;
    let is_hex = digits.bytes().all(|byte| byte.is_ascii_hexdigit());
    u32::from_str_radix(digits, 16).ok().filter(|_| is_hex).and_then(char::from_u32)
}
