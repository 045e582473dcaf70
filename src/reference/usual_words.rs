//! Words that every kind of text of a reference uses about as often, so that a text which does not is of another kind.
//!
//! A mixture of known kinds of text stays between them, whatever its share. How far text of the reference's own kind
//! leaves the range of the others is measured by leaving human strata out in turn.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::strata_set::StrataSet;
use crate::two_level::Side;

/// Minimum number of units of a family; of fewer its rates are noise.
const MIN_UNITS: u64 = 1000;
/// Minimum share of units with the word, on average over families, 0 to 1.
const MIN_RATE: f64 = 0.01;
/// Maximum ratio of a word's rates in two families.
const MAX_RATIO: f64 = 8.0;
/// Factor by which a rate must leave the range of the families to be unusual.
const MARGIN: f64 = 1.25;
/// Number of standard errors by which it must also leave it, as units of a document are alike.
const DEVIATIONS: f64 = 3.0;
/// Minimum number of units to say anything about.
const FEWEST_UNITS: u64 = 200;
/// Minimum share of these words that may be unusual, and its factor on the largest of any human family left out.
const TOLERANCE: (f64, f64) = (0.05, 2.0);
/// Number of steps from 0 to 1 of rates in a reference's file.
const DECIMALS: f64 = 1e5;

/// Words that all strata use about as often, and how many of them text of the reference's kind may use otherwise.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct UsualWords {
    /// Words, by rising number.
    pub words: Vec<UsualWord>,
    /// Share of the words that may be unusual, 0 to 1.
    pub tolerance: f64,
}

/// A word with the range of its rates.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct UsualWord {
    /// Its number in the vocabulary.
    pub word: u32,
    /// Smallest share of units with it in any family of strata, above 0 to 1.
    pub least: f64,
    /// Largest share of units with it in any family of strata, above 0 to 1.
    pub most: f64,
}

/// The usual words that a corpus uses otherwise.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Unusual {
    /// Their share of the usual words, 0 to 1.
    pub share: f64,
    /// Numbers of the words, the most frequent in the corpus first.
    pub words: Vec<u32>,
    /// Whether the share is larger than text of the reference's kind shows.
    pub is_another_kind: bool,
}

/// The number of units of a family, and how many have each word of the vocabulary.
struct Counts {
    n_units: u64,
    with_word: Vec<u64>,
}

/// Finds the usual words among the strata of `set`, and how far human strata are from the others.
pub(super) fn usual_words(set: &StrataSet<'_>) -> UsualWords {
    let mut families: BTreeMap<(Side, &str), Counts> = BTreeMap::new();
    for (document, member) in set.members.iter().enumerate() {
        let key = &set.strata[member.stratum];
        let empty = || Counts { n_units: 0, with_word: vec![0; set.n_words] };
        let counts = families.entry((key.side, &key.family)).or_insert_with(empty);
        for unit in set.presence.units_of(document) {
            counts.n_units += 1;
            set.presence.unit(unit).iter().for_each(|&word| counts.with_word[word as usize] += 1);
        }
    }
    families.retain(|_, counts| counts.n_units >= MIN_UNITS);
    let left_out = |key: &(Side, &str)| {
        let words = ranges(families.iter().filter(|(other, _)| *other != key).map(|(_, counts)| counts), set.n_words);
        let own = &families[key];
        let counts: Vec<u64> = words.iter().map(|usual| own.with_word[usual.word as usize]).collect();
        outside(&words, &counts, own.n_units).len() as f64 / words.len().max(1) as f64
    };
    let most = families.keys().filter(|(side, _)| *side == Side::Human).map(left_out).fold(0.0, f64::max);
    let tolerance = (TOLERANCE.1 * most).max(TOLERANCE.0);
    UsualWords { words: ranges(families.values(), set.n_words), tolerance }
}

/// Returns the words that all `families` use about as often, with the range of their rates.
fn ranges<'a>(families: impl Iterator<Item = &'a Counts>, n_words: usize) -> Vec<UsualWord> {
    let families: Vec<&Counts> = families.collect();
    let word = |word: usize| {
        let rates = families.iter().map(|counts| counts.with_word[word] as f64 / counts.n_units as f64);
        let (least, most) = rates.clone().fold((1.0, 0.0), |(least, most), rate| (rate.min(least), rate.max(most)));
        let mean = rates.sum::<f64>() / families.len() as f64;
        let [least, most] = [least, most].map(|rate: f64| (rate * DECIMALS).round() / DECIMALS);
        (mean >= MIN_RATE && most <= MAX_RATIO * least).then_some(UsualWord { word: word as u32, least, most })
    };
    (0..n_words).filter_map(word).collect()
}

/// Returns the words whose rate lies outside its range, the most frequent first; `counts` of the `n_units` have each.
fn outside(words: &[UsualWord], counts: &[u64], n_units: u64) -> Vec<u32> {
    let n = n_units as f64;
    let is_outside = |(usual, count): &(&UsualWord, &u64)| {
        let rate = **count as f64 / n;
        let reach = |bound: f64| DEVIATIONS * (bound * (1.0 - bound) / n).max(0.0).sqrt();
        let (low, high) = (usual.least / MARGIN, (usual.most * MARGIN).min(1.0));
        rate < low - reach(low) || rate > high + reach(high)
    };
    let mut found: Vec<(&UsualWord, &u64)> = words.iter().zip(counts).filter(is_outside).collect();
    found.sort_by_key(|(usual, count)| (std::cmp::Reverse(**count), usual.word));
    found.into_iter().map(|(usual, _)| usual.word).collect()
}

impl UsualWords {
    /// Compares how many of `n_units` units have each word; `None` if there are too few units or no words.
    pub(crate) fn unusual(&self, counts: &[u64], n_units: u64) -> Option<Unusual> {
        if self.words.is_empty() || counts.len() != self.words.len() || n_units < FEWEST_UNITS {
            return None;
        }
        let words = outside(&self.words, counts, n_units);
        let share = words.len() as f64 / self.words.len() as f64;
        Some(Unusual { share, words, is_another_kind: share > self.tolerance })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rates_far_outside_the_range_are_unusual_and_few_units_say_nothing() {
        let words = (0..10).map(|word| UsualWord { word, least: 0.1, most: 0.2 }).collect();
        let usual = UsualWords { words, tolerance: 0.15 };
        let mut counts = [150; 10];
        let found = usual.unusual(&counts, 1000).unwrap();
        assert_eq!(found, Unusual { share: 0.0, words: vec![], is_another_kind: false });
        (counts[3], counts[7]) = (20, 500);
        let found = usual.unusual(&counts, 1000).unwrap();
        assert_eq!(found, Unusual { share: 0.2, words: vec![7, 3], is_another_kind: true });
        // 70 of 1,000 is below 0.1 / 1.25 by less than chance allows for.
        counts[3] = 70;
        let found = usual.unusual(&counts, 1000).unwrap();
        assert_eq!(found, Unusual { share: 0.1, words: vec![7], is_another_kind: false });
        assert_eq!(usual.unusual(&counts, 199), None);
        assert_eq!(UsualWords::default().unusual(&[], 1000), None);
    }
}
