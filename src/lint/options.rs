//! Options of a lint.

use crate::reference::{Grouping, Reference};
use crate::tokenize::UnitRule;

/// Options of a lint.
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
pub struct LintOptions<'a> {
    /// The unit: a sentence or a document.
    pub unit: UnitRule,
    /// LLM sources to look at together; each of the others is looked at alone.
    pub groups: Vec<Grouping>,
    /// The columns that the groups of documents came from.
    pub split_by: Vec<String>,
    /// The reference that was fitted on these texts, and the SHA-256 of its file; documents it has held out are skipped.
    pub reference: Option<(&'a Reference, &'a str)>,
}
