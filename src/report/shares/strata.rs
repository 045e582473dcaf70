//! The table beneath with the results of the two-level model: the part in mixed documents, and the least share of documents.

use super::rows::ShareRows;
use crate::estimate::{GroupEstimate, StrataShare};
use crate::numbers::{decimal, interval_name};
use crate::report::page::{Table, interval, share};

/// Columns besides those that name the group.
const MIXED: &str = "of which in mixed documents";
const LLM: &str = "documents wholly LLM";
const LEAST: &str = "documents, at least";
const BREAKDOWN: &str = "breakdown";

type Row<'a> = (&'a GroupEstimate, StrataShare);

/// Returns the rows of `all`; none if no estimate is by the two-level model.
pub(in crate::report) fn strata(all: &ShareRows<'_>) -> Table {
    let rows: Vec<Row<'_>> = all.groups.iter().filter_map(|row| Some((row, row.outcome.as_ref()?.strata?))).collect();
    let interval_name = interval_name(all.run.level);
    let mut columns = all.group_columns(&[MIXED, &interval_name, LLM, LEAST, BREAKDOWN], |row: &Row<'_>| row.0);
    columns.number(MIXED, |(_, found)| Some(share(found.mixed.share)));
    columns.number(interval_name, |(_, found)| Some(interval(found.mixed.interval)));
    columns.number(LLM, |(_, found)| Some(share(found.llm_documents)));
    let has_bound = rows.iter().any(|(_, found)| found.bound.is_some());
    if has_bound {
        columns.number(LEAST, |(_, found)| found.bound.map(|bound| share(bound.documents)));
        columns.number(BREAKDOWN, |(_, found)| found.bound.map(|bound| (decimal(bound.breakdown, 1), bound.breakdown)));
    }
    let shown = if has_bound { "mixed, wholly LLM, and at least" } else { "mixed and wholly LLM" };
    Table::of(format!("Documents: {shown} (share of {}s)", all.run.unit), columns, rows)
}

/// Explains the columns of the lower bound; nothing without one.
pub(super) fn bound_lines(all: &ShareRows<'_>) -> Vec<String> {
    let Some(bound) = all.outcomes().find_map(|found| found.strata?.bound) else { return vec![] };
    vec![
        format!(
            "At least: a lower bound of the share of documents with LLM text by any LLM, if people write like an LLM at most {} times \
             as often as in the control",
            decimal(bound.rho, 1)
        ),
        "Breakdown: how many times as often people would have to write like an LLM for that bound to be 0".to_owned(),
    ]
}
