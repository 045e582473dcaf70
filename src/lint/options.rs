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

impl<'a> LintOptions<'a> {
    /// Sets the unit.
    pub fn unit(self, unit: UnitRule) -> LintOptions<'a> {
        LintOptions { unit, ..self }
    }

    /// Sets the LLM sources to look at together.
    pub fn groups(self, groups: Vec<Grouping>) -> LintOptions<'a> {
        LintOptions { groups, ..self }
    }

    /// Sets the columns that the groups of documents came from.
    pub fn split_by(self, split_by: Vec<String>) -> LintOptions<'a> {
        LintOptions { split_by, ..self }
    }

    /// Sets the reference that was fitted on these texts, and the SHA-256 of its file.
    pub fn reference(self, reference: &'a Reference, sha256: &'a str) -> LintOptions<'a> {
        LintOptions { reference: Some((reference, sha256)), ..self }
    }
}
