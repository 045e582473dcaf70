//! Repairs of UAX #29: boundaries that it sees and readers do not.

use super::abbreviations::{Hold, LONGEST, hold_after, is_opener};
use super::glued::ends_glued;
use super::paragraphs::Block;
use super::sentences::{Boundaries, Boundary};
use super::words::is_word_character;
use crate::prose::formula_end;
use memchr::memchr;

/// Calls `f` with each sentence of a paragraph, in order, white space and all.
pub(super) fn for_each_sentence<'a>(block: Block<'a>, mut f: impl FnMut(&'a str)) {
    let Block { text, marks_end } = block;
    let mut formulas = Formulas::new(text);
    let mut start = 0;
    for boundary in Boundaries::new(text, marks_end) {
        if stands(text, &boundary) && !formulas.contain(boundary.at) {
            f(&text[start..boundary.at]);
            start = boundary.at;
        }
    }
    f(&text[start..]);
}

/// Whether a boundary survives what is around it.
#[inline]
fn stands(text: &str, boundary: &Boundary) -> bool {
    let &Boundary { terminator, space, at, is_extra } = boundary;
    let byte = text.as_bytes()[terminator];
    if is_extra || byte.is_ascii() && space == at {
        return ends_glued(text, terminator, at) && !is_inside_word(text, at); // or an address, a file name, a version
    }
    if byte == b'.' && space == terminator + 1 && is_held(&text[..terminator], &text[at..]) {
        return false;
    }
    !is_inside_word(text, at)
}

/// Whether a mark that extends the terminator makes a word with what follows; only foreign marks can.
fn is_inside_word(text: &str, at: usize) -> bool {
    text.as_bytes()[at - 1] != b' '
        && text[..at].chars().next_back().is_some_and(is_word_character)
        && text[at..].chars().next().is_some_and(is_word_character)
}

/// Whether a full stop between `before` and `after` belongs to an abbreviation or an initial.
pub(super) fn is_held(before: &str, after: &str) -> bool {
    let hold = hold_after(last_token(before)).or_else(|| ends_with_initial(before).then_some(Hold::UnlessOpener));
    match hold {
        None => false,
        Some(Hold::Always) => true,
        Some(Hold::BeforeNumber) => after.trim_start_matches(['(', '[', '#']).starts_with(|c: char| c.is_ascii_digit()),
        Some(Hold::UnlessOpener) => !starts_with_opener(after),
    }
}

/// The letters, digits and full stops at the end of `text`; empty if too many for an abbreviation.
fn last_token(text: &str) -> &str {
    let is_part = |byte: &u8| byte.is_ascii_alphanumeric() || *byte == b'.';
    let len = text.bytes().rev().take(LONGEST + 1).take_while(is_part).count();
    let token = &text[text.len() - len..];
    let goes_on = text[..text.len() - len].chars().next_back().is_some_and(is_word_character);
    if goes_on || len > LONGEST { "" } else { token }
}

/// Whether `text` ends with a single capital letter, as in "J", "U.S" and "J.-P".
fn ends_with_initial(text: &str) -> bool {
    let mut chars = text.chars().rev();
    chars.next().is_some_and(char::is_uppercase)
        && chars.next().is_none_or(|c| c.is_whitespace() || ".-‐(['\"‘“".contains(c))
}

fn starts_with_opener(text: &str) -> bool {
    let len = text.bytes().take_while(u8::is_ascii_alphabetic).count();
    // "A" opens a sentence, but "A." is another initial.
    is_opener(&text[..len]) && text.as_bytes().get(len) != Some(&b'.')
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

    /// Whether the boundary `at` is inside a formula, and not at its edge; must not go back.
    #[inline]
    fn contain(&mut self, at: usize) -> bool {
        while self.end <= at {
            self.find_next();
        }
        self.start < at
    }

    /// Goes to the formula after `self.end`; the end of the text stands for one if there is none.
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
