//! An array of objects, alone in its file or in a page such as `{"notes": [...]}`, to documents; element by element, so
//! that memory stays flat however many there are.

use std::borrow::Cow;
use std::io::Read;

use memchr::memchr;
use rayon::prelude::*;
use serde_json::value::RawValue;

use super::bytes::read_error;
use super::fields::is_text_name;
use super::json::{MIN_ROWS, N_SCANNED, WHOLE, check_strict, hand_over};
use super::json_elements::{Elements, Place, Stop};
use super::json_row::RowError;
use super::json_rows::{Found, Rows};
use super::json_value::reason;
use super::layout::Record;
use super::limits::read_at_most;
use super::lines::MAX_LINE_BYTES;
use super::read::{Context, Sink};
use super::{CorpusError, ReadOptions};

/// Keys of pages with an array of records.
const PAGES: [&str; 2] = ["notes", "data"];

/// What serde_json says of content after a value.
const TRAILING: &str = "trailing characters";

/// The place behind the bracket that opens the array which the content is, or which is all that matters in it: the first
/// list of objects under a key of [`PAGES`], after keys with neither text nor anything nested.
pub(super) fn array_start(content: &[u8], options: &ReadOptions) -> Option<usize> {
    let mut cursor = Cursor { content, at: 0 };
    match cursor.next()? {
        b'[' => return Some(cursor.at),
        b'{' => {}
        _ => return None,
    }
    loop {
        let key = cursor.string()?;
        cursor.expect(b':')?;
        if PAGES.contains(&key) && !options.text_fields.iter().any(|name| name == key) && cursor.peek()? == b'[' {
            cursor.at += 1;
            return (cursor.peek()? == b'{').then_some(cursor.at);
        }
        if is_text_name(key) || options.text_fields.iter().any(|name| name == key) {
            return None;
        }
        cursor.skip_scalar()?;
        cursor.expect(b',')?;
    }
}

/// Reads the beginning of JSON, as far as it is simple.
struct Cursor<'c> {
    content: &'c [u8],
    at: usize,
}

impl<'c> Cursor<'c> {
    /// The next byte that is not white space, which is not taken.
    fn peek(&mut self) -> Option<u8> {
        self.at = self.content.len() - self.content.get(self.at..)?.trim_ascii_start().len();
        self.content.get(self.at).copied()
    }

    fn next(&mut self) -> Option<u8> {
        let byte = self.peek()?;
        self.at += 1;
        Some(byte)
    }

    fn expect(&mut self, byte: u8) -> Option<()> {
        (self.next()? == byte).then_some(())
    }

    /// A string without escapes.
    fn string(&mut self) -> Option<&'c str> {
        self.expect(b'"')?;
        let n = memchr(b'"', &self.content[self.at..])?;
        let string = std::str::from_utf8(&self.content[self.at..self.at + n]).ok()?;
        self.at += n + 1;
        (!string.contains('\\')).then_some(string)
    }

    /// A string, a number or a name.
    fn skip_scalar(&mut self) -> Option<()> {
        match self.peek()? {
            b'"' => self.string().map(drop),
            b'{' | b'[' => None,
            _ => {
                self.at += self.content[self.at..].iter().position(|byte| matches!(byte, b',' | b'}' | b']'))?;
                Some(())
            }
        }
    }
}

/// Reads an array; `content` is the beginning of the file, up to `start` behind the opening bracket.
pub(super) fn read_array<R: Read>(
    context: &Context,
    content: Vec<u8>,
    start: usize,
    reader: R,
    sink: &mut Sink,
) -> Result<(Found, R), CorpusError> {
    let is_page = !content.trim_ascii_start().starts_with(b"[");
    let mut elements = Elements::new(reader, content, start);
    let mut rows: Option<Rows> = None;
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
        let records =
            batch.par_iter().with_min_len(MIN_ROWS).map(|(bytes, place)| records(context, rows, bytes, *place));
        hand_over(records.collect(), sink)?;
    }
    let Some(rows) = rows else {
        return Err(CorpusError::Empty { file: context.owned_file(), found: "an array without an object" });
    };
    let (rest, place, mut reader) = elements.into_rest();
    check_rest(context, rest, place, &mut reader, is_page)?;
    Ok((rows.finish(context)?, reader))
}

