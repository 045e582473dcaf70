//! The result of `words`; the field names are those of the JSON, to which `report` adds the headline.

use jiff::civil::Date;
use serde::Serialize;

use crate::corpus::{Event, Period, PeriodRule, UndatedSummary};
use crate::estimate::RunSummary;
use crate::interval::Interval;

use super::warning::{GroupWarning, WordsWarning};

/// One run of `words`.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Words {
    /// The inputs, the tool and the name and hash of the reference whose LLM words are marked, if one was asked for.
    pub run: RunSummary<Option<String>>,
    /// Warnings about the run as a whole.
    pub warnings: Vec<WordsWarning>,
    /// The command, in a form that can be typed again; folders are left out.
    pub command: String,
    /// The length of a period.
    pub period: PeriodRule,
    /// Counts of the documents that are in no period.
    pub undated: UndatedSummary,
    /// Dates to mark.
    pub events: Vec<Event>,
    /// The end of the baseline: periods that end before this date are from before LLMs, and later ones are compared
    /// with their course.
    pub baseline_before: Date,
    /// Number of words tested, for which the p-values are corrected.
    pub n_words_tested: usize,
    /// Number of tests for which the p-values are corrected: these words in each later period of each group.
    pub n_tests: usize,
    /// The correction of the p-values.
    pub correction: Correction,
    /// Maximum adjusted p-value of a word that is said to rise.
    pub max_p_adjusted: f64,
    /// The groups, one for each combination of the values of `--by`.
    pub groups: Vec<WordGroup>,
}

/// The correction of p-values for the number of tests.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Correction {
    /// The false discovery rate of Benjamini and Hochberg (1995).
    #[default]
    BenjaminiHochberg,
}

/// The words of one group.
#[derive(Debug, Clone, Serialize)]
#[non_exhaustive]
pub struct WordGroup {
    /// Values of `--by`, joined by a blank; empty if everything is one group.
    pub name: String,
    /// The periods, by rising time.
    pub periods: Vec<WordPeriod>,
    /// The words asked for in that order, or else those with the most excess, the most first.
    pub words: Vec<WordSeries>,
    /// Number of words that rise beyond their course in some later period, after correction; those shown are among
    /// them.
    pub n_excess_words: usize,
    /// Number of these that the reference knows as LLM words.
    pub n_excess_llm_words: usize,
    /// Relative standard deviation of a word's rate from period to period, beyond sampling, against which excess is
    /// judged; `None` without excess.
    pub scatter: Option<f64>,
    /// Relative change of a word's rate per year, up or down, that is usual in the baseline; `None` if it is not known.
    pub slope: Option<f64>,
    /// Warnings about the group.
    pub warnings: Vec<GroupWarning>,
}

/// A period's size.
#[derive(Debug, Clone, Serialize)]
#[non_exhaustive]
pub struct WordPeriod {
    /// The period.
    pub period: Period,
    /// Whether it is from before LLMs.
    pub is_baseline: bool,
    /// Number of documents.
    pub n_documents: u64,
    /// Number of units.
    pub n_units: u64,
}

/// One word over the periods.
#[derive(Debug, Clone, Serialize)]
#[non_exhaustive]
pub struct WordSeries {
    /// The word, in lower case.
    pub word: String,
    /// Log ratio of its occurrence rates in the reference, LLM over human, in nats; `None` if the reference does not
    /// know it.
    pub llm_log_ratio: Option<f64>,
    /// Whether the reference knows it as an LLM word.
    pub is_llm_word: bool,
    /// The rates, one for each period of the group, in its order.
    pub rates: Vec<Rate>,
    /// The period with the largest excess; `None` if there is no period before LLMs, or none after.
    pub excess: Option<Excess>,
}

/// The occurrence rate of a word in one period.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Rate {
    /// Number of units with the word.
    pub n_units_with: u64,
    /// Share of units with the word, 0 to 1.
    pub rate: f64,
    /// Its interval, clustered by document.
    pub interval: Interval,
    /// The rate expected from the course before LLMs; only in later periods.
    pub expected: Option<f64>,
}

/// The excess of a rate over the course from before LLMs (Kobak et al. 2025, Sci. Adv. 11:eadt3813).
#[derive(Debug, Clone, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Excess {
    /// Label of the period.
    pub period: String,
    /// The rate there.
    pub observed: f64,
    /// The rate extrapolated from the periods before LLMs.
    pub expected: f64,
    /// The excess gap: observed minus expected rate.
    pub difference: f64,
    /// Its interval, including the extrapolation's error.
    pub difference_interval: Interval,
    /// The excess ratio: observed over expected rate.
    pub ratio: f64,
    /// Its interval; the upper end is infinite (null in JSON) if the expected rate may be 0.
    pub ratio_interval: Interval,
    /// One-sided p-value of no excess, for this word alone.
    pub p_value: f64,
    /// The p-value, corrected for all words and periods tested.
    pub p_adjusted: f64,
}
