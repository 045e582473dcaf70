//! Counts words over the documents of one source.

use std::collections::HashMap;

use foldhash::fast::FixedState;
use rayon::prelude::*;

use crate::corpus::Text;
use crate::tokenize::{UnitRule, UnitVisitor, visit_units};

/// The number of units of a set of documents in which each word is present.
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
pub struct Occurrences {
    /// Number of units that count.
    pub n_units: u64,
    /// Number of units in which the word is present, per word.
    pub n_units_with: HashMap<Box<str>, u64, FixedState>,
}

impl Occurrences {
    /// Adds the counts of other documents.
    pub fn merge(mut self, other: Occurrences) -> Occurrences {
        if self.n_units_with.len() < other.n_units_with.len() {
            return other.merge(self);
        }
        self.n_units += other.n_units;
        for (word, n) in other.n_units_with {
            *self.n_units_with.entry(word).or_default() += n;
        }
        self
    }
}

/// Counts the occurrences of every word in `texts`, in parallel.
pub fn count_occurrences(texts: &[&Text], rule: UnitRule) -> Occurrences {
    texts
        .par_chunks(256)
        .map(|chunk| {
            let (mut counter, mut buffer) = (Counter::default(), String::new());
            for text in chunk {
                visit_units(text, rule, &mut buffer, &mut counter);
            }
            counter.occurrences()
        })
        .reduce(Occurrences::default, Occurrences::merge)
}

/// A counter that collects the words of the current unit, and counts the distinct ones if the unit counts.
#[derive(Default)]
struct Counter {
    n_units: u64,
    ids: HashMap<Box<str>, u32, FixedState>,
    n_units_with: Vec<u64>,
    unit: Vec<u32>,
}

impl UnitVisitor for Counter {
    fn word(&mut self, word: &str) {
        let id = match self.ids.get(word) {
            Some(&id) => id,
            None => {
                let id = self.n_units_with.len() as u32;
                self.ids.insert(word.into(), id);
                self.n_units_with.push(0);
                id
            }
        };
        self.unit.push(id);
    }

    fn end_unit(&mut self, counts: bool) {
        if counts {
            self.n_units += 1;
            self.unit.sort_unstable();
            self.unit.dedup();
            for &id in &self.unit {
                self.n_units_with[id as usize] += 1;
            }
        }
        self.unit.clear();
    }
}

impl Counter {
    fn occurrences(self) -> Occurrences {
        let counts = self.n_units_with;
        let counted = self.ids.into_iter().map(|(word, id)| (word, counts[id as usize])).filter(|(_, n)| *n > 0);
        Occurrences { n_units: self.n_units, n_units_with: counted.collect() }
    }
}
