//! Records on their way from a reader to the receiver of the documents.

use serde::{Deserialize, Serialize};

use super::document::{Document, Text};
use super::note::Skipped;

/// A record: a document, one version of a record (`None` if it says that the record was deleted), or the reason for skipping it.
pub(super) enum Record {
    Document(Document),
    /// A part of the document with this key, which follow one after the other.
    Part(String, Document),
    Version(Version, Option<Note>),
    Skipped(Skipped),
}

/// The id that tells a record from other records, and the order of its versions.
pub(super) struct Version {
    pub(super) id: String,
    /// A number that grows from version to version: milliseconds since 1970, or the version's number.
    pub(super) changed: Option<i64>,
}

/// A document that is prose, in the form in which it is held back.
#[derive(Serialize, Deserialize)]
pub(super) struct Note {
    pub(super) id: Option<String>,
    pub(super) text: String,
    pub(super) values: Vec<Option<String>>,
}

impl From<Note> for Document {
    fn from(Note { id, text, values }: Note) -> Self {
        Self { id, text: Text::as_it_is(text), values }
    }
}

impl Record {
    /// Returns a version of a document that is prose; ready-made units have no versions.
    pub(super) fn version(version: Version, document: Document) -> Self {
        match document {
            Document { id, text: Text::Prose(text), values } => {
                Self::Version(version, Some(Note { id, text: text.into_text(), values }))
            }
            document => Self::Document(document),
        }
    }
}
