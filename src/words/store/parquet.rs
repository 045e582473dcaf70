//! Writes and reads occurrence tables through polars.

use std::fs::File;
use std::io::Write;
use std::path::Path;

use polars::io::parquet::write::KeyValueMetadata;
use polars::prelude::{
    Column, DataFrame, DataType, FileMetadata, ParquetCompression, ParquetWriter, PolarsResult, StringChunked,
    UInt64Chunked,
};
use serde::{Deserialize, Serialize};

use super::row_check::RowCheck;
use super::{COLUMNS, MIN_STORED_DOCUMENTS, OccurrenceStoreError, StoredTable, VERSION};
use crate::corpus::GroupKey;
use crate::parquet::{entry, read_frame, read_metadata, with};
use crate::score::store::MAX_COUNT;
use crate::tokenize::TOKENIZER;
use crate::words::counts::{Counts, OccurrenceTable};

/// Key of the metadata entry that makes a parquet file an occurrence table.
const METADATA_KEY: &str = "llm_prevalence_occurrence_table";
/// Number of rows per row group.
const ROWS_PER_GROUP: usize = 1 << 18;

#[derive(Serialize, Deserialize)]
struct Metadata {
    version: u32,
    table: serde_json::Value,
}

/// Leaves out the words in fewer than [`MIN_STORED_DOCUMENTS`] documents and writes the rest to `out`; the same
/// documents give the same bytes.
///
/// # Errors
/// Fails if `out` cannot be written.
pub fn write_occurrence_table(
    mut table: OccurrenceTable,
    out: impl Write,
    file: &str,
) -> Result<StoredTable, OccurrenceStoreError> {
    let damaged = |reason: String| OccurrenceStoreError::Damaged { file: file.to_owned(), reason };
    let n_words_left_out = table.drop_rare_words(MIN_STORED_DOCUMENTS);
    let stored =
        StoredTable { n_words_left_out, min_documents: MIN_STORED_DOCUMENTS, ..StoredTable::of_all_words(&table) };
    let of_table = serde_json::to_value(&stored).map_err(|error| damaged(error.to_string()))?;
    let metadata = serde_json::to_string(&Metadata { version: VERSION, table: of_table });
    let metadata = metadata.map_err(|error| damaged(error.to_string()))?;
    let mut frame = frame_of(&table).map_err(|error| damaged(error.to_string()))?;
    ParquetWriter::new(out)
        .with_compression(ParquetCompression::Zstd(None))
        .with_row_group_size(Some(ROWS_PER_GROUP))
        .with_key_value_metadata(Some(KeyValueMetadata::from_static(vec![(METADATA_KEY.to_owned(), metadata)])))
        .set_parallel(false)
        .finish(&mut frame)
        .map_err(|error| damaged(error.to_string()))?;
    Ok(stored)
}

/// A group's values, a word or none, and its counts.
type Row<'a> = (&'a [Option<String>], Option<&'a str>, Counts);

/// Returns the groups by their values; in each its size first, then its words by the alphabet.
fn frame_of(table: &OccurrenceTable) -> PolarsResult<DataFrame> {
    let words = table.words();
    let mut rows: Vec<Row<'_>> = Vec::new();
    for (GroupKey { values, .. }, group) in table.groups() {
        rows.push((values, None, group.size));
        let of_word = words.iter().map(|&(word, number)| (values.as_slice(), Some(word), group.of_word(number)));
        rows.extend(of_word.filter(|(_, _, counts)| counts.n_documents > 0));
    }
    let mut columns = Vec::new();
    for (place, name) in table.columns.iter().enumerate() {
        let values: Vec<Option<&str>> = rows.iter().map(|(values, ..)| values[place].as_deref()).collect();
        columns.push(Column::new(name.as_str().into(), values));
    }
    let words: Vec<Option<&str>> = rows.iter().map(|(_, word, _)| *word).collect();
    columns.push(Column::new(COLUMNS[0].into(), words));
    let numbers: [fn(&Counts) -> u64; 4] =
        [|of| of.n_documents, |of| of.n_units, |of| of.sum_squares, |of| of.sum_products];
    for (name, number) in COLUMNS[1..].iter().zip(numbers) {
        let values: Vec<u64> = rows.iter().map(|(_, _, counts)| number(counts)).collect();
        columns.push(Column::new((*name).into(), values));
    }
    DataFrame::new(rows.len(), columns)
}

