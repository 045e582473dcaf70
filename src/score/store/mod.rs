//! Stores the score table as a parquet file: a row per unit, and its origin in the file's metadata.

#[cfg(feature = "parquet")]
mod parquet;
#[cfg(not(feature = "parquet"))]
mod without;

use serde::{Deserialize, Serialize};

use crate::reference::{Reference, Scorer};
use crate::tokenize::UnitRule;

#[cfg(feature = "parquet")]
pub use parquet::{read_origin, read_score_table, write_score_table};
#[cfg(not(feature = "parquet"))]
pub use without::{read_origin, read_score_table, write_score_table};

/// Version of the layout.
const VERSION: u32 = 4;
/// Name of the column of document keys.
pub const DOCUMENT: &str = "document";
/// Prefix of a component's name in the name of its column.
pub const LOG_RATIO: &str = "log_ratio_";
/// Name of the column of the pooled log ratio, if the reference has strata.
pub const POOLED: &str = "log_ratio";
/// Names of the columns with the counts of a document's words, in the order of [`DocumentProfile`]'s.
///
/// [`DocumentProfile`]: crate::tokenize::DocumentProfile
pub const COUNTS: [&str; 4] =
    ["document_words", "document_known_words", "document_long_units", "document_words_in_long_units"];
/// Maximum count that is believed; sums of some thousand of these do not overflow.
#[cfg(feature = "parquet")]
pub(crate) const MAX_COUNT: u64 = 1 << 52;

/// The reference, scorer and tool that made a score table.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Origin {
    /// Name of the reference.
    pub reference_name: String,
    /// SHA-256 of the reference's file; scores of another are not comparable.
    pub reference_sha256: String,
    /// Scorer of the scores.
    pub scorer: Scorer,
    /// Unit of a row.
    pub unit: UnitRule,
    /// Names of the components, in the order of the columns.
    pub components: Vec<String>,
    /// Version of the tool that wrote it.
    pub tool_version: String,
}

/// Returns whether a name is that of a column of the table's own, so that no column to group by may have it.
pub(crate) fn is_own_column(name: &str) -> bool {
    name == DOCUMENT || name == POOLED || name.starts_with(LOG_RATIO) || COUNTS.contains(&name)
}

impl Origin {
    /// Returns the origin of scores by `scorer` of a reference, whose file has this SHA-256, in this version of the tool.
    pub fn new(reference: &Reference, sha256: impl Into<String>, scorer: Scorer) -> Origin {
        Origin {
            reference_name: reference.card.name.clone(),
            reference_sha256: sha256.into(),
            scorer,
            unit: reference.settings.unit,
            components: reference.component_names(),
            tool_version: env!("CARGO_PKG_VERSION").to_owned(),
        }
    }
}

/// A reason why a score table cannot be written, read or used.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum StoreError {
    /// The file cannot be opened or written.
    #[error("{file}: cannot be read or written")]
    Io {
        /// Path of the file.
        file: String,
        /// Error of the operating system.
        source: std::io::Error,
    },
    /// This build of the tool has no parquet.
    #[error(
        "{file}: this build of llm-prevalence has no parquet, and so no score tables [install it with `cargo install --locked --path .` in a checkout of the source]"
    )]
    NotInThisBuild {
        /// Path of the file.
        file: String,
    },
    /// The table has a layout of another version.
    #[error(
        "{file}: score table of layout version {found}, but this tool reads version {VERSION} [make it again with `llm-prevalence score`]"
    )]
    OtherVersion {
        /// Path of the file.
        file: String,
        /// Version found.
        found: u32,
    },
    /// The file is not readable as a score table.
    #[error("{file}: damaged score table: {reason} [make it again with `llm-prevalence score`]")]
    Damaged {
        /// Path of the file.
        file: String,
        /// Description of what is wrong.
        reason: String,
    },
}
