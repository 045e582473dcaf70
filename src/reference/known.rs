//! Documents of known source.

use std::collections::BTreeMap;

use super::card::FileCard;
use crate::corpus::Text;

/// A corpus of one source.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct KnownCorpus {
    /// Name of the source: [`HUMAN`](super::HUMAN) or the LLM's; corpora of one name are one source.
    pub source: String,
    /// Files that it was read from.
    pub files: Vec<FileCard>,
    /// Whether a column tells it from the other sources of its files; these may then be on both sides.
    pub by_column: bool,
    /// Documents of the corpus.
    pub documents: Vec<KnownDocument>,
}

/// A document of known source.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct KnownDocument {
    /// Text of the document.
    pub text: Text,
    /// Paper, thread or person that keeps documents together; `None` if the document stands alone.
    pub group: Option<String>,
    /// Date or year, as text.
    pub date: Option<String>,
    /// Exact generator, if the corpus names it.
    pub generator: Option<String>,
    /// Values of the columns by which [`validate`](crate::validate) leaves documents out, by column.
    pub strata: BTreeMap<String, String>,
    /// Form or kind of text: human text of one venue and year, or what an LLM was asked for; `None` if not known.
    pub stratum: Option<String>,
}

impl KnownCorpus {
    /// Returns the corpus of these documents by `source`, of no file.
    pub fn new(source: impl Into<String>, documents: Vec<KnownDocument>) -> KnownCorpus {
        KnownCorpus { source: source.into(), files: vec![], by_column: false, documents }
    }

    /// Sets the files that it was read from.
    pub fn files(self, files: Vec<FileCard>) -> KnownCorpus {
        KnownCorpus { files, ..self }
    }

    /// Returns the corpus without its documents.
    pub fn without_documents(&self) -> KnownCorpus {
        let KnownCorpus { source, files, by_column, .. } = self;
        KnownCorpus { source: source.clone(), files: files.clone(), by_column: *by_column, documents: vec![] }
    }
}

impl KnownDocument {
    /// Returns a document that stands alone, of which nothing but its text is known.
    pub fn new(text: Text) -> KnownDocument {
        KnownDocument { text, group: None, date: None, generator: None, strata: BTreeMap::new(), stratum: None }
    }

    /// Sets what keeps documents together: a paper, a thread or a person.
    pub fn group(self, group: impl Into<String>) -> KnownDocument {
        KnownDocument { group: Some(group.into()), ..self }
    }

    /// Sets the date or year, as text.
    pub fn date(self, date: impl Into<String>) -> KnownDocument {
        KnownDocument { date: Some(date.into()), ..self }
    }

    /// Sets the exact generator, if it is known.
    pub fn generator(self, generator: Option<String>) -> KnownDocument {
        KnownDocument { generator, ..self }
    }

    /// Sets the values of the columns by which [`validate`](crate::validate) leaves documents out, by column.
    pub fn strata(self, strata: BTreeMap<String, String>) -> KnownDocument {
        KnownDocument { strata, ..self }
    }

    /// Sets the form or kind of text.
    pub fn stratum(self, stratum: impl Into<String>) -> KnownDocument {
        KnownDocument { stratum: Some(stratum.into()), ..self }
    }
}
