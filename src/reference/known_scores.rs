//! Scores of units of known source, document by document.

use std::ops::Range;

/// Units of known source with their out-of-fold scores, document by document.
pub(super) struct KnownScores<'a> {
    /// Number of scores per unit, K.
    pub k: usize,
    /// K scores per unit, unit after unit.
    pub scores: &'a [f64],
    /// Units and class of each document: class 0 is human, i the i-th component.
    pub documents: &'a [(Range<usize>, u8)],
}

impl KnownScores<'_> {
    /// Iterates over the K scores of each of a document's `units`.
    pub fn of(&self, units: &Range<usize>) -> std::slice::ChunksExact<'_, f64> {
        self.scores[units.start * self.k..units.end * self.k].chunks_exact(self.k)
    }

    /// Iterates over all units with their class.
    pub fn units(&self) -> impl Iterator<Item = (&[f64], u8)> {
        self.documents.iter().flat_map(|(units, class)| self.of(units).map(|scores| (scores, *class)))
    }

    /// Returns the number of units of each class.
    pub fn n_units(&self) -> Vec<u64> {
        let mut n_units = vec![0; self.k + 1];
        self.documents.iter().for_each(|(units, class)| n_units[*class as usize] += units.len() as u64);
        n_units
    }

    pub(super) fn confusion(&self) -> Vec<f64> {
        let mut n_higher = vec![0.0; self.k * self.k];
        for (scores, class) in self.units().filter(|(_, class)| *class > 0) {
            let own = class as usize - 1;
            for (other, score) in scores.iter().enumerate().filter(|(other, _)| *other != own) {
                let higher = if *score == scores[own] { 0.5 } else { f64::from(u8::from(*score > scores[own])) };
                n_higher[own * self.k + other] += higher;
            }
        }
        let n_units = self.n_units();
        n_higher.iter().enumerate().map(|(at, n)| n / n_units[at / self.k + 1].max(1) as f64).collect()
    }
}
