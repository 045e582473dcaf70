//! Recognises the shape of a JSON value that is held as a whole: one record, several after each other, a map of records or of
//! texts, or a table as pandas writes it.

use std::borrow::Cow;
use std::cell::Cell;
use std::collections::HashMap;

use serde_json::Value;
use serde_json::value::RawValue;

use super::hand_over::WHOLE;
use super::lenient::mended;
use super::position::Position;
use super::row::{Entry, entries};
use super::rows::{Item, Kind};
use super::value::kind_name;
use crate::corpus::context::Context;
use crate::corpus::layout::{Object, recognise};
use crate::corpus::values::Values;
use crate::corpus::{CorpusError, Problem};

/// Maximum length of content that is mended if it is nearly JSON, in bytes: it is held twice then.
const MAX_MENDED: usize = 128 << 20;
/// Maximum number of values, or of keys with values, in one value: far more than files of records have.
const MAX_PIECES: usize = 1 << 22;
/// Maximum length of a value in which notes are looked for, in bytes.
const MAX_LOOKED_AT: usize = 64 << 20;
/// Number of entries from which names may be ids without a digit in them.
const MANY: usize = 12;
/// Maximum number of entries that are looked at.
const LOOKED_AT: usize = 50;

/// The records in a value.
pub(super) struct Shape<'w> {
    pub(super) items: Vec<Item<'w>>,
    pub(super) kind: Option<Kind>,
}

impl<'w> From<Vec<Item<'w>>> for Shape<'w> {
    fn from(items: Vec<Item<'w>>) -> Self {
        Self { items, kind: None }
    }
}

/// Returns the content as JSON, if it is not JSON but can be mended.
pub(super) fn mended_whole(whole: &str) -> Option<String> {
    if whole.len() > MAX_MENDED { None } else { mended(whole).map(Cow::into_owned) }
}

/// Returns the records that content holds.
pub(super) fn of<'w>(context: &Context, whole: &'w str) -> Result<Shape<'w>, CorpusError> {
    let values = values(context, whole)?;
    let [only] = &values[..] else { return Ok(values.into()) };
    if !only.text.starts_with('{') {
        let found = kind_name(&only.text);
        return Err(context.error(only.position.place(), Problem::NotAnObject { found }));
    }
    let whole = Whole { context, whole, last: Cell::new((0, Position::START)) };
    Ok(whole.of_object(whole.whole).unwrap_or(values.into()))
}

/// Returns the values that follow each other.
fn values<'w>(context: &Context, whole: &'w str) -> Result<Vec<Item<'w>>, CorpusError> {
    let mut items: Vec<Item> = Vec::new();
    let (mut position, mut done) = (Position::START, 0);
    for value in serde_json::Deserializer::from_str(whole).into_iter::<&'w RawValue>() {
        match value {
            Ok(value) => {
                let at = (value.get().as_ptr() as usize).saturating_sub(whole.as_ptr() as usize);
                position = position.after(&whole.as_bytes()[done..at]);
                done = at;
                items.push(Item::new(value.get(), position));
            }
            Err(error) => {
                let (place, problem) = Position::START.syntax(&error);
                return Err(context.error(place, problem));
            }
        }
        if items.len() > MAX_PIECES {
            return Err(context.problem(Problem::TooMany { what: "values", limit: MAX_PIECES, hint: WHOLE.hint }));
        }
    }
    Ok(items)
}

struct Whole<'c, 'w> {
    context: &'c Context<'c>,
    whole: &'w str,
    /// The offset that was looked for last, and its position.
    last: Cell<(usize, Position)>,
}

