//! JSON and JSON Lines: an object is a document.

use std::io::Read;

use rayon::prelude::*;
use serde_json::value::RawValue;

use super::bytes::{Ahead, Bytes, read_error};
use super::cells::decode;
use super::fields::{Column, Fields, Kind, choose_fields};
use super::json_row::{RowError, Slots};
use super::json_value::{Entries, kind, kind_name};
use super::lines::{Chunk, ChunkError, Chunks, MAX_LINE_BYTES};
use super::read::{Context, Outcome, Sink};
use super::{CorpusError, Document, Format};

/// Rows from which the columns of a file are learnt.
const N_SCANNED: usize = 100;
/// Rows that one thread takes at least.
const MIN_ROWS: usize = 16;

/// Reads JSON Lines, a chunk of lines at a time.
pub(super) fn read_lines(context: &Context, bytes: Bytes, sink: &mut Sink) -> Result<Outcome, CorpusError> {
    let mut chunks = start(context, bytes)?;
    let first = next_chunk(context, &mut chunks, sink)?;
    read_chunks(context, first, chunks, sink)
}

/// Reads an array of objects or one object; a file that is JSON Lines in truth is read as such.
pub(super) fn read(context: &Context, mut bytes: Bytes, sink: &mut Sink) -> Result<Outcome, CorpusError> {
    let failed = |error| read_error(context.file(), error, 0);
    let mut content = Vec::new();
    if !bytes.head().trim_ascii_start().starts_with(b"{") {
        bytes.read_to_end(&mut content).map_err(failed)?;
        let fields = read_whole(context, &content, sink)?;
        return finish(fields, bytes.sha256().map_err(failed)?, Format::Json);
    }
    let mut chunks = start(context, bytes)?;
    let first = next_chunk(context, &mut chunks, sink)?;
    if first.as_ref().is_some_and(begins_with_object_line) {
        return read_chunks(context, first, chunks, sink);
    }
    content = first.map(|chunk| chunk.bytes).unwrap_or_default();
    chunks.read_rest(&mut content).map_err(failed)?;
    let fields = read_whole(context, &content, sink)?;
    finish(fields, chunks.into_reader().sha256().map_err(failed)?, Format::Json)
}

fn finish(fields: Fields, sha256: String, format: Format) -> Result<Outcome, CorpusError> {
    Ok(Outcome { format, text_fields: fields.text, sha256 })
}

fn start(context: &Context, bytes: Bytes) -> Result<Chunks<Ahead>, CorpusError> {
    Ahead::start(bytes).map(Chunks::new).map_err(|error| read_error(context.file(), error, 0))
}

fn next_chunk(context: &Context, chunks: &mut Chunks<Ahead>, sink: &Sink) -> Result<Option<Chunk>, CorpusError> {
    chunks.next().map_err(|error| match error {
        ChunkError::Read(error) => read_error(context.file(), error, sink.n_in_file()),
        ChunkError::LongLine(line) => CorpusError::LongLine {
            file: context.owned_file(),
            line,
            limit_mib: MAX_LINE_BYTES >> 20,
            format: Format::JsonLines,
        },
    })
}

fn begins_with_object_line(chunk: &Chunk) -> bool {
    let lines = chunk.lines();
    let Some((_, line)) = lines.first() else { return false };
    serde_json::from_slice::<&RawValue>(line).is_ok_and(|value| value.get().starts_with('{'))
}

fn read_chunks(
    context: &Context,
    first: Option<Chunk>,
    mut chunks: Chunks<Ahead>,
    sink: &mut Sink,
) -> Result<Outcome, CorpusError> {
    let lines = first.as_ref().map(Chunk::lines).unwrap_or_default();
    let columns = scan_lines(context, &lines[..lines.len().min(N_SCANNED)])?;
    if columns.is_empty() && lines.is_empty() {
        return Err(CorpusError::Empty { file: context.owned_file(), found: "no row" });
    }
    let fields = choose_fields(context.file(), &columns, context.options)?;
    let slots = Slots::new(&fields, context.options);
    let mut next = first;
    while let Some(chunk) = next {
        let rows = chunk.lines().into_par_iter().with_min_len(MIN_ROWS).map(|(line, bytes)| {
            let place = || format!("line {line}");
            let (row, replaced) = decode(bytes, context.options.strict, context.file(), place)?;
            let (document, more) = slots.document(&row).map_err(|error| error.at(context, line))?;
            check_strict(context, more, line)?;
            Ok((document, replaced || more))
        });
        hand_over(rows.collect(), sink)?;
        next = next_chunk(context, &mut chunks, sink)?;
    }
    slots.check_seen(context.file(), &columns)?;
    let sha256 = chunks.into_reader().sha256().map_err(|error| read_error(context.file(), error, sink.n_in_file()))?;
    finish(fields, sha256, Format::JsonLines)
}

