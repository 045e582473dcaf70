//! Code: fenced blocks, and pieces within a line.

use super::lines::{Line, line_at};

/// Maximum length of code within a line, in bytes; backticks farther apart are quotation marks.
const LONGEST_INLINE: usize = 200;

/// Languages of fences around prose.
const TEXT: [&str; 6] = ["markdown", "md", "text", "txt", "plaintext", "plain"];

/// Fenced blocks; an unclosed fence opens none, as a stray one must not swallow a text.
pub(super) struct Fences<'a> {
    text: &'a str,
    /// Fence length from which a closing fence was sought to the end of the text in vain.
    unclosed: usize,
}

impl<'a> Fences<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self { text, unclosed: usize::MAX }
    }

    /// Returns where the block that the line opens ends; for a fence around prose that is the end of the line itself.
    pub(super) fn end(&mut self, line: Line<'_>) -> Option<usize> {
        let Line { at, body, next } = line;
        let len = fence_len(body);
        let info = body[len..].trim();
        if len < 3 || info.contains('`') {
            return None;
        }
        if len >= self.unclosed || TEXT.contains(&info.to_ascii_lowercase().as_str()) {
            return Some(next);
        }
        let Some(end) = self.closing(len, next) else {
            self.unclosed = len;
            return Some(next);
        };
        let is_whole = self.text[..at].trim().is_empty() && self.text[end..].trim().is_empty();
        Some(if is_whole { next } else { end })
    }

    /// Returns where the line ends that closes a fence of `len` backticks.
    fn closing(&self, len: usize, mut at: usize) -> Option<usize> {
        while at < self.text.len() {
            let (line, next) = line_at(self.text, at);
            let body = line.trim();
            if fence_len(body) == body.len() && body.len() >= len {
                return Some(next);
            }
            at = next;
        }
        None
    }
}

fn fence_len(body: &str) -> usize {
    body.bytes().take_while(|&byte| byte == b'`').count()
}

/// Returns where the code ends that the backtick at `at` begins: outside of words, without white space at its edges, in one line.
///
/// So "`kite' and `wind'" and "``kite'' and ``wind''", quotes in the manner of LaTeX, are not code.
pub(super) fn end(text: &str, at: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    let len = fence_len(&text[at..]);
    let start = at + len;
    let first = bytes.get(start)?;
    if first.is_ascii_whitespace() || at > 0 && is_word(bytes[at - 1]) {
        return None;
    }
    let limit = bytes.len().min(start + LONGEST_INLINE);
    let mut from = start;
    while let Some(found) = memchr::memchr2(b'`', b'\n', &bytes[from..limit]) {
        let closing = from + found;
        let closing_len = fence_len(&text[closing..]);
        let after = closing + closing_len;
        if closing_len == 0 || bytes[closing - 1].is_ascii_whitespace() {
            return None;
        }
        if closing_len == len && !bytes.get(after).is_some_and(|byte| is_word(*byte)) {
            return Some(after);
        }
        from = after.min(limit);
    }
    None
}

fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_'
}