impl<'w> Whole<'_, 'w> {
    /// Returns the records that an object contains; `None` if the object is itself a record.
    fn of_object(&self, text: &'w str) -> Option<Shape<'w>> {
        if entries(text, |_| false).is_err() || count(text) > MAX_PIECES {
            return None;
        }
        let entries = entries(text, |_| true).ok()?;
        if let Some(shape) = self.split(&entries) {
            return Some(shape);
        }
        let all = |start: char| !entries.is_empty() && entries.iter().all(|(_, raw)| raw.get().starts_with(start));
        if all('[') {
            return self.map_of_lists(&entries).or_else(|| self.columns_of_lists(&entries));
        }
        if self.is_record(text) {
            return None;
        }
        if all('{') && entries.len() > 1 {
            return self.map_of_objects(&entries);
        }
        (all('"') && has_ids(&entries) && is_prose(&entries)).then(|| self.items(&entries).into())
    }

    /// Returns whether an object is a record of a layout: notes may consist of objects alone.
    fn is_record(&self, text: &str) -> bool {
        let object = || serde_json::from_str::<Object>(text).ok();
        text.len() <= MAX_LOOKED_AT
            && object().is_some_and(|object| {
                let own: Object = object.into_iter().filter(|(_, value)| !is_record_in_map(value)).collect();
                recognise(self.context, &own).is_some()
            })
    }

    /// Reads pandas' `orient="split"`: lists of cells below their columns.
    fn split(&self, entries: &[Entry<'w>]) -> Option<Shape<'w>> {
        let get = |name: &str| entries.iter().find(|(key, _)| key == name).map(|(_, raw)| raw.get());
        let columns: Vec<Value> = serde_json::from_str(get("columns")?).ok()?;
        let rows: Vec<&RawValue> = serde_json::from_str(get("data")?).ok()?;
        rows.first().filter(|row| row.get().starts_with('['))?;
        let name = |column: &Value| column.as_str().map_or_else(|| column.to_string(), str::to_owned);
        let columns = columns.iter().map(name).collect();
        let items = rows.into_iter().map(|row| Item::new(row.get(), self.position(row)));
        Some(Shape { items: items.collect(), kind: Some(Kind::Cells { columns, header: None }) })
    }

    /// Reads lists of objects by the id of their subject, as the notes of forums are kept.
    fn map_of_lists(&self, entries: &[Entry<'w>]) -> Option<Shape<'w>> {
        let mut items = Vec::new();
        for (key, raw) in entries {
            let list: Vec<&RawValue> = serde_json::from_str(raw.get()).ok()?;
            for value in list {
                value.get().starts_with('{').then_some(())?;
                let key = (entries.len() > 1).then(|| key.clone());
                items.push(Item { text: value.get().into(), position: self.position(value), key });
            }
        }
        (!items.is_empty()).then(|| items.into())
    }

    /// Reads columns, each a list of its cells.
    fn columns_of_lists(&self, entries: &[Entry<'w>]) -> Option<Shape<'w>> {
        let lists = entries.iter().map(|(_, raw)| serde_json::from_str::<Vec<&RawValue>>(raw.get()).ok());
        let lists = lists.collect::<Option<Vec<_>>>()?;
        let n_rows = lists.first()?.len();
        let is_table = n_rows > 1 && lists.len() > 1 && lists.iter().all(|list| list.len() == n_rows);
        let cells = |row: usize| lists.iter().map(move |list| list[row].get());
        is_table.then(|| self.table(entries, (0..n_rows).map(|row| cells(row).collect())))
    }

    /// Reads objects by their ids, or columns that are objects of their cells by the ids of the rows.
    fn map_of_objects(&self, entries: &[Entry<'w>]) -> Option<Shape<'w>> {
        let inner = entries.iter().map(|(_, raw)| self::entries(raw.get(), |_| true).ok());
        let inner = inner.collect::<Option<Vec<_>>>()?;
        let first = inner.first()?;
        let is_alike = |of: &Vec<Entry>| {
            let n = first.iter().filter(|(key, _)| of.iter().take(LOOKED_AT).any(|(known, _)| known == key)).count();
            2 * n >= first.len().min(LOOKED_AT)
        };
        if !inner.iter().take(LOOKED_AT).all(is_alike) {
            return None;
        }
        if has_ids(first) && !has_ids(entries) {
            let columns: Vec<HashMap<&str, &str>> =
                inner.iter().map(|column| column.iter().map(|(key, raw)| (&**key, raw.get())).collect()).collect();
            let cells = |key: &str| columns.iter().map(|column| column.get(key).copied().unwrap_or("null")).collect();
            return Some(self.table(entries, first.iter().map(|(key, _)| cells(key))));
        }
        has_ids(entries).then(|| self.items(entries).into())
    }

    /// Builds a table of rows of cells, each joined to a list.
    fn table(&self, entries: &[Entry<'w>], rows: impl Iterator<Item = Vec<&'w str>>) -> Shape<'w> {
        let columns = entries.iter().map(|(name, _)| name.to_string()).collect();
        let item = |cells: Vec<&str>| Item::new(format!("[{}]", cells.join(",")), Position::START);
        Shape { items: rows.map(item).collect(), kind: Some(Kind::Cells { columns, header: None }) }
    }

    /// Returns the values of a map with their keys.
    fn items(&self, entries: &[Entry<'w>]) -> Vec<Item<'w>> {
        let item = |(key, raw): &Entry<'w>| Item {
            text: raw.get().into(),
            position: self.position(raw),
            key: Some(key.clone()),
        };
        entries.iter().map(item).collect()
    }

    /// Returns the position of a value; values are looked for in order, so lines are counted from the last one.
    fn position(&self, value: &RawValue) -> Position {
        let at = (value.get().as_ptr() as usize).saturating_sub(self.whole.as_ptr() as usize).min(self.whole.len());
        let (last, position) = self.last.get();
        let (from, position) = if at >= last { (last, position) } else { (0, Position::START) };
        let position = position.after(&self.whole.as_bytes()[from..at]);
        self.last.set((at, position));
        position
    }
}

/// Returns whether a value of a map is itself a record.
fn is_record_in_map(value: &Value) -> bool {
    value.get("content").is_some()
}

/// Returns the number of keys of an object.
fn count(text: &str) -> usize {
    let n = Cell::new(0);
    let _ = entries(text, |_| {
        n.set(n.get() + 1);
        false
    });
    n.get()
}

/// Returns whether the keys are ids rather than names of fields.
fn has_ids(entries: &[Entry]) -> bool {
    let looked_at = &entries[..entries.len().min(LOOKED_AT)];
    let n_with_digit = looked_at.iter().filter(|(key, _)| key.bytes().any(|byte| byte.is_ascii_digit())).count();
    n_with_digit * 10 >= looked_at.len() * 8 || entries.len() >= MANY
}

fn is_prose(entries: &[Entry]) -> bool {
    let mut values = Values::default();
    entries.iter().take(LOOKED_AT).for_each(|(_, raw)| values.take(raw.get().trim_matches('"')));
    values.is_prose()
}
