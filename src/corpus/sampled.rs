//! Learns the columns of a file from its first rows: their kinds of values, and those in lists of objects.

use std::collections::HashMap;

use serde_json::Value;

use super::cells::is_of_texts;
use super::names::{is_list_of_texts, list};
use super::repeats::Repeats;
use super::row::{Cell, Row, cell};
use super::values::Values;
use super::written;

/// Maximum number of elements of a nested list that are looked at, maximum depth, and maximum number of paths kept.
const MAX_ELEMENTS: usize = 20;
const MAX_DEPTH: usize = 4;
const MAX_PATHS: usize = 400;
/// The suffix of a list's name in a path.
pub(super) const EACH: &str = "[]";

/// A column, or a path into nested values such as `reviews[].comments`.
#[derive(Debug, Clone, Default)]
pub(super) struct Column {
    pub(super) name: String,
    /// Whether it has strings, even empty ones.
    pub(super) has_strings: bool,
    /// Its strings; a list of strings is taken as one.
    pub(super) values: Values,
    /// How its short strings and numbers repeat.
    pub(super) repeats: Repeats,
    /// Number of lists of strings, and of those that hold a string with white space in it.
    n_lists: usize,
    n_lists_of_prose: usize,
    /// Number of strings that are written lists or objects, such as `['One.', 'Two.']`.
    n_written: usize,
    /// The kind of its other values.
    pub(super) other: Option<&'static str>,
    /// The type that the file gives it.
    pub(super) type_name: Option<String>,
}

/// All columns, and the paths below them.
#[derive(Debug, Clone, Default)]
pub(super) struct SampledColumns {
    pub(super) columns: Vec<Column>,
    pub(super) paths: Vec<Column>,
    at: HashMap<String, usize>,
    path_at: HashMap<String, usize>,
}

impl Column {
    /// Returns whether any of its values could be text.
    pub(super) fn has_text(&self) -> bool {
        self.values.len() > 0
    }

    /// Returns whether its lists of strings are sentences or paragraphs.
    pub(super) fn has_sentences(&self) -> bool {
        self.n_lists_of_prose > 0
    }

    /// Returns whether it has lists of strings.
    pub(super) fn has_lists(&self) -> bool {
        self.n_lists > 0
    }

    /// Returns whether nearly all of its strings are written lists or objects.
    pub(super) fn is_written(&self) -> bool {
        self.n_written > 0 && self.n_written * 10 >= self.values.len() * 9
    }

    /// Returns whether its lists are of texts, each a document.
    pub(super) fn is_list_of_texts(&self) -> bool {
        self.has_sentences() && is_list_of_texts(&self.name)
    }

    /// Returns the name of what it holds instead of text.
    pub(super) fn found(&self) -> String {
        let other = self.other.unwrap_or("nothing but null in the rows looked at");
        self.type_name.clone().unwrap_or_else(|| other.to_owned())
    }

    fn take(&mut self, cell: &Cell) {
        match cell {
            Cell::Null => {}
            Cell::Text(text) => {
                self.repeats.take(text);
                let written = written::parse(text);
                if written.as_ref().is_some_and(written::is_list_of_objects) {
                    self.other = Some("lists of objects");
                    return;
                }
                self.has_strings = true;
                self.n_written += usize::from(written.is_some());
                match written.as_ref().and_then(written::text) {
                    Some(inner) => self.values.take(&inner),
                    None => self.values.take(text),
                }
            }
            Cell::Number(number) => {
                self.repeats.take(number);
                self.other = Some("numbers");
            }
            Cell::List(units) if units.iter().all(|unit| unit.len() == 0) => {}
            Cell::List(units) => {
                self.n_lists += 1;
                self.n_lists_of_prose += usize::from(is_of_texts(units));
                self.values.take(&units.iter().flatten().collect::<Vec<_>>().join(" "));
            }
            Cell::Nested(Value::Array(_)) => self.other = Some("lists of objects"),
            Cell::Nested(_) => self.other = Some("objects"),
        }
    }
}

impl SampledColumns {
    /// Returns the columns that these rows have, in the order of their first appearance.
    pub(super) fn of<'r, 'a: 'r>(rows: impl Iterator<Item = &'r Row<'a>>) -> Self {
        let mut found = Self::default();
        rows.for_each(|row| found.take(row));
        found
    }

    /// Takes a row.
    pub(super) fn take(&mut self, row: &Row) {
        for (name, cell) in &row.cells {
            self.column(name).take(cell);
            match cell {
                Cell::Nested(value) => self.nested(name, value, 0),
                Cell::Text(text) => {
                    written::list_of_objects(text).iter().for_each(|value| self.nested(name, value, 0));
                }
                Cell::List(units) if is_list_of_texts(name) => {
                    let elements = entry(&mut self.paths, &mut self.path_at, &format!("{name}{EACH}"));
                    units.iter().flatten().for_each(|text| elements.values.take(text));
                }
                _ => {}
            }
        }
    }

    /// Returns the column of this name, which is added if it is new.
    pub(super) fn column(&mut self, name: &str) -> &mut Column {
        entry(&mut self.columns, &mut self.at, name)
    }

    /// Returns the names of the columns.
    pub(super) fn names(&self) -> impl Iterator<Item = &str> + Clone {
        self.columns.iter().map(|column| column.name.as_str())
    }

    /// Lists the names of the columns as an error shows them.
    pub(super) fn list(&self) -> String {
        list(self.names())
    }

    fn nested(&mut self, path: &str, value: &Value, depth: usize) {
        if depth == MAX_DEPTH || self.paths.len() >= MAX_PATHS {
            return;
        }
        match value {
            Value::Array(items) => {
                let path = format!("{path}{EACH}");
                items.iter().filter(|item| item.is_object()).take(MAX_ELEMENTS).for_each(|item| {
                    self.nested(&path, item, depth);
                });
            }
            Value::Object(fields) => {
                for (name, value) in fields.iter().take(MAX_PATHS) {
                    let path = format!("{path}.{name}");
                    let cell = cell(value);
                    if !matches!(cell, Cell::Nested(_)) {
                        entry(&mut self.paths, &mut self.path_at, &path).take(&cell);
                    }
                    self.nested(&path, value, depth + 1);
                }
            }
            _ => {}
        }
    }
}

fn entry<'c>(columns: &'c mut Vec<Column>, at: &mut HashMap<String, usize>, name: &str) -> &'c mut Column {
    let place = *at.entry(name.to_owned()).or_insert_with(|| {
        columns.push(Column { name: name.to_owned(), ..Column::default() });
        columns.len() - 1
    });
    &mut columns[place]
}