/// Reads the metadata of the occurrence table at `path`; `None` if the file is not one.
///
/// # Errors
/// Fails if the file cannot be opened, or is an occurrence table of another version or a damaged one.
pub fn read_stored_table(path: &Path) -> Result<Option<StoredTable>, OccurrenceStoreError> {
    let file = path.display().to_string();
    let open = File::open(path).map_err(|source| OccurrenceStoreError::Io { file: file.clone(), source })?;
    let Ok(metadata) = read_metadata(&open) else {
        return Ok(None);
    };
    parse_metadata(&metadata, &file)
}

fn parse_metadata(metadata: &FileMetadata, file: &str) -> Result<Option<StoredTable>, OccurrenceStoreError> {
    let Some(text) = entry(metadata, METADATA_KEY) else { return Ok(None) };
    let file = || file.to_owned();
    let damaged = |error: serde_json::Error| OccurrenceStoreError::Damaged { file: file(), reason: error.to_string() };
    let metadata: Metadata = serde_json::from_str(text).map_err(damaged)?;
    if metadata.version != VERSION {
        return Err(OccurrenceStoreError::OtherVersion { file: file(), found: metadata.version });
    }
    let table: StoredTable = serde_json::from_value(metadata.table).map_err(damaged)?;
    if table.tokenizer != TOKENIZER {
        return Err(OccurrenceStoreError::OtherTokenizer { file: file(), found: table.tokenizer });
    }
    if table.n_documents_without_units.max(table.n_words_left_out) > MAX_COUNT {
        let reason = "it leaves out more documents or words than there are".to_owned();
        return Err(OccurrenceStoreError::Damaged { file: file(), reason });
    }
    Ok(Some(table))
}

/// Reads an occurrence table and its metadata.
///
/// # Errors
/// Fails if the file cannot be read, is no occurrence table, or is one of another version or a damaged one.
pub fn read_occurrence_table(path: &Path) -> Result<(OccurrenceTable, StoredTable), OccurrenceStoreError> {
    let file = path.display().to_string();
    let damaged = |reason: String| OccurrenceStoreError::Damaged { file: file.clone(), reason };
    let stored = read_stored_table(path)?.ok_or_else(|| damaged("it is not an occurrence table".to_owned()))?;
    let open = File::open(path).map_err(|source| OccurrenceStoreError::Io { file: file.clone(), source })?;
    let frame = read_frame(&open).map_err(damaged)?;
    let columns = with(|| Columns::of(&frame, &stored)).map_err(damaged)?;
    let table = columns.table(&frame, &stored).map_err(damaged)?;
    Ok((table, stored))
}

/// The columns of a stored table.
struct Columns {
    values: Vec<StringChunked>,
    word: StringChunked,
    counts: Vec<UInt64Chunked>,
}

impl Columns {
    fn of(frame: &DataFrame, stored: &StoredTable) -> PolarsResult<Columns> {
        let text = |name: &str| {
            let series = frame.column(name)?.as_materialized_series().cast(&DataType::String)?;
            Ok(series.rechunk().str()?.clone())
        };
        let number = |name: &&str| Ok(frame.column(name)?.as_materialized_series().rechunk().u64()?.clone());
        Ok(Columns {
            values: stored.columns.iter().map(|name| text(name)).collect::<PolarsResult<_>>()?,
            word: text(COLUMNS[0])?,
            counts: COLUMNS[1..].iter().map(number).collect::<PolarsResult<_>>()?,
        })
    }

