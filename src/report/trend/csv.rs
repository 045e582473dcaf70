//! A trend as tidy CSV: the columns of an estimate, and those of the period.

use super::rows::{MORE, rows, share_rows};
use crate::report::shares::render_with;
use crate::trend::Trend;

/// Renders a trend as CSV, with a line break at the end.
pub fn trend_csv(trend: &Trend) -> String {
    let rows = rows(trend);
    render_with(&share_rows(trend), &MORE, &|row| {
        let Some(of) = rows[row].0 else { return MORE.map(|_| String::new()).to_vec() };
        let artefact = of.artefact.as_ref().map(ToString::to_string).unwrap_or_default();
        vec![of.period.first.to_string(), of.period.last.to_string(), of.is_small.to_string(), artefact]
    })
}
