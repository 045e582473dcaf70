//! Examples of what is odd about texts: the longest unit, and some words that the vocabulary lacks.

use std::collections::BTreeMap;
use std::hash::BuildHasher;

use foldhash::fast::FixedState;

/// Number of words of the longest unit that are kept.
const N_FIRST: usize = 12;
/// Number of unknown words that are kept: those with the smallest hashes, whatever the order of documents.
const N_UNKNOWN: usize = 6;
/// Maximum length of an unknown word as an example, in bytes.
const LONGEST_WORD: usize = 40;

/// The examples from texts that were scored.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TextSample {
    /// Number of words of the longest unit, and the numbers of the first that are known.
    longest: (u32, Vec<u32>),
    unknown: BTreeMap<u64, Box<str>>,
}

impl TextSample {
    /// Adds a unit of `n_words` words, of which the `known` are given by number.
    #[inline]
    pub fn unit(&mut self, n_words: u32, known: &[u32]) {
        if n_words >= self.longest.0 {
            let first = &known[..known.len().min(N_FIRST)];
            if n_words > self.longest.0 || first > self.longest.1.as_slice() {
                self.longest = (n_words, first.to_vec());
            }
        }
    }

    /// Adds a word that is not known.
    #[inline]
    pub fn unknown(&mut self, word: &str) {
        let hash = FixedState::with_seed(0).hash_one(word);
        let is_full = self.unknown.len() == N_UNKNOWN;
        if is_full && self.unknown.last_key_value().is_some_and(|(last, _)| *last <= hash) || word.len() > LONGEST_WORD
        {
            return;
        }
        self.unknown.insert(hash, word.into());
        self.shrink();
    }

    /// Adds the examples of another sample.
    pub fn merge(&mut self, other: TextSample) {
        self.longest = std::mem::take(&mut self.longest).max(other.longest);
        self.unknown.extend(other.unknown);
        self.shrink();
    }

    /// Returns the length of the longest unit in words, and how it begins, given the words by number.
    pub fn longest(&self, words: &[Box<str>]) -> (u32, String) {
        let first = self.longest.1.iter().filter_map(|&number| words.get(number as usize));
        (self.longest.0, first.map(|word| &**word).collect::<Vec<_>>().join(" "))
    }

    /// Returns some words that are not known.
    pub fn unknown_words(&self) -> impl Iterator<Item = &str> {
        self.unknown.values().map(|word| &**word)
    }

    fn shrink(&mut self) {
        while self.unknown.len() > N_UNKNOWN {
            self.unknown.pop_last();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn examples_do_not_depend_on_the_order() {
        let words = ["kite", "wind", "gust", "rain", "hail", "snow", "calm", "mist", "haze"];
        let of = |words: &[&str]| {
            let mut sample = TextSample::default();
            words.iter().for_each(|word| sample.unknown(word));
            sample.unit(words.len() as u32, &[words.len() as u32]);
            sample
        };
        let mut one = of(&words[..4]);
        one.merge(of(&words[4..]));
        let mut other = of(&words[4..]);
        other.merge(of(&words[..4]));
        assert_eq!(one, other);
        assert_eq!(one.unknown_words().count(), N_UNKNOWN);
        assert_eq!(one.longest.0, 5);
    }
}
