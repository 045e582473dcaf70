//! Columns with dates, and the period that a document lies in.

use std::collections::BTreeSet;

use super::known::DATE_COLUMNS;
use crate::corpus::{PeriodRule, Span, UndatedSummary, span};
use crate::score::ScoreTable;

/// The column of a score table that holds a document's period, as the first day of it.
pub const PERIOD: &str = "(period)";
/// Dates shown of those that could not be used.
const N_EXAMPLES: usize = 5;

/// Columns with dates: a document's is the value of the first that it has.
#[derive(Debug, Clone)]
pub struct DateColumns {
    /// Their names.
    pub names: Vec<String>,
    /// Whether the column was named, and so has to be there.
    pub is_named: bool,
}

impl DateColumns {
    /// The column that was named, or else those with the usual names.
    pub fn new(named: Option<&String>) -> DateColumns {
        match named {
            Some(column) => DateColumns { names: vec![column.clone()], is_named: true },
            None => {
                let names = DATE_COLUMNS.iter().map(|column| (*column).to_owned()).collect();
                DateColumns { names, is_named: false }
            }
        }
    }

    /// Whether a score table has one of them.
    pub fn has_any(&self, table: &ScoreTable) -> bool {
        self.names.iter().any(|name| table.columns.contains(name))
    }

    /// The first of these values that there is, as it was written.
    pub fn first<'a>(values: impl IntoIterator<Item = &'a Option<String>>) -> Option<&'a str> {
        values.into_iter().flatten().map(String::as_str).next()
    }

    /// The days that the first of these values names.
    pub fn span<'a>(values: impl IntoIterator<Item = &'a Option<String>>) -> Option<Span> {
        DateColumns::first(values).and_then(span)
    }
}

/// Documents without a period.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Undated {
    /// Without any date.
    pub n_without_date: usize,
    /// With something that is no date, or names a longer time than a period.
    pub n_unreadable: usize,
    /// Some of these, sorted.
    pub examples: BTreeSet<String>,
}

impl Undated {
    /// All of them.
    pub fn n_documents(&self) -> usize {
        self.n_without_date + self.n_unreadable
    }

    /// The first day of the period, or `None` and the document is counted.
    pub fn period_or_count(&mut self, rule: PeriodRule, date: Option<&str>) -> Option<String> {
        self.period_or_count_all(rule, date, 1)
    }

    /// The same for `n_documents` of one date.
    pub fn period_or_count_all(&mut self, rule: PeriodRule, date: Option<&str>, n_documents: usize) -> Option<String> {
        let Some(text) = date else {
            self.n_without_date += n_documents;
            return None;
        };
        let period = span(text).and_then(|span| rule.period(span));
        if period.is_none() {
            self.n_unreadable += n_documents;
            // The smallest ones, so that the order of documents does not matter.
            self.examples.insert(text.chars().take(40).collect());
            if self.examples.len() > N_EXAMPLES {
                self.examples.pop_last();
            }
        }
        period.map(|period| period.first.to_string())
    }
}

impl From<Undated> for UndatedSummary {
    fn from(Undated { n_without_date, n_unreadable, examples }: Undated) -> UndatedSummary {
        UndatedSummary { n_without_date, n_unreadable, examples: examples.into_iter().collect() }
    }
}

/// Adds the column [`PERIOD`] to a score table, from the first of the date columns that it has.
pub fn add_periods(table: &mut ScoreTable, columns: &DateColumns, rule: PeriodRule) -> anyhow::Result<Undated> {
    let place = columns.names.iter().find_map(|name| table.columns.iter().position(|known| known == name));
    let Some(place) = place else {
        anyhow::bail!(
            "the score table has no column {} [score the text again with --by for the date]",
            columns.names.join(", ")
        );
    };
    let mut undated = Undated::default();
    table.add_column(PERIOD, |document| undated.period_or_count(rule, document.values[place].as_deref()));
    Ok(undated)
}
