//! Calibration: from a scorer's K log ratios, which are too sure, to log ratios of densities.
//!
//! Words are not independent, so naive Bayes ratios are about twice too large, and that alone biases the mixture. The
//! map is learnt on out-of-fold scores, and comes with the sampling covariance of what was learnt, clustered by
//! document: the part of an estimate's variance that the reference brings in.

use std::cmp::Ordering;
use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::{Histogram, LogisticMap, combined};

/// One part in four.
const QUARTER: usize = 4;

/// What the out-of-fold scores of K LLM components against human teach.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Calibration {
    /// The linear map.
    pub logistic: LogisticMap,
    /// The ratios of histograms, also the score distributions that misfit and variances are computed from.
    pub histogram: Histogram,
    /// Share of the units of component i that score higher for component j, row after row; 0 on the diagonal.
    pub confusion: Vec<f64>,
}

/// Units of known source with their out-of-fold scores, document by document.
pub(super) struct KnownScores<'a> {
    /// Scores per unit, K.
    pub k: usize,
    /// K scores per unit, unit after unit.
    pub scores: &'a [f64],
    /// For each document its units and its class: 0 human, i the i-th component.
    pub documents: &'a [(Range<usize>, u8)],
}

impl KnownScores<'_> {
    /// The K scores of every unit of the document.
    pub fn of(&self, units: &Range<usize>) -> std::slice::ChunksExact<'_, f64> {
        self.scores[units.start * self.k..units.end * self.k].chunks_exact(self.k)
    }

    /// All units with their class.
    pub fn units(&self) -> impl Iterator<Item = (&[f64], u8)> {
        self.documents.iter().flat_map(|(units, class)| self.of(units).map(|scores| (scores, *class)))
    }

    /// Units of each class.
    pub fn n_units(&self) -> Vec<u64> {
        let mut n_units = vec![0; self.k + 1];
        self.documents.iter().for_each(|(units, class)| n_units[*class as usize] += units.len() as u64);
        n_units
    }

    fn confusion(&self) -> Vec<f64> {
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

impl Calibration {
    /// Learns the calibration of K components.
    pub(super) fn fit(known: &KnownScores<'_>) -> Calibration {
        Calibration {
            logistic: LogisticMap::fit(known),
            histogram: Histogram::fit(known),
            confusion: known.confusion(),
        }
    }

    /// Calibrates against human text of another kind: the histogram's human side is learnt from `documents` of it, each with K
    /// scores per unit, unit after unit. The logistic map stays the reference's.
    pub fn with_human<'a>(&self, documents: impl Iterator<Item = &'a [f64]>) -> Calibration {
        let k = self.n_components();
        let (mut scores, mut ranges) = (Vec::new(), Vec::new());
        for document in documents {
            let start = scores.len() / k;
            scores.extend_from_slice(document);
            ranges.push((start..scores.len() / k, 0));
        }
        let human = KnownScores { k, scores: &scores, documents: &ranges };
        Calibration { histogram: self.histogram.with_human(&human), ..self.clone() }
    }

    /// Number of LLM components, K.
    pub fn n_components(&self) -> usize {
        self.logistic.intercept.len()
    }

    /// How often a unit of one of two components scores higher for the other, the mean of both ways: 0 where they are
    /// told apart without error, 0.5 where not at all.
    pub fn confusion_of(&self, a: usize, b: usize) -> f64 {
        let k = self.n_components();
        (self.confusion[a * k + b] + self.confusion[b * k + a]) / 2.0
    }

    /// Whether all parts have the sizes that K components ask for.
    pub(super) fn is_consistent(&self, k: usize) -> bool {
        self.logistic.is_consistent(k) && self.histogram.is_consistent(k) && self.confusion.len() == k * k
    }
}

/// The score of a document as one unit, from the K scores of each of its units: the mean of the quarter of its units that
/// look least like LLM text. In a document that is wholly an LLM's, that quarter is LLM text too.
///
/// Not the mean of all: whole documents of human and LLM text are so far apart that a document a quarter of which is LLM
/// text is more like an LLM's than like a human's (reports/sources.md has what partly written documents read as).
pub fn document_score(k: usize, unit_scores: &[f64]) -> Vec<f64> {
    let mut units: Vec<(f64, &[f64])> =
        unit_scores.chunks_exact(k).map(|scores| (combined(scores).0, scores)).collect();
    units.sort_unstable_by(|a, b| a.0.total_cmp(&b.0).then_with(|| a.1.partial_cmp(b.1).unwrap_or(Ordering::Equal)));
    let lower = &units[..units.len().div_ceil(QUARTER)];
    let mean =
        |component: usize| lower.iter().map(|(_, scores)| scores[component]).sum::<f64>() / lower.len().max(1) as f64;
    (0..k).map(mean).collect()
}
