//! The words that a reference knows, and the rule that chose them.

use serde::{Deserialize, Serialize};

use super::count::Occurrences;
use super::word_table::WordTable;

/// The rule for words to enter the vocabulary: presence in enough units of both sides.
///
/// The thresholds are those of the published code of Liang et al. (2024).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct VocabularyRule {
    /// Minimum number of human units with the word.
    pub min_human_units: u64,
    /// Minimum number of LLM units with the word, all LLM sources together.
    pub min_llm_units: u64,
}

impl Default for VocabularyRule {
    fn default() -> Self {
        VocabularyRule { min_human_units: 5, min_llm_units: 3 }
    }
}

impl VocabularyRule {
    /// Sets the minimum number of human units with the word.
    pub fn min_human_units(self, min_human_units: u64) -> VocabularyRule {
        VocabularyRule { min_human_units, ..self }
    }

    /// Sets the minimum number of LLM units with the word.
    pub fn min_llm_units(self, min_llm_units: u64) -> VocabularyRule {
        VocabularyRule { min_llm_units, ..self }
    }
}

/// Words in byte order, each with its place in that order as its number.
#[derive(Debug, Clone)]
pub struct Vocabulary {
    words: Vec<Box<str>>,
    numbers: WordTable,
}

impl Vocabulary {
    /// Returns the vocabulary of these words, sorted and without repeats.
    pub fn new(mut words: Vec<Box<str>>) -> Vocabulary {
        words.sort_unstable();
        words.dedup();
        let numbers = WordTable::new(&words);
        Vocabulary { words, numbers }
    }

    /// Returns the words that `rule` chooses, given the occurrences of the human source and of every LLM source.
    pub fn choose(human: &Occurrences, llms: &[Occurrences], rule: VocabularyRule) -> Vocabulary {
        let in_llms = |word: &str| llms.iter().map(|llm| llm.n_units_with.get(word).copied().unwrap_or(0)).sum::<u64>();
        let chosen = human
            .n_units_with
            .iter()
            .filter(|(word, n)| **n >= rule.min_human_units && in_llms(word) >= rule.min_llm_units)
            .map(|(word, _)| word.clone());
        Vocabulary::new(chosen.collect())
    }

    /// Returns the number of a word, if it is in the vocabulary.
    #[inline]
    pub fn number(&self, word: &str) -> Option<u32> {
        self.numbers.number(word)
    }

    /// Returns the words in order of their numbers.
    pub fn words(&self) -> &[Box<str>] {
        &self.words
    }

    /// Returns the number of words.
    pub fn len(&self) -> usize {
        self.words.len()
    }

    /// Returns whether there is no word.
    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// Returns the counts of `occurrences`, in order of the words' numbers.
    pub fn counts(&self, occurrences: &Occurrences) -> Vec<u64> {
        self.words.iter().map(|word| occurrences.n_units_with.get(word).copied().unwrap_or(0)).collect()
    }
}
