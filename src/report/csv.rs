//! Tidy CSV: columns say how a row becomes cells, so that names and cells stand together.

use std::fmt::Display;

type ToCell<'a, R> = Box<dyn Fn(&R) -> String + 'a>;

/// The columns of rows `R`, which they borrow from what lives for `'a`.
pub(super) struct Csv<'a, R> {
    names: Vec<String>,
    cells: Vec<ToCell<'a, R>>,
}

impl<'a, R> Csv<'a, R> {
    /// Returns no columns.
    pub fn new() -> Csv<'a, R> {
        Csv { names: vec![], cells: vec![] }
    }

    /// Adds a column; `None` becomes an empty cell.
    pub fn add<T: Display>(&mut self, name: impl Into<String>, cell: impl Fn(&R) -> Option<T> + 'a) {
        self.names.push(name.into());
        self.cells.push(Box::new(move |row| cell(row).map_or_else(String::new, |value| value.to_string())));
    }

    /// Adds the columns of `others`.
    pub fn append(&mut self, others: Csv<'a, R>) {
        self.names.extend(others.names);
        self.cells.extend(others.cells);
    }

    pub fn names(&self) -> Vec<&str> {
        self.names.iter().map(String::as_str).collect()
    }

    /// Renders `rows`, with a line break at the end.
    pub fn render(&self, rows: impl IntoIterator<Item = R>) -> String {
        let mut writer = ::csv::Writer::from_writer(Vec::new());
        // Writing to memory cannot fail; all rows have the same length.
        let _ = writer.write_record(&self.names);
        for row in rows {
            let _ = writer.write_record(self.cells.iter().map(|cell| cell(&row)));
        }
        writer.into_inner().ok().and_then(|bytes| String::from_utf8(bytes).ok()).unwrap_or_default()
    }
}
