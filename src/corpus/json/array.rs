//! Reads an array of records, alone in its file or in a page, element by element, so that memory stays flat however many there
//! are.

use std::borrow::Cow;
use std::io::Read;

use rayon::prelude::*;
use serde_json::value::RawValue;

use super::beside::list_with_text;
use super::elements::{Elements, Stop};
use super::hand_over::{MIN_ROWS, WHOLE, hand_over};
use super::page::Start;
use super::position::Position;
use super::row::Replaced;
use super::rows::{Item, JsonRows};
use super::value::reason;
use crate::corpus::context::{Context, Found};
use crate::corpus::input::{MAX_LINE_BYTES, read_at_most, read_error};
use crate::corpus::record::Record;
use crate::corpus::sink::Sink;
use crate::corpus::table::N_SCANNED;
use crate::corpus::{CorpusError, Place, Problem};

/// The message of serde_json for content after a value.
const TRAILING: &str = "trailing characters";
/// The name of an array without elements in errors.
const EMPTY: &str = "an array without an object";

/// Reads an array; `content` is the beginning of the file, and the array starts in it.
pub(super) fn read_array<R: Read>(
    context: &Context,
    content: Vec<u8>,
    start: Start,
    reader: R,
    sink: &mut Sink,
) -> Result<(Found, R), CorpusError> {
    let before = content[..start.at - 1].to_vec();
    let mut elements = Elements::new(reader, content, start.at);
    let mut rows: Option<JsonRows> = None;
    loop {
        let batch = match elements.next() {
            Ok(batch) => batch,
            Err(stop) => return Err(explain(context, stop, &elements, sink)),
        };
        if batch.is_empty() {
            break;
        }
        let rows = match &mut rows {
            Some(rows) => rows,
            none => none.insert(choose(context, &batch)?),
        };
        let records = batch.par_iter().with_min_len(MIN_ROWS).map(|element| records(context, rows, *element));
        hand_over(records.collect(), sink)?;
    }
    let Some(rows) = rows else { return Err(context.problem(Problem::Empty { found: EMPTY })) };
    let (mut rest, position, mut reader) = elements.into_rest();
    read_at_most(&mut reader, context.file(), &WHOLE, &mut rest)?;
    check_rest(context, &rest, position, start.depth)?;
    refuse_other_records(context, &before, &rest)?;
    Ok((rows.finish()?, reader))
}

/// Fails if the page has another list of records with text, unless the columns of the text were named.
fn refuse_other_records(context: &Context, before: &[u8], rest: &[u8]) -> Result<(), CorpusError> {
    let page = [&*String::from_utf8_lossy(before), "null", &*String::from_utf8_lossy(rest)].concat();
    match list_with_text(&page).filter(|_| context.options.text_fields.is_empty()) {
        Some(list) => Err(context.problem(Problem::OtherRecords { list })),
        None => Ok(()),
    }
}

fn choose<'a>(context: &'a Context<'a>, batch: &[(&[u8], Position)]) -> Result<JsonRows<'a>, CorpusError> {
    let mut items = Vec::with_capacity(batch.len().min(N_SCANNED));
    for (bytes, position) in batch.iter().take(N_SCANNED) {
        items.push(Item { text: text(context, bytes, *position)?.0, position: *position, key: None });
    }
    JsonRows::choose(context, &items, EMPTY, None)
}

fn records(
    context: &Context,
    rows: &JsonRows,
    (bytes, position): (&[u8], Position),
) -> Result<Replaced<Vec<Record>>, CorpusError> {
    let (text, replaced) = text(context, bytes, position)?;
    let (records, more) = rows.records(&Item { text, position, key: None })?;
    Ok((records, replaced || more))
}

/// Returns an element as text, and whether bytes in it were replaced.
fn text<'b>(context: &Context, bytes: &'b [u8], position: Position) -> Result<Replaced<Cow<'b, str>>, CorpusError> {
    match std::str::from_utf8(bytes) {
        Ok(text) => Ok((text.into(), false)),
        Err(_) if !context.options.strict => Ok((String::from_utf8_lossy(bytes), true)),
        Err(error) => {
            let Position { line, column } = position.after(&bytes[..error.valid_up_to()]);
            Err(context.error(Place::line(line).at_byte(column as u64), Problem::NotUtf8))
        }
    }
}

fn explain<R: Read>(context: &Context, stop: Stop, elements: &Elements<R>, sink: &Sink) -> CorpusError {
    let is_long = match stop {
        Stop::Read(error) => return read_error(context.file(), error, sink.n_in_file()),
        Stop::Long => true,
        Stop::End => false,
    };
    // What is wrong within the element may be why it does not end.
    let (bytes, position) = elements.pending();
    let error = serde_json::from_str::<&RawValue>(&String::from_utf8_lossy(bytes)).err();
    match error {
        Some(error) if !(is_long && error.is_eof()) => {
            let (place, problem) = position.syntax(&error);
            context.error(place, problem)
        }
        _ if is_long => too_long(context),
        _ => {
            let Position { line, column } = position.after(bytes);
            let reason = "EOF while parsing a list".to_owned();
            context.error(Place::line(line).at_column(column), Problem::BadJson { reason })
        }
    }
}

pub(super) fn too_long(context: &Context) -> CorpusError {
    let hint = "check how the file was made: no document is that long";
    let limit_mib = (MAX_LINE_BYTES >> 20) as u64;
    context.problem(Problem::TooLarge { what: "one record", limit_mib, hint })
}

/// Checks that nothing follows an array, or only the rest of the page after one in a page.
fn check_rest(context: &Context, rest: &[u8], position: Position, depth: usize) -> Result<(), CorpusError> {
    // As if something short, which is valid, stood in the array's place.
    let before = "{\"\":".repeat(depth) + "null";
    let whole = [&*before, &String::from_utf8_lossy(rest)].concat();
    let Err(error) = serde_json::from_str::<&RawValue>(&whole) else { return Ok(()) };
    let of_array = if error.line() <= 1 { position.column } else { 0 };
    let in_rest = if error.line() <= 1 { error.column().saturating_sub(before.len()) } else { error.column() };
    let place = Place::line(position.line + (error.line() as u64).saturating_sub(1)).at_column(of_array + in_rest);
    let reason = match reason(&error) {
        reason if depth > 0 && reason == TRAILING => {
            format!("{reason} after the page [one page per line: --format jsonl]")
        }
        reason => reason,
    };
    Err(context.error(place, Problem::BadJson { reason }))
}
