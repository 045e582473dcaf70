//! Writes and reads score tables through polars.

use std::fs::File;
use std::io::Write;
use std::path::Path;

use polars::io::parquet::write::KeyValueMetadata;
use polars::prelude::{
    Column, DataFrame, DataType, FileMetadata, Float32Chunked, ParquetCompression, ParquetWriter, PolarsError,
    PolarsResult, UInt32Chunked, UInt64Chunked,
};
use serde::{Deserialize, Serialize};

use super::{COUNTS, DOCUMENT, LOG_RATIO, MAX_COUNT, Origin, POOLED, StoreError, VERSION, is_own_column};
use crate::parquet::{entry, read_frame, read_metadata, with};
use crate::score::{DocumentKey, ScoreTable, ScoredDocument, UsualCounts};
use crate::tokenize::DocumentProfile;

/// Key of the metadata entry that makes a parquet file a score table.
const METADATA_KEY: &str = "llm_prevalence_score_table";
/// Number of units per row group, which also sets the memory that writing needs.
const ROWS_PER_GROUP: usize = 1 << 18;

#[derive(Serialize, Deserialize)]
struct Metadata {
    version: u32,
    origin: serde_json::Value,
    n_documents_without_units: u64,
    usual: UsualCounts,
}

/// Writes `table` to `out`; the same table gives the same bytes. Documents should be salted and sorted already.
///
/// # Errors
/// Fails if `out` cannot be written, or the table does not have the components of its origin.
pub fn write_score_table(table: &ScoreTable, origin: &Origin, out: impl Write, file: &str) -> Result<(), StoreError> {
    let damaged = |reason: String| StoreError::Damaged { file: file.to_owned(), reason };
    let named = origin.components.len();
    if let Some(found) = table.other_components(named) {
        return Err(damaged(format!("{named} components are named, and units have {found} scores")));
    }
    let origin_json = serde_json::to_value(origin).map_err(|error| damaged(error.to_string()))?;
    let metadata = Metadata {
        version: VERSION,
        origin: origin_json,
        n_documents_without_units: table.n_documents_without_units,
        usual: table.usual.clone(),
    };
    let metadata = serde_json::to_string(&metadata).map_err(|error| damaged(error.to_string()))?;
    let mut frame = frame_of(table, origin).map_err(|error| damaged(error.to_string()))?;
    ParquetWriter::new(out)
        .with_compression(ParquetCompression::Zstd(None))
        .with_row_group_size(Some(ROWS_PER_GROUP))
        .with_key_value_metadata(Some(KeyValueMetadata::from_static(vec![(METADATA_KEY.to_owned(), metadata)])))
        .set_parallel(false)
        .finish(&mut frame)
        .map_err(|error| damaged(error.to_string()))?;
    Ok(())
}

fn frame_of(table: &ScoreTable, origin: &Origin) -> PolarsResult<DataFrame> {
    let keys: Vec<u64> = per_unit(table, |document| document.key.0);
    let mut columns = vec![Column::new(DOCUMENT.into(), keys)];
    for (place, name) in table.columns.iter().enumerate() {
        let values = table
            .documents()
            .iter()
            .flat_map(|document| std::iter::repeat_n(document.values[place].as_deref(), document.n_units()));
        columns.push(Column::new(name.as_str().into(), values.collect::<Vec<Option<&str>>>()));
    }
    for (component, name) in origin.components.iter().enumerate() {
        let scores =
            table.documents().iter().flat_map(|document| document.scores().chunks_exact(origin.components.len()));
        let scores: Vec<f32> = scores.map(|unit| unit[component]).collect();
        columns.push(Column::new(format!("{LOG_RATIO}{name}").into(), scores));
    }
    let pooled: Vec<f32> = table.documents().iter().flat_map(|document| document.pooled()).copied().collect();
    if !pooled.is_empty() {
        columns.push(Column::new(POOLED.into(), pooled));
    }
    columns.extend(count_columns(table));
    DataFrame::new(table.n_units(), columns)
}

/// Returns the columns with the counts of each document's words; none if a document's were not counted.
fn count_columns(table: &ScoreTable) -> Vec<Column> {
    if table.documents().iter().any(|document| document.profile.is_none()) {
        return vec![];
    }
    let of_document = |document: &ScoredDocument| <[u32; 4]>::from(document.profile.unwrap_or_default());
    let column = |(place, name): (usize, &str)| {
        Column::new(name.into(), per_unit(table, |document| of_document(document)[place]))
    };
    COUNTS.into_iter().enumerate().map(column).collect()
}

fn per_unit<T: Copy>(table: &ScoreTable, value: impl Fn(&ScoredDocument) -> T) -> Vec<T> {
    table.documents().iter().flat_map(|document| std::iter::repeat_n(value(document), document.n_units())).collect()
}

/// Reads the origin of the score table at `path`; `None` if the file is not a score table at all.
///
/// # Errors
/// Fails if the file cannot be opened, or is a score table of another version or a damaged one.
pub fn read_origin(path: &Path) -> Result<Option<Origin>, StoreError> {
    let file = path.display().to_string();
    let open = File::open(path).map_err(|source| StoreError::Io { file: file.clone(), source })?;
    let Ok(metadata) = read_metadata(&open) else {
        return Ok(None);
    };
    Ok(parse_metadata(&metadata, &file)?.map(|(origin, _)| origin))
}

