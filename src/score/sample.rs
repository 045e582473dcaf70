//! A fixed random sample of the documents of each group.

use std::collections::BTreeMap;

use super::document::DocumentKey;
use super::table::ScoreTable;
use crate::reference::grouping::uniform;

/// Keeps `n` random documents of every combination of the table's columns, or all where there are fewer.
///
/// The choice depends on `seed` and the documents' keys alone.
pub fn sample_groups(table: &mut ScoreTable, n: usize, seed: u64) {
    let place = |key: DocumentKey| uniform(format!("sample {seed} {:016x}", key.0).as_bytes());
    let mut places: BTreeMap<Vec<Option<String>>, Vec<f64>> = BTreeMap::new();
    for document in table.documents() {
        places.entry(document.values.clone()).or_default().push(place(document.key));
    }
    for of_group in places.values_mut() {
        of_group.sort_unstable_by(f64::total_cmp);
        of_group.truncate(n);
    }
    table.retain(|document| places[&document.values].last().is_some_and(|largest| place(document.key) <= *largest));
}
