//! Words that a fitted mixture explains badly.

use serde::Serialize;

/// A word whose occurrence the fitted mixture explains badly.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[non_exhaustive]
pub struct MisfitWord {
    /// The word.
    pub word: String,
    /// Share of the target's units in which it occurs, 0 to 1.
    pub observed: f64,
    /// Share that the fitted mixture predicts, 0 to 1.
    pub expected: f64,
    /// Difference of the two in standard errors, with units taken as independent: for sorting, not for a test.
    pub z: f64,
}
