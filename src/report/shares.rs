//! The table beneath: the share of every LLM source, if the reference keeps several apart.

use super::cells::{group_cells, interval_cell, interval_name, percent};
use super::share_rows::ShareRows;
use crate::estimate::{GroupEstimate, ShareEstimate};
use crate::interval::Interval;

/// Columns besides those that name the group.
const SOURCE: &str = "source";
const SHARE: &str = "share";

/// Shares beneath alpha, ready to print.
pub(super) struct Shares {
    /// The line above the table.
    pub heading: String,
    /// Names of the columns.
    pub header: Vec<String>,
    /// The groups' sources, in the order of the reference, and then the sums of those that are not told apart.
    pub rows: Vec<Vec<String>>,
}

/// Returns how many of the first columns are text, given how many name the group.
pub(super) fn n_text_columns(n_group_columns: usize) -> usize {
    n_group_columns + 1
}

/// Returns the shares of `all`; `None` if the reference has one LLM component, of which alpha says everything.
pub(super) fn shares(all: &ShareRows<'_>) -> Option<Shares> {
    let rows: Vec<Vec<String>> = all.groups.iter().filter(|row| !row.placebo).flat_map(rows_of).collect();
    if rows.is_empty() {
        return None;
    }
    let interval = interval_name(all.run.level);
    let own = [SOURCE.to_owned(), SHARE.to_owned(), interval];
    let taken: Vec<&str> = own.iter().map(String::as_str).collect();
    let header = group_names(all, &taken).into_iter().chain(own.clone()).collect();
    Some(Shares { heading: format!("Of which, by source (share of {}s):", all.run.unit), header, rows })
}

/// Returns whether a group was estimated with several LLM components.
pub(super) fn has_several_sources(found: &ShareEstimate) -> bool {
    // The first is human.
    found.sources.len() > 2
}

/// Returns the names of the group columns, renamed if they are among `taken`: `--by source` becomes `by_source`.
pub(super) fn group_names(all: &ShareRows<'_>, taken: &[&str]) -> Vec<String> {
    let columns: Vec<&String> =
        all.groups.first().map_or_else(Vec::new, |first| first.group.iter().map(|(column, _)| column).collect());
    let free = |column: &String| {
        let mut name = column.clone();
        while taken.contains(&name.as_str()) || (name != *column && columns.contains(&&name)) {
            name.insert_str(0, "by_");
        }
        name
    };
    columns.iter().map(|column| free(column)).collect()
}

/// Returns the name of a sum: those of its sources.
pub(super) fn sum_name(names: &[String]) -> String {
    names.join(" + ")
}

fn rows_of(row: &GroupEstimate) -> Vec<Vec<String>> {
    let Some(found) = row.outcome.as_ref().filter(|found| has_several_sources(found)) else {
        return vec![];
    };
    let cells = |name: String, share: f64, interval: Interval| {
        let own = [name, format!("{} %", percent(share, 2)), interval_cell(interval)];
        group_cells(row).into_iter().chain(own).collect()
    };
    let known = found.sources[1..].iter().filter_map(|source| {
        let (share, interval) = source.share.zip(source.interval)?;
        Some(cells(source.name.clone(), share, interval))
    });
    let sums = (found.source_sums.iter())
        .map(|sum| cells(format!("{} (split not identified)", sum_name(&sum.names)), sum.share, sum.interval));
    known.chain(sums).collect()
}
