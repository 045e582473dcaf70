//! Marks of items that follow a sentence in its line: "It works. - It is new.", "It works. (b) the proof".

/// Maximum number of letters or digits of a label: "viii", "12".
const LONGEST_LABEL: usize = 4;
/// Maximum length of a dash, in bytes.
const LONGEST_DASH: usize = 4;

/// Returns the length of the dash before a capital, or of the label with a bracket, that begins `text`, with the space after it, or 0.
pub(super) fn mark_len(text: &str) -> usize {
    match text.as_bytes().first() {
        // The first byte of the dashes beyond ASCII.
        Some(b'-' | 0xe2) => dash_len(text),
        Some(byte) if *byte == b'(' || byte.is_ascii_alphanumeric() => label_len(text),
        _ => 0,
    }
}

/// Returns the length of "- ", "-", "--", "– " before a capital, perhaps in quotes or emphasis.
fn dash_len(text: &str) -> usize {
    let after = text.trim_start_matches(['-', '–', '—', '―']);
    let body = after.trim_start();
    let is_dash = (1..=LONGEST_DASH).contains(&(text.len() - after.len()));
    let is_capital = || body.trim_start_matches(['"', '\'', '“', '‘', '*', '_', '(']).starts_with(char::is_uppercase);
    if is_dash && is_capital() { text.len() - body.len() } else { 0 }
}

/// Returns the length of "(a) ", "b) ", "(iv) ", "2) ".
fn label_len(text: &str) -> usize {
    let bytes = text.as_bytes();
    let start = usize::from(bytes[0] == b'(');
    let len = bytes[start..].iter().take(LONGEST_LABEL + 1).take_while(|byte| byte.is_ascii_alphanumeric()).count();
    let end = start + len;
    if !is_ordinal(&bytes[start..end]) || bytes.get(end) != Some(&b')') {
        return 0;
    }
    let after = &text[end + 1..];
    let body = after.trim_start();
    if body.len() < after.len() && !body.is_empty() { text.len() - body.len() } else { 0 }
}

/// Returns whether this numbers items: one or two digits, a small letter, a small Roman number.
fn is_ordinal(name: &[u8]) -> bool {
    match name {
        [] => false,
        [byte] => byte.is_ascii_digit() || byte.is_ascii_lowercase(),
        _ => name.len() == 2 && name.iter().all(u8::is_ascii_digit) || name.iter().all(|byte| b"ivx".contains(byte)),
    }
}
