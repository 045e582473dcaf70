//! Tidy CSV: the JSON's fields, a row per group.

use crate::estimate::{Estimate, GroupEstimate};

pub(super) fn render(estimate: &Estimate) -> String {
    let mut writer = ::csv::Writer::from_writer(Vec::new());
    // Writing to memory cannot fail; the row lengths agree by construction.
    let _ = writer.write_record(header(estimate));
    for row in &estimate.estimates {
        let _ = writer.write_record(record(estimate, row));
    }
    writer.into_inner().ok().and_then(|bytes| String::from_utf8(bytes).ok()).unwrap_or_default()
}

fn header(estimate: &Estimate) -> Vec<String> {
    let groups = estimate.estimates.first().map(|row| row.group.iter().map(|(column, _)| column.clone()));
    let fixed = [
        "unit",
        "n_documents",
        "n_units",
        "alpha",
        "standard_error",
        "lower",
        "upper",
        "level",
        "systematic_error",
        "design_effect",
        "p_zero",
        "misfit_distance",
        "misfit_tolerance",
        "misfit_flagged",
        "reference",
        "reference_sha256",
        "warnings",
    ];
    groups.into_iter().flatten().chain(fixed.map(str::to_owned)).collect()
}

fn record(estimate: &Estimate, row: &GroupEstimate) -> Vec<String> {
    let number = |value: Option<f64>| value.map_or_else(String::new, |value| value.to_string());
    let groups = row.group.iter().map(|(_, value)| value.clone().unwrap_or_default());
    let fixed = [
        estimate.unit.to_string(),
        row.n_documents.to_string(),
        row.n_units.to_string(),
        number(row.alpha),
        number(row.standard_error),
        number(row.interval.map(|interval| interval.lower)),
        number(row.interval.map(|interval| interval.upper)),
        estimate.level.to_string(),
        number(row.systematic_error),
        number(row.design_effect),
        number(row.p_zero),
        number(row.misfit.map(|misfit| misfit.distance)),
        number(row.misfit.map(|misfit| misfit.tolerance)),
        row.misfit.map_or_else(String::new, |misfit| misfit.flagged.to_string()),
        estimate.reference.name.clone(),
        estimate.reference.sha256.clone(),
        row.warnings.join("; "),
    ];
    groups.chain(fixed).collect()
}
