//! Texts in letters of one case only: sentences that begin with a small letter, or are all in capitals, are harder to tell apart, and
//! capitals are among the marks that a style is told by.

use super::summary::LetterCases;
use crate::numbers::{percent, thousands};

/// Minimum number of words of a text that would have letters of both cases.
const MIN_WORDS: usize = 5;
/// Minimum number of such texts for a remark, and their share of all with so many words, 0 to 1, that they exceed.
const MIN_TEXTS: u64 = 3;
const MOST_OF_ONE_CASE: f64 = 0.03;

/// The letters of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum LetterCase {
    /// It has both cases, or is of a script without case.
    Usual,
    NoCapital,
    NoSmall,
}

/// Returns the letters that a text has; `None` if it is too short to have both cases.
pub(super) fn letter_case(text: &str) -> Option<LetterCase> {
    text.split_whitespace().nth(MIN_WORDS - 1)?;
    let (has_capital, has_small) = (text.contains(char::is_uppercase), text.contains(char::is_lowercase));
    Some(match (has_capital, has_small) {
        (false, true) => LetterCase::NoCapital,
        (true, false) => LetterCase::NoSmall,
        _ => LetterCase::Usual,
    })
}

impl LetterCases {
    /// Takes a text with such letters.
    pub(super) fn take(&mut self, found: Option<LetterCase>) {
        self.n += u64::from(found.is_some());
        self.n_no_capital += u64::from(found == Some(LetterCase::NoCapital));
        self.n_no_small += u64::from(found == Some(LetterCase::NoSmall));
    }

    /// Returns remarks on texts of one case, if they are more than a few.
    pub(super) fn remarks(self) -> impl Iterator<Item = String> {
        let remark = move |n_texts: u64, kind: &str, how: &str| {
            let share = n_texts as f64 / self.n.max(1) as f64;
            (n_texts >= MIN_TEXTS && share > MOST_OF_ONE_CASE).then(|| {
                format!(
                    "{} of {} texts ({} %) have no {kind} letter, as if a program had {how}; shares of such texts may be wrong [take the texts as they were written]",
                    thousands(n_texts as usize),
                    thousands(self.n as usize),
                    percent(share, 1)
                )
            })
        };
        let no_capital = remark(self.n_no_capital, "capital", "made all letters small");
        no_capital.into_iter().chain(remark(self.n_no_small, "small", "made all letters capitals"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_of_one_case_are_seen() {
        for (text, expected) in [
            ("The kite flies in wind.", Some(LetterCase::Usual)),
            ("the kite flies in wind.", Some(LetterCase::NoCapital)),
            ("THE KITE FLIES IN WIND.", Some(LetterCase::NoSmall)),
            ("\u{98a8} \u{7b5d} \u{98a8} \u{7b5d} \u{98a8}", Some(LetterCase::Usual)),
            ("the kite flies well.", None),
        ] {
            assert_eq!(letter_case(text), expected, "{text}");
        }
    }

    #[test]
    fn more_than_a_few_texts_of_one_case_are_told_of() {
        let remarks = |n_no_capital, n_no_small| -> Vec<String> {
            LetterCases { n: 100, n_no_capital, n_no_small }.remarks().collect()
        };
        assert!(remarks(4, 0)[0].starts_with("4 of 100 texts (4.0 %) have no capital letter"));
        assert!(remarks(0, 100)[0].starts_with("100 of 100 texts (100.0 %) have no small letter"));
        assert!(remarks(3, 3).is_empty());
    }
}
