//! Line breaks as the lines around them explain them: within a wrapped sentence even where a blank line follows, or after a
//! heading or an item of a list that nothing marks.

use crate::prose::continues;

/// Minimum number of sentences that go on after a blank line.
const FEWEST: usize = 4;
/// Maximum length of a line that may be wrapped, in characters.
const LONGEST: usize = 200;
/// Maximum length of a line of a wrapped text, in characters.
const WIDEST: usize = 150;
/// Minimum number of line breaks before a capital in a text that no program has wrapped.
const FEWEST_CAPITALS: usize = 3;
/// Minimum number of these for each one before a small letter.
const LEAST_CAPITALS_PER_SMALL: usize = 6;
/// Minimum length of a full line, in characters, where all are short.
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
    n_lines: usize,
    n_wide: usize,
    /// Numbers of line breaks before a small letter and before a capital.
    n_small: usize,
    n_capital: usize,
    /// The length of a full line, where blank lines stand within sentences.
    double: Option<usize>,
}

impl<'a> Spacing<'a> {
    /// Takes in the next line.
    pub fn learn(&mut self, line: &'a str) {
        let line = line.trim();
        if line.is_empty() {
            self.is_after_blank = true;
            return;
        }
        let len = line.chars().count();
        self.longest = self.longest.max(len);
        self.n_lines += 1;
        self.n_wide += usize::from(len > WIDEST);
        if self.is_after_blank && !self.before.is_empty() {
            self.n_breaks += 1;
            if continues(self.before, line) {
                self.widths.push((self.before.chars().count(), width_with(self.before, line)));
            }
        }
        if !self.is_after_blank && !self.before.is_empty() {
            self.n_small += usize::from(line.starts_with(char::is_lowercase));
            self.n_capital += usize::from(line.starts_with(char::is_uppercase));
        }
        (self.before, self.is_after_blank) = (line, false);
    }

    /// Settles whether blank lines stand within sentences: in a third of all places, and mostly where the next word would not fit.
    pub fn settle(&mut self) {
        let longest = self.widths.iter().map(|(len, _)| *len).max().unwrap_or(0);
        let n_full = self.widths.iter().filter(|(_, with_word)| *with_word > longest).count();
        let n = self.widths.len();
        let is_double = n >= FEWEST && longest <= LONGEST && 3 * n >= self.n_breaks && 4 * n_full >= 3 * n;
        self.double = is_double.then_some(longest);
    }

    /// Returns whether blank lines stand within sentences.
    pub fn is_double(&self) -> bool {
        self.double.is_some()
    }

    /// Returns whether a sentence may go on over blank lines: where they stand within sentences, and the line before them is full.
    pub fn goes_on(&self, line: &str, next: &str) -> bool {
        self.double.is_some_and(|longest| continues(line, next) || 10 * width_with(line, next) > 9 * longest)
    }

    /// Returns whether lines end where their writer ended them. Of the breaks that a program makes most stand before a small letter.
    fn is_unwrapped(&self) -> bool {
        self.n_capital >= FEWEST_CAPITALS && self.n_capital >= LEAST_CAPITALS_PER_SMALL * self.n_small
    }

    /// Returns whether a line ends before it is full and a capital follows, so that a heading or an item ends there.
    pub fn ends_short(&self, line: &str, next: &str) -> bool {
        let line = line.trim_end();
        if self.is_unwrapped() && next.starts_with(char::is_uppercase) && may_end_line(line) {
            return true;
        }
        // Where many lines are wider than any page, no program has wrapped them.
        let is_short =
            || 5 * self.n_wide > self.n_lines || 4 * width_with(line, next) <= 3 * self.longest.max(NARROWEST);
        next.starts_with(char::is_uppercase) && is_short() && may_end(line)
    }
}

/// Returns whether a line may end so that no program has broken: as an item, or as one of several that a semicolon divides.
/// After a comma a name may follow: "they use Lee,\nKim and others".
fn may_end_line(line: &str) -> bool {
    line.ends_with([';', '%']) || may_end(line)
}

/// Returns the length of a line with the first word of the next.
fn width_with(line: &str, next: &str) -> usize {
    line.chars().count() + 1 + next.chars().take_while(|c| !c.is_whitespace()).count()
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
