//! Fingerprints of texts: equal for equal words, and a sketch from which the share of common passages can be told.

use crate::corpus::Text;
use crate::tokenize::{UnitRule, UnitVisitor, visit_units};

/// Number of words of a shingle. A changed word breaks as many shingles as they have words: with five, a sentence of 20 words with
/// one changed word keeps half of them in common; with eight, a quarter.
const SHINGLE: usize = 5;
/// Number of shingles kept of a text: those with the smallest hashes.
const SKETCH: usize = 32;

/// A 64-bit hash of words that depends on nothing else.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Hash(u64);

impl Hash {
    /// Returns the hash of several hashes, in their order.
    pub fn of_all(parts: impl IntoIterator<Item = Hash>) -> Hash {
        parts.into_iter().fold(Hash(0x9e37_79b9_7f4a_7c15), Hash::then)
    }

    fn then(self, next: Hash) -> Hash {
        Hash(mix(self.0.rotate_left(5) ^ next.0))
    }
}

/// Returns the hash of one word: FNV-1a, with its bits mixed.
pub(super) fn hash_word(word: &str) -> Hash {
    let fnv = |hash: u64, byte: u8| (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
    Hash(mix(word.bytes().fold(0xcbf2_9ce4_8422_2325, fnv)))
}

/// Mixes by the last step of SplitMix64: every bit of the input changes half of the bits.
fn mix(x: u64) -> u64 {
    let x = (x ^ (x >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let x = (x ^ (x >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    x ^ (x >> 31)
}

/// The features by which texts are compared.
pub(super) struct Fingerprint {
    /// A hash that is equal if all words are, in their order; case, punctuation and white space do not matter.
    pub all: Hash,
    /// Number of words.
    pub n_words: usize,
    /// The smallest hashes of its shingles, rising.
    pub sketch: Vec<Hash>,
}

impl Fingerprint {
    pub fn of(text: &Text, buffer: &mut String) -> Fingerprint {
        struct Words(Vec<Hash>);
        impl UnitVisitor for Words {
            fn word(&mut self, word: &str) {
                self.0.push(hash_word(word));
            }
            fn end_unit(&mut self, _counts: bool) {}
        }
        let mut words = Words(vec![]);
        visit_units(text, UnitRule::Document, buffer, &mut words);
        let mut sketch: Vec<Hash> =
            words.0.windows(SHINGLE).map(|shingle| Hash::of_all(shingle.iter().copied())).collect();
        sketch.sort_unstable();
        sketch.dedup();
        sketch.truncate(SKETCH);
        sketch.shrink_to_fit();
        Fingerprint { n_words: words.0.len(), all: Hash::of_all(words.0), sketch }
    }

    /// Returns the estimated Jaccard similarity of the two texts' shingles, 0 to 1: the common share of the smallest hashes of
    /// their union (Broder 1997, doi:10.1109/SEQUEN.1997.666900). Exact for texts of up to 36 words.
    pub fn resemblance(&self, other: &Fingerprint) -> f64 {
        let (a, b) = (&self.sketch, &other.sketch);
        let (mut at_a, mut at_b, mut n_union, mut n_common) = (0, 0, 0, 0);
        while n_union < SKETCH && (at_a < a.len() || at_b < b.len()) {
            let order = match (a.get(at_a), b.get(at_b)) {
                (Some(x), Some(y)) => x.cmp(y),
                (Some(_), None) => std::cmp::Ordering::Less,
                (None, _) => std::cmp::Ordering::Greater,
            };
            at_a += usize::from(order.is_le());
            at_b += usize::from(order.is_ge());
            n_common += usize::from(order.is_eq());
            n_union += 1;
        }
        if n_union == 0 { 0.0 } else { n_common as f64 / n_union as f64 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text_of(words: impl Iterator<Item = usize>) -> Fingerprint {
        let prose = words.map(|number| format!("w{number} ")).collect::<String>();
        Fingerprint::of(&Text::as_it_is(prose), &mut String::new())
    }

    #[test]
    fn resemblance_is_near_the_jaccard_similarity() {
        // 400 words, of which every n-th is another: by counting, what share of shingles is common.
        for every in [5, 20, 50, 100] {
            let a = text_of(0..400);
            let b = text_of((0..400).map(|word| if word % every == every / 2 { word + 1000 } else { word }));
            let n_common = (0..396).filter(|first| (*first..first + 5).all(|word| word % every != every / 2)).count();
            let jaccard = n_common as f64 / (2 * 396 - n_common) as f64;
            assert!((a.resemblance(&b) - jaccard).abs() < 0.2, "{every}: {} {jaccard}", a.resemblance(&b));
        }
        assert_eq!(text_of(0..30).resemblance(&text_of(0..30)), 1.0);
        assert_eq!(text_of(0..30).resemblance(&text_of(30..60)), 0.0);
        // Exact for short texts: 16 shingles each, of which a changed word in the middle leaves 11.
        let changed = text_of((0..20).map(|word| if word == 10 { 99 } else { word }));
        assert_eq!(text_of(0..20).resemblance(&changed), 11.0 / 21.0);
    }

    #[test]
    fn equal_words_are_equal_however_they_are_written() {
        let of = |text: &str| Fingerprint::of(&Text::as_it_is(text), &mut String::new()).all;
        assert_eq!(of("One, two: three!"), of("one two\n\nTHREE"));
        assert_ne!(of("one two three"), of("one three two"));
        assert_ne!(of("one two"), of("one two two"));
    }
}
