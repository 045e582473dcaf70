//! The JSON of words over time: the record, and its headline.

use jiff::civil::Date;
use serde::{Serialize, Serializer};

use super::headline::words_headline;
use crate::corpus::{Event, PeriodRule, UndatedSummary};
use crate::estimate::RunSummary;
use crate::words::{Correction, WordGroup, Words, WordsWarning};

#[derive(Serialize)]
#[serde(remote = "Words")]
struct WordsJson {
    #[serde(flatten)]
    run: RunSummary<Option<String>>,
    warnings: Vec<WordsWarning>,
    command: String,
    period: PeriodRule,
    undated: UndatedSummary,
    events: Vec<Event>,
    baseline_before: Date,
    n_words_tested: usize,
    n_tests: usize,
    correction: Correction,
    max_p_adjusted: f64,
    groups: Vec<WordGroup>,
    #[serde(getter = "words_headline")]
    headline: String,
}

impl Serialize for Words {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        WordsJson::serialize(self, serializer)
    }
}
