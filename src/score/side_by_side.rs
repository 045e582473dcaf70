//! The weights of all scores of a unit side by side, so that one pass over its words gives them all.

use crate::occurrence::UnitWords;
use crate::reference::Weights;

/// Scores that are summed together.
pub(super) const LANES: usize = 4;

/// Weights of several scores, those of a word next to each other and filled up to whole [`LANES`] with zeros.
pub(super) struct SideBySide {
    n_scores: usize,
    /// What sums start from, and what is added at their end: the bias, in the order of [`Weights::score`].
    start: Vec<[f64; LANES]>,
    end: Vec<[f64; LANES]>,
    by_word: Vec<[f64; LANES]>,
}

impl SideBySide {
    /// Puts the scores of `first`, and then those of `second`, side by side.
    pub fn new(first: &Weights, second: Option<&Weights>) -> SideBySide {
        let both: Vec<&Weights> = std::iter::once(first).chain(second).collect();
        let n_scores = both.iter().map(|weights| weights.n_components()).sum();
        let n_words = first.by_word().len() / first.n_components().max(1);
        let of_word = |weights: &&Weights, word: usize| {
            let k = weights.n_components();
            weights.by_word()[word * k..][..k].to_vec()
        };
        let bias = |is_at_end: bool| {
            let of = |weights: &&Weights| {
                let factor = if (weights.n_components() == 1) == is_at_end { 1.0 } else { 0.0 };
                weights.bias().iter().map(move |bias| factor * bias).collect::<Vec<f64>>()
            };
            filled_up(both.iter().flat_map(of))
        };
        let row = |word: usize| filled_up(both.iter().flat_map(|weights| of_word(weights, word)));
        SideBySide { n_scores, start: bias(false), end: bias(true), by_word: (0..n_words).flat_map(row).collect() }
    }

    /// Writes the scores of a unit; words are summed in rising order, so the result is exact to the bit.
    #[inline]
    pub fn score(&self, unit: UnitWords<'_>, scores: &mut Vec<[f64; LANES]>) {
        scores.clear();
        scores.extend_from_slice(&self.start);
        match self.start.len() {
            1 => self.add_words::<1>(unit, scores),
            2 => self.add_words::<2>(unit, scores),
            3 => self.add_words::<3>(unit, scores),
            n => {
                for &word in unit {
                    add(scores, &self.by_word[word as usize * n..][..n]);
                }
            }
        }
        for (sums, bias) in scores.iter_mut().zip(&self.end) {
            (0..LANES).for_each(|lane| sums[lane] += bias[lane]);
        }
    }

    /// Adds the weights of words in `N` vectors that stay in registers.
    #[inline(always)]
    fn add_words<const N: usize>(&self, unit: UnitWords<'_>, scores: &mut [[f64; LANES]]) {
        let (Some(sums), (rows, _)) = (scores.first_chunk_mut::<N>(), self.by_word.as_chunks::<N>()) else { return };
        let mut local = *sums;
        for &word in unit {
            add(&mut local, &rows[word as usize]);
        }
        *sums = local;
    }

    /// Returns the scores, without what fills up.
    #[inline]
    pub fn of<'s>(&self, scores: &'s [[f64; LANES]]) -> &'s [f64] {
        &scores.as_flattened()[..self.n_scores]
    }
}

#[inline(always)]
fn add(sums: &mut [[f64; LANES]], weights: &[[f64; LANES]]) {
    for (sums, weights) in sums.iter_mut().zip(weights) {
        (0..LANES).for_each(|lane| sums[lane] += weights[lane]);
    }
}

fn filled_up(values: impl Iterator<Item = f64>) -> Vec<[f64; LANES]> {
    let mut values: Vec<f64> = values.collect();
    values.resize(values.len().next_multiple_of(LANES), 0.0);
    values.as_chunks().0.to_vec()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scores_are_those_of_each_to_the_bit() {
        let weights = |k: usize| {
            let value = |at: usize| ((at * 7919 + k) % 1013) as f64 / 317.0 - 1.5;
            Weights::new((0..k).map(value).collect(), (k..k * 31).map(value).collect())
        };
        for (k, other) in [(1, None), (1, Some(1)), (3, Some(1)), (4, None), (9, Some(1)), (9, Some(5))] {
            let (first, second) = (weights(k), other.map(weights));
            let both = SideBySide::new(&first, second.as_ref());
            for unit in [&[][..], &[0], &[3, 7, 29], &[1, 2, 3, 5, 8, 13, 21]] {
                let mut expected = vec![0.0; k + other.unwrap_or(0)];
                first.score(unit, &mut expected[..k]);
                second.iter().for_each(|second| second.score(unit, &mut expected[k..]));
                let mut scores = vec![];
                both.score(unit, &mut scores);
                assert_eq!(both.of(&scores), expected);
            }
        }
    }
}
