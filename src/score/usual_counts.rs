//! How often the words that all text of a reference uses about equally often occur in a corpus.

use serde::{Deserialize, Serialize};

/// Number of units with each of a reference's usual words, and of all units that were counted.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct UsualCounts {
    /// Number of units counted, with or without such a word.
    pub n_units: u64,
    /// Number of units with each word, in the order of the reference; empty if none were counted.
    pub counts: Vec<u64>,
}

impl UsualCounts {
    /// Returns the counts of no unit, for this number of words.
    pub(super) fn new(n_words: usize) -> UsualCounts {
        UsualCounts { n_units: 0, counts: vec![0; n_words] }
    }

    /// Adds the counts of other units.
    pub fn merge(&mut self, other: &UsualCounts) {
        self.n_units += other.n_units;
        if self.counts.is_empty() {
            self.counts = vec![0; other.counts.len()];
        }
        self.counts.iter_mut().zip(&other.counts).for_each(|(sum, count)| *sum += count);
    }
}
