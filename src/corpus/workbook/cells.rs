//! The cells of a sheet of an `.xlsx` file.

use std::fs::File;
use std::io::BufReader;

use calamine::{DataRef, XlsxCellReader};

use super::values::{Values, bad, place};
use crate::corpus::CorpusError;
use crate::corpus::context::Context;
use crate::guard::guard;

/// The rows of a sheet, read cell by cell.
pub(super) struct PackedRows<'a> {
    cells: XlsxCellReader<'a, BufReader<File>>,
    /// The first cell of the next row.
    next: Option<Placed<'a>>,
    is_over: bool,
    /// Number of formulas whose values the workbook does not have.
    pub(super) n_without_value: u64,
}

/// The row and column of a cell, and its value.
type Placed<'a> = ((u32, u32), DataRef<'a>);

impl<'a> PackedRows<'a> {
    pub(super) fn new(cells: XlsxCellReader<'a, BufReader<File>>) -> Self {
        Self { cells, next: None, is_over: false, n_without_value: 0 }
    }

    /// Returns the next row that has a value, and its number in the sheet, from 1.
    pub(super) fn next(&mut self, context: &Context) -> Result<Option<(u64, Values)>, CorpusError> {
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
            *place(context, &mut row, column as usize)? = Some(value);
        }
        Ok(number.map(|number: u32| (u64::from(number) + 1, row)))
    }

    fn next_cell(&mut self, context: &Context) -> Result<Option<Placed<'a>>, CorpusError> {
        let cell = guard(|| self.cells.next_cell_with_formula_metadata()).map_err(|reason| bad(context, reason))?;
        let Some(cell) = cell else { return Ok(None) };
        self.n_without_value += u64::from(cell.formula.is_some() && cell.value == DataRef::Empty);
        Ok(Some((cell.pos, cell.value)))
    }
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
