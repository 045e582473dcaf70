//! The table beneath: the share of every LLM source, if the reference keeps several apart.

use super::rows::ShareRows;
use crate::estimate::{GroupEstimate, ShareEstimate};
use crate::interval::Interval;
use crate::numbers::interval_name;
use crate::report::page::{Table, interval, share};

/// Columns besides those that name the group.
const SOURCE: &str = "source";
const SHARE: &str = "share";

/// A group's source, or the sum of some that are not told apart.
struct Source<'a> {
    group: &'a GroupEstimate,
    name: String,
    share: f64,
    interval: Interval,
}

/// Returns the shares of `all` by source, in the order of the reference, then the sums of those that are not told apart; no row
/// if the reference has one LLM component, of which alpha says everything.
pub(in crate::report) fn sources(all: &ShareRows<'_>) -> Table {
    let interval_name = interval_name(all.run.level);
    let mut columns = all.group_columns(&[SOURCE, SHARE, &interval_name], |row: &Source<'_>| row.group);
    columns.text(SOURCE, |row| row.name.clone());
    columns.number(SHARE, |row| Some(share(row.share)));
    columns.number(interval_name, |row| Some(interval(row.interval)));
    let rows = all.groups.iter().filter(|row| !row.placebo).flat_map(rows_of);
    Table::of(format!("By source (share of {}s)", all.run.unit), columns, rows)
}

/// Returns whether a group was estimated with several LLM components.
pub(super) fn has_several_sources(found: &ShareEstimate) -> bool {
    // The first is human.
    found.sources.len() > 2
}

/// Returns the name of a sum: those of its sources.
pub(super) fn sum_name(names: &[String]) -> String {
    names.join(" + ")
}

fn rows_of(group: &GroupEstimate) -> Vec<Source<'_>> {
    let Some(found) = group.outcome.as_ref().filter(|found| has_several_sources(found)) else {
        return vec![];
    };
    let known = found.sources[1..].iter().filter_map(|source| {
        let (share, interval) = source.share.zip(source.interval)?;
        Some(Source { group, name: source.name.clone(), share, interval })
    });
    let sums = found.source_sums.iter().map(|sum| Source {
        group,
        name: format!("{} (split not identified)", sum_name(&sum.names)),
        share: sum.share,
        interval: sum.interval,
    });
    known.chain(sums).collect()
}
