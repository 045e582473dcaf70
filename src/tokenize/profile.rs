//! What a corpus looks like to the tokeniser: how long its units are, and how many of its words are known.
//!
//! A text that comes with something between its sentences that no rule knows collapses to few long units, and one in
//! characters that no rule knows has words that no vocabulary has. Either changes shares without any other sign, so both
//! are compared with the texts that the reference was made of.

use serde::{Deserialize, Serialize};

/// A unit of more words than this is long: one in a hundred sentences of reviews, and every text that is one unit.
pub const LONG_UNIT: u32 = 60;
/// Fewest units of which anything is said.
const FEWEST_UNITS: u64 = 30;
/// Units may have so many times as many words as those of the reference.
const MOST_TIMES_LONGER: f64 = 1.75;
/// The share of long units may be larger by this.
const MOST_MORE_LONG: f64 = 0.1;
/// The share of known words may be smaller by this.
const MOST_LESS_COVER: f64 = 0.15;

/// Units and words of a corpus, counted.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TextProfile {
    /// Units that count.
    pub n_units: u64,
    /// Their words, repeats included.
    pub n_words: u64,
    /// Words among them that the vocabulary has.
    pub n_known: u64,
    /// Units of more than [`LONG_UNIT`] words.
    pub n_long: u64,
}

/// How a corpus differs from what a reference was made of.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "kind")]
pub enum Departure {
    /// Units are longer; the means, in words.
    Longer {
        /// Of the corpus.
        found: f64,
        /// Of the reference's texts.
        expected: f64,
    },
    /// More units are long; the shares, 0 to 1.
    MoreLong {
        /// Of the corpus.
        found: f64,
        /// Of the reference's texts.
        expected: f64,
    },
    /// Fewer words are known; the shares, 0 to 1.
    LessCover {
        /// Of the corpus.
        found: f64,
        /// Of the reference's texts.
        expected: f64,
    },
}

impl TextProfile {
    /// Takes in a unit of `n_words` words, `n_known` of them known.
    #[inline]
    pub fn count_unit(&mut self, n_words: u32, n_known: u32) {
        self.n_units += 1;
        self.n_words += u64::from(n_words);
        self.n_known += u64::from(n_known);
        self.n_long += u64::from(n_words > LONG_UNIT);
    }

    /// Takes in what was counted elsewhere.
    pub fn merge(&mut self, other: &TextProfile) {
        self.n_units += other.n_units;
        self.n_words += other.n_words;
        self.n_known += other.n_known;
        self.n_long += other.n_long;
    }

    /// Returns the words per unit, or `None` without units.
    pub fn words_per_unit(&self) -> Option<f64> {
        ratio(self.n_words, self.n_units)
    }

    /// Returns the share of long units, 0 to 1, or `None` without units.
    pub fn long_share(&self) -> Option<f64> {
        ratio(self.n_long, self.n_units)
    }

    /// Returns the share of words that are known, 0 to 1, or `None` without words.
    pub fn cover(&self) -> Option<f64> {
        ratio(self.n_known, self.n_words)
    }

    /// Returns in what ways these texts are far from those that a reference was made of; none for fewer than 30 units.
    pub fn departures(&self, reference: &TextProfile) -> Vec<Departure> {
        if self.n_units < FEWEST_UNITS {
            return Vec::new();
        }
        let pair = |of: fn(&TextProfile) -> Option<f64>| of(self).zip(of(reference));
        let longer =
            pair(TextProfile::words_per_unit).filter(|(found, expected)| *found > MOST_TIMES_LONGER * expected);
        let more_long = pair(TextProfile::long_share).filter(|(found, expected)| *found > expected + MOST_MORE_LONG);
        let less_cover = pair(TextProfile::cover).filter(|(found, expected)| *found < expected - MOST_LESS_COVER);
        let departures = [
            longer.map(|(found, expected)| Departure::Longer { found, expected }),
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
            profile(100, 80, 72).departures(&reference),
            [Departure::Longer { found: 80.0, expected: 20.0 }, Departure::MoreLong { found: 1.0, expected: 0.0 },]
        );
        assert_eq!(profile(100, 20, 10).departures(&reference), [Departure::LessCover { found: 0.5, expected: 0.9 }]);
        let mut some = profile(80, 20, 18);
        some.merge(&profile(20, 70, 63));
        assert_eq!(some.departures(&reference), [Departure::MoreLong { found: 0.2, expected: 0.0 }]);
        assert_eq!(some.words_per_unit(), Some(30.0));
    }
}
