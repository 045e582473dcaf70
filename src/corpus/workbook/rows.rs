//! The rows of a sheet, the names of its columns, and its cells as text.

use std::collections::VecDeque;

use super::cells::PackedRows;
use super::values::Values;
use super::xml_rows::XmlRows;
use crate::corpus::context::Context;
use crate::corpus::header::{fill_names, is_header, numbered};
use crate::corpus::header_rows::n_more_rows;
use crate::corpus::row::{Cell, Row};
use crate::corpus::sampled::SampledColumns;
use crate::corpus::sink::Sink;
use crate::corpus::table::{Reading, Table};
use crate::corpus::{CorpusError, Place};

/// Maximum number of rows above the header.
const MAX_PREAMBLE: usize = 10;

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
    rows: Source<'a>,
    /// Rows that were looked at for the header, with their numbers in the sheet.
    first: VecDeque<(u64, Values)>,
}

/// The rows of a sheet as a kind of workbook has them.
pub(super) enum Source<'a> {
    Packed(Box<PackedRows<'a>>),
    Xml(Box<XmlRows>),
}

impl<'a> SheetRows<'a> {
    pub(super) fn new(rows: Source<'a>) -> Self {
        Self { rows, first: VecDeque::new() }
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
        match &mut self.rows {
            Source::Packed(rows) => rows.next(context),
            Source::Xml(rows) => rows.next(context),
        }
    }

    /// Returns the number of formulas met so far whose values the workbook does not have.
    pub(super) fn n_without_value(&self) -> u64 {
        match &self.rows {
            Source::Packed(rows) => rows.n_without_value,
            Source::Xml(_) => 0,
        }
    }
}

fn row_of<'r>(place: Place, header: &'r [String], values: &'r Values) -> Row<'r> {
    let mut row = Row::at(place);
    for (at, name) in header.iter().enumerate() {
        row.push(name.as_str(), Cell::text(values.get(at).and_then(Option::as_deref)));
    }
    row
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
