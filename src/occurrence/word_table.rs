//! A table from words to numbers, for the innermost loop: words of running text are short.

use std::collections::HashMap;

use foldhash::fast::FixedState;

/// Longest word that is compared as two numbers, in bytes.
const LONGEST: usize = 16;
/// Odd factor that spreads keys over the table: 2^64 over the golden ratio.
const SPREAD: u64 = 0x9e37_79b9_7f4a_7c15;

/// Numbers of words.
#[derive(Debug, Clone)]
pub(super) struct WordTable {
    /// Short words by open addressing; at most half of the places are taken.
    places: Vec<Place>,
    /// Words longer than [`LONGEST`].
    long: HashMap<Box<str>, u32, FixedState>,
}

/// A short word, or an empty place, which has the length 0.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Place {
    key: Key,
    number: u32,
}

/// A short word by its first bytes, its last bytes and its length: the same only for the same word.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Key {
    first: u64,
    last: u64,
    length: u32,
}

impl Key {
    /// Returns the key of a word, unless it is long.
    #[inline]
    fn of(word: &[u8]) -> Option<Key> {
        let length = word.len();
        let (first, last) = if length > LONGEST {
            return None;
        } else if let (Some(first), Some(last)) = (word.first_chunk(), word.last_chunk()) {
            (u64::from_le_bytes(*first), u64::from_le_bytes(*last))
        } else if let (Some(first), Some(last)) = (word.first_chunk(), word.last_chunk()) {
            (u64::from(u32::from_le_bytes(*first)), u64::from(u32::from_le_bytes(*last)))
        } else {
            let byte = |at: usize| u64::from(word.get(at).copied().unwrap_or(0));
            (byte(0) | byte(1) << 8 | byte(2) << 16, 0)
        };
        Some(Key { first, last, length: length as u32 })
    }

    #[inline]
    fn spread(self) -> u64 {
        let mixed = (self.first ^ self.last.rotate_left(29) ^ u64::from(self.length)).wrapping_mul(SPREAD);
        mixed ^ mixed >> 32
    }
}

impl WordTable {
    /// Makes the table of distinct words, numbered in their order.
    pub(super) fn new(words: &[Box<str>]) -> WordTable {
        let n_places = (2 * words.len() + 1).next_power_of_two();
        let mut table = WordTable { places: vec![Place::default(); n_places], long: HashMap::default() };
        for (word, number) in words.iter().zip(0..) {
            match Key::of(word.as_bytes()) {
                Some(key) => {
                    let free = table.find(key);
                    table.places[free] = Place { key, number };
                }
                None => {
                    table.long.insert(word.clone(), number);
                }
            }
        }
        table
    }

    /// Returns the number of a word.
    #[inline]
    pub(super) fn number(&self, word: &str) -> Option<u32> {
        match Key::of(word.as_bytes()) {
            Some(key) => {
                let place = &self.places[self.find(key)];
                (place.key == key && key.length > 0).then_some(place.number)
            }
            None => self.long.get(word).copied(),
        }
    }

    /// Returns the place of a key, or the empty place where it would be.
    #[inline]
    fn find(&self, key: Key) -> usize {
        let mask = self.places.len() - 1;
        let mut at = key.spread() as usize & mask;
        while self.places[at].key.length > 0 && self.places[at].key != key {
            at = (at + 1) & mask;
        }
        at
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn finds_what_a_map_finds(words in proptest::collection::hash_set("[a-zé_0-9]{1,20}", 0..200), others in proptest::collection::vec(".{0,20}", 0..100)) {
            let words: Vec<Box<str>> = words.into_iter().map(Box::from).collect();
            let table = WordTable::new(&words);
            let map: HashMap<&str, u32> = words.iter().map(|word| &**word).zip(0..).collect();
            for word in words.iter().map(|word| &**word).chain(others.iter().map(String::as_str)) {
                prop_assert_eq!(table.number(word), map.get(word).copied());
            }
        }
    }

    #[test]
    fn words_that_differ_in_one_byte_or_in_length_are_different() {
        let words: Vec<Box<str>> =
            (1..=20).flat_map(|n| ["a".repeat(n), format!("{}b", "a".repeat(n - 1))]).map(Box::from).collect();
        let table = WordTable::new(&words);
        for (word, number) in words.iter().zip(0..) {
            assert_eq!(table.number(word), Some(number));
        }
        assert_eq!((table.number(""), table.number("ab c")), (None, None));
    }
}
