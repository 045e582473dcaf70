//! The records of one file in a known layout, and what is found out about them.

use std::collections::BTreeSet;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};

use super::object::object;
use super::{Entry, Item, Object, Record, arxiv, openreview, peerread, s2orc, text_names};
use crate::corpus::fields::{Column, Kind, no_such_column};
use crate::corpus::json_row::RowError;
use crate::corpus::read::Context;
use crate::corpus::versions::Note;
use crate::corpus::{CorpusError, Layout};

/// Reads the records of one file.
pub(in crate::corpus) struct Reader<'a> {
    layout: Layout,
    context: &'a Context<'a>,
    /// Columns that some document of the file must have, and whether one had; records are read on several threads.
    required: Vec<(&'a str, AtomicBool)>,
    /// Whether a document had text in the field.
    has_text: Vec<AtomicBool>,
    /// Fields that are not known and were taken as text.
    unlisted: Mutex<BTreeSet<String>>,
    /// Whether there was any document.
    has_document: AtomicBool,
}

impl<'a> Reader<'a> {
    pub(in crate::corpus) fn new(layout: Layout, context: &'a Context<'a>) -> Self {
        let options = context.options;
        let required = options.text_fields.iter().chain(&options.id_field).chain(&options.columns);
        let required = required.filter(|name| !layout.columns().contains(&name.as_str()));
        Self {
            layout,
            context,
            required: required.map(|name| (name.as_str(), AtomicBool::new(false))).collect(),
            has_text: text_names(layout).iter().map(|_| AtomicBool::new(false)).collect(),
            unlisted: Mutex::default(),
            has_document: AtomicBool::new(false),
        }
    }

    /// Whether a row may be a page of several records.
    pub(in crate::corpus) fn has_pages(&self) -> bool {
        matches!(self.layout, Layout::OpenReviewV1 | Layout::OpenReviewV2)
    }

    /// The documents of one row, and whether characters in it were replaced.
    pub(in crate::corpus) fn records(&self, row: &str) -> Result<(Vec<Record>, bool), RowError> {
        let (row, replaced) = object(row)?;
        Ok((self.records_of(&row)?, replaced))
    }

    /// The documents of one object.
    pub(in crate::corpus) fn records_of(&self, row: &Object) -> Result<Vec<Record>, RowError> {
        let wanted = self.context.options.note_kind;
        let items = match self.layout {
            Layout::OpenReviewV1 | Layout::OpenReviewV2 => openreview::items(row, wanted, self.context),
            Layout::PeerRead => peerread::items(row, wanted, self.context),
            Layout::Arxiv => vec![arxiv::item(row)],
            Layout::S2orc => vec![s2orc::item(row)],
            Layout::PdfText => return Err(RowError::NotAnObject("a JSON object")),
        };
        Ok(items.into_iter().map(|item| self.record(item)).collect())
    }

    fn record(&self, item: Item) -> Record {
        let entry = match item {
            Item::Skipped(reason) => return Record::Skipped(reason),
            Item::Deleted(version) => return Record::Version(version, None),
            Item::Entry(entry) => entry,
        };
        let options = self.context.options;
        set(&self.has_document);
        for (name, seen) in &self.required {
            if !seen.load(Ordering::Relaxed) && entry.column(name).is_some() {
                set(seen);
            }
        }
        let text = match &options.text_fields[..] {
            [] => self.text(&entry),
            named => join(named.iter().filter_map(|name| entry.column(name).flatten())),
        };
        let id = match &options.id_field {
            Some(name) => entry.column(name).flatten(),
            None => entry.id.clone(),
        };
        let values = options.value_names().map(|name| entry.column(name).flatten()).collect();
        let note = Note { id, text, values };
        match entry.version {
            Some(version) => Record::Version(version, Some(note)),
            None => Record::Document(note.into()),
        }
    }

    fn text(&self, entry: &Entry) -> String {
        for (field, _) in &entry.parts {
            set(&self.has_text[*field]);
        }
        if !entry.unlisted.is_empty() {
            let mut known = self.unlisted.lock().unwrap_or_else(PoisonError::into_inner);
            let new = entry.unlisted.iter().filter(|(name, _)| !known.contains(name));
            let new: Vec<String> = new.map(|(name, _)| name.clone()).collect();
            known.extend(new);
        }
        join(entry.parts.iter().map(|(_, part)| &**part).chain(entry.unlisted.iter().map(|(_, part)| *part)))
    }

    /// Fails for a required column that no document had.
    pub(in crate::corpus) fn check_seen(&self, keys: impl Iterator<Item = String>) -> Result<(), CorpusError> {
        let missing = self.required.iter().find(|(_, seen)| !seen.load(Ordering::Relaxed));
        let Some((name, _)) = missing.filter(|_| self.has_document.load(Ordering::Relaxed)) else { return Ok(()) };
        let own = self.layout.columns().iter().map(|name| (*name).to_owned());
        let keys = keys.filter(|key| !self.layout.columns().contains(&key.as_str()));
        let columns: Vec<Column> = own.chain(keys).map(|name| Column { name, kind: Kind::Text }).collect();
        Err(no_such_column(self.context.file(), name, &columns))
    }

    /// The layout, the fields that the text came from, and those of them that the layout does not know.
    pub(in crate::corpus) fn finish(self) -> (Layout, Vec<String>, Vec<String>) {
        let named = &self.context.options.text_fields;
        if !named.is_empty() {
            return (self.layout, named.clone(), Vec::new());
        }
        let names = text_names(self.layout).iter().zip(&self.has_text);
        let fields = names.filter(|(_, has)| has.load(Ordering::Relaxed)).map(|(name, _)| (*name).to_owned());
        let unlisted: Vec<String> =
            self.unlisted.into_inner().unwrap_or_else(PoisonError::into_inner).into_iter().collect();
        (self.layout, fields.chain(unlisted.iter().cloned()).collect(), unlisted)
    }
}

fn set(flag: &AtomicBool) {
    if !flag.load(Ordering::Relaxed) {
        flag.store(true, Ordering::Relaxed);
    }
}

pub(super) fn join(parts: impl Iterator<Item = impl AsRef<str>>) -> String {
    let mut joined = String::new();
    for part in parts {
        let part = part.as_ref();
        if part.trim().is_empty() {
            continue;
        }
        if !joined.is_empty() {
            joined.push_str("\n\n");
        }
        joined.push_str(part);
    }
    joined
}
