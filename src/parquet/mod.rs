//! Parquet files, for the corpora and the stores alike: the only module that reads through polars. Everything passes the checks of
//! [`sizes`] and the guard first, because polars believes the sizes in a file, and a process that gets no memory is killed.

mod ipc;
mod sizes;

use std::fs::File;
use std::sync::Arc;

use polars::prelude::{
    ArrowDataType, DataFrame, FileMetadata, FileMetadataRef, ParquetReader, PlSmallStr, PolarsError, PolarsResult,
    SerReader,
};

pub(crate) use ipc::batches;

use crate::guard::guard;

/// Number of rows decoded together, unless a row group has more.
const ROWS_AT_ONCE: usize = 32_768;

/// Reads the metadata of a file, after checking that its lists are as long as they say.
pub(crate) fn read_metadata(file: &File) -> Result<FileMetadataRef, String> {
    guard(|| {
        sizes::check_metadata(file).map_err(|error| failed(format!("its metadata is damaged: {error}")))?;
        ParquetReader::new(file.try_clone()?).get_metadata().cloned()
    })
}

/// Returns the value that a file's metadata has under a key.
pub(crate) fn entry<'m>(metadata: &'m FileMetadata, key: &str) -> Option<&'m String> {
    let entries = metadata.key_value_metadata().iter().flatten();
    entries.filter(|entry| entry.key == key).find_map(|entry| entry.value.as_ref())
}

/// Reads the columns and their types. Dictionaries and other wrappers of the arrow schema that writers embed are replaced by
/// the types they wrap.
pub(crate) fn read_schema(file: &File, metadata: &FileMetadata) -> Result<Vec<(String, ArrowDataType)>, String> {
    let bare = FileMetadata { key_value_metadata: None, ..metadata.clone() };
    guard(|| {
        let mut reader = ParquetReader::new(file.try_clone()?);
        reader.set_metadata(Arc::new(bare));
        let schema = reader.schema()?;
        Ok::<_, PolarsError>(schema.iter_values().map(|field| (field.name.to_string(), field.dtype.clone())).collect())
    })
}

/// Reads all columns of a file.
pub(crate) fn read_frame(file: &File) -> Result<DataFrame, String> {
    let metadata = read_metadata(file)?;
    read_part(file, metadata, None)
}

/// Cuts the metadata to these columns, and into parts of some row groups each.
pub(crate) fn parts(metadata: &FileMetadata, columns: &[&str]) -> Result<Vec<FileMetadataRef>, String> {
    let wanted: Vec<PlSmallStr> = columns.iter().map(|name| (*name).into()).collect();
    let bare = guard(|| metadata.pruned(&wanted, &[]))?;
    let mut parts = Vec::new();
    let mut rest = &bare.row_groups[..];
    while !rest.is_empty() {
        let mut n_rows = 0;
        let n_more = rest.iter().position(|group| {
            n_rows += group.num_rows();
            n_rows >= ROWS_AT_ONCE
        });
        let (part, after) = rest.split_at(n_more.map_or(rest.len(), |at| at + 1));
        parts.push(Arc::new(FileMetadata { row_groups: part.to_vec(), num_rows: n_rows, ..bare.clone() }));
        rest = after;
    }
    Ok(parts)
}

/// Reads the rows of a part, or the first `n_rows` of them.
pub(crate) fn read_part(file: &File, part: FileMetadataRef, n_rows: Option<usize>) -> Result<DataFrame, String> {
    let n_promised = part.num_rows.min(n_rows.unwrap_or(usize::MAX));
    sizes::check_pages(file, &part)?;
    let frame = guard(|| {
        let mut reader = ParquetReader::new(file.try_clone()?);
        reader.set_metadata(part);
        reader.with_slice(n_rows.map(|n_rows| (0, n_rows))).set_rechunk(true).finish()
    })?;
    if frame.height() != n_promised {
        return Err(format!("{} rows where it promises {n_promised}", frame.height()));
    }
    Ok(frame)
}

/// Runs a computation on the data read, guarded against panics.
pub(crate) fn with<T>(run: impl FnOnce() -> PolarsResult<T>) -> Result<T, String> {
    guard(run)
}

fn failed(reason: String) -> PolarsError {
    PolarsError::ComputeError(reason.into())
}
