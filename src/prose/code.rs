//! Code: fenced blocks, and pieces within a line.

use std::ops::Range;

use super::lines::{Line, line_at};

/// Maximum length of code within a line, in bytes; backticks farther apart are quotation marks.
const LONGEST_INLINE: usize = 200;

/// Languages of fences around prose.
const TEXT: [&str; 6] = ["markdown", "md", "text", "txt", "plaintext", "plain"];

/// Minimum number of words of prose in a fence.
const LEAST_WORDS: usize = 30;
/// Maximum share of prose, of 100 bytes, that is marks as code has them.
const MOST_MARKS: usize = 2;

/// Fenced blocks; an unclosed fence opens none, as a stray one must not swallow a text.
pub(super) struct Fences<'a> {
    text: &'a str,
    /// Fence length from which a closing fence was sought to the end of the text in vain.
    unclosed: usize,
    /// Length from which a closing fence of tildes was sought in vain.
    unclosed_tildes: usize,
    /// Where the line begins that closes the last fence around prose, or 0.
    closing: usize,
}

impl<'a> Fences<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self { text, unclosed: usize::MAX, unclosed_tildes: usize::MAX, closing: 0 }
    }

    /// Returns where the block that the line opens ends; for a fence around prose that is the end of the line itself.
    pub(super) fn end(&mut self, line: Line<'_>) -> Option<usize> {
        let Line { at, body, next } = line;
        let mark = body.as_bytes().first().copied()?;
        let len = fence_len(body, mark);
        let info = body[len..].trim();
        // Tildes alone are a rule between paragraphs in many texts.
        let is_inside = at > 0 && at <= self.closing;
        let is_rule = mark == b'~' && !is_inside && (info.is_empty() || info.contains([' ', '~']));
        if len < 3 || info.contains('`') || is_rule {
            return None;
        }
        if is_inside || mark == b'`' && len >= self.unclosed {
            return Some(next);
        }
        if mark == b'~' && len >= self.unclosed_tildes {
            return None;
        }
        let Some(closing) = self.closing(mark, len, next) else {
            if mark == b'~' {
                self.unclosed_tildes = len;
                return None;
            }
            self.unclosed = len;
            return Some(next);
        };
        let is_text = TEXT.contains(&info.to_ascii_lowercase().as_str());
        if is_text
            || self.is_whole(at..closing.end)
            || self.is_mostly(at..closing.end) && is_prose(&self.text[next..closing.start])
        {
            self.closing = closing.start;
            return Some(next);
        }
        Some(closing.end)
    }

    /// Returns whether nothing stands around these bytes.
    fn is_whole(&self, bytes: Range<usize>) -> bool {
        self.text[..bytes.start].trim().is_empty() && self.text[bytes.end..].trim().is_empty()
    }

    /// Returns whether these are more than half of the text.
    fn is_mostly(&self, bytes: Range<usize>) -> bool {
        2 * bytes.len() > self.text.len()
    }

    /// Returns the line that closes a fence of `len` marks.
    fn closing(&self, mark: u8, len: usize, mut at: usize) -> Option<Range<usize>> {
        while at < self.text.len() {
            let (line, next) = line_at(self.text, at);
            let body = line.trim();
            if body.len() >= len && fence_len(body, mark) == body.len() {
                return Some(at..next);
            }
            at = next;
        }
        None
    }
}

fn fence_len(body: &str, mark: u8) -> usize {
    body.bytes().take_while(|&byte| byte == mark).count()
}

/// Returns whether the content of a fence is prose: many words, sentences, and hardly any mark that programs have.
fn is_prose(content: &str) -> bool {
    let n_marks = content.bytes().filter(|byte| b"{}[]()=<>;_\\|$@".contains(byte)).count();
    let is_sentence_end =
        |at: usize| content[..at].ends_with(char::is_alphanumeric) && content[at + 1..].starts_with([' ', '\n', '\r']);
    let n_sentences = memchr::memchr_iter(b'.', content.as_bytes()).filter(|at| is_sentence_end(*at)).take(2).count();
    let n_words = content.split_whitespace().take(LEAST_WORDS).count();
    n_words == LEAST_WORDS && n_sentences == 2 && 100 * n_marks <= MOST_MARKS * content.len()
}

/// Returns where the code ends that the backtick at `at` begins: outside of words, without white space at its edges, in one line.
///
/// So "`kite' and `wind'" and "``kite'' and ``wind''", quotes in the manner of LaTeX, are not code.
pub(super) fn end(text: &str, at: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    let len = fence_len(&text[at..], b'`');
    let start = at + len;
    let first = bytes.get(start)?;
    if first.is_ascii_whitespace() || at > 0 && is_word(bytes[at - 1]) {
        return None;
    }
    let limit = bytes.len().min(start + LONGEST_INLINE);
    let mut from = start;
    while let Some(found) = memchr::memchr2(b'`', b'\n', &bytes[from..limit]) {
        let closing = from + found;
        let closing_len = fence_len(&text[closing..], b'`');
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
