//! Options of the analysis, and thresholds for a word.

use jiff::civil::Date;
use serde::Serialize;

use crate::corpus::PeriodRule;

/// Minimum number of documents of a group with a word that is tested.
pub const MIN_TESTED_DOCUMENTS: u64 = 20;
/// Maximum adjusted p-value of a word that is said to rise.
pub const MAX_P_ADJUSTED: f64 = 0.05;

/// The order of words with an excess.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Rank {
    /// The excess gap: words that many units have.
    #[default]
    Difference,
    /// The lower end of the excess ratio's interval: words that were rare.
    Ratio,
}

/// Options of the analysis.
#[derive(Debug, Clone)]
#[non_exhaustive]
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

impl WordsOptions {
    /// Returns the usual choices for periods of this length and a baseline of those that end before a date.
    pub fn new(period: PeriodRule, baseline_before: Date) -> WordsOptions {
        WordsOptions { period, baseline_before, level: 0.95, n_top: 30, rank: Rank::default(), words: vec![] }
    }

    /// Sets the nominal coverage of the intervals, 0 to 1.
    pub fn level(self, level: f64) -> WordsOptions {
        WordsOptions { level, ..self }
    }

    /// Sets the number of words to show of each group.
    pub fn n_top(self, n_top: usize) -> WordsOptions {
        WordsOptions { n_top, ..self }
    }

    /// Sets the order of these words.
    pub fn rank(self, rank: Rank) -> WordsOptions {
        WordsOptions { rank, ..self }
    }

    /// Sets the words to show, in lower case.
    pub fn words(self, words: Vec<String>) -> WordsOptions {
        WordsOptions { words, ..self }
    }
}
