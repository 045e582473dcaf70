//! JSON and JSON Lines: an object is a document, or a list of texts, or a map of either.
//!
//! - `page`, `elements`, `array`: cut an array into its elements while it is read
//! - `beside`: looks for other records in the page around it
//! - `shape`: holds any other value as a whole, and recognises its shape by its content
//! - `rows`: turns a value into a row, or into the records of a layout
//! - `row`, `value`, `position`, `lenient`: the parts of that

mod array;
mod beside;
mod elements;
mod hand_over;
mod lenient;
mod page;
mod position;
mod row;
mod rows;
mod shape;
mod value;

use std::borrow::Cow;
use std::io::{self, Chain, Cursor, Read};

use rayon::prelude::*;
use serde_json::value::RawValue;

use super::cells::{decode, decode_owned};
use super::context::{Context, Found, Outcome};
use super::error::CorpusError;
use super::format::Format;
use super::input::{Ahead, Bytes, Chunk, ChunkError, Chunks, MAX_LINE_BYTES, read_at_most, read_error};
use super::problem::{Place, Problem};
use super::sink::Sink;
use super::table::N_SCANNED;
use array::read_array;
use hand_over::{MIN_ROWS, WHOLE, hand_over};
use page::array_start;
use position::Position;
use rows::{Item, JsonRows, ids_above};
use shape::Shape;

/// Number of rows, or of their bytes, after which their documents are handed over.
const BATCH_ROWS: usize = 4096;
const BATCH_BYTES: usize = 16 << 20;
/// Bytes of content from which the shape of a JSON file is recognised.
const FIRST_BYTES: u64 = 4 << 20;

/// The content already read to recognise the shape, and the rest.
type Content = Chain<Cursor<Vec<u8>>, Ahead>;

/// Reads JSON Lines, a chunk of lines at a time; a file that is really one value is read as such.
pub(super) fn read_lines(context: &Context, bytes: Bytes, sink: &mut Sink) -> Result<Outcome, CorpusError> {
    let (first, ahead) = match may_be_one_value(bytes.head()) {
        true => begin(context, bytes)?,
        false => (Vec::new(), Ahead::start(bytes).map_err(|error| read_error(context.file(), error, 0))?),
    };
    let is_whole = (first.len() as u64) < FIRST_BYTES;
    if may_be_one_value(&first) && (is_whole || !first.trim_ascii_start().starts_with(b"{\"")) {
        let is_line = is_whole && first_line(&first).1.is_empty();
        let outcome = read_value(context, first, ahead, sink)?;
        return Ok(Outcome { format: if is_line { Format::JsonLines } else { outcome.format }, ..outcome });
    }
    let mut chunks = Chunks::new(Cursor::new(first).chain(ahead));
    let first = next_chunk(context, &mut chunks, sink)?;
    read_chunks(context, first, chunks, sink)
}

/// Reads an array, a page of records or any other value; a file that is really JSON Lines is read as such.
pub(super) fn read(context: &Context, bytes: Bytes, sink: &mut Sink) -> Result<Outcome, CorpusError> {
    let (first, ahead) = begin(context, bytes)?;
    read_value(context, first, ahead, sink)
}

/// Opens a file and reads its beginning.
fn begin(context: &Context, bytes: Bytes) -> Result<(Vec<u8>, Ahead), CorpusError> {
    let failed = |error| read_error(context.file(), error, 0);
    let mut ahead = Ahead::start(bytes).map_err(failed)?;
    let mut first = Vec::new();
    ahead.by_ref().take(FIRST_BYTES).read_to_end(&mut first).map_err(failed)?;
    Ok((first, ahead))
}

fn read_value(context: &Context, first: Vec<u8>, ahead: Ahead, sink: &mut Sink) -> Result<Outcome, CorpusError> {
    let failed = |error| read_error(context.file(), error, 0);
    let after_line = after_object_line(&first);
    let is_lines = after_line.is_some_and(|rest| !rest.trim_ascii().is_empty() || first.len() as u64 == FIRST_BYTES);
    if let Some(start) = array_start(&first, context.options).filter(|_| !is_lines) {
        let (found, ahead) = read_array(context, first, start, ahead, sink)?;
        return Ok(Outcome { format: Format::Json, sha256: ahead.sha256().map_err(failed)?, found });
    }
    let mut chunks = Chunks::new(Cursor::new(first).chain(ahead));
    // One long line may be one long value.
    let first = match chunks.next() {
        Err(ChunkError::LongLine(_)) => None,
        other => other.map_err(|error| explain(context, error, sink))?,
    };
    let after_line = first.as_ref().and_then(|chunk| after_object_line(&chunk.bytes));
    if after_line.is_some_and(|rest| !rest.trim_ascii().is_empty() || !chunks.is_over()) {
        return read_chunks(context, first, chunks, sink);
    }
    let mut content = first.map(|chunk| chunk.bytes).unwrap_or_default();
    let rest = chunks.rest(&mut content).map_err(failed)?;
    read_at_most(rest, context.file(), &WHOLE, &mut content)?;
    let found = read_whole(context, content, sink)?;
    Ok(Outcome { format: Format::Json, sha256: sha256(chunks).map_err(failed)?, found })
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
        ChunkError::LongLine(line) => {
            let problem = Problem::LongLine { limit_mib: MAX_LINE_BYTES >> 20, format: Format::JsonLines.name() };
            context.error(Place::line(line), problem)
        }
    }
}

