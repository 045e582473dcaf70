//! Calibration: maps a scorer's K log ratios, which are too sure, to log ratios of densities.
//!
//! Words are not independent, so naive Bayes ratios are about twice too large, and that alone biases the mixture. The
//! map is learnt on out-of-fold scores, and comes with the sampling covariance of what was learnt, clustered by
//! document: the part of an estimate's variance that the reference brings in.

use std::cmp::Ordering;

use serde::{Deserialize, Serialize};

use super::histogram::{Histogram, combined};
use super::known_scores::KnownScores;
use super::logistic_map::LogisticMap;

/// Number of units of a document for each one that scores it.
const QUARTER: usize = 4;

/// The calibration learnt from out-of-fold scores of K LLM components against human text.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Calibration {
    /// Linear map.
    pub(crate) logistic: LogisticMap,
    /// Histograms whose ratios calibrate, and from which misfit and variances are computed.
    pub(crate) histogram: Histogram,
    /// Share of component i's units that score higher for component j, 0 to 1, row after row; 0 on the diagonal.
    pub confusion: Vec<f64>,
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

    /// Calibrates against human text of another kind: learns the histogram's human side from its `documents`, each with
    /// K scores per unit, unit after unit. The logistic map stays the reference's.
    pub(crate) fn with_human<'a>(&self, documents: impl Iterator<Item = &'a [f64]>) -> Calibration {
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

    /// Returns the number of LLM components, K.
    pub fn n_components(&self) -> usize {
        self.logistic.intercept.len()
    }

    /// Returns the share of units of one of two components that score higher for the other, the mean of both ways: 0 if
    /// they are told apart without error, 0.5 if not at all.
    pub(super) fn confusion_of(&self, a: usize, b: usize) -> f64 {
        let k = self.n_components();
        (self.confusion[a * k + b] + self.confusion[b * k + a]) / 2.0
    }

    /// Returns whether all parts have the sizes that K components require.
    pub(super) fn is_consistent(&self, k: usize) -> bool {
        self.logistic.is_consistent(k) && self.histogram.is_consistent(k) && self.confusion.len() == k * k
    }
}

/// Returns the score of a document as one unit, from the K scores of each of its units: the mean over the quarter of
/// its units that look least like LLM text. In a document that is wholly an LLM's, that quarter is LLM text too.
///
/// The mean of all units would not do: whole documents of human and LLM text are so far apart that a document a quarter
/// of which is LLM text is more like an LLM's than a human's (see reports/sources.md for such documents).
pub(crate) fn document_score(k: usize, unit_scores: &[f64]) -> Vec<f64> {
    let mut units: Vec<(f64, &[f64])> =
        unit_scores.chunks_exact(k).map(|scores| (combined(scores).0, scores)).collect();
    units.sort_unstable_by(|a, b| a.0.total_cmp(&b.0).then_with(|| a.1.partial_cmp(b.1).unwrap_or(Ordering::Equal)));
    let lower = &units[..units.len().div_ceil(QUARTER)];
    let mean =
        |component: usize| lower.iter().map(|(_, scores)| scores[component]).sum::<f64>() / lower.len().max(1) as f64;
    (0..k).map(mean).collect()
}