    /// Fills a table, and refuses impossible counts.
    fn table(&self, frame: &DataFrame, stored: &StoredTable) -> Result<OccurrenceTable, String> {
        let mut table = OccurrenceTable::new(stored.unit, stored.columns.clone());
        table.n_documents_without_units = stored.n_documents_without_units;
        let mut rows = RowCheck::default();
        for row in 0..frame.height() {
            let values = self.values.iter().map(|column| column.get(row).map(str::to_owned));
            let key = GroupKey::from(values.collect::<Vec<_>>());
            let (word, counts) = (self.word.get(row), self.counts(row));
            let counts = counts.ok_or("lacks a number").and_then(|counts| rows.check(&table, &key, word, counts));
            let counts = counts.map_err(|what| format!("row {} {what}", row + 1))?;
            table.add(&key, word, counts);
        }
        Ok(table)
    }

    fn counts(&self, row: usize) -> Option<Counts> {
        let number = |place: usize| self.counts[place].get(row);
        Some(Counts { n_documents: number(0)?, n_units: number(1)?, sum_squares: number(2)?, sum_products: number(3)? })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::{Document, Text};
    use crate::tokenize::UnitRule;

    fn table() -> OccurrenceTable {
        let mut table = OccurrenceTable::new(UnitRule::Sentence, vec!["year".to_owned()]);
        let document = |number: usize| Document {
            id: None,
            text: Text::as_it_is(format!("The plan is number{}. It is good.", number / 4)),
            values: vec![(!number.is_multiple_of(3)).then(|| format!("202{}", number % 3))],
        };
        table.count(&(0..40).map(document).collect::<Vec<_>>());
        table
    }

    fn stored(table: OccurrenceTable) -> (tempfile::NamedTempFile, StoredTable) {
        let mut file = tempfile::NamedTempFile::new().unwrap();
        let stored = write_occurrence_table(table, file.as_file_mut(), "t").unwrap();
        (file, stored)
    }

    #[test]
    fn what_was_written_is_read_but_for_rare_words() {
        let (file, stored) = stored(table());
        // Ten words of four documents each.
        assert_eq!((stored.n_words_left_out, stored.columns.as_slice()), (10, &["year".to_owned()][..]));
        let (read, said) = read_occurrence_table(file.path()).unwrap();
        assert_eq!(said, stored);
        let mut expected = table();
        expected.drop_rare_words(MIN_STORED_DOCUMENTS);
        assert_eq!(read.groups().keys().collect::<Vec<_>>(), expected.groups().keys().collect::<Vec<_>>());
        for (values, group) in read.groups() {
            assert_eq!(group.size, expected.groups()[values].size);
            for (word, number) in read.words() {
                let known = expected.number(word).unwrap();
                assert_eq!(group.of_word(number), expected.groups()[values].of_word(known), "{word}");
            }
        }
        assert_eq!(read.number("number3"), None);
    }

    /// Returns the error of reading a table with these rows added.
    fn refusal(rows: &[(&str, Option<&str>, Counts)]) -> String {
        let mut changed = table();
        for (year, word, counts) in rows {
            changed.add(&vec![Some((*year).to_owned())].into(), *word, *counts);
        }
        let (file, _) = stored(changed);
        read_occurrence_table(file.path()).unwrap_err().to_string()
    }

    #[test]
    fn sums_that_would_overflow_are_refused() {
        let of = |n: u64| Counts { n_documents: n, n_units: n, sum_squares: n, sum_products: n };
        let error = refusal(&[("1999", None, of(1 << 52)), ("2000", None, of(1 << 52))]);
        assert!(error.contains("and those before it have more units than any corpus"), "{error}");
        let error = refusal(&[("1999", None, Counts { n_documents: 2, ..of(1) })]);
        assert!(error.contains("has counts that no group has"), "{error}");
    }

    #[test]
    fn impossible_counts_are_refused() {
        let mut changed = table();
        let values = GroupKey::from(vec![Some("2021".to_owned())]);
        changed.add(
            &values,
            Some("plan"),
            Counts { n_documents: 1, n_units: 900, sum_squares: 900, sum_products: 900 },
        );
        let (file, _) = stored(changed);
        let error = read_occurrence_table(file.path()).unwrap_err().to_string();
        assert!(error.contains("damaged occurrence table: row ") && error.contains("than its group"), "{error}");
    }
}
