//! CSV and TSV: a record is a document, and every value is text.

use std::cell::Cell;
use std::io;

use csv::{ByteRecord, ErrorKind, ReaderBuilder};

use super::ahead::Ahead;
use super::bytes::{Bytes, read_error};
use super::cells::{decode, join_texts};
use super::fields::{Column, Kind, Positions, check_column_names, check_n_columns, list};
use super::json_rows::Found;
use super::layout::Record;
use super::limits::{Limited, is_too_long};
use super::lines::MAX_LINE_BYTES;
use super::read::{Context, Outcome, Sink};
use super::table::{TableRows, note};
use super::{CorpusError, Document, Format, Text};

pub(super) fn read(context: &Context, bytes: Bytes, delimiter: u8, sink: &mut Sink) -> Result<Outcome, CorpusError> {
    let format = if delimiter == b'\t' { Format::Tsv } else { Format::Csv };
    let since_record = Cell::new(0);
    let failed = |error| read_error(context.file(), error, 0);
    let mut ahead = Ahead::start(bytes).map_err(failed)?;
    let limited = Limited { inner: &mut ahead, since_record: &since_record };
    let mut reader = ReaderBuilder::new().delimiter(delimiter).from_reader(limited);
    let header = reader.byte_headers().cloned().map_err(|error| explain(context, format, error, 0))?;
    let (columns, replaced) = columns(context, &header)?;
    if replaced {
        sink.count_replaced();
    }
    let rows = Rows::choose(context, columns)?;
    let mut record = ByteRecord::new();
    while reader.read_byte_record(&mut record).map_err(|error| explain(context, format, error, sink.n_in_file()))? {
        since_record.set(0);
        let (records, replaced) = rows.records(&record)?;
        if replaced {
            sink.count_replaced();
        }
        records.into_iter().try_for_each(|record| sink.push_record(record))?;
    }
    drop(reader);
    let found = rows.finish()?;
    let sha256 = ahead.sha256().map_err(failed)?;
    Ok(found.outcome(format, sha256))
}

/// The columns, and whether bytes in their names were replaced.
fn columns(context: &Context, header: &ByteRecord) -> Result<(Vec<Column>, bool), CorpusError> {
    check_n_columns(context.file(), header.len())?;
    let mut columns: Vec<Column> = Vec::with_capacity(header.len());
    let mut any_replaced = false;
    for name in header {
        let (name, replaced) = decode(name, context.options.strict, context.file(), || "the header".into())?;
        any_replaced |= replaced;
        columns.push(Column { name: name.into_owned(), kind: Kind::Text });
    }
    check_column_names(context.file(), &columns)?;
    Ok((columns, any_replaced))
}

/// Makes documents of records.
struct Rows<'a> {
    context: &'a Context<'a>,
    columns: Vec<Column>,
    kind: TableRows<'a>,
}

impl<'a> Rows<'a> {
    fn choose(context: &'a Context<'a>, columns: Vec<Column>) -> Result<Self, CorpusError> {
        let kind = TableRows::choose(context, &columns)?;
        Ok(Self { context, columns, kind })
    }

    /// The documents of a record, and whether bytes in it were replaced.
    fn records(&self, record: &ByteRecord) -> Result<(Vec<Record>, bool), CorpusError> {
        let mut any_replaced = false;
        let mut cell = |position: usize| -> Result<Option<String>, CorpusError> {
            let place = || self.place(record, position);
            let bytes = record.get(position).unwrap_or_default();
            let (value, replaced) = decode(bytes, self.context.options.strict, self.context.file(), place)?;
            any_replaced |= replaced;
            Ok((!value.is_empty()).then(|| value.into_owned()))
        };
        let records = match &self.kind {
            TableRows::Plain(_, positions) => {
                let document = document(positions, &mut cell)?;
                vec![Record::Document(document)]
            }
            TableRows::Notes(reader) => {
                let cells = self.columns.iter().enumerate().map(|(at, column)| Ok((column.name.as_str(), cell(at)?)));
                let cells = cells.collect::<Result<Vec<_>, CorpusError>>()?;
                let line = record.position().map_or(0, csv::Position::line);
                reader.records_of(&note(cells.into_iter())).map_err(|error| error.at(self.context, line))?
            }
        };
        Ok((records, any_replaced))
    }

    fn finish(self) -> Result<Found, CorpusError> {
        self.kind.finish(self.context, &self.columns)
    }

    fn place(&self, record: &ByteRecord, position: usize) -> String {
        let line = record.position().map_or(0, csv::Position::line);
        format!("line {line}, column {}", list(std::iter::once(self.columns[position].name.as_str())))
    }
}

fn document(
    positions: &Positions,
    mut cell: impl FnMut(usize) -> Result<Option<String>, CorpusError>,
) -> Result<Document, CorpusError> {
    let texts = positions.text.iter().map(|position| cell(*position)).collect::<Result<Vec<_>, _>>()?;
    let id = positions.id.map(&mut cell).transpose()?.flatten();
    let values = positions.values.iter().map(|position| position.map_or(Ok(None), &mut cell));
    let values = values.collect::<Result<Vec<_>, _>>()?;
    let text = join_texts(texts.into_iter().map(|text| text.map(Text::Prose)));
    let text = text.unwrap_or_else(|| Text::Prose(String::new()));
    Ok(Document { id, text, values })
}

fn explain(context: &Context, format: Format, error: csv::Error, n_documents: u64) -> CorpusError {
    let file = context.owned_file();
    match error.into_kind() {
        ErrorKind::UnequalLengths { pos, expected_len, len } => {
            CorpusError::Ragged { file, line: pos.map_or(0, |pos| pos.line()), expected: expected_len, found: len }
        }
        ErrorKind::Io(error) if is_too_long(&error) => {
            // The header is on line 1; with line breaks inside values this is a lower bound.
            let line = n_documents + 2;
            CorpusError::LongLine { file, line, limit_mib: MAX_LINE_BYTES >> 20, format }
        }
        ErrorKind::Io(error) => read_error(&file, error, n_documents),
        other => CorpusError::Io { file, source: io::Error::other(format!("{other:?}")) },
    }
}
