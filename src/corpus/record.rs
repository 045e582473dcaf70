//! Records on their way from a reader to whoever takes the documents.

use serde::{Deserialize, Serialize};

use super::{Document, Skipped, Text};

/// A record: a document, one version of a record (`None` where it says that this was deleted), or why it is none.
pub(super) enum Record {
    Document(Document),
    Version(Version, Option<Note>),
    Skipped(Skipped),
}

/// What tells the versions of a record from other records, and from one another.
pub(super) struct Version {
    pub(super) id: String,
    /// Grows from version to version: milliseconds since 1970, or a number of the version.
    pub(super) changed: Option<i64>,
}

/// A document that is prose, as it is held back.
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
    /// A version of a document that is prose; ready-made units have none.
    pub(super) fn version(version: Version, document: Document) -> Self {
        match document {
            Document { id, text: Text::Prose(text), values } => {
                Self::Version(version, Some(Note { id, text: text.into_text(), values }))
            }
            document => Self::Document(document),
        }
    }
}