fn choose<'a>(context: &'a Context<'a>, batch: &[(&[u8], Place)]) -> Result<Rows<'a>, CorpusError> {
    let mut scanned = Vec::with_capacity(batch.len().min(N_SCANNED));
    for (bytes, place) in batch.iter().take(N_SCANNED) {
        scanned.push((text(context, bytes, *place)?.0, *place));
    }
    let scanned: Vec<(&str, Place)> = scanned.iter().map(|(row, place)| (&**row, *place)).collect();
    Rows::choose(context, &scanned, "an array without an object", |error, place| {
        error.after(place).at(context, place.line)
    })
}

fn records(context: &Context, rows: &Rows, bytes: &[u8], place: Place) -> Result<(Vec<Record>, bool), CorpusError> {
    let (row, replaced) = text(context, bytes, place)?;
    let explain = |error: RowError| error.after(place).at(context, place.line);
    // The whole element, so that an error has its place; what reads it looks at parts of it alone.
    serde_json::from_str::<&RawValue>(&row).map_err(|error| explain(RowError::syntax(error, 0)))?;
    let (records, more) = rows.records(&row).map_err(explain)?;
    check_strict(context, more, place.line)?;
    Ok((records, replaced || more))
}

/// An element as text, and whether bytes in it were replaced.
fn text<'b>(context: &Context, bytes: &'b [u8], place: Place) -> Result<(Cow<'b, str>, bool), CorpusError> {
    match std::str::from_utf8(bytes) {
        Ok(text) => Ok((text.into(), false)),
        Err(_) if !context.options.strict => Ok((String::from_utf8_lossy(bytes), true)),
        Err(error) => {
            let Place { line, column } = place.after(&bytes[..error.valid_up_to()]);
            Err(CorpusError::NotUtf8 { file: context.owned_file(), place: format!("line {line}"), byte: column as u64 })
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
    let (bytes, place) = elements.pending();
    let error = serde_json::from_str::<&RawValue>(&String::from_utf8_lossy(bytes)).err();
    match error {
        Some(error) if !(is_long && error.is_eof()) => RowError::syntax(error, 0).after(place).at(context, place.line),
        _ if is_long => too_long(context),
        _ => {
            let Place { line, column } = place.after(bytes);
            let reason = "EOF while parsing a list".to_owned();
            CorpusError::BadJson { file: context.owned_file(), line, column, reason }
        }
    }
}

fn too_long(context: &Context) -> CorpusError {
    let hint = "check how the file was made: no document is that long";
    let limit_mib = (MAX_LINE_BYTES >> 20) as u64;
    CorpusError::TooLarge { file: context.owned_file(), what: "one record", limit_mib, hint }
}

/// After an array there is nothing, and after that of a page the rest of the page.
fn check_rest(
    context: &Context,
    mut rest: Vec<u8>,
    place: Place,
    reader: &mut impl Read,
    is_page: bool,
) -> Result<(), CorpusError> {
    read_at_most(reader, context, &WHOLE, &mut rest)?;
    // As if something short, which is valid, stood in the array's place.
    let before = if is_page { "{\"\":null" } else { "null" };
    let whole = [before, &String::from_utf8_lossy(&rest)].concat();
    let Err(error) = serde_json::from_str::<&RawValue>(&whole) else { return Ok(()) };
    let of_array = if error.line() <= 1 { place.column } else { 0 };
    let in_rest = if error.line() <= 1 { error.column().saturating_sub(before.len()) } else { error.column() };
    let line = place.line + (error.line() as u64).saturating_sub(1);
    let column = of_array + in_rest;
    let reason = match reason(&error) {
        reason if is_page && reason == TRAILING => format!("{reason} after the page [a page a line: --format jsonl]"),
        reason => reason,
    };
    Err(CorpusError::BadJson { file: context.owned_file(), line, column, reason })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arrays_are_found_at_the_beginning_alone() {
        let start = |content: &str| array_start(content.as_bytes(), &ReadOptions::default());
        assert_eq!(start(" [1"), Some(2));
        assert_eq!(start(r#"{"notes": [ {"id""#), Some(12));
        assert_eq!(start(r#"{"count": 12, "next": "a b", "more": null, "data":[{"#), Some(51));
        for content in [
            "",
            "7",
            "{",
            r#"{"notes":[]}"#,
            r#"{"notes":"#,
            r#"{"text":"A kite.","notes":[{"#,
            r#"{"a":{},"data":[{"#,
            "{\"a\\\"\":1",
        ] {
            assert_eq!(start(content), None, "{content}");
        }
        let asked = ReadOptions { text_fields: vec!["notes".into()], ..ReadOptions::default() };
        assert_eq!(array_start(br#"{"notes":[{"id":1"#, &asked), None);
    }
}
