//! Arrow's IPC files and streams (`.arrow`, Feather of version 2), read a batch of rows at a time. A file is a stream followed by a
//! table of contents, so both are read as streams.

use std::fs::File;
use std::io::{BufReader, Read, Seek, SeekFrom};

use polars::prelude::{ArrowField, DataFrame, DataType, PolarsError, PolarsResult, Series};
use polars_arrow::io::ipc::read::{StreamReader, StreamState, read_stream_metadata};
use polars_arrow_format::ipc::MessageHeaderRef::{DictionaryBatch, RecordBatch, Schema};
use polars_arrow_format::ipc::planus::ReadAsRoot;
use polars_arrow_format::ipc::{FieldRef, MessageRef, RecordBatchRef};

use crate::guard::guard;

/// The first bytes of files, and those of messages.
const FILE_MARK: &[u8] = b"ARROW1\0\0";
const MESSAGE_MARK: [u8; 4] = [0xFF; 4];

/// Maximum number of bytes of a batch of rows, or of all dictionaries together, both stored and unpacked.
const MAX_BATCH_BYTES: u64 = 512 << 20;
/// Maximum number of bytes of the description of a batch or of the columns.
const MAX_MESSAGE_BYTES: u64 = 16 << 20;
/// Maximum number of columns, including nested ones, and their maximum depth.
const MAX_FIELDS: usize = 100_000;
const MAX_DEPTH: usize = 64;
/// Maximum number of rows of nothing but nulls, which take no room.
const MAX_NULL_ROWS: u64 = 1 << 20;

/// The batches of a file.
pub(crate) struct Batches {
    reader: StreamReader<BufReader<File>>,
    fields: Vec<ArrowField>,
}

/// Opens a file after checking the sizes it states, because the parser believes them.
pub(crate) fn batches(file: &File) -> Result<Batches, String> {
    guard(|| -> PolarsResult<Batches> {
        let mut reader = BufReader::new(file.try_clone()?);
        let start = check(&mut reader)?;
        reader.seek(SeekFrom::Start(start))?;
        let metadata = read_stream_metadata(&mut reader)?;
        let fields = metadata.schema.iter_values().cloned().collect();
        Ok(Batches { reader: StreamReader::new(reader, metadata, None), fields })
    })
}

impl Batches {
    /// Returns the names of the columns.
    pub(crate) fn names(&self) -> Vec<String> {
        self.fields.iter().map(|field| field.name.to_string()).collect()
    }

    /// Returns the next rows; `None` at the end. Dictionaries are replaced by their values.
    pub(crate) fn next(&mut self) -> Result<Option<DataFrame>, String> {
        guard(|| -> PolarsResult<Option<DataFrame>> {
            let batch = match self.reader.next().transpose()? {
                None | Some(StreamState::Waiting) => return Ok(None),
                Some(StreamState::Some(batch)) => batch,
            };
            let height = batch.len();
            let columns = self.fields.iter().zip(batch.into_arrays());
            let columns = columns.map(|column| plain(Series::try_from(column)?).map(Into::into));
            DataFrame::new(height, columns.collect::<PolarsResult<_>>()?).map(Some)
        })
    }
}

fn plain(series: Series) -> PolarsResult<Series> {
    match series.dtype() {
        DataType::Categorical(..) | DataType::Enum(..) => series.cast(&DataType::String),
        _ => Ok(series),
    }
}

/// Checks that the messages of a stream lie in it and are no larger than allowed; returns the position of the first.
fn check(reader: &mut (impl Read + Seek)) -> PolarsResult<u64> {
    let end = reader.seek(SeekFrom::End(0))?;
    reader.seek(SeekFrom::Start(0))?;
    let mut first = Vec::new();
    reader.by_ref().take(FILE_MARK.len() as u64).read_to_end(&mut first)?;
    let start = if first == FILE_MARK { FILE_MARK.len() as u64 } else { 0 };
    let (mut at, mut n_dictionary_bytes) = (start, 0);
    while let Some((message, body)) = message(reader, at, end)? {
        let root = MessageRef::read_as_root(&message).map_err(damaged)?;
        let n_body = u64::try_from(root.body_length().map_err(damaged)?).map_err(damaged)?;
        if n_body > end.saturating_sub(body) {
            return Err(failed("it ends within a batch"));
        }
        match root.header().map_err(damaged)? {
            Some(Schema(schema)) => {
                let mut n_fields = 0;
                for field in schema.fields().map_err(damaged)?.into_iter().flatten() {
                    check_field(&field.map_err(damaged)?, 1, &mut n_fields)?;
                }
            }
            Some(RecordBatch(batch)) => {
                check_batch(reader, &batch, body, n_body)?;
            }
            Some(DictionaryBatch(dictionary)) => {
                let data = dictionary.data().map_err(damaged)?;
                n_dictionary_bytes += data.map_or(Ok(0), |batch| check_batch(reader, &batch, body, n_body))?;
                if n_dictionary_bytes > MAX_BATCH_BYTES {
                    return Err(too_large("the dictionaries"));
                }
            }
            _ => {}
        }
        at = body + n_body;
    }
    Ok(start)
}

