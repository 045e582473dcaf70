//! What is looked for, and what is asked of a word.

use jiff::civil::Date;

use crate::corpus::PeriodRule;

/// Fewest documents of a group with a word that is tested.
pub const MIN_TESTED_DOCUMENTS: u64 = 20;
/// Largest adjusted p-value of a word that is said to rise.
pub const MAX_P_ADJUSTED: f64 = 0.05;

/// By what words with an excess are put in order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Rank {
    /// The excess gap: words that many units have.
    #[default]
    Difference,
    /// The lower end of the excess ratio's interval: words that were rare.
    Ratio,
}

/// What to look for.
#[derive(Debug, Clone)]
pub struct WordsOptions {
    /// How long a period is.
    pub period: PeriodRule,
    /// Periods that end before are the baseline.
    pub baseline_before: Date,
    /// Coverage asked of the intervals.
    pub level: f64,
    /// Words to show of each group, where none are asked for.
    pub n_top: usize,
    /// In which order.
    pub rank: Rank,
    /// The words asked for, in lower case; none: those with the most excess.
    pub words: Vec<String>,
}
