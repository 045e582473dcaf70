//! Stands in for stored occurrence tables in a build without parquet, which has none.

use std::io::Write;
use std::path::Path;

use super::{OccurrenceStoreError, StoredTable};
use crate::words::OccurrenceTable;

/// Returns an error, as this build has no parquet.
///
/// # Errors
/// Always.
pub fn write_occurrence_table(
    _: OccurrenceTable,
    _: impl Write,
    file: &str,
) -> Result<StoredTable, OccurrenceStoreError> {
    Err(OccurrenceStoreError::NotInThisBuild { file: file.to_owned() })
}

/// Returns `None`: the reader of the corpus says what is wrong with a parquet file.
///
/// # Errors
/// Never.
pub fn read_stored_table(_: &Path) -> Result<Option<StoredTable>, OccurrenceStoreError> {
    Ok(None)
}

/// Returns an error, as this build has no parquet.
///
/// # Errors
/// Always.
pub fn read_occurrence_table(path: &Path) -> Result<(OccurrenceTable, StoredTable), OccurrenceStoreError> {
    Err(OccurrenceStoreError::NotInThisBuild { file: path.display().to_string() })
}
