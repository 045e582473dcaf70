//! Reads the records of one file in a known layout, and collects facts about them.

use std::collections::BTreeSet;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};

use super::entry::{Entry, Item};
use super::object::Object;
use super::recognise::text_names;
use super::{arxiv, crossref, openalex, openreview, peerread, s2orc};
use crate::corpus::choose::Fields;
use crate::corpus::context::{Context, Found};
use crate::corpus::make::document;
use crate::corpus::names::list;
use crate::corpus::record::Record;
use crate::corpus::row::{Cell, Row};
use crate::corpus::{CorpusError, Layout, Place, Problem, Remark};

/// The column with a document's id unless another is asked for.
const ID: &str = "id";

/// A reader of the records of one file.
pub(in crate::corpus) struct Reader<'a> {
    layout: Layout,
    context: &'a Context<'a>,
    /// Keys of the first record, for errors.
    keys: Vec<String>,
    /// Columns that some document of the file must have, and whether one had; records are read on several threads.
    required: Vec<(&'a str, AtomicBool)>,
    /// Whether a document had text in the field, for each field.
    has_text: Vec<AtomicBool>,
    /// Unknown fields that were taken as text, and those that were not.
    unlisted: Names,
    unread: Names,
    /// Whether there was any document.
    has_document: AtomicBool,
}

impl<'a> Reader<'a> {
    pub(in crate::corpus) fn new(layout: Layout, context: &'a Context<'a>, keys: Vec<String>) -> Self {
        let options = context.options;
        let required = options.text_fields.iter().chain(&options.id_field).chain(&options.columns);
        let required = required.filter(|name| !layout.columns().contains(&name.as_str()));
        Self {
            layout,
            context,
            keys,
            required: required.map(|name| (name.as_str(), AtomicBool::new(false))).collect(),
            has_text: text_names(layout).iter().map(|_| AtomicBool::new(false)).collect(),
            unlisted: Names::default(),
            unread: Names::default(),
            has_document: AtomicBool::new(false),
        }
    }

    /// Returns the records that an object holds.
    pub(in crate::corpus) fn records(&self, object: &Object, place: &Place) -> Result<Vec<Record>, CorpusError> {
        let wanted = self.context.options.note_kind;
        let items = match self.layout {
            Layout::OpenReviewV1 | Layout::OpenReviewV2 => openreview::items(object, wanted, self.context),
            Layout::PeerRead => peerread::items(object, wanted, self.context),
            Layout::Arxiv => vec![arxiv::item(object)],
            Layout::OpenAlex => vec![openalex::item(object)],
            Layout::Crossref => vec![crossref::item(object)],
            Layout::S2orc => vec![s2orc::item(object)],
            Layout::PdfText => Vec::new(),
        };
        let record = |item| self.record(item, place).map_err(|problem| self.context.error(place.clone(), problem));
        items.into_iter().map(record).collect()
    }

    fn record(&self, item: Item, place: &Place) -> Result<Record, Problem> {
        let entry = match item {
            Item::Skipped(reason) => return Ok(Record::Skipped(reason)),
            Item::Deleted(version) => return Ok(Record::Version(version, None)),
            Item::Entry(entry) => entry,
        };
        set(&self.has_document);
        for (name, seen) in &self.required {
            if !seen.load(Ordering::Relaxed) && entry.column(name).is_some() {
                set(seen);
            }
        }
        let (row, fields) = self.row(&entry, place);
        let document = document(&row, &fields)?;
        Ok(match entry.version {
            Some(version) => Record::version(version, document),
            None => Record::Document(document),
        })
    }

    /// Returns the row of an entry, with a cell for each field of its text and each wanted column.
    fn row<'e>(&self, entry: &'e Entry, place: &Place) -> (Row<'e>, Fields) {
        let options = self.context.options;
        let mut row = Row::at(place.clone());
        let mut text = options.text_fields.clone();
        if text.is_empty() {
            self.note_text(entry);
            for (field, part) in &entry.parts {
                row.push(text_names(self.layout)[*field], Cell::Text(part.as_ref().into()));
            }
            entry.unlisted.iter().for_each(|(name, part)| row.push(name.as_str(), Cell::text(Some(*part))));
            text = row.cells.iter().map(|(name, _)| name.to_string()).collect();
        }
        let id = options.id_field.clone().unwrap_or_else(|| ID.to_owned());
        let values: Vec<String> = options.value_names().map(str::to_owned).collect();
        for name in options.text_fields.iter().chain(&options.id_field).chain(&values) {
            row.push(name.clone(), Cell::text(entry.column(name).flatten()));
        }
        if options.id_field.is_none() {
            // Before a column of this name, which may be that of what the entry lies in.
            row.cells.insert(0, (ID.into(), Cell::text(entry.id.clone())));
        }
        let fields = Fields { text, id: Some(id), values, ..Fields::default() };
        (row, fields)
    }

    /// Marks the fields that the text came from.
    fn note_text(&self, entry: &Entry) {
        entry.parts.iter().for_each(|(field, _)| set(&self.has_text[*field]));
        self.unlisted.add(entry.unlisted.iter().map(|(name, _)| name));
        self.unread.add(entry.unread.iter());
    }

    /// Returns what was found out; fails for a required column that no document had.
    pub(in crate::corpus) fn finish(self) -> Result<Found, CorpusError> {
        let own = self.layout.columns();
        let keys = self.keys.iter().map(String::as_str).filter(|key| !own.contains(key));
        let columns: Vec<String> = own.iter().copied().chain(keys).map(str::to_owned).collect();
        let missing = self.required.iter().find(|(_, seen)| !seen.load(Ordering::Relaxed));
        if let Some((name, _)) = missing.filter(|_| self.has_document.load(Ordering::Relaxed)) {
            let found = list(columns.iter().map(String::as_str));
            return Err(self.context.problem(Problem::NoSuchColumn { column: (*name).to_owned(), found }));
        }
        let options = self.context.options;
        let id_field = Some(options.id_field.clone().unwrap_or_else(|| ID.to_owned()));
        let layout = Some(self.layout);
        if !options.text_fields.is_empty() {
            let text_fields = options.text_fields.clone();
            return Ok(Found { layout, text_fields, id_field, columns, ..Found::default() });
        }
        let names = text_names(self.layout).iter().zip(&self.has_text);
        let fields = names.filter(|(_, has)| has.load(Ordering::Relaxed)).map(|(name, _)| (*name).to_owned());
        let unlisted_fields = self.unlisted.into_sorted();
        let text_fields = fields.chain(unlisted_fields.iter().cloned()).collect();
        let unread = self.unread.into_sorted();
        let unread = (!unread.is_empty()).then(|| list(unread.iter().map(String::as_str)));
        let remarks = unread.map(|fields| Remark::Unread { fields }).into_iter().collect();
        Ok(Found { layout, text_fields, unlisted_fields, id_field, columns, remarks, ..Found::default() })
    }
}

/// Names of fields, found on several threads.
#[derive(Default)]
struct Names(Mutex<BTreeSet<String>>);

impl Names {
    fn add<'n>(&self, names: impl Iterator<Item = &'n String>) {
        let mut names = names.peekable();
        if names.peek().is_none() {
            return;
        }
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        for name in names {
            if !known.contains(name) {
                known.insert(name.clone());
            }
        }
    }

    fn into_sorted(self) -> Vec<String> {
        self.0.into_inner().unwrap_or_else(PoisonError::into_inner).into_iter().collect()
    }
}

fn set(flag: &AtomicBool) {
    if !flag.load(Ordering::Relaxed) {
        flag.store(true, Ordering::Relaxed);
    }
}
