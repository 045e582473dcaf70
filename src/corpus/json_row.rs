//! One JSON object to one document.

use std::sync::atomic::{AtomicBool, Ordering};

use serde::de::DeserializeSeed;
use serde_json::value::RawValue;

use super::cells::join_texts;
use super::fields::{Column, Fields, list, no_such_column};
use super::json_elements::Place;
use super::json_value::{NotText, Wanted, kind_name, reason, text, value};
use super::read::Context;
use super::{CorpusError, Document, ReadOptions};

/// Which keys are wanted, and what for.
pub(super) struct Slots {
    keys: Vec<String>,
    text: Vec<usize>,
    id: Option<usize>,
    values: Vec<usize>,
    /// Keys that some row of the file must have.
    required: Vec<usize>,
    /// Whether a row had the key; rows are parsed on several threads.
    seen: Vec<AtomicBool>,
}

impl Slots {
    pub(super) fn new(fields: &Fields, options: &ReadOptions) -> Self {
        let mut keys: Vec<String> = Vec::new();
        let mut slot = |name: &str| {
            keys.iter().position(|key| key == name).unwrap_or_else(|| {
                keys.push(name.to_owned());
                keys.len() - 1
            })
        };
        let text: Vec<usize> = fields.text.iter().map(|name| slot(name)).collect();
        let id = fields.id.as_deref().map(&mut slot);
        let values: Vec<usize> = options.value_names().map(&mut slot).collect();
        let required = text.iter().chain(&values[..options.columns.len()]).copied();
        let required = required.chain(id.filter(|_| options.id_field.is_some())).collect();
        let seen = keys.iter().map(|_| AtomicBool::new(false)).collect();
        Self { keys, text, id, values, required, seen }
    }

    /// The document that an object is, and whether characters in it were replaced.
    pub(super) fn document(&self, row: &str) -> Result<(Document, bool), RowError> {
        let raw = RowError::parse(row, |row| {
            let mut deserializer = serde_json::Deserializer::from_str(row);
            let raw = Wanted(&self.keys).deserialize(&mut deserializer)?;
            deserializer.end()?;
            Ok(raw)
        })?;
        for (seen, _) in self.seen.iter().zip(&raw).filter(|(_, value)| value.is_some()) {
            if !seen.load(Ordering::Relaxed) {
                seen.store(true, Ordering::Relaxed);
            }
        }
        let mut any_replaced = false;
        let mut texts = Vec::with_capacity(self.text.len());
        for slot in &self.text {
            let Some(raw) = raw[*slot] else { continue };
            let (part, replaced) = text(raw).map_err(|error| self.explain(error, *slot, row, raw))?;
            any_replaced |= replaced;
            texts.push(part);
        }
        let text = join_texts(texts.into_iter())
            .ok_or_else(|| RowError::Mixed(list(self.text.iter().map(|slot| self.keys[*slot].as_str()))))?;
        let get = |slot: usize| match raw[slot] {
            Some(raw) => value(raw).map_err(|error| RowError::syntax(error, offset(row, raw))),
            None => Ok(None),
        };
        let id = self.id.map(get).transpose()?.flatten();
        let values = self.values.iter().map(|slot| get(*slot)).collect::<Result<_, _>>()?;
        Ok((Document { id, text, values }, any_replaced))
    }

    /// Fails for a required key that no row had.
    pub(super) fn check_seen(&self, file: &str, columns: &[Column]) -> Result<(), CorpusError> {
        match self.required.iter().find(|slot| !self.seen[**slot].load(Ordering::Relaxed)) {
            Some(slot) => Err(no_such_column(file, &self.keys[*slot], columns)),
            None => Ok(()),
        }
    }

    fn explain(&self, error: NotText, slot: usize, row: &str, raw: &RawValue) -> RowError {
        match error {
            NotText::Kind(found) => RowError::NotText { column: self.keys[slot].clone(), found },
            NotText::Syntax(error) => RowError::syntax(error, offset(row, raw)),
        }
    }
}

/// Where a value stands in the row that it borrows from, in bytes.
fn offset(row: &str, raw: &RawValue) -> usize {
    (raw.get().as_ptr() as usize).saturating_sub(row.as_ptr() as usize)
}

/// Why a row is not a document; its place is added by who knows it.
pub(super) enum RowError {
    Syntax { line: usize, column: usize, reason: String },
    NotAnObject(&'static str),
    NotText { column: String, found: String },
    Mixed(String),
}

impl RowError {
    /// A parser's error in a value that begins `offset` bytes into the row.
    pub(super) fn syntax(error: serde_json::Error, offset: usize) -> Self {
        let offset = if error.line() <= 1 { offset } else { 0 };
        Self::Syntax { line: error.line(), column: error.column() + offset, reason: reason(&error) }
    }

    /// The same of a row that begins at this place of its line.
    pub(super) fn after(self, place: Place) -> Self {
        match self {
            Self::Syntax { line, column, reason } if line <= 1 => {
                Self::Syntax { line, column: column + place.column, reason }
            }
            other => other,
        }
    }

    /// Parses a row that must be an object.
    pub(super) fn parse<'a, T>(
        row: &'a str,
        parse: impl FnOnce(&'a str) -> Result<T, serde_json::Error>,
    ) -> Result<T, Self> {
        parse(row).map_err(|error| match serde_json::from_str::<&RawValue>(row) {
            Ok(value) if !value.get().starts_with('{') => Self::NotAnObject(kind_name(value.get())),
            _ => Self::syntax(error, 0),
        })
    }

    /// The same, said of the row that begins on this line.
    pub(super) fn at(self, context: &Context, line: u64) -> CorpusError {
        let file = context.owned_file();
        let place = format!("line {line}");
        match self {
            Self::Syntax { line: below, column, reason } => {
                let line = line + (below as u64).saturating_sub(1);
                CorpusError::BadJson { file, line, column, reason }
            }
            Self::NotAnObject(found) => CorpusError::NotAnObject { file, place, found },
            Self::NotText { column, found } => CorpusError::BadText { file, place, column, found },
            Self::Mixed(columns) => CorpusError::MixedText { file, place, columns },
        }
    }
}
