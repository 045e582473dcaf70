//! Finds texts that occur more than once, under other ids or in other files.

use std::collections::HashSet;
use std::hash::{BuildHasher, Hasher};

use foldhash::fast::FixedState;

use super::Text;

/// Number of bytes below which a text may well be written twice: "I have no further questions."
const MIN_BYTES: usize = 80;

/// The texts met so far, by a hash of their words.
#[derive(Default)]
pub(super) struct Twice(HashSet<u64>);

impl Twice {
    /// Takes a text, and returns whether it was met before. White space does not count.
    pub(super) fn is_known(&mut self, text: &Text) -> bool {
        let mut hasher = FixedState::default().build_hasher();
        let mut n_bytes = 0;
        let mut take = |word: &str| {
            n_bytes += word.len() + 1;
            hasher.write(word.as_bytes());
            hasher.write_u8(b' ');
        };
        match text {
            Text::Prose(prose) => prose.split_ascii_whitespace().for_each(&mut take),
            Text::Units(units) => units.iter().flatten().for_each(&mut take),
        }
        n_bytes >= MIN_BYTES && !self.0.insert(hasher.finish())
    }
}
