//! Finds texts that occur more than once, under other ids or in other files.

use std::collections::HashSet;
use std::hash::BuildHasher;

use foldhash::quality::FixedState;

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

/// Returns a hash of a text, whatever white space is in it; none for a text that may well be written twice.
pub(super) fn fingerprint(text: &Text) -> Option<u64> {
    let mut squeezed = Squeezed::default();
    match text {
        Text::Prose(prose) => squeezed.push(prose),
        Text::Units(units) => units.iter().flatten().for_each(|word| squeezed.push(word)),
    }
    let Squeezed { bytes, n_words } = squeezed;
    (bytes.len() + n_words >= MIN_BYTES).then(|| FixedState::with_seed(0).hash_one(bytes))
}

/// A text without its white space.
#[derive(Default)]
struct Squeezed {
    bytes: Vec<u8>,
    n_words: usize,
}

impl Squeezed {
    /// Adds words, without branches, as white space is hard to predict.
    fn push(&mut self, words: &str) {
        let start = self.bytes.len();
        self.bytes.resize(start + words.len(), 0);
        let (to, mut n, mut was_space) = (&mut self.bytes[start..], 0, true);
        for &byte in words.as_bytes() {
            let is_space = byte.is_ascii_whitespace();
            to[n] = byte;
            n += usize::from(!is_space);
            self.n_words += usize::from(was_space & !is_space);
            was_space = is_space;
        }
        self.bytes.truncate(start + n);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn white_space_makes_no_difference_and_words_do() {
        let of = |text: &str| fingerprint(&Text::as_it_is(text));
        let text = "The kite flies well in strong wind and the line is long enough for all of the tests here.";
        assert!(of(text).is_some());
        assert_eq!(of(text), of(&text.replace(' ', "\r\n  ")));
        assert_ne!(of(text), of(&text.replace("kite", "bird")));
        assert_eq!(of(&text[..MIN_BYTES - 2]), None);
        assert!(of(&text[..MIN_BYTES - 1]).is_some());
    }
}