/// Returns the message at a position, and where its body begins; `None` at the end of the stream.
fn message(reader: &mut (impl Read + Seek), at: u64, end: u64) -> PolarsResult<Option<(Vec<u8>, u64)>> {
    reader.seek(SeekFrom::Start(at))?;
    let mut size = [0; 4];
    let mut start = at + 4;
    if start > end {
        return Ok(None);
    }
    reader.read_exact(&mut size)?;
    if size == MESSAGE_MARK {
        reader.read_exact(&mut size)?;
        start += 4;
    }
    let n = u64::from(u32::from_le_bytes(size));
    if n == 0 {
        return Ok(None);
    }
    if n > MAX_MESSAGE_BYTES || n > end.saturating_sub(start) {
        return Err(failed("the description of a batch is larger than the file, or than 16 MiB"));
    }
    let mut message = Vec::new();
    reader.take(n).read_to_end(&mut message)?;
    Ok(Some((message, start + n)))
}

/// Checks the buffers of a batch, and returns their unpacked size in bytes.
fn check_batch(reader: &mut (impl Read + Seek), batch: &RecordBatchRef, body: u64, n_body: u64) -> PolarsResult<u64> {
    let is_compressed = batch.compression().map_err(damaged)?.is_some();
    let mut n_bytes = 0;
    for buffer in batch.buffers().map_err(damaged)?.into_iter().flatten() {
        let (at, n) =
            (u64::try_from(buffer.offset()).map_err(damaged)?, u64::try_from(buffer.length()).map_err(damaged)?);
        if at.checked_add(n).is_none_or(|end| end > n_body) {
            return Err(failed("a column lies outside of its batch"));
        }
        n_bytes += if is_compressed && n >= 8 { unpacked(reader, body + at, n)? } else { n };
        if n_bytes > MAX_BATCH_BYTES {
            return Err(too_large("a batch of rows"));
        }
    }
    let n_rows = u64::try_from(batch.length().map_err(damaged)?).map_err(damaged)?;
    let nodes = batch.nodes().map_err(damaged)?.into_iter().flatten();
    let most = nodes.map(|node| node.length().max(0).unsigned_abs()).max().unwrap_or(0).max(n_rows);
    // A value takes a bit at least.
    if most > MAX_NULL_ROWS.max(n_bytes.saturating_mul(8)) {
        return Err(failed("a batch promises more rows than it has room for"));
    }
    Ok(n_bytes)
}

/// Returns the number of bytes that a compressed buffer says it unpacks to.
fn unpacked(reader: &mut (impl Read + Seek), at: u64, n_stored: u64) -> PolarsResult<u64> {
    let mut size = [0; 8];
    reader.seek(SeekFrom::Start(at))?;
    reader.read_exact(&mut size)?;
    match i64::from_le_bytes(size) {
        -1 => Ok(n_stored),
        size => u64::try_from(size).map_err(damaged),
    }
}

/// Checks the number and depth of columns, which may name one another as their parts, over and over.
fn check_field(field: &FieldRef, depth: usize, n_fields: &mut usize) -> PolarsResult<()> {
    *n_fields += 1;
    if depth > MAX_DEPTH || *n_fields > MAX_FIELDS {
        return Err(failed("more than 100,000 columns, or nested more than 64 deep"));
    }
    for child in field.children().map_err(damaged)?.into_iter().flatten() {
        check_field(&child.map_err(damaged)?, depth + 1, n_fields)?;
    }
    Ok(())
}

fn too_large(what: &str) -> PolarsError {
    failed(&format!("{what} takes more than {} MiB", MAX_BATCH_BYTES >> 20))
}

fn damaged(error: impl std::fmt::Display) -> PolarsError {
    failed(&error.to_string())
}

fn failed(reason: &str) -> PolarsError {
    PolarsError::ComputeError(reason.to_owned().into())
}
