//! Counts the units of each group that have each word, which explains a misfit as scores alone cannot.

use std::collections::BTreeMap;

use crate::corpus::GroupKey;

/// The occurrences of the reference's words in the groups of a target.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct WordCounts {
    n_words: usize,
    groups: BTreeMap<GroupKey, GroupWords>,
}

/// The occurrences in one group.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct GroupWords {
    /// Number of units.
    pub n_units: u64,
    /// Number of units with each word, in the order of the vocabulary.
    pub n_units_with: Vec<u64>,
}

impl GroupWords {
    /// Adds the counts of another group.
    pub fn add(&mut self, other: &GroupWords) {
        self.n_units += other.n_units;
        self.n_units_with.resize(other.n_units_with.len(), 0);
        self.n_units_with.iter_mut().zip(&other.n_units_with).for_each(|(sum, n)| *sum += n);
    }

    /// Returns the share of units with a word, by its number, 0 to 1; `NaN` without any unit.
    pub fn rate(&self, word: usize) -> f64 {
        self.n_units_with[word] as f64 / self.n_units as f64
    }
}

impl WordCounts {
    /// Returns counts without any document, for a vocabulary of `n_words` words.
    pub fn new(n_words: usize) -> WordCounts {
        WordCounts { n_words, groups: BTreeMap::new() }
    }

    /// Adds a document of a group: its number of units, and the numbers of the distinct words of each.
    pub fn add(&mut self, group: &GroupKey, n_units: usize, words: &[u32]) {
        if !self.groups.contains_key(group) {
            self.groups.insert(group.clone(), GroupWords { n_units: 0, n_units_with: vec![0; self.n_words] });
        }
        if let Some(group) = self.groups.get_mut(group) {
            group.n_units += n_units as u64;
            words.iter().for_each(|&word| group.n_units_with[word as usize] += 1);
        }
    }

    /// Returns the occurrences in a group, if there is one.
    pub fn group(&self, group: &GroupKey) -> Option<&GroupWords> {
        self.groups.get(group)
    }

    /// Iterates over the groups, in the order of their keys.
    pub fn groups(&self) -> impl Iterator<Item = (&GroupKey, &GroupWords)> {
        self.groups.iter()
    }

    /// Returns the occurrences in all groups together.
    pub fn total(&self) -> GroupWords {
        let mut total = GroupWords { n_units: 0, n_units_with: vec![0; self.n_words] };
        self.groups.values().for_each(|group| total.add(group));
        total
    }
}
