//! JSON and JSON Lines: an object is a document.

use std::io::{self, Chain, Cursor, Read};

use rayon::prelude::*;
use serde_json::value::RawValue;

use super::ahead::Ahead;
use super::bytes::{Bytes, read_error};
use super::cells::{decode, decode_owned};
use super::json_array::{array_start, read_array};
use super::json_row::RowError;
use super::json_rows::{Found, Rows};
use super::json_value::kind_name;
use super::layout::{Record, notes_of};
use super::limits::{Whole, read_at_most};
use super::lines::{Chunk, ChunkError, Chunks, MAX_LINE_BYTES};
use super::read::{Context, Outcome, Sink};
use super::{CorpusError, Format};

/// Rows from which the columns of a file are learnt.
pub(super) const N_SCANNED: usize = 100;
/// Rows, or bytes of them, after which the documents made of them are handed over.
const BATCH_ROWS: usize = 4096;
const BATCH_BYTES: usize = 16 << 20;
/// What a file is that is not read line by line, in errors.
pub(super) const WHOLE: Whole = Whole {
    what: "a file with one JSON value",
    limit_mib: 384,
    hint: "write it as JSON Lines, one object a line, or split it",
};
/// Rows that one thread takes at least.
pub(super) const MIN_ROWS: usize = 16;
/// Content from which it is told what a JSON file holds.
const FIRST_BYTES: u64 = 4 << 20;

/// What was read to tell, and the rest.
type Content = Chain<Cursor<Vec<u8>>, Ahead>;

/// Reads JSON Lines, a chunk of lines at a time.
pub(super) fn read_lines(context: &Context, bytes: Bytes, sink: &mut Sink) -> Result<Outcome, CorpusError> {
    let mut chunks = start(context, bytes)?;
    let first = next_chunk(context, &mut chunks, sink)?;
    read_chunks(context, first, chunks, sink)
}

/// Reads an array of objects, a page of records or one object; a file that is JSON Lines in truth is read as such.
pub(super) fn read(context: &Context, bytes: Bytes, sink: &mut Sink) -> Result<Outcome, CorpusError> {
    let failed = |error| read_error(context.file(), error, 0);
    let mut ahead = Ahead::start(bytes).map_err(failed)?;
    let mut first = Vec::new();
    ahead.by_ref().take(FIRST_BYTES).read_to_end(&mut first).map_err(failed)?;
    let after_line = after_object_line(&first);
    let is_lines = after_line.is_some_and(|rest| !rest.trim_ascii().is_empty() || first.len() as u64 == FIRST_BYTES);
    if let Some(start) = array_start(&first, context.options).filter(|_| !is_lines) {
        let (found, ahead) = read_array(context, first, start, ahead, sink)?;
        return Ok(found.outcome(Format::Json, ahead.sha256().map_err(failed)?));
    }
    let mut chunks = Chunks::new(Cursor::new(first).chain(ahead));
    // One long line may be one long value.
    let first = match chunks.next() {
        Err(ChunkError::LongLine(_)) => None,
        other => other.map_err(|error| explain(context, error, sink))?,
    };
    if first.as_ref().is_some_and(|chunk| after_object_line(&chunk.bytes).is_some()) {
        return read_chunks(context, first, chunks, sink);
    }
    let mut content = first.map(|chunk| chunk.bytes).unwrap_or_default();
    let rest = chunks.rest(&mut content).map_err(failed)?;
    read_at_most(rest, context, &WHOLE, &mut content)?;
    let found = read_whole(context, content, sink)?;
    Ok(found.outcome(Format::Json, sha256(chunks).map_err(failed)?))
}

fn start(context: &Context, bytes: Bytes) -> Result<Chunks<Content>, CorpusError> {
    let ahead = Ahead::start(bytes).map_err(|error| read_error(context.file(), error, 0))?;
    Ok(Chunks::new(Cursor::default().chain(ahead)))
}

fn sha256(chunks: Chunks<Content>) -> io::Result<String> {
    chunks.into_reader().into_inner().1.sha256()
}

fn next_chunk(context: &Context, chunks: &mut Chunks<Content>, sink: &Sink) -> Result<Option<Chunk>, CorpusError> {
    chunks.next().map_err(|error| explain(context, error, sink))
}

fn explain(context: &Context, error: ChunkError, sink: &Sink) -> CorpusError {
    match error {
        ChunkError::Read(error) => read_error(context.file(), error, sink.n_in_file()),
        ChunkError::LongLine(line) => CorpusError::LongLine {
            file: context.owned_file(),
            line,
            limit_mib: MAX_LINE_BYTES >> 20,
            format: Format::JsonLines,
        },
    }
}

/// What follows the first line, if that is an object.
fn after_object_line(content: &[u8]) -> Option<&[u8]> {
    let content = content.trim_ascii_start();
    let (line, rest) = content.split_at(memchr::memchr(b'\n', content).unwrap_or(content.len()));
    let value: &RawValue = serde_json::from_slice(line).ok()?;
    value.get().starts_with('{').then_some(rest)
}

