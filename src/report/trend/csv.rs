//! A trend as tidy CSV: the columns of an estimate, and those of the period.

use super::rows::{MORE, rows, share_rows};
use crate::report::shares::{ShareRow, csv_columns, csv_rows};
use crate::trend::Trend;

/// Renders a trend as CSV, with a line break at the end.
pub fn trend_csv(trend: &Trend) -> String {
    let (rows, all) = (rows(trend), share_rows(trend));
    let period = |row: &ShareRow<'_>| rows[row.number].0;
    let mut columns = csv_columns(&all);
    columns.add(MORE[0], |row| Some(period(row)?.period.first));
    columns.add(MORE[1], |row| Some(period(row)?.period.last));
    columns.add(MORE[2], |row| Some(period(row)?.is_small));
    columns.add(MORE[3], |row| period(row)?.artefact.as_ref());
    columns.render(csv_rows(&all))
}
