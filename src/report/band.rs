//! The table of choices beneath: the shares whose range a band is.

use super::cells::{group_cells, percent};
use super::share_rows::ShareRows;
use super::shares::group_names;
use crate::estimate::{Band, GroupEstimate, SpecificationEstimate};

/// Columns besides those that name the group.
const OWN: [&str; 3] = ["choice", "share", "misfit"];

/// The choices of every group, ready to print.
pub(super) struct Choices {
    /// The line above the table.
    pub heading: String,
    /// Names of the columns.
    pub header: Vec<String>,
    /// The groups' choices.
    pub rows: Vec<Vec<String>>,
    /// The reasons why choices are missing, each once.
    pub missing: Vec<String>,
}

/// Returns the choices of `all`; `None` if no band was asked for.
pub(super) fn choices(all: &ShareRows<'_>) -> Option<Choices> {
    let rows: Vec<Vec<String>> = all.groups.iter().filter(|row| !row.placebo).flat_map(rows_of).collect();
    if rows.is_empty() {
        return None;
    }
    let mut missing: Vec<String> = Vec::new();
    for of in specifications(all).filter(|of| of.alpha.is_none()) {
        let reason = of.reason.as_deref().unwrap_or("no estimate");
        let line = format!("not in the band: {}: {reason}", of.specification.name());
        if !missing.contains(&line) {
            missing.push(line);
        }
    }
    let header = group_names(all, &OWN).into_iter().chain(OWN.map(str::to_owned)).collect();
    Some(Choices { heading: "The band, by choice:".to_owned(), header, rows, missing })
}

/// Returns how many of the first columns are text, given how many name the group.
pub(super) fn n_text_columns(n_group_columns: usize) -> usize {
    n_group_columns + 1
}

fn specifications<'a>(all: &'a ShareRows<'_>) -> impl Iterator<Item = &'a SpecificationEstimate> {
    all.groups.iter().flat_map(bands).flat_map(|band| &band.specifications)
}

fn bands(row: &GroupEstimate) -> impl Iterator<Item = &Band> {
    row.outcome.iter().flat_map(|found| &found.band)
}

fn rows_of(row: &GroupEstimate) -> Vec<Vec<String>> {
    let cells = |of: &SpecificationEstimate| {
        let share = format!("{} %", percent(of.alpha?, 2));
        let misfit = if of.misfit_flagged == Some(true) { "!" } else { "" };
        let own = [of.specification.name(), share, misfit.to_owned()];
        Some(group_cells(row).into_iter().chain(own).collect())
    };
    bands(row).flat_map(|band| &band.specifications).filter_map(cells).collect()
}
