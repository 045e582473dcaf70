//! A record as its layout reads it.

use std::borrow::Cow;

use super::object::Object;
use super::openreview_fields;
use crate::corpus::record::Version;
use crate::corpus::row::shown;
use crate::corpus::{NoteChoice, NoteKind, Skipped};
use crate::prose::is_filler;

/// A record as its layout reads it.
pub(super) enum Item<'v> {
    Entry(Entry<'v>),
    Deleted(Version),
    Skipped(Skipped),
}

/// A record that will be a document.
pub(super) struct Entry<'v> {
    pub(super) id: Option<String>,
    /// The version of a note, if there may be several.
    pub(super) version: Option<Version>,
    /// Text by the index of its field among the layout's [`text_names`].
    pub(super) parts: Vec<(usize, Cow<'v, str>)>,
    /// Text of fields of the same form that are not among them, by name.
    pub(super) unlisted: Vec<(String, &'v str)>,
    /// Names of fields that may be text, although nothing says that they belong to the form.
    pub(super) unread: Vec<String>,
    /// The layout's own columns.
    pub(super) columns: Vec<(&'static str, Option<String>)>,
    /// Objects whose keys are columns too, the nearest first.
    pub(super) scopes: Vec<&'v Object>,
}

impl Entry<'_> {
    /// Returns the value of a column; `None` if there is no such column.
    pub(super) fn column(&self, name: &str) -> Option<Option<String>> {
        let own =
            self.columns.iter().find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, value)| value.clone());
        own.or_else(|| self.scopes.iter().find_map(|scope| openreview_fields::lookup(scope, name)).map(shown))
    }
}

/// Returns a text trimmed, unless it is empty or a placeholder.
pub(super) fn real_text(text: &str) -> Option<&str> {
    let text = text.trim();
    (!is_filler(text)).then_some(text)
}

/// Returns the reason to skip a note of this kind, if it is not wanted.
pub(super) fn unwanted(kind: NoteKind, wanted: NoteChoice) -> Option<Skipped> {
    (!wanted.takes(kind)).then_some(Skipped::Note(kind))
}
