//! Entities: `&amp;`, `&#8217;`, `&#x2019;` are replaced by the characters that they stand for.

use std::borrow::Cow;

/// Entities that are also written without their semicolon.
const BARE: [&str; 5] = ["nbsp", "amp", "lt", "gt", "quot"];

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

/// Returns the length of an entity's name or number without a semicolon, or 0; a name may be glued only to what begins no word.
fn bare_len(rest: &str) -> usize {
    let ends = |rest: &str| !rest.starts_with(|c: char| c == ';' || c == '=' || c.is_ascii_alphanumeric());
    if let Some(number) = rest.strip_prefix('#') {
        let hex = usize::from(number.starts_with(['x', 'X']));
        let is_digit = |c: char| if hex > 0 { c.is_ascii_hexdigit() } else { c.is_ascii_digit() };
        let len = number[hex..].find(|c| !is_digit(c)).unwrap_or(number.len() - hex);
        return if (2..7).contains(&len) && ends(&number[hex + len..]) { 1 + hex + len } else { 0 };
    }
    let name = BARE.iter().find(|name| rest.starts_with(**name));
    let is_bare = |name: &str| ends(&rest[name.len()..]) || name == "nbsp" && !rest[name.len()..].starts_with(';');
    name.filter(|name| is_bare(name)).map_or(0, |name| name.len())
}
