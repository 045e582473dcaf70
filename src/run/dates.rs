//! Finds columns with dates, and the period that a document lies in.

use std::collections::BTreeSet;

use crate::corpus::{Columns, Document, Period, PeriodRule, Span, UndatedSummary, is_ambiguous, span};

/// Columns in which dates are looked for if no other is named.
pub const DATE_COLUMNS: [&str; 4] = ["date", "created", "announced", "year"];
/// Maximum number of dates shown of those that could not be used.
const N_EXAMPLES: usize = 5;

/// Columns with dates; the date of a document is its value in the first one that it has.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct DateColumns {
    /// Names of the columns.
    pub names: Vec<String>,
    /// Whether the user named the column, so that it must exist.
    pub is_named: bool,
}

impl DateColumns {
    /// Returns the column that was named, or else those with the usual names.
    pub fn new(named: Option<&String>) -> DateColumns {
        match named {
            Some(column) => DateColumns { names: vec![column.clone()], is_named: true },
            None => DateColumns { names: DATE_COLUMNS.map(str::to_owned).to_vec(), is_named: false },
        }
    }

    /// Adds these columns to those that are read.
    pub(super) fn add_to(&self, columns: Columns) -> Columns {
        if self.is_named { columns.require(&self.names) } else { columns.offer(&self.names) }
    }

    /// Returns the date of a document, as it is written there.
    pub(super) fn of<'a>(&self, document: &'a Document, columns: &Columns) -> Option<&'a str> {
        document.first_value(columns, &self.names)
    }

    /// Returns the place of the first of these columns among those of a table.
    pub(super) fn place(&self, columns: &[String]) -> Option<usize> {
        self.names.iter().find_map(|name| columns.iter().position(|known| known == name))
    }

    /// Returns the names, separated by commas, for people.
    pub(super) fn shown(&self) -> String {
        self.names.join(", ")
    }
}

/// Counts of the documents without a period.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Undated {
    /// Number of documents without any date.
    pub n_without_date: usize,
    /// Number of documents whose date cannot be read, or names a longer time than a period.
    pub n_unreadable: usize,
    /// Some of these dates, sorted.
    pub examples: BTreeSet<String>,
}

impl Undated {
    /// Returns the number of all documents without a period.
    pub fn n_documents(&self) -> usize {
        self.n_without_date + self.n_unreadable
    }

    /// Returns the period that `n_documents` of this date lie in; if there is none, counts them and returns `None`.
    pub fn period_or_count(&mut self, rule: PeriodRule, date: Option<&str>, n_documents: usize) -> Option<Period> {
        let Some(text) = date else {
            self.n_without_date += n_documents;
            return None;
        };
        let period = span(text).and_then(|span: Span| rule.period(span));
        if period.is_none() {
            self.n_unreadable += n_documents;
            // Keeps the smallest ones, so that the order of documents does not matter.
            self.examples.insert(text.chars().take(40).collect());
            if self.examples.len() > N_EXAMPLES {
                self.examples.pop_last();
            }
        }
        period
    }
}

/// Returns the reason why a date names no period, to follow "dates such as X".
pub(super) fn why_none(rule: PeriodRule, date: &str) -> &'static str {
    match (span(date), rule) {
        (None, _) => "cannot be read; write 2023-05-12, 2023-05 or 2023",
        (Some(_), _) if is_ambiguous(date) => {
            "may mean two days, as day and month cannot be told apart; write 2023-05-12"
        }
        (Some(_), PeriodRule::Year) => "span more than a year",
        (Some(_), _) => "span more than that; choose a longer --period",
    }
}

impl From<Undated> for UndatedSummary {
    fn from(Undated { n_without_date, n_unreadable, examples }: Undated) -> UndatedSummary {
        UndatedSummary { n_without_date, n_unreadable, examples: examples.into_iter().collect() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_without_a_period_say_why() {
        for (rule, date, expected) in [
            (PeriodRule::Year, "soon", "cannot be read"),
            (PeriodRule::Month, "12/05/2023", "may mean two days"),
            (PeriodRule::Year, "2023/24", "span more than a year"),
            (PeriodRule::Month, "2023", "choose a longer --period"),
        ] {
            assert!(why_none(rule, date).contains(expected), "{date}");
        }
        let mut undated = Undated::default();
        assert_eq!(undated.period_or_count(PeriodRule::Year, Some("12/05/2023"), 1).unwrap().label, "2023");
        assert!(undated.period_or_count(PeriodRule::Month, Some("12/05/2023"), 1).is_none());
    }
}
