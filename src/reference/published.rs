//! Reads a published distribution table (`Word, logP, log1-P, logQ, log1-Q`) of Liang et al. as a reference.

use std::path::Path;

#[cfg(feature = "parquet")]
use std::fs::File;

#[cfg(feature = "parquet")]
use polars::prelude::{DataFrame, DataType, PolarsResult};

use super::distribution::Distribution;
#[cfg(feature = "parquet")]
use super::distribution::Row;
use super::store::ReferenceError;
#[cfg(feature = "parquet")]
use crate::parquet::{read_frame, with};

/// Columns of the published layout.
#[cfg(feature = "parquet")]
const COLUMNS: [&str; 5] = ["Word", "logP", "log1-P", "logQ", "log1-Q"];

/// Reads a published distribution from a parquet file.
///
/// # Errors
/// Fails if the file cannot be read, or has not the columns of a published distribution.
#[cfg(feature = "parquet")]
pub fn read_distribution(path: &Path) -> Result<Distribution, ReferenceError> {
    let name = path.display().to_string();
    let file = File::open(path).map_err(|source| ReferenceError::Unreadable { name: name.clone(), source })?;
    let frame = read_frame(&file).map_err(|reason| format!("a damaged parquet file ({reason})"));
    let rows = frame.and_then(|frame| {
        let columns = COLUMNS.join(", ");
        with(|| rows_of(&frame)).map_err(|reason| format!("a parquet file without the columns {columns} ({reason})"))
    });
    let found = match rows {
        Ok(rows) if !rows.is_empty() => return Ok(Distribution::new(rows)),
        Ok(_) => "it has no rows".to_owned(),
        Err(found) => found,
    };
    Err(ReferenceError::NotAReference { name, found })
}

#[cfg(feature = "parquet")]
fn rows_of(frame: &DataFrame) -> PolarsResult<Vec<(Box<str>, Row)>> {
    let words = frame.column(COLUMNS[0])?.as_materialized_series().cast(&DataType::String)?;
    let number = |name: &&str| frame.column(name)?.as_materialized_series().cast(&DataType::Float64);
    let numbers = COLUMNS[1..].iter().map(number).collect::<PolarsResult<Vec<_>>>()?;
    let numbers = numbers.iter().map(|series| series.f64()).collect::<PolarsResult<Vec<_>>>()?;
    let words = words.str()?;
    let row = |at: usize| {
        let mut row = [0.0; 4];
        for (value, column) in row.iter_mut().zip(&numbers) {
            *value = column.get(at)?;
        }
        Some((Box::from(words.get(at)?), row))
    };
    Ok((0..frame.height()).filter_map(row).filter(|(_, row)| row.iter().all(|log| log.is_finite())).collect())
}

/// Returns an error, as this build has no parquet.
///
/// # Errors
/// Always.
#[cfg(not(feature = "parquet"))]
pub fn read_distribution(path: &Path) -> Result<Distribution, ReferenceError> {
    let found = "a parquet file, which this build cannot read".to_owned();
    Err(ReferenceError::NotAReference { name: path.display().to_string(), found })
}
