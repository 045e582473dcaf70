//! Tables of a page, which can be sorted by each column.

/// A table.
pub(super) struct Table {
    pub caption: String,
    pub columns: Vec<Column>,
    pub rows: Vec<Row>,
    /// Whether it is shown only on demand.
    pub folded: bool,
}

/// The head of a column.
pub(super) struct Column {
    pub name: String,
    pub is_number: bool,
}

/// A row.
pub(super) struct Row {
    pub cells: Vec<Cell>,
    /// Whether there is a remark on it.
    pub is_warned: bool,
}

/// A cell.
pub(super) struct Cell {
    pub text: String,
    /// The value it is sorted by; an empty one comes last.
    pub sort: String,
    pub is_number: bool,
    /// Whether it names the row.
    pub is_name: bool,
}

impl Cell {
    /// Returns a cell with a number as people and as programs read it; `None` becomes a dash.
    pub(super) fn number(value: Option<(String, f64)>) -> Cell {
        let (text, sort) = value.map_or_else(|| ("–".to_owned(), String::new()), |(text, of)| (text, of.to_string()));
        Cell { text, sort, is_number: true, is_name: false }
    }

    /// Returns a cell with text.
    pub(super) fn text(text: impl Into<String>) -> Cell {
        let text = text.into();
        Cell { sort: text.clone(), text, is_number: false, is_name: false }
    }

    /// Returns a cell that names the row.
    pub(super) fn name(text: impl Into<String>) -> Cell {
        Cell { is_name: true, ..Cell::text(text) }
    }

    /// Sorts the cell by something other than its text.
    pub(super) fn sorted_by(self, sort: impl ToString) -> Cell {
        Cell { sort: sort.to_string(), ..self }
    }
}

impl Column {
    /// Returns the columns with these names, and which of them are of numbers.
    pub(super) fn of(names: &[&str], is_number: impl Fn(usize) -> bool) -> Vec<Column> {
        let column = |(place, name): (usize, &&str)| Column { name: (*name).to_owned(), is_number: is_number(place) };
        names.iter().enumerate().map(column).collect()
    }
}
