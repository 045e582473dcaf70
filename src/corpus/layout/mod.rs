//! Records in a known layout to documents: OpenReview, PeerRead, arXiv, S2ORC, and text taken out of PDFs.
//!
//! A layout is recognised from the first record of a file. Its file here says which keys hold text, which are only form,
//! and which columns a document has besides the keys of its record.

mod arxiv;
mod object;
mod openreview;
mod openreview_fields;
mod openreview_kind;
mod openreview_unlisted;
mod openreview_venue;
pub(super) mod pdf_text;
mod peerread;
mod placeholder;
mod s2orc;

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};

use serde_json::value::RawValue;
use serde_json::{Map, Value};

use super::fields::{Column, Kind, no_such_column};
use super::json_row::RowError;
use super::json_value::Entries;
use super::read::Context;
use super::versions::{Note, Version};
use super::{CorpusError, Document, Layout, NoteKind, Skipped};
use object::{object, value_text};

pub(super) use openreview::notes_of;

/// One JSON object.
pub(super) type Object = Map<String, Value>;

/// Keys below which layouts keep their text.
const NESTED_TEXT: [&str; 5] = ["content", "notes", "reviews", "body_text", "pdf_parse"];

/// A record: a document, one version of a note (`None` where it says that the note was deleted), or why it is none.
pub(super) enum Record {
    Document(Document),
    Version(Version, Option<Note>),
    Skipped(Skipped),
}

/// A record as its layout sees it.
enum Item<'v> {
    Entry(Entry<'v>),
    Deleted(Version),
    Skipped(Skipped),
}

/// A record that will be a document.
struct Entry<'v> {
    id: Option<String>,
    /// Which version of a note it is, where there may be several.
    version: Option<Version>,
    /// Text by the place of its field among the layout's [`text_names`].
    parts: Vec<(usize, Cow<'v, str>)>,
    /// Text of fields that are not among them, by name; only where none of the form's fields is.
    unlisted: Vec<(String, &'v str)>,
    /// The layout's own columns.
    columns: Vec<(&'static str, Option<String>)>,
    /// Objects whose keys are columns too, the nearest first.
    scopes: Vec<&'v Object>,
}

impl Entry<'_> {
    /// The value of a column; `None` where there is no such column.
    fn column(&self, name: &str) -> Option<Option<String>> {
        let own = self.columns.iter().find(|(known, _)| *known == name).map(|(_, value)| value.clone());
        own.or_else(|| self.scopes.iter().find_map(|scope| openreview_fields::lookup(scope, name)).map(value_text))
    }
}

/// The fields that a layout's text comes from, in the order in which they are joined.
fn text_names(layout: Layout) -> &'static [&'static str] {
    match layout {
        Layout::OpenReviewV1 | Layout::OpenReviewV2 => &openreview_fields::FREE_TEXT,
        Layout::PeerRead => &["comments"],
        Layout::Arxiv => &["abstract"],
        Layout::S2orc => &["body_text"],
        Layout::PdfText => &[],
    }
}

/// The layout of a file whose first record is this.
///
/// # Errors
///
/// A record that may be in a layout, and is broken or nested too deeply to be read as one.
pub(super) fn recognise(context: &Context, row: &str) -> Result<Option<Layout>, RowError> {
    let row = match object(row) {
        Ok((row, _)) => row,
        Err(error) if context.options.layout.is_some() || has_nested_text(row) => return Err(error),
        Err(_) => return Ok(None),
    };
    Ok(recognise_object(context, &row))
}

/// The layout of a file whose first record has these keys and values.
pub(super) fn recognise_object(context: &Context, row: &Object) -> Option<Layout> {
    if let Some(layout) = context.options.layout {
        return Some(layout);
    }
    let texts = &context.options.text_fields;
    openreview::recognise(row)
        .or_else(|| peerread::recognise(row, texts))
        .or_else(|| arxiv::recognise(row))
        .or_else(|| s2orc::recognise(row))
}

/// Whether one of the keys that layouts keep their text below holds more than a text.
fn has_nested_text(row: &str) -> bool {
    let Ok(Entries(entries)) = serde_json::from_str(row) else { return false };
    let is_nested = |value: &RawValue| value.get().starts_with(['{', '[']);
    entries.iter().any(|(name, value)| NESTED_TEXT.contains(&name.as_str()) && is_nested(value))
}

/// Reads the records of one file.
pub(super) struct Reader<'a> {
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
    pub(super) fn new(layout: Layout, context: &'a Context<'a>) -> Self {
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
    pub(super) fn has_pages(&self) -> bool {
        matches!(self.layout, Layout::OpenReviewV1 | Layout::OpenReviewV2)
    }

    /// The documents of one row, and whether characters in it were replaced.
    pub(super) fn records(&self, row: &str) -> Result<(Vec<Record>, bool), RowError> {
        let (row, replaced) = object(row)?;
        Ok((self.records_of(&row)?, replaced))
    }

    /// The documents of one object.
    pub(super) fn records_of(&self, row: &Object) -> Result<Vec<Record>, RowError> {
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
    pub(super) fn check_seen(&self, keys: impl Iterator<Item = String>) -> Result<(), CorpusError> {
        let missing = self.required.iter().find(|(_, seen)| !seen.load(Ordering::Relaxed));
        let Some((name, _)) = missing.filter(|_| self.has_document.load(Ordering::Relaxed)) else { return Ok(()) };
        let own = self.layout.columns().iter().map(|name| (*name).to_owned());
        let keys = keys.filter(|key| !self.layout.columns().contains(&key.as_str()));
        let columns: Vec<Column> = own.chain(keys).map(|name| Column { name, kind: Kind::Text }).collect();
        Err(no_such_column(self.context.file(), name, &columns))
    }

    /// The layout, the fields that the text came from, and those of them that the layout does not know.
    pub(super) fn finish(self) -> (Layout, Vec<String>, Vec<String>) {
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

fn join(parts: impl Iterator<Item = impl AsRef<str>>) -> String {
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

/// The keys of a record, where it can be read.
pub(super) fn keys(row: &str) -> Vec<String> {
    object(row).map(|(row, _)| row.keys().cloned().collect()).unwrap_or_default()
}

/// What is left of a text after trimming, unless that is a placeholder.
fn real_text(text: &str) -> Option<&str> {
    let text = text.trim();
    (!placeholder::is_placeholder(text)).then_some(text)
}

/// The skip of a note of this kind, if it is not wanted.
fn unwanted(kind: NoteKind, wanted: super::NoteChoice) -> Option<Skipped> {
    (!wanted.takes(kind)).then_some(Skipped::Note(kind))
}
