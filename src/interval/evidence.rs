//! What a target says about alpha: the calibrated density ratio of every unit, grouped by document.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use crate::mixture;
use crate::reference::Calibration;

/// Log ratios are cut here, so that no density ratio is 0 or infinite.
const MAX_LOG_RATIO: f64 = 700.0;

/// Which of the two calibrations turns scores into log ratios of densities.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum CalibrationMap {
    /// The ratio of score histograms; better at alpha = 0 (reports/accuracy.md), hence the default.
    #[default]
    Histogram,
    /// The two-number logistic map.
    Logistic,
}

/// The units of a target, document by document.
#[derive(Debug, Clone)]
pub struct Evidence {
    excess: Vec<f64>,
    /// The values that `excess` takes, and which of them each unit has; with a histogram they are few, and a sum over
    /// units at some alpha needs one division per value instead of one per unit.
    values: Vec<f64>,
    value_of: Vec<u32>,
    scores: Vec<f64>,
    bins: Vec<u8>,
    document_ends: Vec<u32>,
}

/// Sums over a target at one alpha, per unit.
#[derive(Debug, Clone, Copy)]
pub struct Moments {
    /// Mean unit score; 0 at the estimate.
    pub mean: f64,
    /// Mean squared unit score: the observed information per unit.
    pub information: f64,
    /// Variance of the mean score over samples of documents like these.
    pub clustered_variance: f64,
}

impl Evidence {
    /// Calibrates `scores` (one per unit, in nats); `document_ends` holds the number of units up to the end of each
    /// document, all documents having at least one.
    pub fn new(scores: Vec<f64>, document_ends: Vec<u32>, calibration: &Calibration, map: CalibrationMap) -> Evidence {
        let of_bin = calibration.histogram.log_ratios();
        let bins: Vec<u8> = scores.iter().map(|&score| calibration.histogram.bin(score) as u8).collect();
        let excess_of = |log_ratio: f64| log_ratio.clamp(-MAX_LOG_RATIO, MAX_LOG_RATIO).exp_m1();
        let (values, value_of): (Vec<f64>, Vec<u32>) = match map {
            CalibrationMap::Histogram => {
                (of_bin.into_iter().map(excess_of).collect(), bins.iter().map(|&bin| u32::from(bin)).collect())
            }
            CalibrationMap::Logistic => {
                let log_ratios = scores.iter().map(|&score| calibration.logistic.log_ratio(score));
                (log_ratios.map(excess_of).collect(), (0..scores.len() as u32).collect())
            }
        };
        let excess = value_of.iter().map(|&value| values[value as usize]).collect();
        Evidence { excess, values, value_of, scores, bins, document_ends }
    }

    /// f_llm / f_human - 1 of every unit.
    pub fn excess(&self) -> &[f64] {
        &self.excess
    }

    /// The uncalibrated score of every unit.
    pub fn scores(&self) -> &[f64] {
        &self.scores
    }

    /// The histogram bin of every unit.
    pub fn bins(&self) -> &[u8] {
        &self.bins
    }

    /// Number of units.
    pub fn n_units(&self) -> usize {
        self.excess.len()
    }

    /// Number of documents.
    pub fn n_documents(&self) -> usize {
        self.document_ends.len()
    }

    /// The units of each document.
    pub fn documents(&self) -> impl Iterator<Item = Range<usize>> + '_ {
        (0..self.n_documents()).map(|document| self.document(document))
    }

    /// The units of one document.
    pub fn document(&self, document: usize) -> Range<usize> {
        let start = if document == 0 { 0 } else { self.document_ends[document - 1] };
        start as usize..self.document_ends[document] as usize
    }

    /// Number of ordered pairs of different units in the same document.
    pub fn n_pairs(&self) -> f64 {
        self.documents().map(|units| units.len() as f64 * (units.len() as f64 - 1.0)).sum()
    }

    /// Mean, information and clustered variance at `alpha`.
    pub fn moments(&self, alpha: f64) -> Moments {
        let n_units = self.n_units() as f64;
        let unit_scores = self.unit_scores(alpha);
        let sums: Vec<(f64, f64)> = self.documents().map(|units| self.sums(units, &unit_scores)).collect();
        let mean = sums.iter().map(|(sum, _)| sum).sum::<f64>() / n_units;
        let information = sums.iter().map(|(_, squares)| squares).sum::<f64>() / n_units;
        let scatter: f64 =
            sums.iter().zip(self.documents()).map(|((sum, _), units)| (sum - units.len() as f64 * mean).powi(2)).sum();
        let n_documents = self.n_documents() as f64;
        let small_sample = n_documents / (n_documents - 1.0).max(1.0);
        Moments { mean, information, clustered_variance: scatter * small_sample / (n_units * n_units) }
    }

    /// Mean product of the scores of two units of the same document, at `alpha`; 0 where no document has two.
    pub fn pair_product(&self, alpha: f64) -> f64 {
        let n_pairs = self.n_pairs();
        let unit_scores = self.unit_scores(alpha);
        let products = self.documents().map(|units| {
            let (sum, squares) = self.sums(units, &unit_scores);
            sum * sum - squares
        });
        if n_pairs > 0.0 { products.sum::<f64>() / n_pairs } else { 0.0 }
    }

    /// The distinct values of [`excess`](Self::excess), rising, and for each document the places of its values in them
    /// with their numbers of units.
    pub fn distinct_ratios(&self) -> (Vec<f64>, Vec<Vec<(u32, u32)>>) {
        let mut ratios = self.excess.clone();
        ratios.sort_unstable_by(f64::total_cmp);
        ratios.dedup();
        let place = |w: &f64| ratios.partition_point(|ratio| ratio.total_cmp(w).is_lt()) as u32;
        let documents = self.documents().map(|units| {
            let mut places: Vec<u32> = self.excess[units].iter().map(place).collect();
            places.sort_unstable();
            places.chunk_by(|a, b| a == b).map(|same| (same[0], same.len() as u32)).collect()
        });
        let documents = documents.collect();
        (ratios, documents)
    }

    /// The unit score at `alpha` of every value that `excess` takes.
    fn unit_scores(&self, alpha: f64) -> Vec<f64> {
        self.values.iter().map(|w| w / (1.0 + alpha * w)).collect()
    }

    /// Sum and sum of squares over some units.
    fn sums(&self, units: Range<usize>, unit_scores: &[f64]) -> (f64, f64) {
        self.value_of[units].iter().fold((0.0, 0.0), |(sum, squares), &value| {
            let score = unit_scores[value as usize];
            (sum + score, squares + score * score)
        })
    }

    /// The maximum-likelihood alpha of these units.
    pub fn alpha(&self) -> f64 {
        let mut n_units = vec![0.0; self.values.len()];
        self.value_of.iter().for_each(|&value| n_units[value as usize] += 1.0);
        mixture::weighted_alpha(&self.values, &n_units)
    }
}
