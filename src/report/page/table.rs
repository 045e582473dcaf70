//! Tables: columns say how a row becomes cells, so that names, alignment and cells stand together.

use crate::interval::Interval;
use crate::numbers;

/// What an empty cell shows.
const NOTHING: &str = "-";

/// A table.
#[derive(Debug, Clone)]
pub struct Table {
    /// What it shows; may be empty.
    pub heading: String,
    pub heads: Vec<Head>,
    pub rows: Vec<Row>,
}

/// The head of a column.
#[derive(Debug, Clone)]
pub struct Head {
    pub name: String,
    /// Whether its cells are numbers, which are aligned to the right.
    pub is_number: bool,
}

/// A row.
#[derive(Debug, Clone)]
pub struct Row {
    pub cells: Vec<Cell>,
    /// Whether there is a remark on it, which a page marks by colour.
    pub is_warned: bool,
}

/// A cell.
#[derive(Debug, Clone)]
pub struct Cell {
    pub text: String,
    /// The value that a page sorts by; an empty one comes last.
    pub sort: String,
}

/// The columns of rows `R`, which it borrows from what lives for `'a`.
pub struct Columns<'a, R> {
    heads: Vec<Head>,
    cells: Vec<ToCell<'a, R>>,
}

type ToCell<'a, R> = Box<dyn Fn(&R) -> Cell + 'a>;

impl<'a, R> Columns<'a, R> {
    /// Returns no columns.
    pub fn new() -> Columns<'a, R> {
        Columns { heads: vec![], cells: vec![] }
    }

    /// Adds a column of text.
    pub fn text(&mut self, name: impl Into<String>, cell: impl Fn(&R) -> String + 'a) {
        self.heads.push(Head { name: name.into(), is_number: false });
        self.cells.push(Box::new(move |row| {
            let text = cell(row);
            Cell { sort: text.clone(), text }
        }));
    }

    /// Adds a column of numbers, each as people and as programs read it; `None` becomes a dash.
    pub fn number(&mut self, name: impl Into<String>, cell: impl Fn(&R) -> Option<(String, f64)> + 'a) {
        self.heads.push(Head { name: name.into(), is_number: true });
        self.cells.push(Box::new(move |row| match cell(row) {
            Some((text, number)) => Cell { text, sort: number.to_string() },
            None => Cell { text: NOTHING.to_owned(), sort: String::new() },
        }));
    }
}

impl Table {
    /// Returns the table of `rows`.
    pub fn of<R>(heading: impl Into<String>, columns: Columns<'_, R>, rows: impl IntoIterator<Item = R>) -> Table {
        Table::with_warnings(heading, columns, rows, |_| false)
    }

    /// Returns the table of `rows`, with those marked on which there is a remark.
    pub fn with_warnings<R>(
        heading: impl Into<String>,
        columns: Columns<'_, R>,
        rows: impl IntoIterator<Item = R>,
        is_warned: impl Fn(&R) -> bool,
    ) -> Table {
        let row =
            |row: R| Row { cells: columns.cells.iter().map(|cell| cell(&row)).collect(), is_warned: is_warned(&row) };
        let rows = rows.into_iter().map(row).collect();
        Table { heading: heading.into(), rows, heads: columns.heads }
    }
}

/// Returns the cell of a share, in percent.
pub fn share(share: f64) -> (String, f64) {
    (format!("{} %", numbers::percent(share, 2)), share)
}

/// Returns the cell of an interval, in percent, sorted by its lower end.
pub fn interval(of: Interval) -> (String, f64) {
    (numbers::interval(of.lower, of.upper), of.lower)
}

/// Returns the cell of a count.
pub fn count(n: usize) -> (String, f64) {
    (numbers::thousands(n), n as f64)
}
