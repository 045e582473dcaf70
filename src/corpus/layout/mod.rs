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
mod reader;
mod s2orc;

use std::borrow::Cow;

use serde_json::value::RawValue;
use serde_json::{Map, Value};

use super::json_row::RowError;
use super::json_value::Entries;
use super::read::Context;
use super::versions::{Note, Version};
use super::{Document, Layout, NoteKind, Skipped};
use object::{object, value_text};

pub(super) use arxiv::unwrapped;
pub(super) use openreview::notes_of;
pub(super) use reader::Reader;

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
