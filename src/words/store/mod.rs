//! Stores the occurrence table as a parquet file, to be shared where the text may not be: a row per group and word, and
//! its settings in the file's metadata. A row without a word is the group's size, the counts of a word that is in every
//! unit.

#[cfg(feature = "parquet")]
mod parquet;
#[cfg(feature = "parquet")]
mod row_check;
#[cfg(not(feature = "parquet"))]
mod without;

use serde::{Deserialize, Serialize};

use super::counts::OccurrenceTable;
use crate::tokenize::{TOKENIZER, UnitRule};

#[cfg(feature = "parquet")]
pub use parquet::{read_occurrence_table, read_stored_table, write_occurrence_table};
#[cfg(not(feature = "parquet"))]
pub use without::{read_occurrence_table, read_stored_table, write_occurrence_table};

/// Minimum number of documents with a word of a stored table: rarer words could tell which text it was.
pub const MIN_STORED_DOCUMENTS: u64 = 5;
/// Version of the layout.
const VERSION: u32 = 1;
/// Columns after those that define the groups: the word, and the fields of [`Counts`](super::Counts).
pub const COLUMNS: [&str; 5] = ["word", "n_documents", "n_units", "sum_squares", "sum_products"];

/// The metadata of a stored table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct StoredTable {
    /// The unit: a sentence or a document.
    pub unit: UnitRule,
    /// The [`TOKENIZER`] at the time.
    pub tokenizer: String,
    /// Version of the tool that wrote it.
    pub tool_version: String,
    /// Columns that define the groups.
    pub columns: Vec<String>,
    /// Number of documents without a unit, which are in no group.
    pub n_documents_without_units: u64,
    /// Number of words that were left out because they are in fewer than `min_documents` documents.
    pub n_words_left_out: u64,
    /// Minimum number of documents with a word.
    pub min_documents: u64,
}

impl StoredTable {
    /// Returns what would be stored beside a table of which no word is left out.
    pub fn of_all_words(table: &OccurrenceTable) -> StoredTable {
        StoredTable {
            unit: table.unit,
            tokenizer: TOKENIZER.to_owned(),
            tool_version: env!("CARGO_PKG_VERSION").to_owned(),
            columns: table.columns.clone(),
            n_documents_without_units: table.n_documents_without_units,
            n_words_left_out: 0,
            min_documents: 0,
        }
    }
}

/// An error of writing or reading an occurrence table.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum OccurrenceStoreError {
    /// The file cannot be opened.
    #[error("{file}: cannot be read: {source}")]
    Io {
        /// The path.
        file: String,
        /// The error of the operating system.
        source: std::io::Error,
    },
    /// A build of the tool without parquet.
    #[error(
        "{file}: this build of llm-prevalence has no parquet, and so no occurrence tables [install it with `cargo install --locked --path .` in a checkout of the source]"
    )]
    NotInThisBuild {
        /// The path.
        file: String,
    },
    /// A layout of another version.
    #[error(
        "{file}: occurrence table of layout version {found}, and this tool reads version {VERSION} [make it again with `llm-prevalence score --words`]"
    )]
    OtherVersion {
        /// The path.
        file: String,
        /// The version found.
        found: u32,
    },
    /// A table whose words and units follow other rules.
    #[error(
        "{file}: occurrence table made with tokeniser \"{found}\", this tool has \"{TOKENIZER}\" [make it again with `llm-prevalence score --words`]"
    )]
    OtherTokenizer {
        /// The path.
        file: String,
        /// The tokeniser found.
        found: String,
    },
    /// A file that cannot be read as the occurrence table it claims to be.
    #[error("{file}: damaged occurrence table: {reason} [make it again with `llm-prevalence score --words`]")]
    Damaged {
        /// The path.
        file: String,
        /// The reason.
        reason: String,
    },
}
