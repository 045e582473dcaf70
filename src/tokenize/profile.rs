//! A corpus as the tokeniser sees it: the length of its units, and the share of its words that are known.
//!
//! A text with separators between its sentences that no rule knows collapses to few long units, and one in characters that
//! no rule knows has words that no vocabulary has. Either changes shares without any other sign, so both are compared with the
//! texts that the reference was made of.

use serde::{Deserialize, Serialize};

/// Number of words above which a unit is long: hardly a sentence of reviews or abstracts, and every text that is one unit.
pub const LONG_UNIT: u32 = 100;
/// Minimum number of units for any statement.
const FEWEST_UNITS: u64 = 30;
/// Maximum ratio of the words per unit to those of the reference. Between reviews and abstracts, of people and LLMs, means
/// lie between 16 and 24 words.
const MOST_TIMES_LONGER: f64 = 1.75;
/// Minimum ratio of the words per unit to those of the reference.
const LEAST_TIMES_LONGER: f64 = 0.5;
/// Maximum excess of the share of words in long units over the reference's: between reviews and abstracts of many kinds it is 0.014 at
/// most, and where one text of thirty is a single unit it is about 0.03. By words, as a text that is one unit is one of few.
const MOST_MORE_LONG: f64 = 0.03;
/// Minimum number of long units for a statement about them, as one may be a list.
const FEWEST_LONG: u64 = 2;
/// Maximum deficit of the share of known words: reviews differ by 0.02 within one kind, physics and reviews by 0.08.
const MOST_LESS_COVER: f64 = 0.12;

/// Counts of the units and words of a corpus.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct TextProfile {
    /// Number of units that count.
    pub n_units: u64,
    /// Number of their words, including repeats.
    pub n_words: u64,
    /// Number of words among them that the vocabulary has.
    pub n_known: u64,
    /// Number of units of more than [`LONG_UNIT`] words.
    pub n_long: u64,
    /// Number of words in these.
    pub n_long_words: u64,
}

/// A difference of a corpus from the texts that a reference was made of.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "kind")]
#[non_exhaustive]
pub enum Departure {
    /// Units are longer; the means, in words.
    Longer {
        /// Mean of the corpus, in words per unit.
        found: f64,
        /// Mean of the reference's texts, in words per unit.
        expected: f64,
    },
    /// Units are shorter; the means, in words.
    Shorter {
        /// Mean of the corpus, in words per unit.
        found: f64,
        /// Mean of the reference's texts, in words per unit.
        expected: f64,
    },
    /// More words are in long units; the shares, 0 to 1.
    MoreLong {
        /// Share in the corpus, 0 to 1.
        found: f64,
        /// Share in the reference's texts, 0 to 1.
        expected: f64,
    },
    /// Fewer words are known; the shares, 0 to 1.
    LessCover {
        /// Share in the corpus, 0 to 1.
        found: f64,
        /// Share in the reference's texts, 0 to 1.
        expected: f64,
    },
    /// Some documents have far more words per unit than the reference's texts.
    Collapsed {
        /// Number of these documents.
        n_collapsed: u64,
        /// Number of all documents.
        n_documents: u64,
        /// Ratio to the reference's words per unit above which a document is one of them.
        times: u64,
    },
}

impl TextProfile {
    /// Counts a unit of `n_words` words, `n_known` of them known.
    #[inline]
    pub fn count_unit(&mut self, n_words: u32, n_known: u32) {
        self.n_units += 1;
        self.n_words += u64::from(n_words);
        self.n_known += u64::from(n_known);
        if n_words > LONG_UNIT {
            self.n_long += 1;
            self.n_long_words += u64::from(n_words);
        }
    }

    /// Adds the counts of another profile.
    pub fn merge(&mut self, other: &TextProfile) {
        self.n_units += other.n_units;
        self.n_words += other.n_words;
        self.n_known += other.n_known;
        self.n_long += other.n_long;
        self.n_long_words += other.n_long_words;
    }

    /// Returns the words per unit, or `None` without units.
    pub fn words_per_unit(&self) -> Option<f64> {
        ratio(self.n_words, self.n_units)
    }

    /// Returns the share of words that are in long units, 0 to 1, or `None` without words.
    pub fn long_share(&self) -> Option<f64> {
        ratio(self.n_long_words, self.n_words)
    }

    /// Returns the share of words that are known, 0 to 1, or `None` without words.
    pub fn cover(&self) -> Option<f64> {
        ratio(self.n_known, self.n_words)
    }

    /// Returns the differences of these texts from those that a reference was made of; none for fewer than 30 units.
    pub fn departures(&self, reference: &TextProfile) -> Vec<Departure> {
        if self.n_units < FEWEST_UNITS {
            return Vec::new();
        }
        let pair = |of: fn(&TextProfile) -> Option<f64>| of(self).zip(of(reference));
        let longer =
            pair(TextProfile::words_per_unit).filter(|(found, expected)| *found > MOST_TIMES_LONGER * expected);
        let shorter =
            pair(TextProfile::words_per_unit).filter(|(found, expected)| *found < LEAST_TIMES_LONGER * expected);
        let more_long = pair(TextProfile::long_share)
            .filter(|(found, expected)| self.n_long >= FEWEST_LONG && *found > expected + MOST_MORE_LONG);
        let less_cover = pair(TextProfile::cover).filter(|(found, expected)| *found < expected - MOST_LESS_COVER);
        let departures = [
            longer.map(|(found, expected)| Departure::Longer { found, expected }),
            shorter.map(|(found, expected)| Departure::Shorter { found, expected }),
            more_long.map(|(found, expected)| Departure::MoreLong { found, expected }),
            less_cover.map(|(found, expected)| Departure::LessCover { found, expected }),
        ];
        departures.into_iter().flatten().collect()
    }
}

fn ratio(part: u64, of: u64) -> Option<f64> {
    (of > 0).then(|| part as f64 / of as f64)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn profile(n_units: u32, n_words: u32, n_known: u32) -> TextProfile {
        let mut profile = TextProfile::default();
        (0..n_units).for_each(|_| profile.count_unit(n_words, n_known));
        profile
    }

    #[test]
    fn texts_like_those_of_the_reference_are_not_noticed() {
        let reference = profile(1000, 20, 18);
        for (n_words, n_known) in [(20, 18), (15, 14), (30, 26), (12, 10)] {
            assert_eq!(profile(100, n_words, n_known).departures(&reference), []);
        }
        assert_eq!(profile(29, 90, 10).departures(&reference), []);
    }

    #[test]
    fn long_units_and_unknown_words_are_noticed() {
        let reference = profile(1000, 20, 18);
        assert_eq!(
            profile(100, 120, 108).departures(&reference),
            [Departure::Longer { found: 120.0, expected: 20.0 }, Departure::MoreLong { found: 1.0, expected: 0.0 },]
        );
        assert_eq!(profile(100, 5, 5).departures(&reference), [Departure::Shorter { found: 5.0, expected: 20.0 }]);
        assert_eq!(profile(100, 20, 10).departures(&reference), [Departure::LessCover { found: 0.5, expected: 0.9 }]);
        // One document of ten is a single sentence of 200 words, the others have ten of 20.
        let mut some = profile(90, 20, 18);
        some.merge(&profile(1, 200, 180));
        assert_eq!(some.departures(&reference), []);
        some.merge(&some.clone());
        assert_eq!(some.departures(&reference), [Departure::MoreLong { found: 0.1, expected: 0.0 }]);
    }
}
