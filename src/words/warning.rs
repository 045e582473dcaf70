//! The warnings about words over time.

use jiff::civil::Date;

use crate::corpus::{Period, PeriodRule};

/// Number of documents below which a period says little.
pub const FEW_PERIOD_DOCUMENTS: u64 = 10;

/// A warning about a run as a whole.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum WordsWarning {
    /// Words that were asked for do not occur.
    Missing {
        /// The words.
        words: Vec<String>,
        /// Whether a stored table was read, which leaves out rare words.
        is_stored: bool,
    },
    /// Rare words were left out when the occurrences were stored.
    LeftOut {
        /// Number of words left out.
        n_words: u64,
        /// Number of documents that a word had to be in.
        min_documents: u64,
    },
    /// The baseline has text from after this date, the release of ChatGPT.
    LateBaseline(Date),
    /// Something about the input, as [`RunSummary::notes`](crate::estimate::RunSummary::notes) says it.
    Input(String),
}

/// A warning about the words of a group; periods are given by their labels, the scatter as a share of the rate.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum GroupWarning {
    /// No period ends before the baseline's end.
    NoBaseline {
        /// The length of a period.
        period: PeriodRule,
        /// The end of the baseline.
        before: Date,
    },
    /// Every period ends before the baseline's end.
    NothingLater {
        /// The length of a period.
        period: PeriodRule,
        /// The end of the baseline.
        before: Date,
    },
    /// A period contains the baseline's end, and counts as later text.
    Divided {
        /// The period.
        period: Period,
        /// The end of the baseline.
        before: Date,
    },
    /// The baseline is one period, so that each word is assumed to keep its rate, with an assumed scatter.
    OnePeriod {
        /// The period.
        period: String,
        /// The scatter.
        scatter: f64,
    },
    /// There are too few frequent words to see the scatter, so that this one is assumed.
    AssumedScatter(f64),
    /// Two baseline periods leave no residuals, so that this scatter is that of the words between them.
    TwoPeriods(f64),
    /// No word rises beyond its course, after correction.
    NoneRises,
    /// These periods have fewer than [`FEW_PERIOD_DOCUMENTS`] documents.
    FewDocuments(Vec<String>),
}
