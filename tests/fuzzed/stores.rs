//! Stores and other binary files with bytes changed, cut off or made up.

use std::sync::LazyLock;

use proptest::prelude::*;
use proptest::sample::Index;

use super::{fuzz, seeds};

static REFERENCES: LazyLock<[Vec<u8>; 2]> = LazyLock::new(|| [1, 2].map(|n_llms| seeds::reference(n_llms).to_bytes()));
/// As it is stored, and without compression.
static SCORES: LazyLock<[Vec<u8>; 2]> = LazyLock::new(|| both(seeds::score_table()));
static OCCURRENCES: LazyLock<[Vec<u8>; 2]> = LazyLock::new(|| both(seeds::occurrence_table()));

fn both(stored: Vec<u8>) -> [Vec<u8>; 2] {
    let plain = seeds::plain(&stored);
    [stored, plain]
}

/// What happens to a file on a bad disk, or in bad hands.
#[derive(Debug, Clone)]
struct Damage {
    changed: Vec<(Index, u8)>,
    /// Bytes left out: where, and how many.
    gap: Option<(Index, usize)>,
    end: Option<Index>,
}

fn damage() -> impl Strategy<Value = Damage> {
    let changed = proptest::collection::vec((any::<Index>(), any::<u8>()), 0..6);
    let gap = proptest::option::weighted(0.2, (any::<Index>(), 1..9usize));
    let end = proptest::option::weighted(0.2, any::<Index>());
    (changed, gap, end).prop_map(|(changed, gap, end)| Damage { changed, gap, end })
}

impl Damage {
    fn of(&self, whole: &[u8]) -> Vec<u8> {
        let mut bytes = whole.to_vec();
        for (at, byte) in &self.changed {
            bytes[at.index(whole.len())] = *byte;
        }
        if let Some((at, n)) = self.gap {
            let start = at.index(bytes.len());
            bytes.drain(start..(start + n).min(bytes.len()));
        }
        if let Some(end) = self.end {
            bytes.truncate(end.index(bytes.len() + 1));
        }
        bytes
    }
}

/// Digits for digits, so that a file of JSON stays one and its numbers lie.
fn other_digits() -> impl Strategy<Value = Vec<(Index, u8)>> {
    proptest::collection::vec((any::<Index>(), b'0'..=b'9'), 1..20)
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(200) })]

    #[test]
    fn a_damaged_reference_is_refused_or_of_use(which in 0..2usize, damage in damage()) {
        fuzz::reference(&damage.of(&REFERENCES[which]));
    }

    #[test]
    fn a_reference_with_other_numbers_is_refused_or_of_use(which in 0..2usize, digits in other_digits()) {
        let mut bytes = REFERENCES[which].clone();
        let places: Vec<usize> = (0..bytes.len()).filter(|at| bytes[*at].is_ascii_digit()).collect();
        digits.iter().for_each(|(at, digit)| bytes[places[at.index(places.len())]] = *digit);
        fuzz::reference(&bytes);
    }

    #[test]
    fn a_damaged_score_table_is_refused_or_of_use(which in 0..2usize, damage in damage()) {
        fuzz::scores(&damage.of(&SCORES[which]));
    }

    #[test]
    fn a_damaged_occurrence_table_is_refused_or_of_use(which in 0..2usize, damage in damage()) {
        fuzz::occurrences(&damage.of(&OCCURRENCES[which]));
    }

    #[test]
    fn random_bytes_are_no_store(bytes in proptest::collection::vec(any::<u8>(), 0..200), marked: bool) {
        let bytes = if marked { [b"PAR1", &bytes[..], b"PAR1"].concat() } else { bytes };
        fuzz::reference(&bytes);
        fuzz::scores(&bytes);
        fuzz::occurrences(&bytes);
        fuzz::policy(&bytes);
    }
}
