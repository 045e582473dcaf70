//! Finds stored tables among the inputs, in files or in memory.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::error::RunError;
use super::options::InputOptions;
use super::scores::Scores;

/// A stored table, in a file or in memory, with what it says of itself.
pub(super) struct TableSource<T> {
    /// The file, or the name of the table.
    pub path: PathBuf,
    pub about: T,
    pub in_memory: Option<Arc<Scores>>,
}

/// Returns the inputs that are stored tables by their paths, each once; fails with `mixed` if only some inputs are tables.
pub(super) fn find_tables<T>(
    options: &InputOptions,
    inputs: &[String],
    of_file: impl Fn(&Path) -> Result<Option<T>, RunError>,
    of_memory: impl Fn(&str, &Scores) -> Result<T, RunError>,
    mixed: impl Into<RunError>,
) -> Result<Vec<TableSource<T>>, RunError> {
    let mut tables: Vec<TableSource<T>> = Vec::new();
    for path in inputs.iter().map(Path::new).filter(|path| is_parquet(path)) {
        tables.extend(of_file(path)?.map(|about| TableSource { path: path.to_owned(), about, in_memory: None }));
    }
    for (name, scores) in options.stored_in(inputs) {
        let about = of_memory(name, scores)?;
        tables.push(TableSource { path: name.into(), about, in_memory: Some(Arc::clone(scores)) });
    }
    if !tables.is_empty() && tables.len() != inputs.len() {
        return Err(mixed.into());
    }
    tables.sort_by(|a, b| a.path.cmp(&b.path));
    tables.dedup_by(|a, b| a.path == b.path);
    Ok(tables)
}

/// Returns whether a path is that of a parquet file.
fn is_parquet(path: &Path) -> bool {
    path.is_file() && has_table_ending(path)
}

/// Returns whether a stored table is found under this name: it ends in `.parquet` or `.pq`.
pub fn has_table_ending(path: &Path) -> bool {
    path.extension().is_some_and(|found| ["parquet", "pq"].iter().any(|known| found.eq_ignore_ascii_case(known)))
}

/// Returns the name of a file without its folders.
pub(super) fn file_name(path: &Path) -> String {
    path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}
