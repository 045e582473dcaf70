//! Options of the analysis, and thresholds for a word.

use jiff::civil::Date;

use crate::corpus::PeriodRule;

/// Minimum number of documents of a group with a word that is tested.
pub const MIN_TESTED_DOCUMENTS: u64 = 20;
/// Maximum adjusted p-value of a word that is said to rise.
pub const MAX_P_ADJUSTED: f64 = 0.05;

/// The order of words with an excess.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Rank {
    /// The excess gap: words that many units have.
    #[default]
    Difference,
    /// The lower end of the excess ratio's interval: words that were rare.
    Ratio,
}

/// Options of the analysis.
#[derive(Debug, Clone)]
pub struct WordsOptions {
    /// The length of a period.
    pub period: PeriodRule,
    /// The end of the baseline, which consists of the periods that end before this date.
    pub baseline_before: Date,
    /// Nominal coverage of the intervals, 0 to 1.
    pub level: f64,
    /// Number of words to show of each group, if none are asked for.
    pub n_top: usize,
    /// The order of these words.
    pub rank: Rank,
    /// The words asked for, in lower case; if empty, those with the most excess are shown.
    pub words: Vec<String>,
}
