//! Rows of shares, either groups of an estimate or periods of a trend, from which their tables are made.

use std::borrow::Cow;

use crate::estimate::{Estimate, GroupEstimate, IntervalMethod, Method, RunSummary, ShareEstimate};
use crate::report::page::Columns;

/// Shares of groups, and their common settings.
pub(in crate::report) struct ShareRows<'a> {
    /// The inputs and settings they were made with.
    pub run: &'a RunSummary,
    /// The method by which alpha was estimated.
    pub method: Method,
    /// The kind of its interval.
    pub interval_method: IntervalMethod,
    /// The groups, one per row.
    pub groups: Cow<'a, [GroupEstimate]>,
    /// Warnings that concern all of them.
    pub warnings: Cow<'a, [String]>,
}

impl<'a> From<&'a Estimate> for ShareRows<'a> {
    fn from(estimate: &'a Estimate) -> ShareRows<'a> {
        ShareRows {
            run: &estimate.run,
            method: estimate.method,
            interval_method: estimate.interval_method,
            groups: Cow::Borrowed(&estimate.estimates),
            warnings: Cow::Borrowed(&estimate.warnings),
        }
    }
}

impl ShareRows<'_> {
    /// Returns the estimates of the groups that have one.
    pub fn outcomes(&self) -> impl Iterator<Item = &ShareEstimate> {
        self.groups.iter().filter_map(|row| row.outcome.as_ref())
    }

    /// Returns whether systematic error is known.
    pub fn has_tau(&self) -> bool {
        self.outcomes().any(|found| found.systematic_error.is_some())
    }

    /// Returns whether there is a band.
    pub fn has_band(&self) -> bool {
        self.outcomes().any(|found| found.band.is_some())
    }

    /// Returns whether the estimates are by the two-level model.
    pub fn has_strata(&self) -> bool {
        self.outcomes().any(|found| found.strata.is_some())
    }

    /// Returns the columns that name the group of a row, which is at `group` of it, renamed if they are among `taken`.
    pub fn group_columns<'b, R>(
        &self,
        taken: &[&str],
        group: impl Fn(&R) -> &GroupEstimate + Copy + 'b,
    ) -> Columns<'b, R> {
        let mut columns = Columns::new();
        for (place, name) in self.group_names(taken).into_iter().enumerate() {
            columns.text(name, move |row| group(row).group[place].1.clone().unwrap_or_else(|| "(none)".to_owned()));
        }
        columns
    }

    /// Returns the names of the group columns, renamed if they are among `taken`: `--by source` becomes `by_source`.
    pub fn group_names(&self, taken: &[&str]) -> Vec<String> {
        let columns: Vec<&String> =
            self.groups.first().map_or_else(Vec::new, |first| first.group.iter().map(|(column, _)| column).collect());
        let free = |column: &String| {
            let mut name = column.clone();
            while taken.contains(&name.as_str()) || (name != *column && columns.contains(&&name)) {
                name.insert_str(0, "by_");
            }
            name
        };
        columns.iter().map(|column| free(column)).collect()
    }
}
