//! Documents of known source.

use super::card::FileCard;
use crate::corpus::Text;

/// A corpus of one source.
#[derive(Debug, Clone)]
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
pub struct KnownDocument {
    /// Text of the document.
    pub text: Text,
    /// Paper, thread or person that keeps documents together; `None` if the document stands alone.
    pub group: Option<String>,
    /// Date or year, as text.
    pub date: Option<String>,
    /// Exact generator, if the corpus names it.
    pub generator: Option<String>,
    /// Values of the columns by which [`validate`](crate::validate) leaves documents out.
    pub strata: Vec<Option<String>>,
    /// Form or kind of text: human text of one venue and year, or what an LLM was asked for; `None` if not known.
    pub stratum: Option<String>,
}

impl KnownCorpus {
    /// Returns the corpus without its documents.
    pub fn without_documents(&self) -> KnownCorpus {
        let KnownCorpus { source, files, by_column, .. } = self;
        KnownCorpus { source: source.clone(), files: files.clone(), by_column: *by_column, documents: vec![] }
    }
}
