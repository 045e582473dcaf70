//! A build without parquet has no score tables.

use std::io::Write;
use std::path::Path;

use super::{Origin, StoreError};
use crate::score::ScoreTable;

/// Returns an error, as this build has no parquet.
///
/// # Errors
/// Always.
pub fn write_score_table(_: &ScoreTable, _: &Origin, _: impl Write, file: &str) -> Result<(), StoreError> {
    Err(StoreError::NotInThisBuild { file: file.to_owned() })
}

/// Returns `None`: the reader of the corpus says what is wrong with a parquet file.
///
/// # Errors
/// Never.
pub fn read_origin(_: &Path) -> Result<Option<Origin>, StoreError> {
    Ok(None)
}

/// Returns an error, as this build has no parquet.
///
/// # Errors
/// Always.
pub fn read_score_table(path: &Path) -> Result<(ScoreTable, Origin), StoreError> {
    Err(StoreError::NotInThisBuild { file: path.display().to_string() })
}
