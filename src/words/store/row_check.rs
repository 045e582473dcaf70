//! Checks rows of a stored occurrence table before they are counted.

use crate::corpus::GroupKey;
use crate::score::store::MAX_COUNT;
use crate::words::counts::{Counts, OccurrenceTable};

/// A check that rows are possible: a group's size comes first and once, then each of its words once, none larger than
/// the size.
#[derive(Default)]
pub(super) struct RowCheck {
    group: Option<GroupKey>,
    size: Counts,
    /// The sum of m^2 over all documents so far, which no other sum exceeds.
    n_products: u64,
}

impl RowCheck {
    /// Returns the counts of the next row, or the error in it.
    pub(super) fn check(
        &mut self,
        table: &OccurrenceTable,
        values: &GroupKey,
        word: Option<&str>,
        counts: Counts,
    ) -> Result<Counts, &'static str> {
        if let Some(word) = word {
            let is_in_group = self.group.as_ref() == Some(values) && fits(counts, self.size);
            return match table.has(values, word) {
                _ if !is_in_group => Err("has more documents or units than its group"),
                true => Err("is a word that its group had before"),
                false => Ok(counts),
            };
        }
        if table.groups().contains_key(values) {
            return Err("is a group that was there before");
        }
        if !fits(counts, counts) {
            return Err("has counts that no group has");
        }
        self.n_products = self.n_products.saturating_add(counts.sum_products);
        if self.n_products > MAX_COUNT {
            return Err("and those before it have more units than any corpus");
        }
        (self.group, self.size) = (Some(values.clone()), counts);
        Ok(counts)
    }
}

/// Returns whether a word can have these counts in a group of this size.
fn fits(word: Counts, size: Counts) -> bool {
    word.n_documents <= word.n_units
        && word.n_documents <= size.n_documents
        && word.n_units <= size.n_units
        && word.sum_squares >= word.n_units
        && word.sum_squares <= word.sum_products
        && word.sum_products <= size.sum_products
}
