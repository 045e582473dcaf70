//! The table of choices beneath: the shares whose range a band is.

use super::rows::ShareRows;
use crate::estimate::{Band, GroupEstimate, SpecificationEstimate};
use crate::report::page::{Table, share};

/// Columns besides those that name the group.
const OWN: [&str; 3] = ["choice", "share", "misfit"];

type Row<'a> = (&'a GroupEstimate, &'a SpecificationEstimate);

/// Returns the choices of every group; no row if no band was asked for.
pub(super) fn choices(all: &ShareRows<'_>) -> Table {
    let mut columns = all.group_columns(&OWN, |row: &Row<'_>| row.0);
    columns.text(OWN[0], |(_, of)| of.specification.name());
    columns.number(OWN[1], |(_, of)| of.alpha().map(share));
    columns.text(OWN[2], |(_, of)| if of.is_misfit() { "!" } else { "" }.to_owned());
    let of_group = |row| bands(row).flat_map(|band| &band.specifications).map(move |of| (row, of));
    let rows = all.groups.iter().filter(|row| !row.placebo).flat_map(of_group).filter(|(_, of)| of.outcome.is_ok());
    Table::of("The band, by choice", columns, rows)
}

/// Returns the reasons why choices are missing, each once.
pub(super) fn missing(all: &ShareRows<'_>) -> Vec<String> {
    let specifications = all.groups.iter().flat_map(bands).flat_map(|band| &band.specifications);
    let mut missing: Vec<String> = Vec::new();
    for of in specifications {
        let Err(reason) = &of.outcome else { continue };
        let line = format!("not in the band: {}: {reason}", of.specification.name());
        if !missing.contains(&line) {
            missing.push(line);
        }
    }
    missing
}

fn bands(row: &GroupEstimate) -> impl Iterator<Item = &Band> {
    row.outcome.iter().flat_map(|found| &found.band)
}
