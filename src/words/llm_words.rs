//! The words that a reference knows as LLM words.

use std::f64::consts::LN_2;

use crate::occurrence::Vocabulary;
use crate::reference::Reference;

/// Minimum log ratio of occurrence rates, LLM over human, of an LLM word: twice as often.
pub const MIN_LLM_LOG_RATIO: f64 = LN_2;
/// Minimum log ratio in its own standard errors, units taken as independent.
pub const MIN_LLM_Z: f64 = 5.0;

/// The words of a reference, with how much more often LLMs use them.
#[derive(Debug, Clone)]
pub struct LlmWords {
    vocabulary: Vocabulary,
    by_word: Vec<LlmWord>,
}

/// The reference's knowledge of a word.
#[derive(Debug, Clone, Copy, PartialEq)]
#[non_exhaustive]
pub struct LlmWord {
    /// Log ratio of the occurrence rates, all LLM sources together over human, in nats.
    pub log_ratio: f64,
    /// Whether it is an LLM word: [`MIN_LLM_LOG_RATIO`] and [`MIN_LLM_Z`] are reached.
    pub is_llm_word: bool,
    /// Share of the human units with the word.
    pub human_rate: f64,
}

impl LlmWords {
    /// Returns the words of `reference`; rates are smoothed as those of naive Bayes, (n + 1/2) / (N + 1).
    pub fn of(reference: &Reference) -> LlmWords {
        let n_units: Vec<u64> = reference.sources.iter().map(|source| source.n_units).collect();
        let (n_human, n_llm) = (n_units[0], n_units[1..].iter().sum());
        let word = |at: usize| {
            let in_llm = reference.occurrences[1..].iter().map(|source| source[at]).sum();
            LlmWord::new((reference.occurrences[0][at], n_human), (in_llm, n_llm))
        };
        let by_word = (0..reference.vocabulary.len()).map(word).collect();
        LlmWords { vocabulary: reference.vocabulary(), by_word }
    }

    /// Returns what is known of `word`.
    pub fn get(&self, word: &str) -> Option<LlmWord> {
        self.vocabulary.number(word).map(|number| self.by_word[number as usize])
    }

    /// Returns all words, in the order of the reference's vocabulary.
    pub fn by_number(&self) -> &[LlmWord] {
        &self.by_word
    }
}

impl LlmWord {
    /// Computes a word from the number of units with it and of all units, in human and in LLM text.
    fn new(human: (u64, u64), llm: (u64, u64)) -> LlmWord {
        let rate = |(with, of): (u64, u64)| (with as f64 + 0.5) / (of as f64 + 1.0);
        let log_ratio = (rate(llm) / rate(human)).ln();
        let standard_error = (1.0 / (human.0 as f64 + 0.5) + 1.0 / (llm.0 as f64 + 0.5)).sqrt();
        let is_llm_word = log_ratio >= MIN_LLM_LOG_RATIO && log_ratio >= MIN_LLM_Z * standard_error;
        LlmWord { log_ratio, is_llm_word, human_rate: rate(human) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_llm_word_is_more_frequent_and_surely_so() {
        let word = |human, llm| LlmWord::new((human, 10_000), (llm, 10_000));
        assert!((word(100, 400).log_ratio - (400.5f64 / 100.5).ln()).abs() < 1e-12);
        assert!(word(100, 400).is_llm_word);
        assert!(!word(100, 190).is_llm_word, "less than twice as often");
        assert!(!word(2, 12).is_llm_word, "six times as often, but by chance perhaps");
        assert!(!word(400, 100).is_llm_word);
    }
}
