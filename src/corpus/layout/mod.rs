//! Records in a known layout to documents: OpenReview, PeerRead, arXiv, S2ORC, and text taken out of PDFs.
//!
//! A layout is recognised from the first record of a file. Its file here says which keys hold text, which are only form,
//! and which columns a document has besides the keys of its record.

mod arxiv;
mod crossref;
mod openalex;
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

use serde_json::{Map, Value};

use super::context::Context;
use super::record::Version;
use super::row::shown;
use super::{Layout, NoteKind, Skipped};

pub(super) use arxiv::unwrapped;
pub(super) use reader::Reader;

/// One JSON object.
pub(super) type Object = Map<String, Value>;

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
        let own =
            self.columns.iter().find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, value)| value.clone());
        own.or_else(|| self.scopes.iter().find_map(|scope| openreview_fields::lookup(scope, name)).map(shown))
    }
}

/// The fields that a layout's text comes from, in the order in which they are joined.
fn text_names(layout: Layout) -> &'static [&'static str] {
    match layout {
        Layout::OpenReviewV1 | Layout::OpenReviewV2 => &openreview_fields::FREE_TEXT,
        Layout::PeerRead => &["comments"],
        Layout::Arxiv | Layout::Crossref => &["abstract"],
        Layout::OpenAlex => &["abstract_inverted_index"],
        Layout::S2orc => &["body_text"],
        Layout::PdfText => &[],
    }
}

/// The layout of a file whose first record has these keys and values.
pub(super) fn recognise(context: &Context, row: &Object) -> Option<Layout> {
    if let Some(layout) = context.options.layout {
        return Some(layout);
    }
    let texts = &context.options.text_fields;
    peerread::recognise(row, texts)
        .or_else(|| openreview::recognise(row))
        .or_else(|| arxiv::recognise(row))
        .or_else(|| openalex::recognise(row))
        .or_else(|| crossref::recognise(row))
        .or_else(|| s2orc::recognise(row))
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
