//! A validation as CSV: a row for each method in each cell.

use super::page::{Row, name, rows_of_all, rows_of_stratum};
use crate::report::csv::Csv;
use crate::validate::Validation;

/// Renders a validation as CSV, with a line break at the end.
pub fn validation_csv(validation: &Validation) -> String {
    let mut columns: Csv<'_, Row<'_>> = Csv::new();
    columns.add("left_out", |row| Some(row.left_out.to_owned()));
    columns.add("value", |row| Some(row.value.to_owned()));
    columns.add("alpha", |row| Some(row.cell.alpha));
    columns.add("n_units", |row| Some(row.cell.n_units));
    columns.add("n_mixtures", |row| Some(row.cell.n_mixtures));
    columns.add("method", |row| Some(name(row.of.method)));
    columns.add("mean_estimate", |row| Some(row.of.mean_estimate));
    columns.add("bias", |row| Some(row.of.bias));
    columns.add("mean_absolute_error", |row| Some(row.of.mean_absolute_error));
    columns.add("worst_error", |row| Some(row.of.worst_error));
    columns.add("rmse", |row| Some(row.of.rmse));
    columns.add("coverage", |row| Some(row.of.coverage));
    columns.add("mean_width", |row| Some(row.of.mean_width));
    columns.add("flagged", |row| row.of.flagged);
    let strata = validation.strata.iter().flat_map(rows_of_stratum);
    columns.render(rows_of_all(validation).chain(strata))
}
