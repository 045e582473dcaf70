//! Line breaks as the lines around them explain them: within a wrapped sentence even where a blank line follows, or after a
//! heading or an item of a list that nothing marks.

use crate::prose::continues;

/// Minimum number of sentences that go on after a blank line.
const FEWEST: usize = 4;
/// Maximum length of a line that may be wrapped, in bytes.
const LONGEST: usize = 200;
/// Minimum length of a full line, in bytes, where all are short.
const NARROWEST: usize = 50;
/// Words that end no heading and no item, sorted.
#[rustfmt::skip]
const INNER: [&str; 34] = [
    "a", "all", "an", "and", "are", "as", "at", "be", "both", "by", "called", "for", "from", "has", "have", "in", "into", "is", "like", "of",
    "on", "or", "our", "see", "such", "that", "the", "their", "this", "to", "using", "was", "which", "with",
];

/// What the lines of a text show of blank lines within sentences.
#[derive(Debug, Default)]
pub(super) struct Spacing<'a> {
    before: &'a str,
    is_after_blank: bool,
    n_breaks: usize,
    /// The length of the line before each blank line within a sentence, and the same with the word after it.
    widths: Vec<(usize, usize)>,
    longest: usize,
    is_double: bool,
}

impl<'a> Spacing<'a> {
    /// Takes in the next line.
    pub fn learn(&mut self, line: &'a str) {
        let line = line.trim();
        if line.is_empty() {
            self.is_after_blank = true;
            return;
        }
        self.longest = self.longest.max(line.len());
        if self.is_after_blank && !self.before.is_empty() {
            self.n_breaks += 1;
            if continues(self.before, line) {
                let word = line.find(' ').unwrap_or(line.len());
                self.widths.push((self.before.len(), self.before.len() + 1 + word));
            }
        }
        (self.before, self.is_after_blank) = (line, false);
    }

    /// Settles whether blank lines stand within sentences: in a third of all places, and mostly where the next word would not fit.
    pub fn settle(&mut self) {
        let longest = self.widths.iter().map(|(len, _)| *len).max().unwrap_or(0);
        let n_full = self.widths.iter().filter(|(_, with_word)| *with_word > longest).count();
        let n = self.widths.len();
        self.is_double = n >= FEWEST && longest <= LONGEST && 3 * n >= self.n_breaks && 4 * n_full >= 3 * n;
    }

    /// Returns whether blank lines stand within sentences.
    pub fn is_double(&self) -> bool {
        self.is_double
    }

    /// Returns whether a line ends before it is full and a capital follows, so that a heading or an item ends there.
    pub fn ends_short(&self, line: &str, next: &str) -> bool {
        let line = line.trim_end();
        let word = next.find(' ').unwrap_or(next.trim_end().len());
        let is_short = || 4 * (line.len() + 1 + word) <= 3 * self.longest.max(NARROWEST);
        next.starts_with(char::is_uppercase) && is_short() && may_end(line)
    }
}

/// Returns whether a heading or an item may end so: in a word that is not of the inner ones, a colon or a bracket.
fn may_end(line: &str) -> bool {
    let end = line.trim_end_matches(['*', '_', '"', '”', ')', ']']);
    let word = &end[end
        .rfind(|c: char| !c.is_alphanumeric())
        .map_or(0, |at| at + end[at..].chars().next().map_or(1, char::len_utf8))..];
    match end.chars().next_back() {
        Some(':') => true,
        Some(c) if c.is_alphanumeric() => INNER.binary_search(&word).is_err(),
        _ => false,
    }
}
