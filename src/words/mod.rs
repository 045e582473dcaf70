//! Words over time: in which share of units each occurs, and which rise beyond the course they had before LLMs.

mod ageing;
mod llm_words;
mod record;

pub use ageing::{
    LlmWordsOverTime, MAX_P_VALUE, MAX_RARE_RATE, MIN_PERIOD_UNITS, MIN_RELATIVE_CHANGE, PeriodOfWords, SummedChange,
    llm_words_over_time,
};
pub use llm_words::{LlmWord, LlmWords, MIN_LLM_LOG_RATIO, MIN_LLM_Z};
pub use record::{Excess, Rate, WordGroup, WordPeriod, WordSeries, Words};
