//! Judges the values of a column: prose, or something else.

use std::collections::HashSet;
use std::hash::BuildHasher;

use foldhash::fast::FixedState;

/// Number of bytes of a value that are looked at.
const LOOKED_AT: usize = 2000;
/// Number of words from which a value is not a title; the second number applies if values end as sentences do.
const LONG_WORDS: usize = 12;
const SENTENCE_WORDS: usize = 6;
/// Number of words below which the values of a column called `text` are labels, unless they end as sentences do.
const LABEL_WORDS: usize = 4;
/// Number of values from which a column can be judged by them.
const MIN_VALUES: usize = 5;
/// Minimum share of words that begin with a small letter, 0 to 1; names and addresses have fewer.
const MIN_LOWER: f64 = 0.5;
/// Maximum share of words followed by a comma or the like, 0 to 1; lists have more.
const MAX_LISTED: f64 = 0.3;
/// Minimum share of distinct values, 0 to 1 (half of it for a column named as texts often are), and the number of distinct
/// values that is enough.
const MIN_DISTINCT: f64 = 0.5;
const MANY_DISTINCT: usize = 12;
/// Maximum length of a label in bytes, and number of labels that are kept; every invitation of a paper is one of its own.
const LABEL_BYTES: usize = 120;
const MAX_LABELS: usize = 120;

/// Counts of the string values of a column.
#[derive(Debug, Clone, Default)]
pub(super) struct Values {
    n_words: Vec<usize>,
    n_tokens: usize,
    n_lower: usize,
    n_listed: usize,
    n_ended: usize,
    n_codes: usize,
    distinct: HashSet<u64>,
    /// The beginning of the first value.
    example: Option<String>,
    /// The distinct values, as long as they are few and short.
    labels: Vec<String>,
    has_others: bool,
}

impl Values {
    /// Takes a value.
    pub(super) fn take(&mut self, text: &str) {
        let text = text.trim();
        if text.is_empty() {
            return;
        }
        self.example.get_or_insert_with(|| text.chars().take(40).collect());
        let start = start(text);
        if text.len() > LABEL_BYTES || self.labels.len() > MAX_LABELS {
            self.has_others = true;
        } else if !self.labels.iter().any(|known| known == text) {
            self.labels.push(text.to_owned());
        }
        self.distinct.insert(FixedState::default().hash_one(start));
        self.n_ended += usize::from(is_ended(text));
        let mut n_words = 0;
        for word in start.split_whitespace() {
            n_words += words_in(word);
            self.n_tokens += 1;
            self.n_listed += usize::from(word.ends_with([',', ';', '|']));
            let first = word.chars().find(|c| c.is_alphabetic());
            self.n_lower += usize::from(first.is_some_and(|c| !c.is_uppercase()) && !word.contains("://"));
        }
        let is_code = n_words == 1 && (start.bytes().any(|byte| byte.is_ascii_digit()) || start.contains("://"));
        self.n_codes += usize::from(is_code);
        // What was not looked at has about as many words per byte.
        self.n_words.push(n_words * text.len() / start.len());
    }

    /// Returns the number of values.
    pub(super) fn len(&self) -> usize {
        self.n_words.len()
    }

    /// Returns the first value, or its beginning.
    pub(super) fn example(&self) -> Option<&str> {
        self.example.as_deref()
    }

    /// Returns the distinct values, if there are some and all are short; `None` also if there are many.
    pub(super) fn labels(&self) -> Option<&[String]> {
        let are_few = !self.has_others && (1..=MAX_LABELS).contains(&self.labels.len());
        are_few.then_some(&self.labels)
    }

    /// Returns the number of words of the median value.
    pub(super) fn median_words(&self) -> usize {
        let mut n_words = self.n_words.clone();
        n_words.sort_unstable();
        n_words.get(n_words.len() / 2).copied().unwrap_or(0)
    }

    /// Returns whether the values are prose, whatever the column is called.
    pub(super) fn is_prose(&self) -> bool {
        let least = if self.has_ends() { SENTENCE_WORDS } else { LONG_WORDS };
        self.median_words() >= least
            && share(self.n_lower, self.n_tokens) >= MIN_LOWER
            && share(self.n_listed, self.n_tokens) <= MAX_LISTED
            && (self.len() < MIN_VALUES || self.differs())
    }

