//! What a lint is asked for.

use crate::reference::{Grouping, Reference};
use crate::tokenize::UnitRule;

/// The choices of a lint.
#[derive(Debug, Clone, Default)]
pub struct LintOptions<'a> {
    /// What a unit is.
    pub unit: UnitRule,
    /// LLM sources to look at together; each of the others is looked at alone.
    pub groups: Vec<Grouping>,
    /// The columns that the groups of documents came from.
    pub split_by: Vec<String>,
    /// The reference that was fitted on these texts, and the SHA-256 of its file; what it has held out is passed over.
    pub reference: Option<(&'a Reference, &'a str)>,
}
