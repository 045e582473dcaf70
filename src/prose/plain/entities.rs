//! Entities: `&amp;`, `&#8217;`, `&#x2019;` are replaced by the characters that they stand for.

use std::borrow::Cow;

/// Maximum length of a name, in bytes.
const LONGEST_NAME: usize = 30;
/// Entities that are also written without their semicolon.
const BARE: [&str; 7] = ["nbsp", "amp", "lt", "gt", "quot", "AMP", "QUOT"];
/// Those of Latin-1, which HTML allows without it. Sorted.
#[rustfmt::skip]
const LATIN: [&str; 96] = [
    "AElig", "Aacute", "Acirc", "Agrave", "Aring", "Atilde", "Auml", "Ccedil", "ETH", "Eacute", "Ecirc", "Egrave", "Euml", "Iacute",
    "Icirc", "Igrave", "Iuml", "Ntilde", "Oacute", "Ocirc", "Ograve", "Oslash", "Otilde", "Ouml", "THORN", "Uacute", "Ucirc", "Ugrave",
    "Uuml", "Yacute", "aacute", "acirc", "acute", "aelig", "agrave", "aring", "atilde", "auml", "brvbar", "ccedil", "cedil", "cent",
    "copy", "curren", "deg", "divide", "eacute", "ecirc", "egrave", "eth", "euml", "frac12", "frac14", "frac34", "iacute", "icirc",
    "iexcl", "igrave", "iquest", "iuml", "laquo", "macr", "micro", "middot", "nbsp", "not", "ntilde", "oacute", "ocirc", "ograve",
    "ordf", "ordm", "oslash", "otilde", "ouml", "para", "plusmn", "pound", "raquo", "reg", "sect", "shy", "sup1", "sup2", "sup3",
    "szlig", "thorn", "times", "uacute", "ucirc", "ugrave", "uml", "uuml", "yacute", "yen", "yuml",
];
/// Endings of the names of letters with an accent, after the letter.
const ACCENTS: [&str; 9] = ["acute", "cedil", "circ", "elig", "grave", "ring", "slash", "tilde", "uml"];

/// Returns the text with its entities decoded; `None` if it has none.
pub(super) fn decoded(text: &str) -> Option<String> {
    memchr::memchr(b'&', text.as_bytes())?;
    let closed = with_semicolons(text);
    match html_escape::decode_html_entities(closed.as_deref().unwrap_or(text)) {
        Cow::Owned(decoded) => Some(decoded),
        Cow::Borrowed(_) => None,
    }
}

/// Returns the text with semicolons after the entities that lack them.
fn with_semicolons(text: &str) -> Option<String> {
    let (mut closed, mut from) = (String::new(), 0);
    for at in memchr::memchr_iter(b'&', text.as_bytes()) {
        let after = at + 1 + bare_len(&text[at + 1..]);
        if after > at + 1 {
            closed.push_str(&text[from..after]);
            closed.push(';');
            from = after;
        }
    }
    closed.push_str(&text[from..]);
    (from > 0).then_some(closed)
}

/// Returns the length of an entity's name or number without a semicolon, or 0. A name may be glued to a word only if no word begins
/// so, and the number of a mark ("#x2019d") if it has four digits.
fn bare_len(rest: &str) -> usize {
    let ends = |rest: &str| !rest.starts_with(|c: char| c == ';' || c == '=' || c.is_ascii_alphanumeric());
    if let Some(number) = rest.strip_prefix('#') {
        return number_len(number).map_or(0, |len| 1 + len);
    }
    let len = rest.bytes().take(LONGEST_NAME).take_while(u8::is_ascii_alphanumeric).count();
    let name = &rest[..len];
    if BARE.contains(&name) || LATIN.binary_search(&name).is_ok() {
        return if ends(&rest[len..]) { len } else { 0 };
    }
    let is_letter = |len: &usize| rest.is_char_boundary(*len) && LATIN.binary_search(&&rest[..*len]).is_ok();
    let is_accent = |len: &usize| ACCENTS.iter().any(|accent| rest[1..*len] == **accent);
    let glued = (4..=7).filter(|len| *len < name.len()).find(|len| is_letter(len) && is_accent(len));
    glued.unwrap_or(if name.starts_with("nbsp") { 4 } else { 0 })
}

/// Returns the length of the number of a character without a semicolon, given what follows the "#".
fn number_len(number: &str) -> Option<usize> {
    let hex = usize::from(number.starts_with(['x', 'X']));
    let is_digit = |c: char| if hex > 0 { c.is_ascii_hexdigit() } else { c.is_ascii_digit() };
    let len = number[hex..].find(|c| !is_digit(c)).unwrap_or(number.len() - hex);
    let is_mark = hex > 0 && len > 4 && number[hex..].starts_with("20");
    let len = if is_mark { 4 } else { len };
    let goes_on = number[hex + len..].starts_with([';', '=']);
    ((2..7).contains(&len) && !goes_on).then_some(hex + len)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_sorted() {
        assert!(LATIN.is_sorted_by(|a, b| a < b));
    }
}