    /// Returns whether the values are anything but codes and links.
    pub(super) fn is_uncoded(&self) -> bool {
        2 * self.n_codes < self.len().max(1)
    }

    /// Returns whether these may be the text of a column named as texts often are: short texts are, labels and codes are not.
    pub(super) fn may_be_text(&self) -> bool {
        if self.len() < MIN_VALUES {
            return self.is_uncoded();
        }
        let is_long = self.median_words() >= LABEL_WORDS || (self.has_ends() && self.median_words() > 1);
        is_long && (self.differs() || self.distinct_share() >= MIN_DISTINCT / 2.0)
    }

    /// Returns whether the values are more than a few that recur.
    fn differs(&self) -> bool {
        self.distinct_share() >= MIN_DISTINCT || self.distinct.len() >= MANY_DISTINCT
    }

    /// Returns whether at least half of the values end as sentences do.
    pub(super) fn has_ends(&self) -> bool {
        share(self.n_ended, self.len()) >= 0.5
    }

    fn distinct_share(&self) -> f64 {
        share(self.distinct.len(), self.len())
    }
}

fn share(n: usize, of: usize) -> f64 {
    if of == 0 { 0.0 } else { n as f64 / of as f64 }
}

fn start(text: &str) -> &str {
    let mut end = text.len().min(LOOKED_AT);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

/// Returns whether a text ends as sentences do.
pub(super) fn is_ended(text: &str) -> bool {
    text.trim_end_matches(['"', '\'', ')', ']', '\u{201D}', '\u{2019}', '>'])
        .ends_with(['.', '!', '?', '\u{2026}', '\u{3002}'])
}

/// Returns the number of words between white space; scripts without spaces have about one word in two letters.
fn words_in(word: &str) -> usize {
    if word.is_ascii() {
        return 1;
    }
    let is_unspaced =
        |c: &char| matches!(*c, '\u{0E00}'..='\u{0EFF}' | '\u{3040}'..='\u{30FF}' | '\u{3400}'..='\u{9FFF}');
    (word.chars().filter(is_unspaced).count() / 2).max(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(values: &[&str]) -> Values {
        let mut found = Values::default();
        values.iter().for_each(|value| found.take(value));
        found
    }

    #[test]
    fn prose_is_told_by_its_values() {
        let reviews =
            ["The kite of this paper flies in weak wind and lands on its own.", "It is well written, but too long."];
        assert!(of(&reviews).is_prose());
        for (what, values) in [
            ("titles", ["Kites in weak wind: a survey", "On the flight of kites without wind"]),
            (
                "authors",
                ["Doe, Jane; Roe, Richard; Poe, Edgar; Low, Ann; May, Tom; Ray, Man.", "Doe, J., Roe, R. and Poe, E."],
            ),
            (
                "keywords",
                ["kites; wind; strings; tails; bows; weak wind; flight; paper; light paper; glue; cloth", "kites"],
            ),
            (
                "addresses",
                ["12 High Street, Department of Kites, University of Winds, Box 7, 1234 Windsor, UK", "Kite Lab"],
            ),
            ("links", ["https://example.org/pdf?id=f0", "https://example.org/pdf?id=f1"]),
        ] {
            assert!(!of(&values).is_prose(), "{what}");
        }
        assert!(!of(&["We certify that this paper was not sent to another journal."; 6]).is_prose());
    }

    #[test]
    fn labels_and_codes_are_no_text_even_under_its_name() {
        assert!(of(&["A kite."]).may_be_text());
        assert!(of(&["Good.", "Well done.", "It flies well.", "No.", "I like the kite a lot."]).may_be_text());
        assert!(!of(&["12A", "12B"]).may_be_text());
        assert!(!of(&["scan ok"; 20]).may_be_text());
        assert!(!of(&["12A", "12B", "13A", "13B", "14A", "14B"]).may_be_text());
    }
}
