//! Groups documents by the values of columns and by period.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use jiff::civil::Date;

use super::error::EstimateError;
use crate::score::{GroupSize, ScoreTable, ScoredDocument};

/// Documents with the same values and period.
#[non_exhaustive]
pub struct Group<'a> {
    /// Column names and values; empty if all documents are one group.
    pub values: Vec<(String, Option<String>)>,
    /// First day of their period; `None` if they are in no period or none was asked for.
    pub period: Option<Date>,
    /// Size of the group, where `documents` are some of it; `None`: they are all.
    pub size: Option<GroupSize>,
    /// The documents, in canonical order.
    pub documents: Vec<&'a ScoredDocument>,
}

impl<'a> Group<'a> {
    /// Returns one group of all documents.
    pub fn of(documents: Vec<&'a ScoredDocument>) -> Group<'a> {
        Group { values: vec![], period: None, size: None, documents }
    }

    /// Returns the share of its documents that are known, 0 to 1.
    pub fn known_share(&self) -> f64 {
        self.size.map_or(1.0, |size| self.documents.len() as f64 / size.n_documents as f64)
    }

    /// Returns the number of documents, known or not.
    pub fn n_documents(&self) -> usize {
        self.size.map_or(self.documents.len(), |size| size.n_documents)
    }

    /// Returns whether it is a single document of several groups: a verdict on it would be one on its author.
    pub fn is_one_document(&self) -> bool {
        self.n_documents() == 1 && !(self.values.is_empty() && self.period.is_none())
    }

    /// Returns the number of units that are known.
    pub fn n_units(&self) -> usize {
        self.documents.iter().map(|document| document.n_units()).sum()
    }
}

/// Groups `table` by the columns `by` and by period, in rising order: numbers as numbers, missing values last.
///
/// # Errors
/// Fails if the table has no column of one of these names.
pub fn groups<'a>(table: &'a ScoreTable, by: &[String]) -> Result<Vec<Group<'a>>, EstimateError> {
    let places: Vec<usize> = by.iter().map(|column| place(table, column)).collect::<Result<_, _>>()?;
    let mut groups: BTreeMap<SortKey, Vec<&ScoredDocument>> = BTreeMap::new();
    for document in table.in_canonical_order() {
        let values = places.iter().map(|&place| GroupValue(document.values[place].clone())).collect();
        groups.entry((values, document.period.is_none(), document.period)).or_default().push(document);
    }
    let named = |values: Vec<GroupValue>| by.iter().cloned().zip(values.into_iter().map(|value| value.0)).collect();
    let mut sizes: BTreeMap<SortKey, GroupSize> = BTreeMap::new();
    for (key, size) in table.group_sizes() {
        let values = places.iter().map(|&place| GroupValue(key.values[place].clone())).collect();
        sizes.entry((values, key.period.is_none(), key.period)).or_default().add(size);
    }
    let group = |(key, documents): (SortKey, Vec<&'a ScoredDocument>)| {
        let size = sizes.get(&key).copied().filter(|size| size.n_documents > documents.len());
        let (values, _, period) = key;
        Group { values: named(values), period, size, documents }
    };
    Ok(groups.into_iter().map(group).collect())
}

/// Sort key of a group: its values, then its period, with documents without a period last.
type SortKey = (Vec<GroupValue>, bool, Option<Date>);

fn place(table: &ScoreTable, column: &str) -> Result<usize, EstimateError> {
    table
        .columns
        .iter()
        .position(|known| known == column)
        .ok_or_else(|| EstimateError::NoSuchColumn { column: column.to_owned(), known: table.columns.clone() })
}

#[derive(PartialEq, Eq)]
struct GroupValue(Option<String>);

impl Ord for GroupValue {
    fn cmp(&self, other: &Self) -> Ordering {
        let (Some(a), Some(b)) = (&self.0, &other.0) else {
            return self.0.is_none().cmp(&other.0.is_none());
        };
        match (a.parse::<f64>(), b.parse::<f64>()) {
            (Ok(x), Ok(y)) => x.total_cmp(&y).then_with(|| a.cmp(b)),
            (Ok(_), Err(_)) => Ordering::Less,
            (Err(_), Ok(_)) => Ordering::Greater,
            (Err(_), Err(_)) => a.cmp(b),
        }
    }
}

impl PartialOrd for GroupValue {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}
