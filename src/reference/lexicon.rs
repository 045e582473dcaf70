//! The words that a score may use: the whole vocabulary, or a part that topics have less to do with.

use std::fmt;

use serde::{Deserialize, Serialize};

/// A choice of words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Lexicon {
    /// Every word of the vocabulary.
    #[default]
    All,
    /// [`FUNCTION_WORDS`] alone: how things are said, not what is said.
    FunctionWords,
    /// Without names (words that are mostly capitalised inside a sentence) and numbers (words with a digit).
    WithoutNames,
}

impl Lexicon {
    /// The choices that leave words out.
    pub const RESTRICTED: [Lexicon; 2] = [Lexicon::FunctionWords, Lexicon::WithoutNames];

    /// Returns the name for people.
    pub fn name(self) -> &'static str {
        match self {
            Lexicon::All => "all words",
            Lexicon::FunctionWords => "function words only",
            Lexicon::WithoutNames => "no names and numbers",
        }
    }

    /// Returns the numbers of the words that are kept, in rising order; `is_name` says which are mostly capitalised.
    pub fn words(self, vocabulary: &[Box<str>], is_name: &[bool]) -> Vec<u32> {
        let keeps = |word: &str, is_name: bool| match self {
            Lexicon::All => true,
            Lexicon::FunctionWords => is_function_word(word),
            Lexicon::WithoutNames => is_function_word(word) || !(is_name || word.contains(|c: char| c.is_numeric())),
        };
        let numbered = vocabulary.iter().zip(is_name).zip(0..);
        numbered.filter(|((word, is_name), _)| keeps(word, **is_name)).map(|(_, number)| number).collect()
    }
}

impl fmt::Display for Lexicon {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

/// Returns whether a word, in lower case, is one of [`FUNCTION_WORDS`].
pub(crate) fn is_function_word(word: &str) -> bool {
    FUNCTION_WORDS.binary_search(&word).is_ok()
}

/// Words of the closed classes of English, in byte order: articles, pronouns, determiners, prepositions, conjunctions,
/// auxiliary verbs, and what is left of these after an apostrophe ("doesn't" is "doesn" and "t").
pub const FUNCTION_WORDS: &[&str] = &[
    "a",
    "about",
    "above",
    "across",
    "after",
    "against",
    "all",
    "along",
    "although",
    "am",
    "among",
    "an",
    "and",
    "another",
    "any",
    "anyone",
    "anything",
    "are",
    "aren",
    "around",
    "as",
    "at",
    "be",
    "because",
    "been",
    "before",
    "behind",
    "being",
    "below",
    "beneath",
    "beside",
    "besides",
    "between",
    "beyond",
    "both",
    "but",
    "by",
    "can",
    "cannot",
    "could",
    "couldn",
    "d",
    "despite",
    "did",
    "didn",
    "do",
    "does",
    "doesn",
    "doing",
    "don",
    "down",
    "during",
    "each",
    "either",
    "else",
    "ever",
    "every",
    "everyone",
    "everything",
    "except",
    "few",
    "fewer",
    "for",
    "from",
    "had",
    "hadn",
    "has",
    "hasn",
    "have",
    "haven",
    "having",
    "he",
    "hence",
    "her",
    "here",
    "hers",
    "herself",
    "him",
    "himself",
    "his",
    "how",
    "however",
    "i",
    "if",
    "in",
    "inside",
    "instead",
    "into",
    "is",
    "isn",
    "it",
    "its",
    "itself",
    "just",
    "least",
    "less",
    "like",
    "ll",
    "m",
    "many",
    "may",
    "me",
    "might",
    "mine",
    "more",
    "most",
    "much",
    "must",
    "my",
    "myself",
    "near",
    "neither",
    "never",
    "no",
    "nobody",
    "none",
    "nor",
    "not",
    "nothing",
    "now",
    "of",
    "off",
    "on",
    "once",
    "one",
    "only",
    "onto",
    "or",
    "other",
    "others",
    "otherwise",
    "ought",
    "our",
    "ours",
    "ourselves",
    "out",
    "outside",
    "over",
    "own",
    "per",
    "quite",
    "rather",
    "re",
    "s",
    "same",
    "shall",
    "she",
    "should",
    "shouldn",
    "since",
    "so",
    "some",
    "somebody",
    "someone",
    "something",
    "still",
    "such",
    "t",
    "than",
    "that",
    "the",
    "their",
    "theirs",
    "them",
    "themselves",
    "then",
    "there",
    "therefore",
    "these",
    "they",
    "this",
    "those",
    "though",
    "through",
    "throughout",
    "thus",
    "till",
    "to",
    "too",
    "toward",
    "towards",
    "under",
    "unless",
    "unlike",
    "until",
    "up",
    "upon",
    "us",
    "ve",
    "versus",
    "very",
    "via",
    "was",
    "wasn",
    "we",
    "were",
    "weren",
    "what",
    "whatever",
    "when",
    "whenever",
    "where",
    "whereas",
    "wherever",
    "whether",
    "which",
    "while",
    "who",
    "whoever",
    "whom",
    "whose",
    "why",
    "will",
    "with",
    "within",
    "without",
    "won",
    "would",
    "wouldn",
    "yet",
    "you",
    "your",
    "yours",
    "yourself",
    "yourselves",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn function_words_are_found() {
        assert!(FUNCTION_WORDS.windows(2).all(|pair| pair[0] < pair[1]), "not in byte order");
        assert!(is_function_word("the") && is_function_word("yourselves") && !is_function_word("delve"));
    }

    #[test]
    fn names_and_numbers_are_left_out_and_function_words_are_not_names() {
        let words: Vec<Box<str>> = ["2d", "bert", "i", "method", "the"].map(Box::from).to_vec();
        let is_name = [false, true, true, false, false];
        assert_eq!(Lexicon::All.words(&words, &is_name), [0, 1, 2, 3, 4]);
        assert_eq!(Lexicon::FunctionWords.words(&words, &is_name), [2, 4]);
        assert_eq!(Lexicon::WithoutNames.words(&words, &is_name), [2, 3, 4]);
    }
}
