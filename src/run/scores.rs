//! Scores and occurrences without text, made here or elsewhere.

use crate::estimate::InputSummary;
use crate::score::ScoreTable;
use crate::score::store::Origin;
use crate::words::OccurrenceTable;

/// Tables without text, ready to be stored.
#[derive(Debug)]
#[non_exhaustive]
pub struct Scores {
    /// The score table.
    pub table: ScoreTable,
    /// The reference, settings and tool version that made the scores.
    pub origin: Origin,
    /// The occurrences of every word, if they were asked for.
    pub occurrences: Option<OccurrenceTable>,
    /// Summary of what was read; documents without text are counted by the tables.
    pub input: InputSummary,
}

impl Scores {
    /// Returns tables that were made elsewhere.
    pub fn new(table: ScoreTable, origin: Origin, occurrences: Option<OccurrenceTable>) -> Scores {
        Scores { table, origin, occurrences, input: InputSummary::default() }
    }
}
