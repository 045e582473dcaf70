//! Reading a published distribution table (`Word, logP, log1-P, logQ, log1-Q`) of Liang et al. as a reference.

use std::fs::File;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

use polars::prelude::{DataFrame, DataType, ParquetReader, PolarsResult, SerReader};

use super::{Distribution, ReferenceError, Row};

/// The columns of the published layout.
const COLUMNS: [&str; 5] = ["Word", "logP", "log1-P", "logQ", "log1-Q"];

/// Reads a published distribution from a parquet file.
pub fn read_distribution(path: &Path) -> Result<Distribution, ReferenceError> {
    let name = path.display().to_string();
    let file = File::open(path).map_err(|source| ReferenceError::Unreadable { name: name.clone(), source })?;
    // Polars returns an error for some damaged files and panics on others.
    let rows = catch_unwind(AssertUnwindSafe(|| ParquetReader::new(file).finish().and_then(|frame| rows_of(&frame))));
    let found = match rows {
        Ok(Ok(rows)) if !rows.is_empty() => return Ok(Distribution::new(rows)),
        Ok(Ok(_)) => "it has no row".to_owned(),
        Ok(Err(error)) => format!("a parquet file without the columns {} ({error})", COLUMNS.join(", ")),
        Err(_) => "a damaged parquet file".to_owned(),
    };
    Err(ReferenceError::NotAReference { name, found })
}

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
