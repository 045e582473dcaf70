//! Repairs of UAX #29: boundaries that it finds and readers do not.

use super::glued::ends_glued;
use super::held::is_held;
use super::listed::mark_len;
use super::marks::mark_after;
use super::paragraphs::Block;
use super::sentences::{Boundaries, Boundary, Rule};
use super::small::{HasCapital, opens_small};
use super::words::is_word_character;
use crate::prose::formula_end;
use memchr::memchr;

/// Calls `f` with each sentence of a paragraph, in order, including white space.
pub(super) fn for_each_sentence<'a>(block: Block<'a>, mut f: impl FnMut(&'a str)) {
    let Block { text, marks_end } = block;
    let mut formulas = Formulas::new(text);
    let mut has_capital = HasCapital::new(text);
    let mut start = 0;
    for boundary in Boundaries::new(text, marks_end) {
        // The marks after a full stop may have boundaries of their own.
        if boundary.at <= start {
            continue;
        }
        let end = end_of_sentence(text, &boundary, &mut has_capital).filter(|_| !formulas.contain(boundary.at));
        if let Some(end) = end {
            f(&text[start..end]);
            start = end;
        }
    }
    f(&text[start..]);
}

/// Returns where the sentence ends, if the boundary remains given the text around it: there, or after marks that belong to it.
#[inline]
fn end_of_sentence(text: &str, boundary: &Boundary, has_capital: &mut HasCapital<'_>) -> Option<usize> {
    let &Boundary { terminator, space, at, rule } = boundary;
    let byte = text.as_bytes()[terminator];
    if rule == Rule::Glued || byte.is_ascii() && space == at {
        let end = terminator + 1;
        if let Some(len) = byte.is_ascii().then(|| mark_after(&text[..terminator], &text[end..])).flatten() {
            return Some(end + len);
        }
        // Unless it is part of an address, a file name or a version.
        return (ends_glued(text, terminator, at) && !is_inside_word(text, at)).then_some(at);
    }
    let mark = if rule == Rule::Small { mark_len(&text[at..]) } else { 0 };
    let before = &text[..terminator];
    let mut opens = || space == terminator + 1 && opens_small(before, &text[space..at], &text[at..], has_capital);
    if rule == Rule::Small && mark == 0 && !opens() {
        return None;
    }
    if byte == b'.' && space == terminator + 1 && is_held(before, &text[at + mark..]) {
        return None;
    }
    (!is_inside_word(text, at)).then_some(at)
}

/// Returns whether a mark that extends the terminator makes a word with what follows; only foreign marks can.
fn is_inside_word(text: &str, at: usize) -> bool {
    text.as_bytes()[at - 1] != b' '
        && text[..at].chars().next_back().is_some_and(is_word_character)
        && text[at..].chars().next().is_some_and(is_word_character)
}

/// Formulas `$...$` by pandoc's rule and `$$...$$`, found as far as they are asked about.
///
/// After the first single dollar sign and before the second there is no white space, and after the second no digit.
struct Formulas<'a> {
    text: &'a str,
    /// The last formula found, or the empty range.
    start: usize,
    end: usize,
}

impl<'a> Formulas<'a> {
    fn new(text: &'a str) -> Self {
        Self { text, start: 0, end: 0 }
    }

    /// Returns whether the boundary `at` is inside a formula, and not at its edge; must not go back.
    #[inline]
    fn contain(&mut self, at: usize) -> bool {
        while self.end <= at {
            self.find_next();
        }
        self.start < at
    }

    /// Moves to the formula after `self.end`; the end of the text stands for one if there is none.
    fn find_next(&mut self) {
        let bytes = self.text.as_bytes();
        let mut from = self.end;
        while let Some(distance) = memchr(b'$', &bytes[from..]) {
            let start = from + distance;
            if let Some(end) = formula_end(bytes, start) {
                (self.start, self.end) = (start, end);
                return;
            }
            from = start + 1;
        }
        (self.start, self.end) = (bytes.len(), bytes.len() + 1);
    }
}