/// Returns the first line, and what follows it, both without white space around them.
fn first_line(content: &[u8]) -> (&[u8], &[u8]) {
    let content = content.trim_ascii_start();
    let (line, rest) = content.split_at(memchr::memchr(b'\n', content).unwrap_or(content.len()));
    (line, rest.trim_ascii())
}

/// Returns whether this begins as one value: the first line ends within it, or is an array or object and all there is.
fn may_be_one_value(content: &[u8]) -> bool {
    let (line, rest) = first_line(content);
    let is_open = || serde_json::from_slice::<&RawValue>(line).is_err_and(|error| error.is_eof());
    (line.starts_with(b"{") || line.starts_with(b"[")) && (rest.is_empty() || is_open())
}

/// Returns what follows the first line, if that is an object, or nearly one.
fn after_object_line(content: &[u8]) -> Option<&[u8]> {
    let content = content.trim_ascii_start();
    let (line, rest) = content.split_at(memchr::memchr(b'\n', content).unwrap_or(content.len()));
    if !line.starts_with(b"{") {
        return None;
    }
    let is_object = serde_json::from_slice::<&RawValue>(line).is_ok()
        || std::str::from_utf8(line).is_ok_and(|line| lenient::mended(line).is_some());
    is_object.then_some(rest)
}

fn read_chunks(
    context: &Context,
    first: Option<Chunk>,
    mut chunks: Chunks<Content>,
    sink: &mut Sink,
) -> Result<Outcome, CorpusError> {
    let rows = rows_of_lines(context, first.as_ref())?;
    let (mut next, mut last_id) = (first, None);
    while let Some(chunk) = next {
        let lines = chunk.lines();
        let texts = lines.iter().map(|(_, bytes)| std::str::from_utf8(bytes).unwrap_or_default());
        let ids = if rows.are_bulk() { ids_above(texts, &mut last_id) } else { Vec::new() };
        let records = lines.into_par_iter().enumerate().with_min_len(MIN_ROWS).map(|(at, (line, bytes))| {
            let (text, replaced) = decode(bytes, context.options.strict, context.file(), || Place::line(line))?;
            let key = ids.get(at).cloned().flatten().map(Cow::Owned);
            let (records, more) = rows.records(&Item { key, ..Item::new(text, Position::line(line)) })?;
            Ok((records, replaced || more))
        });
        hand_over(records.collect(), sink)?;
        next = next_chunk(context, &mut chunks, sink)?;
    }
    let found = rows.finish()?;
    let sha256 = sha256(chunks).map_err(|error| read_error(context.file(), error, sink.n_in_file()))?;
    Ok(Outcome { format: Format::JsonLines, sha256, found })
}

fn rows_of_lines<'a>(context: &'a Context<'a>, first: Option<&Chunk>) -> Result<JsonRows<'a>, CorpusError> {
    let lines = first.map(Chunk::lines).unwrap_or_default();
    let item = |(line, bytes): &(u64, &[u8])| {
        let (text, _) = decode(bytes, context.options.strict, context.file(), || Place::line(*line))?;
        Ok(Item::new(text.into_owned(), Position::line(*line)))
    };
    let mut items = lines.iter().take(N_SCANNED).map(item).collect::<Result<Vec<_>, CorpusError>>()?;
    let ids = ids_above(items.iter().map(|item| &*item.text), &mut None);
    items.iter_mut().zip(ids).for_each(|(item, id)| item.key = id.map(Cow::Owned));
    JsonRows::choose(context, &items, "no row", None)
}

fn read_whole(context: &Context, content: Vec<u8>, sink: &mut Sink) -> Result<Found, CorpusError> {
    let (whole, any_replaced) = decode_owned(content, context.options.strict, context.file())?;
    let broken = match shape::of(context, &whole) {
        Ok(shape) => return read_shape(context, &shape, any_replaced, sink),
        Err(error) => error,
    };
    match shape::mended_whole(&whole) {
        Some(mended) => read_shape(context, &shape::of(context, &mended)?, any_replaced, sink),
        None => Err(broken),
    }
}

fn read_shape(context: &Context, shape: &Shape, any_replaced: bool, sink: &mut Sink) -> Result<Found, CorpusError> {
    if context.input.is_found() && shape.items.len() == 1 && row::describes_data(&shape.items[0].text) {
        return Err(context.problem(Problem::AboutOthers));
    }
    let rows = JsonRows::choose(context, &shape.items, "an array without an object", shape.kind.clone())?;
    if shape.items.iter().any(|item| item.text.len() > MAX_LINE_BYTES) {
        return Err(array::too_long(context));
    }
    for items in batches(&shape.items) {
        let records = items.par_iter().with_min_len(MIN_ROWS).map(|item| {
            let (records, replaced) = rows.records(item)?;
            Ok((records, replaced || (any_replaced && item.text.contains(char::REPLACEMENT_CHARACTER))))
        });
        hand_over(records.collect(), sink)?;
    }
    rows.finish()
}

/// Cuts rows into batches that are made into documents together: a few thousand rows, or some MB.
fn batches<'r, 'a>(items: &'r [Item<'a>]) -> impl Iterator<Item = &'r [Item<'a>]> {
    let mut rest = items;
    std::iter::from_fn(move || {
        let mut n_bytes = 0;
        let is_full = |(at, item): (usize, &Item)| {
            n_bytes += item.text.len();
            (n_bytes >= BATCH_BYTES || at + 1 == BATCH_ROWS).then_some(at + 1)
        };
        let end = rest.iter().enumerate().find_map(is_full).unwrap_or(rest.len());
        let (batch, after) = rest.split_at(end);
        rest = after;
        (!batch.is_empty()).then_some(batch)
    })
}
