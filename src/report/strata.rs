//! The table beneath with the results of the two-level model: the part in mixed documents, and the least share of documents.

use super::cells::{group_cells, interval_cell, interval_name, percent};
use super::share_rows::ShareRows;
use super::shares::{Shares, group_names};
use crate::estimate::{GroupEstimate, StrataShare};

/// Columns besides those that name the group.
const MIXED: &str = "of which in mixed documents";
const LLM: &str = "documents wholly LLM";
const LEAST: &str = "documents, at least";
const BREAKDOWN: &str = "breakdown";

/// Returns the rows of `all`; `None` if no estimate is by the two-level model.
pub(super) fn strata(all: &ShareRows<'_>) -> Option<Shares> {
    let has_bound = all.groups.iter().filter_map(found).any(|found| found.bound.is_some());
    let rows: Vec<Vec<String>> = all.groups.iter().filter_map(|row| Some(cells(row, found(row)?, has_bound))).collect();
    if rows.is_empty() {
        return None;
    }
    let mut own = vec![MIXED.to_owned(), interval_name(all.run.level), LLM.to_owned()];
    own.extend([LEAST, BREAKDOWN].into_iter().filter(|_| has_bound).map(str::to_owned));
    let taken: Vec<&str> = own.iter().map(String::as_str).collect();
    let header = group_names(all, &taken).into_iter().chain(own.clone()).collect();
    Some(Shares { heading: heading(all, has_bound), header, rows })
}

fn heading(all: &ShareRows<'_>, has_bound: bool) -> String {
    let rho = all.groups.iter().filter_map(found).find_map(|found| found.bound).map_or(0.0, |bound| bound.rho);
    let least = format!(
        "; at least this share of documents whatever the LLM, if people write like an LLM at most {rho:.1} times as often as in the control, \
         and how many times as often they would have to for it to be 0 (breakdown)"
    );
    let least = if has_bound { least.as_str() } else { "" };
    format!("Documents partly by an LLM (share of {}s){least}:", all.run.unit)
}

fn found(row: &GroupEstimate) -> Option<StrataShare> {
    row.outcome.as_ref()?.strata
}

fn cells(row: &GroupEstimate, found: StrataShare, has_bound: bool) -> Vec<String> {
    let share = |share: f64| format!("{} %", percent(share, 2));
    let mut own = vec![share(found.mixed.share), interval_cell(found.mixed.interval), share(found.llm_documents)];
    if has_bound {
        let of = |cell: &dyn Fn(crate::two_level::Bound) -> String| found.bound.map_or_else(|| "-".to_owned(), cell);
        own.push(of(&|bound| share(bound.documents)));
        own.push(of(&|bound| format!("{:.1}", bound.breakdown)));
    }
    group_cells(row).into_iter().chain(own).collect()
}
