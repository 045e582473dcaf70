//! Excel workbooks: the rows of the first sheet below its header, and of all other sheets with the same header.

use std::collections::VecDeque;
use std::fs::File;
use std::io::BufReader;

use calamine::{Cell as SheetCell, DataRef, Reader, Xlsx, XlsxCellReader};

use super::archive::{Archive, unpacked_bytes};
use super::context::{Context, Outcome};
use super::input::{Bytes, into_file, read_error};
use super::row::{Cell, Row};
use super::sampled::SampledColumns;
use super::sink::Sink;
use super::table::{Reading, Table, check_names};
use super::{CorpusError, Format, Place, Problem, Skipped};
use crate::guard::guard;

/// Maximum number of columns of a sheet, that of Excel.
const MAX_COLUMNS: usize = 16_384;
/// Maximum number of bytes that a workbook may unpack to, as most of it is held in memory.
const MAX_UNPACKED: u64 = 256 << 20;

/// Maximum number of rows above the header.
const MAX_PREAMBLE: usize = 10;

pub(super) fn read(context: &Context, bytes: Bytes, sink: &mut Sink) -> Result<Outcome, CorpusError> {
    let (file, sha256) = into_file(context.input, bytes)?;
    check_size(context, &file)?;
    let copy = file.try_clone().map_err(|error| read_error(context.file(), error, 0))?;
    let bad = |reason| bad(context, reason);
    let mut workbook: Xlsx<BufReader<File>> = guard(|| Xlsx::new(BufReader::new(copy))).map_err(bad)?;
    let mut table = Table::new(context);
    let mut first_header: Option<Vec<String>> = None;
    let mut without_text = None;
    let sheets = workbook.sheet_names();
    if sheets.is_empty() {
        return Err(bad("it has no sheet".to_owned()));
    }
    for sheet in &sheets {
        let cells = guard(|| workbook.worksheet_cells_reader(sheet)).map_err(bad)?;
        let mut rows = Rows { cells, next: None, is_over: false, first: VecDeque::new() };
        let Some(header) = rows.header(context)? else {
            sink.skip(Skipped::OtherSheet);
            continue;
        };
        if first_header.as_ref().is_some_and(|first| *first != header) {
            sink.skip(Skipped::OtherSheet);
            continue;
        }
        check_names(context, &header)?;
        if first_header.is_none()
            && let Err(error) = rows.check(context, &header)
        {
            sink.skip(Skipped::OtherSheet);
            without_text.get_or_insert(error);
            continue;
        }
        rows.hand_over(context, sheet, &header, &mut table, sink)?;
        first_header.get_or_insert(header);
    }
    if first_header.is_none() {
        if let Some(error) = without_text {
            return Err(error);
        }
        return Err(context.problem(Problem::Empty { found: "no row in any sheet" }));
    }
    Ok(Outcome { format: Format::Xlsx, sha256, found: table.finish(sink)? })
}

/// Counts the content of a workbook, which is an archive, before anything is parsed.
fn check_size(context: &Context, file: &File) -> Result<(), CorpusError> {
    let n_stored = file.metadata().map_err(|error| read_error(context.file(), error, 0))?.len();
    let mut archive = Archive::open(context, file)?;
    // The table of contents is held too, so what is stored counts as well.
    if n_stored <= MAX_UNPACKED && unpacked_bytes(context, &mut archive, MAX_UNPACKED)? <= MAX_UNPACKED {
        return Ok(());
    }
    let hint = "save the sheet as CSV";
    let (what, limit_mib) = ("the unpacked workbook", MAX_UNPACKED >> 20);
    Err(context.problem(Problem::TooLarge { what, limit_mib, hint }))
}

fn bad(context: &Context, reason: String) -> CorpusError {
    let (what, hint) = ("cannot read this workbook", "save it again as .xlsx, or as CSV");
    context.problem(Problem::Unreadable { what, reason, hint })
}

/// The non-empty rows of a sheet.
struct Rows<'a> {
    cells: XlsxCellReader<'a, BufReader<File>>,
    /// The first cell of the next row.
    next: Option<SheetCell<DataRef<'a>>>,
    is_over: bool,
    /// Rows that were looked at for the header, with their numbers in the sheet.
    first: VecDeque<(u64, Values)>,
}

/// The values of a row.
type Values = Vec<Option<String>>;

impl<'a> Rows<'a> {
    /// Returns the names of the columns: those of the first row with as many values as most of the rows below it.
    fn header(&mut self, context: &Context) -> Result<Option<Vec<String>>, CorpusError> {
        while self.first.len() <= 2 * MAX_PREAMBLE {
            let Some(row) = self.next(context)? else { break };
            self.first.push_back(row);
        }
        let width = |row: &Values| row.iter().flatten().count();
        let mut widths: Vec<usize> = self.first.iter().map(|(_, row)| width(row)).collect();
        widths.sort_unstable();
        // A table of one column has its header above it, whatever that is.
        let usual = widths.get(widths.len() / 2).copied().unwrap_or(0);
        let is_header = |(_, row): &(u64, Values)| width(row) >= usual && (usual > 1 || width(row) == 1);
        let at = self.first.iter().take(MAX_PREAMBLE).position(is_header).unwrap_or(0);
        self.first.drain(..at.min(self.first.len()));
        let Some((_, header)) = self.first.pop_front() else { return Ok(None) };
        let names = header.into_iter().map(Option::unwrap_or_default);
        Ok(Some(names.map(|name| name.trim().to_owned()).collect()))
    }

    /// Fails for a sheet without a column of text, such as one about the others.
    fn check(&self, context: &Context, header: &[String]) -> Result<(), CorpusError> {
        let row = |(_, values): &(u64, Values)| row_of(Place::FILE, header, values).into_owned();
        let rows: Vec<Row> = self.first.iter().map(row).collect();
        Reading::of_table(context, SampledColumns::of(rows.iter()), rows.first()).map(drop)
    }

    fn hand_over(
        &mut self,
        context: &Context,
        sheet: &str,
        header: &[String],
        table: &mut Table,
        sink: &mut Sink,
    ) -> Result<(), CorpusError> {
        loop {
            let Some((number, values)) =
                self.first.pop_front().map_or_else(|| self.next(context), |row| Ok(Some(row)))?
            else {
                return Ok(());
            };
            let place = Place { sheet: Some(sheet.to_owned()), ..Place::line(number) };
            table.push(row_of(place, header, &values), sink)?;
        }
    }

    /// Returns the next row that has a value, and its number in the sheet, from 1.
    fn next(&mut self, context: &Context) -> Result<Option<(u64, Values)>, CorpusError> {
        let mut row: Values = Vec::new();
        let mut number = None;
        loop {
            let cell = match self.next.take() {
                Some(cell) => Some(cell),
                None if self.is_over => None,
                None => guard(|| self.cells.next_cell()).map_err(|reason| bad(context, reason))?,
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
        Ok(number.map(|number: u32| (u64::from(number) + 1, row)))
    }
}

fn row_of<'r>(place: Place, header: &'r [String], values: &'r Values) -> Row<'r> {
    let mut row = Row::at(place);
    for (at, name) in header.iter().enumerate() {
        row.push(name.as_str(), Cell::text(values.get(at).and_then(Option::as_deref)));
    }
    row
}

/// Returns a cell as text: numbers without ".0", dates in ISO 8601.
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
