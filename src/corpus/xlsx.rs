//! Excel workbooks: the rows of the first sheet, below a header.

use std::fs::File;
use std::io::BufReader;
use std::panic::{AssertUnwindSafe, catch_unwind};

use calamine::{Cell, DataRef, Reader, Xlsx, XlsxCellReader, XlsxError};

use super::bytes::{Bytes, read_error};
use super::cells::join_texts;
use super::fields::{Column, Kind, Positions, check_column_names};
use super::parquet::into_file;
use super::read::{Context, Outcome, Sink};
use super::table::{TableRows, note};
use super::zip::{Archive, unpacked_bytes};
use super::{CorpusError, Document, Format, Skipped, Text};

/// Columns of a sheet, the most that Excel has.
const MAX_COLUMNS: usize = 16_384;
/// What a workbook may unpack to, for it is held in memory for the most part.
const MAX_UNPACKED: u64 = 256 << 20;

pub(super) fn read(context: &Context, bytes: Bytes, sink: &mut Sink) -> Result<Outcome, CorpusError> {
    let (file, sha256) = into_file(context, bytes).map_err(|error| read_error(context.file(), error, 0))?;
    check_size(context, &file)?;
    let copy = file.try_clone().map_err(|error| read_error(context.file(), error, 0))?;
    let mut workbook: Xlsx<BufReader<File>> = guard(context, || Xlsx::new(BufReader::new(copy)))?;
    let sheets = workbook.sheet_names();
    let Some(first) = sheets.first() else { return Err(bad(context, "it has no sheet".to_owned())) };
    let rows = guard(context, || workbook.worksheet_cells_reader(first))?;
    let mut rows = Rows { cells: rows, next: None, is_over: false };
    let Some(header) = rows.next(context)? else {
        return Err(CorpusError::Empty { file: context.owned_file(), found: "no row in the first sheet" });
    };
    let names = header.into_iter().map(Option::unwrap_or_default);
    let columns: Vec<Column> = names.map(|name| Column { name: name.trim().to_owned(), kind: Kind::Text }).collect();
    check_column_names(context.file(), &columns)?;
    let kind = TableRows::choose(context, &columns)?;
    let mut n_rows = 1;
    while let Some(row) = rows.next(context)? {
        n_rows += 1;
        match &kind {
            TableRows::Plain(_, positions) => sink.push(document(&row, positions))?,
            TableRows::Notes(reader) => {
                let cells = columns.iter().enumerate();
                let cells = cells.map(|(at, column)| (column.name.as_str(), row.get(at).cloned().flatten()));
                let records = reader.records_of(&note(cells)).map_err(|error| error.at(context, n_rows))?;
                records.into_iter().try_for_each(|record| sink.push_record(record))?;
            }
        }
    }
    (1..sheets.len()).for_each(|_| sink.skip(Skipped::OtherSheet));
    Ok(kind.finish(context, &columns)?.outcome(Format::Xlsx, sha256))
}

/// A workbook is an archive; what lies in it is counted before anything is parsed.
fn check_size(context: &Context, file: &File) -> Result<(), CorpusError> {
    let n_stored = file.metadata().map_err(|error| read_error(context.file(), error, 0))?.len();
    let mut archive = Archive::open(context, file)?;
    // The table of contents is held too, so what is stored counts as well.
    if n_stored <= MAX_UNPACKED && unpacked_bytes(context, &mut archive, MAX_UNPACKED)? <= MAX_UNPACKED {
        return Ok(());
    }
    let hint = "save the sheet as CSV";
    let (what, limit_mib) = ("the unpacked workbook", MAX_UNPACKED >> 20);
    Err(CorpusError::TooLarge { file: context.owned_file(), what, limit_mib, hint })
}

fn document(row: &[Option<String>], positions: &Positions) -> Document {
    let cell = |position: usize| row.get(position).cloned().flatten();
    let texts = positions.text.iter().map(|position| cell(*position).map(Text::Prose));
    let text = join_texts(texts).unwrap_or_else(|| Text::Prose(String::new()));
    let values = positions.values.iter().map(|position| position.and_then(cell)).collect();
    Document { id: positions.id.and_then(cell), text, values }
}

/// Runs the parser, which returns an error for most damaged workbooks and might panic on others.
fn guard<T>(context: &Context, run: impl FnOnce() -> Result<T, XlsxError>) -> Result<T, CorpusError> {
    match catch_unwind(AssertUnwindSafe(run)) {
        Ok(Ok(value)) => Ok(value),
        Ok(Err(error)) => Err(bad(context, error.to_string())),
        Err(_) => Err(bad(context, "its content contradicts itself".to_owned())),
    }
}

fn bad(context: &Context, reason: String) -> CorpusError {
    CorpusError::BadWorkbook { file: context.owned_file(), reason }
}

/// The rows of a sheet that have a cell.
struct Rows<'a> {
    cells: XlsxCellReader<'a, BufReader<File>>,
    /// The first cell of the next row.
    next: Option<Cell<DataRef<'a>>>,
    is_over: bool,
}

impl<'a> Rows<'a> {
    fn next(&mut self, context: &Context) -> Result<Option<Vec<Option<String>>>, CorpusError> {
        let mut row: Vec<Option<String>> = Vec::new();
        let mut number = None;
        loop {
            let cell = match self.next.take() {
                Some(cell) => Some(cell),
                None if self.is_over => None,
                None => guard(context, || self.cells.next_cell())?,
            };
            let Some(cell) = cell else {
                self.is_over = true;
                break;
            };
            let (at, column) = cell.get_position();
            if number.is_some_and(|number| number != at) {
                self.next = Some(cell);
                break;
            }
            let Some(value) = text(cell.get_value()) else { continue };
            number = Some(at);
            let column = column as usize;
            if column >= MAX_COLUMNS {
                let reason = format!("a cell in column {}, where a sheet has {MAX_COLUMNS} at most", column + 1);
                return Err(bad(context, reason));
            }
            if column >= row.len() {
                row.resize(column + 1, None);
            }
            row[column] = Some(value);
        }
        Ok((!row.is_empty()).then_some(row))
    }
}

/// A cell as text: numbers without ".0", dates in ISO 8601.
fn text(value: &DataRef) -> Option<String> {
    let text = match value {
        DataRef::Empty | DataRef::Error(_) => return None,
        DataRef::Int(number) => number.to_string(),
        DataRef::Float(number) => number.to_string(),
        DataRef::String(text) => text.clone(),
        DataRef::SharedString(text) => (*text).to_owned(),
        DataRef::Bool(flag) => flag.to_string(),
        DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => text.clone(),
        DataRef::DateTime(moment) if moment.is_datetime() => {
            let (year, month, day, hour, minute, second, _) = moment.to_ymd_hms_milli();
            match (hour, minute, second) {
                (0, 0, 0) => format!("{year:04}-{month:02}-{day:02}"),
                _ => format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}"),
            }
        }
        DataRef::DateTime(duration) => duration.as_f64().to_string(),
    };
    (!text.trim().is_empty()).then_some(text)
}