fn read_chunks(
    context: &Context,
    first: Option<Chunk>,
    mut chunks: Chunks<Content>,
    sink: &mut Sink,
) -> Result<Outcome, CorpusError> {
    let rows = rows_of_lines(context, first.as_ref())?;
    let mut next = first;
    while let Some(chunk) = next {
        let records = chunk.lines().into_par_iter().with_min_len(MIN_ROWS).map(|(line, bytes)| {
            let place = || format!("line {line}");
            let (row, replaced) = decode(bytes, context.options.strict, context.file(), place)?;
            let (records, more) = rows.records(&row).map_err(|error| error.at(context, line))?;
            check_strict(context, more, line)?;
            Ok((records, replaced || more))
        });
        hand_over(records.collect(), sink)?;
        next = next_chunk(context, &mut chunks, sink)?;
    }
    let found = rows.finish(context)?;
    let sha256 = sha256(chunks).map_err(|error| read_error(context.file(), error, sink.n_in_file()))?;
    Ok(found.outcome(Format::JsonLines, sha256))
}

fn rows_of_lines<'a>(context: &'a Context<'a>, first: Option<&Chunk>) -> Result<Rows<'a>, CorpusError> {
    let lines = first.map(Chunk::lines).unwrap_or_default();
    let mut scanned = Vec::with_capacity(lines.len().min(N_SCANNED));
    for (line, bytes) in lines.iter().take(N_SCANNED) {
        let place = || format!("line {line}");
        scanned.push((decode(bytes, context.options.strict, context.file(), place)?.0, *line));
    }
    let scanned: Vec<(&str, u64)> = scanned.iter().map(|(row, line)| (&**row, *line)).collect();
    Rows::choose(context, &scanned, "no row", |error, line| error.at(context, line))
}

pub(super) fn hand_over(
    rows: Vec<Result<(Vec<Record>, bool), CorpusError>>,
    sink: &mut Sink,
) -> Result<(), CorpusError> {
    for row in rows {
        let (records, replaced) = row?;
        if replaced {
            sink.count_replaced();
        }
        records.into_iter().try_for_each(|record| sink.push_record(record))?;
    }
    Ok(())
}

/// Lone surrogates are no more UTF-8 than stray bytes are.
pub(super) fn check_strict(context: &Context, replaced: bool, line: u64) -> Result<(), CorpusError> {
    if replaced && context.options.strict {
        return Err(CorpusError::HalfCharacter { file: context.owned_file(), line });
    }
    Ok(())
}

fn read_whole(context: &Context, content: Vec<u8>, sink: &mut Sink) -> Result<Found, CorpusError> {
    let (whole, any_replaced) = decode_owned(content, context.options.strict, context.file())?;
    let value: &RawValue = serde_json::from_str(&whole).map_err(|error| RowError::syntax(error, 0).at(context, 1))?;
    let raws = raws_of(value).map_err(|error| error.at(context, 1))?;
    // Only errors ask for it, so counting line ends from the start is cheap enough.
    let line_of = |row: &RawValue| {
        let at = (row.get().as_ptr() as usize).saturating_sub(whole.as_ptr() as usize);
        1 + memchr::memchr_iter(b'\n', &whole.as_bytes()[..at.min(whole.len())]).count() as u64
    };
    let scanned: Vec<(&str, &RawValue)> = raws.iter().take(N_SCANNED).map(|row| (row.get(), *row)).collect();
    let explain = |error: RowError, row| error.at(context, line_of(row));
    let rows = Rows::choose(context, &scanned, "an array without an object", explain)?;
    refuse_long_records(context, &raws)?;
    for raws in batches(&raws) {
        let records = raws.par_iter().with_min_len(MIN_ROWS).map(|row| {
            let (records, replaced) = rows.records(row.get()).map_err(|error| error.at(context, line_of(row)))?;
            if replaced {
                check_strict(context, true, line_of(row))?;
            }
            Ok((records, replaced || (any_replaced && row.get().contains(char::REPLACEMENT_CHARACTER))))
        });
        hand_over(records.collect(), sink)?;
    }
    rows.finish(context)
}

fn refuse_long_records(context: &Context, raws: &[&RawValue]) -> Result<(), CorpusError> {
    if raws.iter().all(|row| row.get().len() <= MAX_LINE_BYTES) {
        return Ok(());
    }
    let hint = "check how the file was made: no document is that long";
    let limit_mib = (MAX_LINE_BYTES >> 20) as u64;
    Err(CorpusError::TooLarge { file: context.owned_file(), what: "one record", limit_mib, hint })
}

/// Rows that are made documents together: a few thousand, or some MB.
fn batches<'r, 'a>(raws: &'r [&'a RawValue]) -> impl Iterator<Item = &'r [&'a RawValue]> {
    let mut rest = raws;
    std::iter::from_fn(move || {
        let mut n_bytes = 0;
        let is_full = |(at, row): (usize, &&RawValue)| {
            n_bytes += row.get().len();
            (n_bytes >= BATCH_BYTES || at + 1 == BATCH_ROWS).then_some(at + 1)
        };
        let end = rest.iter().enumerate().find_map(is_full).unwrap_or(rest.len());
        let (batch, after) = rest.split_at(end);
        rest = after;
        (!batch.is_empty()).then_some(batch)
    })
}

/// The rows of a page of notes, or the one object that there is.
fn raws_of(value: &RawValue) -> Result<Vec<&RawValue>, RowError> {
    if !value.get().starts_with('{') {
        return Err(RowError::NotAnObject(kind_name(value.get())));
    }
    // An empty page is left as it is, to be refused as an object without text.
    Ok(notes_of(value.get()).filter(|notes| !notes.is_empty()).unwrap_or_else(|| vec![value]))
}
