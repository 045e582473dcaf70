//! Turns one JSON value into one row.

use std::borrow::Cow;
use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, Visitor};
use serde_json::Value;
use serde_json::value::RawValue;

use super::position::{Position, Wrong};
use super::value::{parse, string};
use crate::corpus::Units;
use crate::corpus::about::is_description;
use crate::corpus::row::{Cell, Row, cell};

/// A value, and whether characters in it were replaced.
pub(super) type Replaced<T> = (T, bool);

/// Returns the wanted keys of an object as a row; nested values longer than `max_nested` bytes are not looked into.
pub(super) fn row<'a>(
    text: &'a str,
    position: Position,
    max_nested: usize,
    wants: impl Fn(&str) -> bool,
) -> Result<Replaced<Row<'a>>, Wrong> {
    let entries = entries(text, wants).map_err(|error| position.no_object(text, &error))?;
    let mut row = Row::at(position.place());
    let mut any_replaced = false;
    for (name, raw) in entries {
        let (cell, replaced) = cell_of(raw, max_nested).map_err(|error| {
            let offset = (raw.get().as_ptr() as usize).saturating_sub(text.as_ptr() as usize);
            position.after(text.as_bytes().get(..offset).unwrap_or_default()).syntax(&error)
        })?;
        any_replaced |= replaced;
        row.push(name, cell);
    }
    Ok((row, any_replaced))
}

/// Returns whether an object, or the only object in it, describes a data set.
pub(super) fn describes_data(text: &str) -> bool {
    let Ok(entries) = entries(text, |_| true) else { return false };
    let is_inner = || matches!(&entries[..], [(_, only)] if describes_data(only.get()));
    is_description(|key| entries.iter().any(|(known, _)| known == key)) || is_inner()
}

/// Returns a value as a cell.
pub(super) fn cell_of(raw: &RawValue, max_nested: usize) -> Result<Replaced<Cell<'_>>, serde_json::Error> {
    let raw = raw.get();
    Ok(match raw.bytes().next() {
        Some(b'n') => (Cell::Null, false),
        Some(b'"') => match raw.get(1..raw.len() - 1).filter(|inner| memchr::memchr(b'\\', inner.as_bytes()).is_none())
        {
            Some(inner) => (Cell::Text(inner.into()), false),
            None => string(raw).map(|(text, replaced)| (Cell::Text(text.into()), replaced))?,
        },
        Some(b'[' | b'{') if raw.len() > max_nested => (Cell::Nested(Value::Null), false),
        Some(start @ (b'[' | b'{')) => {
            // It is valid, so it can only be nested too deeply to hold text.
            let looked_into = if start == b'[' { of_list(raw) } else { nested(raw) };
            looked_into.unwrap_or((Cell::Nested(Value::Null), false))
        }
        _ => (Cell::Number(raw.into()), false),
    })
}

fn of_list(raw: &str) -> Result<Replaced<Cell<'static>>, serde_json::Error> {
    match list(raw)? {
        Some((units, replaced)) => Ok((Cell::List(units), replaced)),
        None => nested(raw),
    }
}

fn nested(raw: &str) -> Result<Replaced<Cell<'static>>, serde_json::Error> {
    let (value, replaced) = parse::<Value>(raw)?;
    Ok((cell(&value).into_owned(), replaced))
}

/// Parses a list of strings, or of such lists, without making a value of each; `None` if it is another list, or empty.
fn list(raw: &str) -> Result<Option<Replaced<Units>>, serde_json::Error> {
    let items: Vec<&RawValue> = serde_json::from_str(raw)?;
    let mut units = Units::default();
    let is_word = |item: &&RawValue| item.get().starts_with(['"', 'n']);
    if items.is_empty() {
        return Ok(None);
    }
    if items.iter().all(is_word) {
        let replaced = fill_unit(&items, &mut units)?;
        return Ok(Some((units, replaced)));
    }
    let mut any_replaced = false;
    for item in items {
        match item.get() {
            "null" => units.end_unit(),
            list if list.starts_with('[') => {
                let words: Vec<&RawValue> = serde_json::from_str(list)?;
                if !words.iter().all(is_word) {
                    return Ok(None);
                }
                any_replaced |= fill_unit(&words, &mut units)?;
            }
            _ => return Ok(None),
        }
    }
    Ok(Some((units, any_replaced)))
}

fn fill_unit(words: &[&RawValue], units: &mut Units) -> Result<bool, serde_json::Error> {
    let mut any_replaced = false;
    for word in words.iter().filter(|word| word.get() != "null") {
        let (word, replaced) = string(word.get())?;
        units.push_word(&word);
        any_replaced |= replaced;
    }
    units.end_unit();
    Ok(any_replaced)
}

/// A key with its value, unparsed.
pub(super) type Entry<'a> = (Cow<'a, str>, &'a RawValue);

/// Returns the wanted keys of an object with their values.
pub(super) fn entries(text: &str, wants: impl Fn(&str) -> bool) -> Result<Vec<Entry<'_>>, serde_json::Error> {
    let mut deserializer = serde_json::Deserializer::from_str(text);
    let entries = Entries(wants).deserialize(&mut deserializer)?;
    deserializer.end()?;
    Ok(entries)
}

struct Entries<F>(F);

impl<'de, F: Fn(&str) -> bool> DeserializeSeed<'de> for Entries<F> {
    type Value = Vec<Entry<'de>>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de, F: Fn(&str) -> bool> Visitor<'de> for Entries<F> {
    type Value = Vec<Entry<'de>>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut entries: Self::Value = Vec::new();
        while let Some(name) = map.next_key_seed(Key)? {
            if (self.0)(&name) {
                entries.push((name, map.next_value()?));
            } else {
                map.next_value::<IgnoredAny>()?;
            }
        }
        Ok(entries)
    }
}

/// A seed that reads a key, borrowed unless it has escapes.
struct Key;

impl<'de> DeserializeSeed<'de> for Key {
    type Value = Cow<'de, str>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl<'de> Visitor<'de> for Key {
    type Value = Cow<'de, str>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a key")
    }

    fn visit_borrowed_str<E>(self, key: &'de str) -> Result<Self::Value, E> {
        Ok(Cow::Borrowed(key))
    }

    fn visit_str<E>(self, key: &str) -> Result<Self::Value, E> {
        Ok(Cow::Owned(key.to_owned()))
    }
}
