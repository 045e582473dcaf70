//! The description of a reference and of the texts that it was made of.

use serde::{Deserialize, Serialize};

/// The facts that people should know about a reference before they use it.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Card {
    /// Short name.
    pub name: String,
    /// Description in one sentence.
    pub description: String,
    /// Uses that it is good for.
    pub good_for: Vec<String>,
    /// Uses that it is not good for.
    pub not_for: Vec<String>,
}

/// The provenance of one corpus.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct CorpusCard {
    /// Files, sorted by name.
    pub files: Vec<FileCard>,
    /// Number of documents read, including those held out or without words.
    pub n_documents_read: u64,
    /// Number of documents held out.
    pub n_documents_held_out: u64,
    /// First and last date (or year), if the documents have any.
    pub dates: Option<(String, String)>,
    /// Number of documents left out because the other side has their papers.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub n_documents_of_other_side: u64,
    /// Distinct values of the generator column.
    pub generators: Vec<String>,
}

fn is_zero(n: &u64) -> bool {
    *n == 0
}

/// The name and hash of a file.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct FileCard {
    /// File name without folders.
    pub name: String,
    /// SHA-256 of the file as stored.
    pub sha256: String,
}

impl FileCard {
    /// Returns the card of a file by its name without folders and its SHA-256.
    pub fn new(name: impl Into<String>, sha256: impl Into<String>) -> FileCard {
        FileCard { name: name.into(), sha256: sha256.into() }
    }
}
