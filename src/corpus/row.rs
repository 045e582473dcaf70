//! The common form of what readers produce: a row of named cells, and its place.
//!
//! Every table, every plain JSON object and every record of a bibliography becomes a [`Row`]; the code that turns rows into
//! documents knows nothing of formats.

use std::borrow::Cow;

use serde_json::{Map, Value};

use super::document::Units;
use super::problem::Place;

/// One value of a row.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Cell<'a> {
    /// No value: null, or an empty value.
    Null,
    /// A string.
    Text(Cow<'a, str>),
    /// A number, a truth value or a date, as it is written.
    Number(Cow<'a, str>),
    /// A list of strings (one unit), or a list of such lists (several).
    List(Units),
    /// Objects, or lists that hold something other than strings.
    Nested(Value),
}

/// One record of a file.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Row<'a> {
    /// The place of the record in the file.
    pub(super) place: Place,
    /// The cells by the names of their columns, in the order of the file; of two with one name the first counts.
    pub(super) cells: Vec<(Cow<'a, str>, Cell<'a>)>,
}

impl<'a> Cell<'a> {
    /// Returns the cell of a string that may be missing; an empty one is no value.
    pub(super) fn text(value: Option<impl Into<Cow<'a, str>>>) -> Self {
        value.map(Into::into).filter(|text| !text.is_empty()).map_or(Self::Null, Self::Text)
    }

    /// Returns the cell with owned data.
    pub(super) fn into_owned(self) -> Cell<'static> {
        match self {
            Self::Null => Cell::Null,
            Self::Text(text) => Cell::Text(Cow::Owned(text.into_owned())),
            Self::Number(number) => Cell::Number(Cow::Owned(number.into_owned())),
            Self::List(units) => Cell::List(units),
            Self::Nested(value) => Cell::Nested(value),
        }
    }

    /// Returns the cell as a column shows it: strings as they are, lists joined by `, `, objects as compact JSON.
    pub(super) fn shown(&self) -> Option<String> {
        match self {
            Self::Null => None,
            Self::Text(text) | Self::Number(text) => (!text.is_empty()).then(|| text.to_string()),
            Self::List(units) => Some(units.iter().flatten().collect::<Vec<_>>().join(", ")),
            Self::Nested(value) => shown(value),
        }
    }
}

impl<'a> Row<'a> {
    /// Returns a row without cells.
    pub(super) fn at(place: Place) -> Self {
        Self { place, cells: Vec::new() }
    }

    /// Returns the cell of a column.
    pub(super) fn get(&self, name: &str) -> Option<&Cell<'a>> {
        self.cells.iter().find(|(known, _)| known == name).map(|(_, cell)| cell)
    }

    /// Adds a cell.
    pub(super) fn push(&mut self, name: impl Into<Cow<'a, str>>, cell: Cell<'a>) {
        self.cells.push((name.into(), cell));
    }

    /// Returns the number of bytes of its strings.
    pub(super) fn n_bytes(&self) -> usize {
        let of_cell = |cell: &Cell| match cell {
            Cell::Text(text) | Cell::Number(text) => text.len(),
            Cell::List(units) => units.iter().flatten().map(str::len).sum(),
            Cell::Null | Cell::Nested(_) => 0,
        };
        self.cells.iter().map(|(name, cell)| name.len() + of_cell(cell)).sum()
    }

    /// Returns the row with owned data.
    pub(super) fn into_owned(self) -> Row<'static> {
        let cells = self.cells.into_iter().map(|(name, cell)| (Cow::Owned(name.into_owned()), cell.into_owned()));
        Row { place: self.place, cells: cells.collect() }
    }
}

/// Returns a JSON value as a cell: a list of strings (or of such lists) becomes units, other nested values stay as they are.
pub(super) fn cell(value: &Value) -> Cell<'_> {
    match value {
        Value::Null => Cell::Null,
        Value::String(text) => Cell::text(Some(text.as_str())),
        Value::Number(number) => Cell::Number(number.to_string().into()),
        Value::Bool(flag) => Cell::Number(flag.to_string().into()),
        Value::Array(items) if items.is_empty() => Cell::Null,
        Value::Array(items) => units(items).map_or_else(|| Cell::Nested(value.clone()), Cell::List),
        Value::Object(fields) => Cell::Nested(transposed(fields).unwrap_or_else(|| value.clone())),
    }
}

/// Returns an object of lists of one length, as Hugging Face's `Sequence` writes a list of objects, as that list; `None` if
/// it is another object, or none of its lists is of texts.
fn transposed(fields: &Map<String, Value>) -> Option<Value> {
    let lists: Option<Vec<(&String, &Vec<Value>)>> =
        fields.iter().map(|(name, value)| Some((name, value.as_array()?))).collect();
    let lists = lists.filter(|lists| lists.len() > 1)?;
    let n = lists[0].1.len();
    let is_prose = |value: &Value| value.as_str().is_some_and(|text| text.trim().contains(char::is_whitespace));
    let is_list =
        lists.iter().all(|(_, list)| list.len() == n) && lists.iter().any(|(_, list)| list.iter().any(is_prose));
    let element =
        |at: usize| Value::Object(lists.iter().map(|(name, list)| ((*name).clone(), list[at].clone())).collect());
    is_list.then(|| (0..n).map(element).collect())
}

/// Returns a list of strings as one unit, a list of such lists as several; a null unit is empty, a null word is skipped.
fn units(items: &[Value]) -> Option<Units> {
    let is_word = |item: &Value| matches!(item, Value::String(_) | Value::Null);
    let mut units = Units::default();
    let mut fill = |words: &[Value]| {
        words.iter().filter_map(Value::as_str).for_each(|word| units.push_word(word));
        units.end_unit();
    };
    if items.iter().all(is_word) {
        fill(items);
        return Some(units);
    }
    for item in items {
        match item {
            Value::Null => fill(&[]),
            Value::Array(words) if words.iter().all(is_word) => fill(words),
            _ => return None,
        }
    }
    Some(units)
}

/// Returns a JSON value as a column shows it.
pub(super) fn shown(value: &Value) -> Option<String> {
    match value {
        Value::Null => None,
        Value::String(text) => Some(text.clone()),
        Value::Array(items) => Some(items.iter().filter_map(shown).collect::<Vec<_>>().join(", ")),
        other => Some(other.to_string()),
    }
}
