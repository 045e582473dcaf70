//! Follows words over time: the share of units in which each occurs, and the words that rise beyond their course
//! before LLMs.
//!
//! Documents are counted into an [`OccurrenceTable`], which holds no text and can be stored; [`analyse`] computes rates
//! with intervals clustered by document, the excess of every word over its course (Kobak et al. 2025, Sci. Adv.
//! 11:eadt3813) with a correction for testing thousands of words, and the marks of words that a reference knows as LLM
//! words.

mod ageing;
mod analysis;
mod correction;
mod counts;
mod course;
mod excess;
mod group;
mod llm_words;
mod options;
mod rates;
mod record;
mod scatter;
pub mod store;
mod variance;
mod warning;
mod warnings;

pub use ageing::{
    LlmWordsOverTime, MAX_P_VALUE, MAX_RARE_RATE, MIN_PERIOD_UNITS, MIN_RELATIVE_CHANGE, PeriodOfWords, SummedChange,
    llm_words_over_time,
};
pub use analysis::{Analysis, analyse};
pub use correction::benjamini_hochberg;
pub use counts::{Counts, GroupCounts, OccurrenceTable};
pub use llm_words::{LlmWord, LlmWords, MIN_LLM_LOG_RATIO, MIN_LLM_Z};
pub use options::{MAX_P_ADJUSTED, MIN_TESTED_DOCUMENTS, Rank, WordsOptions};
pub use rates::{FEW_DOCUMENTS, Occurrence};
pub use record::{Correction, Excess, Rate, WordGroup, WordPeriod, WordSeries, Words};
pub use scatter::ASSUMED_SCATTER;
pub use warning::{FEW_PERIOD_DOCUMENTS, GroupWarning, WordsWarning};
