//! The result of `words` as it leaves the tool; the field names are those of the JSON.

use jiff::civil::Date;
use serde::Serialize;

use crate::corpus::{Event, Period, PeriodRule, UndatedSummary};
use crate::estimate::RunSummary;
use crate::interval::Interval;

/// One run of `words`.
#[derive(Debug, Clone, Serialize)]
#[non_exhaustive]
pub struct Words {
    /// What it was made from, and with what; of the reference whose LLM words are marked the name, none where it was not asked for.
    #[serde(flatten)]
    pub run: RunSummary<Option<String>>,
    /// The command, as it can be typed again; folders are left out.
    pub command: String,
    /// How long a period is.
    pub period: PeriodRule,
    /// Documents that are in no period.
    pub undated: UndatedSummary,
    /// Dates to mark.
    pub events: Vec<Event>,
    /// Periods that end before this date are from before LLMs: the course that later ones are compared with.
    pub baseline_before: Date,
    /// Words that were looked at: the number that the p-values are corrected for.
    pub n_words_tested: usize,
    /// Tests that were made, and corrected for: these words in each later period of each group.
    pub n_tests: usize,
    /// How the p-values are corrected.
    pub correction: Correction,
    /// Largest adjusted p-value of a word that is said to rise.
    pub max_p_adjusted: f64,
    /// One for each combination of the values of `--by`.
    pub groups: Vec<WordGroup>,
    /// What was found, in one sentence.
    pub headline: String,
}

/// How p-values are corrected for the number of tests.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Correction {
    /// The false discovery rate of Benjamini and Hochberg (1995).
    #[default]
    BenjaminiHochberg,
}

/// The words of one group.
#[derive(Debug, Clone, Serialize)]
#[non_exhaustive]
pub struct WordGroup {
    /// Values of `--by`, joined by a blank; empty where everything is one group.
    pub name: String,
    /// By rising period.
    pub periods: Vec<WordPeriod>,
    /// The words asked for in that order, or else those with the most excess, the most first.
    pub words: Vec<WordSeries>,
    /// Words that rise beyond their course in some later period, after correction; those shown are some of them.
    pub n_excess_words: usize,
    /// How many of these the reference knows as LLM words.
    pub n_excess_llm_words: usize,
    /// Relative standard deviation of a word's rate from period to period, beyond sampling, that excess has to stand out of; none
    /// without excess.
    pub scatter: Option<f64>,
    /// Relative change of a word's rate in a year, up or down, that is usual in the baseline; none where that is not known.
    pub slope: Option<f64>,
    /// What to know of it.
    pub warnings: Vec<String>,
}

/// A period's size.
#[derive(Debug, Clone, Serialize)]
#[non_exhaustive]
pub struct WordPeriod {
    /// When.
    pub period: Period,
    /// Whether it is from before LLMs.
    pub is_baseline: bool,
    /// Documents.
    pub n_documents: u64,
    /// Units.
    pub n_units: u64,
}

/// One word over the periods.
#[derive(Debug, Clone, Serialize)]
#[non_exhaustive]
pub struct WordSeries {
    /// The word, in lower case.
    pub word: String,
    /// Log ratio of its occurrence rates in the reference, LLM over human, in nats; none: the reference does not know it.
    pub llm_log_ratio: Option<f64>,
    /// Whether the reference knows it as an LLM word.
    pub is_llm_word: bool,
    /// One for each period of the group, in its order.
    pub rates: Vec<Rate>,
    /// The period with the largest excess; none: no period before LLMs, or none after.
    pub excess: Option<Excess>,
}

/// The occurrence rate of a word in one period.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Rate {
    /// Units with the word.
    pub n_units_with: u64,
    /// Share of units with the word, 0 to 1.
    pub rate: f64,
    /// Its interval, clustered by document.
    pub interval: Interval,
    /// The rate that the course before LLMs lets expect; only in later periods.
    pub expected: Option<f64>,
}

/// How far a rate is beyond the course from before LLMs (Kobak et al. 2025, Sci. Adv. 11:eadt3813).
#[derive(Debug, Clone, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Excess {
    /// Label of the period.
    pub period: String,
    /// The rate there.
    pub observed: f64,
    /// The rate extrapolated from the periods before LLMs.
    pub expected: f64,
    /// Observed less expected: the excess gap.
    pub difference: f64,
    /// Its interval, the extrapolation's error included.
    pub difference_interval: Interval,
    /// Observed over expected: the excess ratio.
    pub ratio: f64,
    /// Its interval; the upper end is infinite (null in JSON) where the expected rate may be 0.
    pub ratio_interval: Interval,
    /// One-sided p-value of no excess, for this word alone.
    pub p_value: f64,
    /// The p-value, corrected for all words and periods that were looked at.
    pub p_adjusted: f64,
}
