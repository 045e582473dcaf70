//! Summary of the texts of known source that were read.

use serde::Serialize;

use super::InputSummary;

/// The input of one source, or of one file of known alpha.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SourceInput {
    /// Name of the source, or of the file if a column or its name tells the rest.
    pub name: String,
    /// Summary of what was read, and what of it could not be used; documents without units are those without text.
    #[serde(flatten)]
    pub input: InputSummary,
}
