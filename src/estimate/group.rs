//! Documents by the values of the columns to group by.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use jiff::civil::Date;

use super::EstimateError;
use crate::score::{ScoreTable, ScoredDocument};

/// Documents with the same values.
pub struct Group<'a> {
    /// Column and value; empty when there is only one group.
    pub values: Vec<(String, Option<String>)>,
    /// The first day of their period; none: they are in no period, or none were wanted.
    pub period: Option<Date>,
    /// The documents, in canonical order.
    pub documents: Vec<&'a ScoredDocument>,
}

impl<'a> Group<'a> {
    /// Makes one group of all documents.
    pub fn of(documents: Vec<&'a ScoredDocument>) -> Group<'a> {
        Group { values: vec![], period: None, documents }
    }

    /// Number of units, with `k` scores each.
    pub fn n_units(&self, k: usize) -> usize {
        self.documents.iter().map(|document| document.scores().len()).sum::<usize>() / k.max(1)
    }
}

/// The groups of `table` by the columns `by` and by period, in rising order of their values: numbers as numbers, missing ones last.
pub fn groups<'a>(table: &'a ScoreTable, by: &[String]) -> Result<Vec<Group<'a>>, EstimateError> {
    let places: Vec<usize> = by.iter().map(|column| place(table, column)).collect::<Result<_, _>>()?;
    let mut groups: BTreeMap<SortKey, Vec<&ScoredDocument>> = BTreeMap::new();
    for document in table.in_canonical_order() {
        let values = places.iter().map(|&place| GroupValue(document.values[place].clone())).collect();
        groups.entry((values, document.period.is_none(), document.period)).or_default().push(document);
    }
    let named = |values: Vec<GroupValue>| by.iter().cloned().zip(values.into_iter().map(|value| value.0)).collect();
    let group = |((values, _, period), documents)| Group { values: named(values), period, documents };
    Ok(groups.into_iter().map(group).collect())
}

/// Values and period, documents without a period last.
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
