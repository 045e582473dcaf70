//! Tables of delimited values: a record is a document, and every value is text.

mod comments;
mod dialect;
mod quotes;
mod unspaced;

use std::borrow::Cow;
use std::cell::Cell as Counter;
use std::io::{Cursor, Read};

use csv::{ByteRecord, ErrorKind, Position};

use super::cells::decode;
use super::context::{Context, Outcome};
use super::error::CorpusError;
use super::format::Format;
use super::header::{fill_names, is_header, numbered};
use super::header_rows::n_more_rows;
use super::input::{Ahead, Bytes, Limited, MAX_LINE_BYTES, is_too_long, read_error};
use super::problem::{Place, Problem};
use super::remark::Remark;
use super::row::{Cell, Row};
use super::sampled::SampledColumns;
use super::sink::Sink;
use super::table::{N_SCANNED, Reading, SCANNED_BYTES, check_names};

use comments::starts_below;
pub(super) use dialect::Dialect;
use dialect::lossy;
use quotes::{Quotes, Unclosed};
use unspaced::{Unspaced, spaced};

/// Number of rows from which values can be told to be rows.
const MIN_ROWS: usize = 3;
/// Bytes of content from which the dialect is learnt.
const HEAD_BYTES: u64 = 1 << 20;

pub(super) fn read(context: &Context, bytes: Bytes, delimiter: u8, sink: &mut Sink) -> Result<Outcome, CorpusError> {
    let failed = |error| read_error(context.file(), error, 0);
    let mut ahead = Ahead::start(bytes).map_err(failed)?;
    let mut raw = Vec::new();
    ahead.by_ref().take(HEAD_BYTES).read_to_end(&mut raw).map_err(failed)?;
    let spaced = spaced(&raw[starts_below(&raw).last().copied().unwrap_or(0)..]);
    let mut source = Unspaced::new(Cursor::new(raw).chain(&mut ahead), spaced);
    let mut head = Vec::new();
    source.by_ref().take(HEAD_BYTES).read_to_end(&mut head).map_err(failed)?;
    let dialect = Dialect::of(&head, delimiter);
    let format = if dialect.delimiter == b'\t' { Format::Tsv } else { Format::Csv };
    let n_above = dialect.n_above(&head);
    head.drain(..dialect.start);
    let content = Cursor::new(head).chain(source);
    let mut content: Box<dyn Read + '_> = match dialect.is_quoted {
        true => Box::new(Quotes::new(content, dialect.delimiter, dialect.has_escapes, dialect.n_lines + 1)),
        false => Box::new(content),
    };
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
    let n_more = records.skip_header_rows(&mut first);
    let has_header = n_more > 0 || records.has_header(&first);
    if !has_header {
        records.names = numbered(records.names.len());
        first.insert(0, header.clone());
    }
    check_names(context, &records.names)?;
    records.refuse_whole_rows(&first)?;
    let reading = records.choose(&first)?;
    let n_repeated = records.hand_over_all(&reading, first, has_header.then_some(&header), sink)?;
    drop(records);
    let mut found = reading.finish()?;
    drop(content);
    found.remarks.extend((n_above > 0).then_some(Remark::AboveTable { n_lines: n_above }));
    found.remarks.extend((!has_header).then_some(Remark::NoHeader));
    found.remarks.extend((n_repeated > 0).then_some(Remark::RepeatedHeader { n_repeated }));
    found.remarks.extend((n_more > 0).then_some(Remark::HeaderRows { n_more }));
    Ok(Outcome { format, sha256: ahead.sha256().map_err(failed)?, found })
}

/// Returns whether a record has the names of the header, in whatever order, and maybe after a byte order mark.
fn is_header_again(header: &ByteRecord, record: &ByteRecord) -> bool {
    // At a glance: nearly no record has a name in this place.
    let is_name = |value: &[u8]| header.iter().any(|name| bare(name) == bare(value));
    header.len() == record.len()
        && record.iter().all(is_name)
        && header.iter().all(|name| record.iter().any(|value| bare(name) == bare(value)))
}

fn has_same_order(header: &ByteRecord, record: &ByteRecord) -> bool {
    header.iter().zip(record).all(|(name, value)| bare(name) == bare(value))
}

fn bare(name: &[u8]) -> &[u8] {
    name.strip_prefix(b"\xef\xbb\xbf").unwrap_or(name)
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
        self.dialect.has_row_names || is_header(self.context.options, &self.names, &lossy(first))
    }

    /// Removes the records that belong to the header, and returns their number.
    fn skip_header_rows(&mut self, first: &mut Vec<ByteRecord>) -> usize {
        let rows = lossy(first);
        let n_more = n_more_rows(&rows);
        fill_names(&mut self.names, &rows[..n_more]);
        first.drain(..n_more);
        n_more
    }

    /// Fails if every value is a row, as in a file that was quoted twice.
    fn refuse_whole_rows(&self, first: &[ByteRecord]) -> Result<(), CorpusError> {
        let [name] = &self.names[..] else { return Ok(()) };
        let n_values = |row: &[u8]| {
            let mut reader = self.dialect.builder().from_reader(row);
            reader.byte_records().next().and_then(Result::ok).map_or(0, |record| record.len())
        };
        let n_names = n_values(name.as_bytes());
        let are_rows = first.iter().filter_map(|record| record.get(0)).all(|value| n_values(value) == n_names);
        match self.dialect.is_quoted && n_names > 1 && first.len() >= MIN_ROWS && are_rows {
            true => Err(self.context.problem(Problem::WholeRows { header: name.clone() })),
            false => Ok(()),
        }
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

    /// Hands over all records, and returns the number of those that repeat the header, as in files that were put together.
    fn hand_over_all(
        &mut self,
        reading: &Reading,
        first: Vec<ByteRecord>,
        header: Option<&ByteRecord>,
        sink: &mut Sink,
    ) -> Result<u64, CorpusError> {
        let wanted: Vec<usize> = (0..self.names.len()).filter(|at| reading.wants(&self.names[*at])).collect();
        let (mut first, mut record, mut n_repeated) = (first.into_iter(), ByteRecord::new(), 0);
        loop {
            match first.next() {
                Some(next) => record = next,
                None if self.next(&mut record, sink)? => {}
                None => return Ok(n_repeated),
            }
            match header.filter(|header| is_header_again(header, &record)) {
                Some(header) if !has_same_order(header, &record) => {
                    return Err(self.context.error(self.place(&record), Problem::OtherHeader));
                }
                Some(_) => n_repeated += 1,
                None => self.hand_over(reading, &wanted, &record, sink)?,
            }
        }
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
            ErrorKind::Io(error) => match Unclosed::of(&error) {
                Some(mark) => self.context.error(Place::line(mark.line), Problem::OpenQuote),
                None => read_error(self.context.file(), error, n_documents),
            },
            other => {
                let source = std::io::Error::other(format!("{other:?}"));
                CorpusError::Io { file: self.context.file().to_owned(), source }
            }
        }
    }
}
