//! Tables of delimited values: a record is a document, and every value is text.

mod dialect;
mod unspaced;

use std::borrow::Cow;
use std::cell::Cell as Counter;
use std::io::{Cursor, Read};

use csv::{ByteRecord, ErrorKind, Position};

use super::cells::decode;
use super::context::{Context, Outcome};
use super::header::{is_header, numbered};
use super::input::{Ahead, Bytes, Limited, MAX_LINE_BYTES, is_too_long, read_error};
use super::row::{Cell, Row};
use super::sampled::SampledColumns;
use super::sink::Sink;
use super::table::{N_SCANNED, Reading, SCANNED_BYTES, check_names};
use super::{CorpusError, Format, Place, Problem, Remark};

pub(super) use dialect::Dialect;
use unspaced::{Unspaced, spaced};

/// Bytes of content from which the dialect is learnt.
const HEAD_BYTES: u64 = 1 << 20;

pub(super) fn read(context: &Context, bytes: Bytes, delimiter: u8, sink: &mut Sink) -> Result<Outcome, CorpusError> {
    let failed = |error| read_error(context.file(), error, 0);
    let mut ahead = Ahead::start(bytes).map_err(failed)?;
    let mut raw = Vec::new();
    ahead.by_ref().take(HEAD_BYTES).read_to_end(&mut raw).map_err(failed)?;
    let spaced = spaced(&raw);
    let mut source = Unspaced::new(Cursor::new(raw).chain(&mut ahead), spaced);
    let mut head = Vec::new();
    source.by_ref().take(HEAD_BYTES).read_to_end(&mut head).map_err(failed)?;
    let dialect = Dialect::of(&head, delimiter);
    let format = if dialect.delimiter == b'\t' { Format::Tsv } else { Format::Csv };
    head.drain(..dialect.start);
    let mut content = Cursor::new(head).chain(source);
    let since_record = Counter::new(0);
    let reader = dialect.builder().from_reader(Limited { inner: &mut content, since_record: &since_record });
    let mut records = Records { context, dialect, format, reader, since_record: &since_record, names: Vec::new() };
    let header = records.read_header(sink)?;
    let mut first = Vec::new();
    let mut n_bytes = 0;
    let mut record = ByteRecord::new();
    while first.len() < N_SCANNED && n_bytes < SCANNED_BYTES && records.next(&mut record, sink)? {
        n_bytes += record.as_slice().len();
        first.push(record.clone());
    }
    let has_header = records.has_header(&first);
    if !has_header {
        records.names = numbered(records.names.len());
        first.insert(0, header);
    }
    check_names(context, &records.names)?;
    let reading = records.choose(&first)?;
    let wanted: Vec<usize> = (0..records.names.len()).filter(|at| reading.wants(&records.names[*at])).collect();
    for record in first {
        records.hand_over(&reading, &wanted, &record, sink)?;
    }
    while records.next(&mut record, sink)? {
        records.hand_over(&reading, &wanted, &record, sink)?;
    }
    drop(records);
    let mut found = reading.finish()?;
    found.remarks.extend((!has_header).then_some(Remark::NoHeader));
    Ok(Outcome { format, sha256: ahead.sha256().map_err(failed)?, found })
}

/// The records of a table, and its header.
struct Records<'a, R> {
    context: &'a Context<'a>,
    dialect: Dialect,
    format: Format,
    reader: csv::Reader<Limited<'a, R>>,
    since_record: &'a Counter<usize>,
    names: Vec<String>,
}

impl<'a, R: Read> Records<'a, R> {
    /// Reads the first record, whose values are taken as the names of the columns.
    fn read_header(&mut self, sink: &mut Sink) -> Result<ByteRecord, CorpusError> {
        let mut header = ByteRecord::new();
        self.next_record(&mut header, sink)?;
        let mut any_replaced = false;
        let mut names = Vec::with_capacity(header.len() + 1);
        if self.dialect.has_row_names {
            names.push(String::new());
        }
        for name in &header {
            let place = || Place::line(self.dialect.n_lines + 1);
            let (name, replaced) = decode(name, self.context.options.strict, self.context.file(), place)?;
            any_replaced |= replaced;
            names.push(name.trim().to_owned());
        }
        if any_replaced {
            sink.count_replaced();
        }
        self.names = names;
        Ok(header)
    }

