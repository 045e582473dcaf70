//! Lines of a text.

use memchr::memchr2;

/// A line: its start, its text without indent, and the start of the next one.
#[derive(Clone, Copy)]
pub(super) struct Line<'a> {
    pub at: usize,
    pub body: &'a str,
    pub next: usize,
}

/// Returns the line at `at` without its line break, and where the next one begins.
#[inline]
pub(crate) fn line_at(text: &str, at: usize) -> (&str, usize) {
    let rest = &text.as_bytes()[at..];
    let Some(len) = memchr2(b'\n', b'\r', rest) else { return (&text[at..], text.len()) };
    let break_len = if rest[len..].starts_with(b"\r\n") { 2 } else { 1 };
    (&text[at..at + len], at + len + break_len)
}

/// Returns the text up to its first blank line.
pub(super) fn paragraph(text: &str) -> &str {
    let mut at = 0;
    while at < text.len() {
        let (line, next) = line_at(text, at);
        if at > 0 && line.trim_start().is_empty() {
            return &text[..at];
        }
        at = next;
    }
    text
}

/// Returns the longest prefix of `text` of at most `len` bytes.
pub(crate) fn prefix(text: &str, len: usize) -> &str {
    let mut len = len.min(text.len());
    while !text.is_char_boundary(len) {
        len -= 1;
    }
    &text[..len]
}

/// Returns whether a sentence goes on from one text to the next: the first ends in a small letter or a comma, the second begins with a
/// small letter.
pub(crate) fn continues(before: &str, after: &str) -> bool {
    before.ends_with(|c: char| c.is_lowercase() || c == ',') && after.starts_with(char::is_lowercase)
}
