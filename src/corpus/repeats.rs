//! Counts how the values of a column repeat from row to row, as ids of documents do where a document has several rows.

use std::collections::HashSet;
use std::hash::BuildHasher;

use foldhash::fast::FixedState;

/// Maximum length of an id, in bytes.
const MAX_ID: usize = 120;

/// Counts of the short values of a column, in the order of its rows.
#[derive(Debug, Clone, Default)]
pub(super) struct Repeats {
    n: usize,
    n_runs: usize,
    last: Option<u64>,
    distinct: HashSet<u64>,
}

impl Repeats {
    /// Takes a value.
    pub(super) fn take(&mut self, value: &str) {
        if value.len() > MAX_ID || value.is_empty() {
            return;
        }
        let value = FixedState::default().hash_one(value);
        self.n += 1;
        self.n_runs += usize::from(self.last != Some(value));
        self.last = Some(value);
        self.distinct.insert(value);
    }

    /// Returns the number of values, without empty ones.
    pub(super) fn len(&self) -> usize {
        self.n
    }

    /// Returns the number of different values.
    pub(super) fn n_distinct(&self) -> usize {
        self.distinct.len()
    }

    /// Returns whether there are values, and none twice.
    pub(super) fn are_unique(&self) -> bool {
        self.n > 0 && self.distinct.len() == self.n
    }

    /// Returns whether a value has several rows, most often.
    pub(super) fn recur(&self) -> bool {
        2 * self.n >= 3 * self.distinct.len().max(1)
    }

    /// Returns whether the rows of a value stand together, nearly always.
    pub(super) fn stand_together(&self) -> bool {
        10 * self.n_runs <= 11 * self.distinct.len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_of_several_rows_are_told_from_ids_of_rows() {
        let of = |values: &str| {
            let mut repeats = Repeats::default();
            values.split(' ').for_each(|value| repeats.take(value));
            (repeats.are_unique(), repeats.recur(), repeats.stand_together())
        };
        assert_eq!(of("a a a b b c c c"), (false, true, true));
        assert_eq!(of("a b c a b c"), (false, true, false));
        assert_eq!(of("a b c d e e"), (false, false, true));
        assert_eq!(of("a b c"), (true, false, true));
        assert_eq!(of(""), (false, false, true));
    }
}
