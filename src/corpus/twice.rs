//! Finds texts that occur more than once, under other ids or in other files.

use std::collections::HashSet;

use foldhash::fast::FixedState;

use super::document::Text;

/// Number of bytes below which a text may well be written twice: "I have no further questions."
const MIN_BYTES: usize = 80;

/// Most texts that are remembered, so that memory is bounded; later ones are only compared with these.
const MOST: usize = 1 << 20;

/// The texts met so far, by their fingerprints.
#[derive(Default)]
pub(super) struct Twice(HashSet<u64, FixedState>);

impl Twice {
    /// Takes a text, and returns whether it was met before.
    pub(super) fn is_known(&mut self, fingerprint: u64) -> bool {
        if self.0.len() < MOST { !self.0.insert(fingerprint) } else { self.0.contains(&fingerprint) }
    }
}

/// Returns a hash of a text's words, whatever white space is between them; none for a text that may well be written twice.
pub(super) fn fingerprint(text: &Text) -> Option<u64> {
    let (mut hash, mut n_bytes) = (0, 0);
    let mut take = |word: &str| {
        n_bytes += word.len() + 1;
        hash = mixed(hash, word.as_bytes());
    };
    match text {
        Text::Prose(prose) => prose.split_ascii_whitespace().for_each(&mut take),
        Text::Units(units) => units.iter().flatten().for_each(&mut take),
    }
    (n_bytes >= MIN_BYTES).then_some(hash)
}

/// Mixes a word into the hash of those before it: eight bytes at a time, and its length.
#[inline]
fn mixed(hash: u64, word: &[u8]) -> u64 {
    let (chunks, rest) = word.as_chunks::<8>();
    let mut last = [0; 8];
    last[..rest.len()].copy_from_slice(rest);
    let numbers = chunks.iter().chain([&last]).map(|eight| u64::from_le_bytes(*eight));
    numbers.fold(hash ^ word.len() as u64, |hash, eight| {
        let mixed = (hash ^ eight).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        mixed ^ mixed >> 29
    })
}