    /// Returns whether the first record holds names rather than values like those of the records after it.
    fn has_header(&self, first: &[ByteRecord]) -> bool {
        let lossy = |value: &[u8]| String::from_utf8_lossy(value).into_owned();
        let below: Vec<Vec<String>> = first.iter().map(|record| record.iter().map(lossy).collect()).collect();
        self.dialect.has_row_names || is_header(self.context.options, &self.names, &below)
    }

    /// Reads the next record, which has as many values as the header has names; returns `false` at the end.
    fn next(&mut self, record: &mut ByteRecord, sink: &Sink) -> Result<bool, CorpusError> {
        if !self.next_record(record, sink)? {
            return Ok(false);
        }
        let n_names = self.names.len();
        let is_longer = record.len() > n_names && record.iter().skip(n_names).all(<[u8]>::is_empty);
        if is_longer {
            record.truncate(n_names);
        }
        if record.len() != n_names {
            let (expected, found) = (n_names as u64, record.len() as u64);
            return Err(self.context.error(self.place(record), Problem::Ragged { expected, found }));
        }
        let swallows = |value: &[u8]| value.contains(&b'\t') && value.contains(&b'\n');
        if self.dialect.delimiter == b'\t' && record.iter().any(swallows) {
            return Err(self.context.error(self.place(record), Problem::OpenQuote));
        }
        Ok(true)
    }

    fn next_record(&mut self, record: &mut ByteRecord, sink: &Sink) -> Result<bool, CorpusError> {
        let is_read = self.reader.read_byte_record(record).map_err(|error| self.explain(error, sink))?;
        self.since_record.set(0);
        Ok(is_read)
    }

    /// Chooses the columns by the values of the first records.
    fn choose(&self, first: &[ByteRecord]) -> Result<Reading<'a>, CorpusError> {
        let lossy = |record: &'_ ByteRecord| {
            let cells = self.names.iter().zip(record);
            let cell = |value: &[u8]| Cell::Text(Cow::Owned(String::from_utf8_lossy(value).into_owned()));
            Row { place: Place::FILE, cells: cells.map(|(name, value)| (name.clone().into(), cell(value))).collect() }
        };
        let rows: Vec<Row> = first.iter().map(lossy).collect();
        if rows.is_empty() {
            return Err(self.context.problem(Problem::Empty { found: "no row" }));
        }
        Reading::of_table(self.context, SampledColumns::of(rows.iter()), rows.first())
    }

    fn hand_over(
        &self,
        reading: &Reading,
        wanted: &[usize],
        record: &ByteRecord,
        sink: &mut Sink,
    ) -> Result<(), CorpusError> {
        let mut row = Row::at(self.place(record));
        let mut any_replaced = false;
        for at in wanted {
            let place = || self.place(record).in_field(&self.names[*at]);
            let value = record.get(*at).unwrap_or_default();
            let (value, replaced) = decode(value, self.context.options.strict, self.context.file(), place)?;
            any_replaced |= replaced;
            row.push(self.names[*at].as_str(), Cell::text(Some(value)));
        }
        if any_replaced {
            sink.count_replaced();
        }
        reading.records(&row)?.into_iter().try_for_each(|record| sink.push_record(record))
    }

    fn place(&self, record: &ByteRecord) -> Place {
        Place::line(self.line(record.position()))
    }

    /// Returns the line of a position. It stands before the LF of the record before where lines end in CR LF.
    fn line(&self, position: Option<&Position>) -> u64 {
        let Some(position) = position else { return 0 };
        let is_early = self.dialect.is_crlf && position.byte() > 0;
        position.line() + self.dialect.n_lines + u64::from(is_early)
    }

    fn explain(&self, error: csv::Error, sink: &Sink) -> CorpusError {
        let n_documents = sink.n_in_file();
        match error.into_kind() {
            ErrorKind::Io(error) if is_too_long(&error) => {
                // The header is on the first line; with line breaks inside values this is a lower bound.
                let place = Place::line(self.dialect.n_lines + n_documents + 2);
                let problem = Problem::LongLine { limit_mib: MAX_LINE_BYTES >> 20, format: self.format.name() };
                self.context.error(place, problem)
            }
            ErrorKind::Io(error) => read_error(self.context.file(), error, n_documents),
            other => {
                let source = std::io::Error::other(format!("{other:?}"));
                CorpusError::Io { file: self.context.file().to_owned(), source }
            }
        }
    }
}
