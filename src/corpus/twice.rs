//! Finds texts that occur more than once, under other ids or in other files.

use std::collections::HashSet;
use std::hash::{BuildHasher, Hasher};

use foldhash::fast::FixedState;

use super::Text;

/// Number of bytes below which a text may well be written twice: "I have no further questions."
const MIN_BYTES: usize = 80;

/// The texts met so far, by their fingerprints.
#[derive(Default)]
pub(super) struct Twice(HashSet<u64, FixedState>);

impl Twice {
    /// Takes a text, and returns whether it was met before.
    pub(super) fn is_known(&mut self, fingerprint: u64) -> bool {
        !self.0.insert(fingerprint)
    }
}

/// Returns a hash of a text's words, whatever white space is between them; none for a text that may well be written twice.
pub(super) fn fingerprint(text: &Text) -> Option<u64> {
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
    (n_bytes >= MIN_BYTES).then(|| hasher.finish())
}
