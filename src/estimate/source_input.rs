//! What was read of the texts of known source.

use serde::Serialize;

use super::InputSummary;

/// What was read for one source, or from one file of known alpha.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SourceInput {
    /// The source, or the file where a column or its name tells the rest.
    pub name: String,
    /// What was read, and what of it could not be used; documents without units are those without text.
    #[serde(flatten)]
    pub input: InputSummary,
}
