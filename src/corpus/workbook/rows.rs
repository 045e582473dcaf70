//! The rows of a sheet, the names of its columns, and its cells as text.

use std::collections::VecDeque;
use std::fs::File;
use std::io::BufReader;

use calamine::{DataRef, XlsxCellReader};

use crate::corpus::context::Context;
use crate::corpus::header::{fill_names, is_header, numbered};
use crate::corpus::header_rows::n_more_rows;
use crate::corpus::row::{Cell, Row};
use crate::corpus::sampled::SampledColumns;
use crate::corpus::sink::Sink;
use crate::corpus::table::{Reading, Table};
use crate::corpus::{CorpusError, Place, Problem};
use crate::guard::guard;

/// Maximum number of columns of a sheet, that of Excel.
const MAX_COLUMNS: usize = 16_384;
/// Maximum number of rows above the header.
const MAX_PREAMBLE: usize = 10;

/// Returns the error of a workbook that cannot be read.
pub(super) fn bad(context: &Context, reason: String) -> CorpusError {
    let (what, hint) = ("cannot read this workbook", "save it again as .xlsx, or as CSV");
    context.problem(Problem::Unreadable { what, reason, hint })
}

/// The names of a sheet's columns.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Header {
    pub(super) names: Vec<String>,
    /// Whether the sheet has these names, rather than none.
    pub(super) is_written: bool,
    /// Number of rows below the first that are about the columns, too.
    pub(super) n_more: usize,
}

impl Header {
    /// Returns whether a sheet has the columns of another, in any order.
    pub(super) fn has_columns_of(&self, other: &Header) -> bool {
        let sorted = |header: &Header| {
            let mut names = header.names.clone();
            names.sort_unstable();
            names
        };
        let are_written = self.is_written && other.is_written && self.names.len() == other.names.len();
        self == other || are_written && sorted(self) == sorted(other)
    }
}

/// The non-empty rows of a sheet.
pub(super) struct SheetRows<'a> {
    cells: XlsxCellReader<'a, BufReader<File>>,
    /// The first cell of the next row.
    next: Option<Placed<'a>>,
    is_over: bool,
    /// Number of formulas whose values the workbook does not have.
    n_without_value: u64,
    /// Rows that were looked at for the header, with their numbers in the sheet.
    first: VecDeque<(u64, Values)>,
}

/// The row and column of a cell, and its value.
type Placed<'a> = ((u32, u32), DataRef<'a>);
/// The values of a row.
type Values = Vec<Option<String>>;

impl<'a> SheetRows<'a> {
    pub(super) fn new(cells: XlsxCellReader<'a, BufReader<File>>) -> Self {
        Self { cells, next: None, is_over: false, n_without_value: 0, first: VecDeque::new() }
    }

    /// Returns the names of the columns: those of the first row with as many values as most of the rows below it, or numbers
    /// if that row holds values like those below it.
    pub(super) fn header(&mut self, context: &Context) -> Result<Option<Header>, CorpusError> {
        while self.first.len() <= 2 * MAX_PREAMBLE {
            let Some(row) = self.next(context)? else { break };
            self.first.push_back(row);
        }
        let Some(at) = self.place_of_header() else { return Ok(None) };
        let value = |value: &Option<String>| value.as_deref().unwrap_or_default().trim().to_owned();
        let mut rows = self.first.iter().skip(at).map(|(_, row)| row.iter().map(value).collect::<Vec<String>>());
        let mut names = rows.next().unwrap_or_default();
        let rows: Vec<Vec<String>> = rows.collect();
        let n_more = n_more_rows(&rows);
        if n_more > 0 || is_header(context.options, &names, &rows) {
            self.first.drain(..=at + n_more);
            let n_columns = rows[..n_more].iter().map(Vec::len).max().unwrap_or(0).max(names.len());
            names.resize(n_columns, String::new());
            fill_names(&mut names, &rows[..n_more]);
            return Ok(Some(Header { names, is_written: true, n_more }));
        }
        let n_columns = self.first.iter().map(|(_, row)| row.len()).max().unwrap_or(0);
        Ok(Some(Header { names: numbered(n_columns), is_written: false, n_more: 0 }))
    }

    fn place_of_header(&self) -> Option<usize> {
        let width = |row: &Values| row.iter().flatten().count();
        let mut widths: Vec<usize> = self.first.iter().map(|(_, row)| width(row)).collect();
        widths.sort_unstable();
        // A table of one column has its header above it, whatever that is.
        let usual = widths.get(widths.len() / 2).copied()?;
        let is_header = |(_, row): &(u64, Values)| width(row) >= usual && (usual > 1 || width(row) == 1);
        Some(self.first.iter().take(MAX_PREAMBLE).position(is_header).unwrap_or(0))
    }

    /// Fails for a sheet without a column of text, such as one about the others.
    pub(super) fn check(&self, context: &Context, header: &[String]) -> Result<(), CorpusError> {
        let row = |(_, values): &(u64, Values)| row_of(Place::FILE, header, values).into_owned();
        let rows: Vec<Row> = self.first.iter().map(row).collect();
        Reading::of_table(context, SampledColumns::of(rows.iter()), rows.first()).map(drop)
    }

    pub(super) fn hand_over(
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
                None => self.next_cell(context)?,
            };
            let Some(((at, column), value)) = cell else {
                self.is_over = true;
                break;
            };
            if number.is_some_and(|number| number != at) {
                self.next = Some(((at, column), value));
                break;
            }
            let Some(value) = text(&value) else { continue };
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

    fn next_cell(&mut self, context: &Context) -> Result<Option<Placed<'a>>, CorpusError> {
        let cell = guard(|| self.cells.next_cell_with_formula_metadata()).map_err(|reason| bad(context, reason))?;
        let Some(cell) = cell else { return Ok(None) };
        self.n_without_value += u64::from(cell.formula.is_some() && cell.value == DataRef::Empty);
        Ok(Some((cell.pos, cell.value)))
    }

    /// Returns the number of formulas met so far whose values the workbook does not have.
    pub(super) fn n_without_value(&self) -> u64 {
        self.n_without_value
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_may_stand_in_any_order() {
        let header = |names: &[&str], is_written| Header {
            names: names.iter().map(|name| (*name).to_owned()).collect(),
            is_written,
            n_more: 0,
        };
        let first = header(&["id", "text"], true);
        assert!(header(&["text", "id"], true).has_columns_of(&first) && first.has_columns_of(&first));
        assert!(!header(&["text", "id"], false).has_columns_of(&first));
        assert!(!header(&["id", "text", "year"], true).has_columns_of(&first));
    }
}