/// Reads a score table and its origin.
///
/// # Errors
/// Fails if the file cannot be read, is no score table, or is one of another version or a damaged one.
pub fn read_score_table(path: &Path) -> Result<(ScoreTable, Origin), StoreError> {
    let file = path.display().to_string();
    let damaged = |reason: String| StoreError::Damaged { file: file.clone(), reason };
    let open = File::open(path).map_err(|source| StoreError::Io { file: file.clone(), source })?;
    let metadata = read_metadata(&open).map_err(damaged)?;
    let (origin, metadata) =
        parse_metadata(&metadata, &file)?.ok_or_else(|| damaged("it is not a score table".to_owned()))?;
    let frame = read_frame(&open).map_err(damaged)?;
    let mut table = with(|| table_of(&frame, &origin)).map_err(damaged)?;
    table.n_documents_without_units = metadata.n_documents_without_units;
    table.usual = metadata.usual;
    Ok((table, origin))
}

fn parse_metadata(metadata: &FileMetadata, file: &str) -> Result<Option<(Origin, Metadata)>, StoreError> {
    let Some(text) = entry(metadata, METADATA_KEY) else { return Ok(None) };
    let damaged = |error: serde_json::Error| StoreError::Damaged { file: file.to_owned(), reason: error.to_string() };
    let metadata: Metadata = serde_json::from_str(text).map_err(damaged)?;
    if metadata.version != VERSION {
        return Err(StoreError::OtherVersion { file: file.to_owned(), found: metadata.version });
    }
    let origin = serde_json::from_value(metadata.origin.clone()).map_err(damaged)?;
    let counts = [metadata.n_documents_without_units, metadata.usual.n_units];
    if let Some(n) = counts.iter().chain(&metadata.usual.counts).find(|n| **n > MAX_COUNT) {
        let reason = format!("a count of {n} documents or units, which is more than any corpus has");
        return Err(StoreError::Damaged { file: file.to_owned(), reason });
    }
    Ok(Some((origin, metadata)))
}

/// Refuses rows without a document or with a score that is no finite number.
fn check_rows(keys: &UInt64Chunked, scores: &[Float32Chunked]) -> PolarsResult<()> {
    let lacks = |row: usize, what: &str| PolarsError::ComputeError(format!("row {} lacks {what}", row + 1).into());
    let is_finite = |row: usize| scores.iter().all(|column| column.get(row).is_some_and(f32::is_finite));
    for row in 0..keys.len() {
        keys.get(row).ok_or_else(|| lacks(row, "the key of its document"))?;
        is_finite(row).then_some(()).ok_or_else(|| lacks(row, "a score"))?;
    }
    Ok(())
}

/// Reads the table from rows: those of one document follow each other, and a new key begins a new document.
fn table_of(frame: &DataFrame, origin: &Origin) -> PolarsResult<ScoreTable> {
    let keys = frame.column(DOCUMENT)?.as_materialized_series().rechunk();
    let keys = keys.u64()?.clone();
    let score_names: Vec<String> = origin.components.iter().map(|name| format!("{LOG_RATIO}{name}")).collect();
    let names: Vec<String> = frame.get_column_names().iter().map(|name| name.to_string()).collect();
    let columns: Vec<String> = names.iter().filter(|name| !is_own_column(name)).cloned().collect();
    let text = |name: &String| frame.column(name)?.as_materialized_series().cast(&DataType::String);
    let values = columns.iter().map(text).collect::<PolarsResult<Vec<_>>>()?;
    let values = values.iter().map(|series| series.str()).collect::<PolarsResult<Vec<_>>>()?;
    let score = |name: &String| Ok(frame.column(name)?.as_materialized_series().rechunk().f32()?.clone());
    let scores = score_names.iter().map(score).collect::<PolarsResult<Vec<_>>>()?;
    let pooled = names.iter().filter(|name| *name == POOLED).map(score).collect::<PolarsResult<Vec<_>>>()?;
    check_rows(&keys, &scores)?;
    check_rows(&keys, &pooled)?;
    let counts = read_counts(frame)?;
    let key = |row: usize| keys.get(row).unwrap_or_default();
    let mut table = ScoreTable::new(columns);
    let mut start = 0;
    while start < frame.height() {
        let end = (start..frame.height()).find(|&row| key(row) != key(start)).unwrap_or(frame.height());
        let of_unit = |row: usize| scores.iter().map(move |column| column.get(row).unwrap_or(f32::NAN));
        let mut document = ScoredDocument::with_pooled(
            DocumentKey(key(start)),
            values.iter().map(|column| column.get(start).map(str::to_owned)).collect(),
            (start..end).flat_map(of_unit).collect(),
            (start..end).flat_map(|row| pooled.iter().filter_map(move |column| column.get(row))).collect(),
            origin.components.len(),
        );
        document.profile = counts.as_ref().and_then(|counts| counts_in(counts, start)).map(DocumentProfile::from);
        table.push(document);
        start = end;
    }
    Ok(table)
}

/// Returns the columns with the counts of each document's words; `None` if the table has none of them.
fn read_counts(frame: &DataFrame) -> PolarsResult<Option<[UInt32Chunked; 4]>> {
    if COUNTS.iter().all(|name| frame.column(name).is_err()) {
        return Ok(None);
    }
    let read = |name: &str| -> PolarsResult<UInt32Chunked> {
        let column = frame.column(name)?.as_materialized_series().rechunk();
        let lacks = || PolarsError::ComputeError(format!("a row has no `{name}`").into());
        (column.null_count() == 0).then_some(()).ok_or_else(lacks)?;
        Ok(column.u32()?.clone())
    };
    let [words, known, long, long_words] = COUNTS;
    Ok(Some([read(words)?, read(known)?, read(long)?, read(long_words)?]))
}

fn counts_in(columns: &[UInt32Chunked; 4], row: usize) -> Option<[u32; 4]> {
    let [words, known, long, long_words] = columns;
    Some([words.get(row)?, known.get(row)?, long.get(row)?, long_words.get(row)?])
}