fn hand_over(rows: Vec<Result<(Document, bool), CorpusError>>, sink: &mut Sink) -> Result<(), CorpusError> {
    for row in rows {
        let (document, replaced) = row?;
        if replaced {
            sink.count_replaced();
        }
        sink.push(document)?;
    }
    Ok(())
}

/// Lone surrogates are no more UTF-8 than stray bytes are.
fn check_strict(context: &Context, replaced: bool, line: u64) -> Result<(), CorpusError> {
    if replaced && context.options.strict {
        return Err(CorpusError::HalfCharacter { file: context.owned_file(), line });
    }
    Ok(())
}

fn read_whole(context: &Context, content: &[u8], sink: &mut Sink) -> Result<Fields, CorpusError> {
    let (whole, any_replaced) = decode(content, context.options.strict, context.file(), || "the file".into())?;
    let value: &RawValue = serde_json::from_str(&whole).map_err(|error| RowError::syntax(error, 0).at(context, 1))?;
    let rows: Vec<&RawValue> = match value.get().as_bytes().first() {
        Some(b'[') => serde_json::from_str(value.get()).map_err(|error| RowError::syntax(error, 0).at(context, 1))?,
        Some(b'{') => vec![value],
        _ => return Err(RowError::NotAnObject(kind_name(value.get())).at(context, 1)),
    };
    // Only errors ask for it, so counting line ends from the start is cheap enough.
    let line_of = |row: &RawValue| {
        let at = (row.get().as_ptr() as usize).saturating_sub(whole.as_ptr() as usize);
        1 + memchr::memchr_iter(b'\n', &whole.as_bytes()[..at.min(whole.len())]).count() as u64
    };
    let scanned = rows.iter().take(N_SCANNED).map(|row| (row.get(), *row));
    let columns = scan(scanned, |error, row| error.at(context, line_of(row)))?;
    if rows.is_empty() {
        return Err(CorpusError::Empty { file: context.owned_file(), found: "an array without an object" });
    }
    let fields = choose_fields(context.file(), &columns, context.options)?;
    let slots = Slots::new(&fields, context.options);
    for rows in rows.chunks(4096) {
        let rows = rows.par_iter().with_min_len(MIN_ROWS).map(|row| {
            let (document, replaced) = slots.document(row.get()).map_err(|error| error.at(context, line_of(row)))?;
            if replaced {
                check_strict(context, true, line_of(row))?;
            }
            Ok((document, replaced || (any_replaced && row.get().contains(char::REPLACEMENT_CHARACTER))))
        });
        hand_over(rows.collect(), sink)?;
    }
    slots.check_seen(context.file(), &columns)?;
    Ok(fields)
}

fn scan_lines(context: &Context, lines: &[(u64, &[u8])]) -> Result<Vec<Column>, CorpusError> {
    let mut rows = Vec::with_capacity(lines.len());
    for (line, bytes) in lines {
        let place = || format!("line {line}");
        rows.push((decode(bytes, context.options.strict, context.file(), place)?.0, *line));
    }
    scan(rows.iter().map(|(row, line)| (&**row, *line)), |error, line| error.at(context, line))
}

/// The columns that these rows have, in the order of their first appearance.
fn scan<'a, P: Copy>(
    rows: impl Iterator<Item = (&'a str, P)>,
    explain: impl Fn(RowError, P) -> CorpusError,
) -> Result<Vec<Column>, CorpusError> {
    let mut columns: Vec<(String, Option<Kind>)> = Vec::new();
    for (row, place) in rows {
        let Entries(entries) = RowError::parse(row, serde_json::from_str).map_err(|e| explain(e, place))?;
        for (name, value) in entries {
            match columns.iter_mut().find(|(known, _)| *known == name) {
                Some((_, known)) => *known = known.take().or_else(|| kind(value)),
                None => columns.push((name, kind(value))),
            }
        }
    }
    let unknown = || Kind::Other("nothing but null in the rows looked at".into());
    Ok(columns.into_iter().map(|(name, kind)| Column { name, kind: kind.unwrap_or_else(unknown) }).collect())
}
