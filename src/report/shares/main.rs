//! The main table: a row for each group with its share, interval and misfit.

use super::rows::ShareRows;
use crate::estimate::GroupEstimate;
use crate::interval::Interval;
use crate::numbers::{self, interval_name};
use crate::report::page::{Columns, Table, count, interval, share};
use crate::tokenize::UnitRule;

/// What a row of the control is called.
pub(in crate::report) const PLACEBO: &str = "placebo";
/// What any other row is called.
pub(super) const TARGET: &str = "target";

/// Returns the columns that the groups of `all` need.
pub(in crate::report) fn columns<'a>(all: &ShareRows<'_>) -> Columns<'a, &'a GroupEstimate> {
    let found = |row: &&'a GroupEstimate| row.outcome.as_ref();
    let mut columns = all.group_columns(&[], |row: &&'a GroupEstimate| *row);
    if all.groups.iter().any(|row| row.placebo) {
        columns.text("text", |row| if row.placebo { PLACEBO } else { TARGET }.to_owned());
    }
    columns.number("documents", |row| Some(count(row.n_documents)));
    // If units are documents, their number says it all.
    if all.run.unit == UnitRule::Sentence {
        columns.number("sentences", |row| Some(count(row.n_units)));
    }
    columns.number("LLM share", |row| row.alpha().map(share));
    columns.number(interval_name(all.run.level), |row| row.interval().map(interval));
    if all.has_band() {
        let band = move |row: &&'a GroupEstimate| {
            let band = found(row)?.band.as_ref()?;
            Some(interval(Interval { lower: band.lower, upper: band.upper }))
        };
        columns.number("band", band);
    }
    columns.number("s.e.", move |row| found(row).map(|of| share(of.standard_error)));
    if all.has_tau() {
        columns.number("tau", move |row| found(row)?.systematic_error.map(share));
    }
    columns.number("misfit", |row| {
        let misfit = row.misfit()?;
        let mark = if misfit.flagged { " !" } else { "" };
        Some((numbers::misfit(misfit.distance) + mark, misfit.distance))
    });
    if all.groups.iter().any(|row| row.unlike_text) {
        columns.text("unlike text", |row| if row.unlike_text { "yes" } else { "" }.to_owned());
    }
    columns
}

/// Returns the table with these columns.
pub(in crate::report) fn table<'a>(all: &'a ShareRows<'_>, columns: Columns<'_, &'a GroupEstimate>) -> Table {
    Table::with_warnings("", columns, all.groups.iter(), |row| row.is_misfit() || row.unlike_text)
}
