//! The evidence of a target about shares: the calibrated density ratios of every unit, grouped by document.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use crate::mixture::Ratios;
use crate::reference::Calibration;

/// Limit of log ratios in either direction, in nats, so that no density ratio is infinite, nor its square.
const MAX_LOG_RATIO: f64 = 300.0;

/// Returns the limit of log ratios of the linear map: with several components the logarithm of the reference's number of units,
/// because none of their bins supports a larger one, and the variances rest on these bins.
pub(super) fn most_log_ratio(calibration: &Calibration) -> f64 {
    let n_units: f64 = calibration.histogram.sources.iter().map(|source| source.total()).sum();
    if calibration.n_components() == 1 { MAX_LOG_RATIO } else { n_units.max(1.0).ln() }
}

/// The calibration that turns scores into log ratios of densities.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum CalibrationMap {
    /// The ratio of score histograms; better at alpha = 0 (reports/accuracy.md), hence the default.
    #[default]
    Histogram,
    /// The linear map from logistic regression.
    Logistic,
}

/// The units of a target, document by document.
#[derive(Debug, Clone)]
pub(crate) struct Evidence {
    k: usize,
    /// The density ratios less one of each kind of unit: a kind is a bin of the histogram, or each unit by itself. A sum
    /// over units needs one division per kind.
    excess: Vec<f64>,
    kind_of: Vec<u32>,
    n_of_kind: Vec<f64>,
    /// The log ratio of any LLM against human text of every unit, uncalibrated.
    combined: Vec<f64>,
    /// The K scores of every unit, for the linear map alone.
    scores: Vec<f32>,
    document_ends: Vec<u32>,
}

/// What a target says of one score per unit.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Moments {
    /// Mean squared unit score: the observed information per unit.
    pub information: f64,
    /// Variance of the mean score over samples of documents like these.
    pub clustered_variance: f64,
}

impl Evidence {
    /// Calibrates the scores of documents, each with at least one unit: K scores per unit, in nats.
    pub fn new(
        documents: impl IntoIterator<Item = Vec<f64>>,
        calibration: &Calibration,
        map: CalibrationMap,
    ) -> Evidence {
        let k = calibration.n_components();
        let most = most_log_ratio(calibration);
        let excess_of = |log_ratio: f64| log_ratio.clamp(-most, most).exp_m1();
        let (mut scores, mut combined, mut document_ends, mut kind_of) = (vec![], vec![], vec![], vec![]);
        let mut excess: Vec<f64> = match map {
            CalibrationMap::Histogram => calibration.histogram.log_ratios().into_iter().map(excess_of).collect(),
            CalibrationMap::Logistic => vec![],
        };
        for document in documents {
            for unit in document.chunks_exact(k) {
                let (bin, score) = calibration.histogram.bin_and_score(unit);
                combined.push(score);
                match map {
                    CalibrationMap::Histogram => kind_of.push(bin as u32),
                    CalibrationMap::Logistic => {
                        kind_of.push(kind_of.len() as u32);
                        excess.extend(calibration.logistic.log_ratios(unit).into_iter().map(excess_of));
                        scores.extend(unit.iter().map(|&score| score as f32));
                    }
                }
            }
            document_ends.push(kind_of.len() as u32);
        }
        let n_of_kind = numbers(&kind_of, excess.len() / k);
        Evidence { k, excess, kind_of, n_of_kind, combined, scores, document_ends }
    }

    /// Calibrates by histograms if documents have different ones: `calibration_of` gives the index of each document's calibration
    /// in `calibrations`. A kind of unit is a bin of one of them.
    pub fn cross_fitted(
        scores: Vec<f64>,
        document_ends: Vec<u32>,
        calibrations: &[Calibration],
        calibration_of: &[usize],
    ) -> Evidence {
        let k = calibrations[0].n_components();
        let (mut first_kind, mut excess) = (Vec::new(), Vec::new());
        for calibration in calibrations {
            let most = most_log_ratio(calibration);
            first_kind.push((excess.len() / k) as u32);
            excess
                .extend(calibration.histogram.log_ratios().into_iter().map(|ratio| ratio.clamp(-most, most).exp_m1()));
        }
        let n_units = scores.len() / k;
        let (mut kind_of, mut combined, mut start) = (Vec::with_capacity(n_units), Vec::with_capacity(n_units), 0);
        for (&end, &of) in document_ends.iter().zip(calibration_of) {
            for unit in scores[start * k..end as usize * k].chunks_exact(k) {
                let (bin, score) = calibrations[of].histogram.bin_and_score(unit);
                kind_of.push(first_kind[of] + bin as u32);
                combined.push(score);
            }
            start = end as usize;
        }
        let n_of_kind = numbers(&kind_of, excess.len() / k);
        Evidence { k, excess, kind_of, n_of_kind, combined, scores: vec![], document_ends }
    }

    /// Returns the number of LLM components, K.
    pub fn n_components(&self) -> usize {
        self.k
    }

    /// Returns the density ratios of the kinds of units, and the number of units of each.
    pub fn ratios(&self) -> Ratios<'_> {
        Ratios { k: self.k, excess: &self.excess, n_units: &self.n_of_kind }
    }

    /// Returns the ratios of the kinds with other numbers of units.
    pub fn ratios_with<'a>(&'a self, n_units: &'a [f64]) -> Ratios<'a> {
        Ratios { k: self.k, excess: &self.excess, n_units }
    }

    /// Returns the number of kinds of units.
    pub fn n_kinds(&self) -> usize {
        self.n_of_kind.len()
    }

    /// Returns the uncalibrated log ratio of any LLM against human text of every unit.
    pub fn combined(&self) -> &[f64] {
        &self.combined
    }

    /// Returns the K uncalibrated scores of every unit; none if they are calibrated by histograms.
    pub fn scores(&self) -> impl Iterator<Item = Vec<f64>> + '_ {
        self.scores.chunks_exact(self.k).map(|unit| unit.iter().map(|&score| f64::from(score)).collect())
    }

    /// Returns the number of units.
    pub fn n_units(&self) -> usize {
        self.kind_of.len()
    }

    /// Returns the number of documents.
    pub fn n_documents(&self) -> usize {
        self.document_ends.len()
    }

    /// Returns the units of each document.
    pub fn documents(&self) -> impl Iterator<Item = Range<usize>> + '_ {
        (0..self.n_documents()).map(|document| self.document(document))
    }

    /// Returns the units of one document.
    pub fn document(&self, document: usize) -> Range<usize> {
        let start = if document == 0 { 0 } else { self.document_ends[document - 1] };
        start as usize..self.document_ends[document] as usize
    }

    /// Returns the number of ordered pairs of different units in the same document.
    pub fn n_pairs(&self) -> f64 {
        self.documents().map(|units| units.len() as f64 * (units.len() as f64 - 1.0)).sum()
    }

    /// Returns the information and clustered variance of `N` scores that depend only on the kind of unit.
    pub fn moments<const N: usize>(&self, score_of_kind: [&[f64]; N]) -> [Moments; N] {
        let n_units = self.n_units() as f64;
        let score_of_kind = side_by_side(score_of_kind);
        let sums: Vec<Sums<N>> = self.documents().map(|units| self.sums(units, &score_of_kind)).collect();
        let n_documents = self.n_documents() as f64;
        let small_sample = n_documents / (n_documents - 1.0).max(1.0);
        std::array::from_fn(|at| {
            let mean = sums.iter().map(|of| of.sum[at]).sum::<f64>() / n_units;
            let information = sums.iter().map(|of| of.squares[at]).sum::<f64>() / n_units;
            let deviations =
                sums.iter().zip(self.documents()).map(|(of, units)| of.sum[at] - units.len() as f64 * mean);
            let scatter: f64 = deviations.map(|deviation| deviation.powi(2)).sum();
            Moments { information, clustered_variance: scatter * small_sample / (n_units * n_units) }
        })
    }

    /// Returns the mean product of the scores of two units of the same document; 0 if no document has two.
    pub fn pair_product(&self, score_of_kind: &[f64]) -> f64 {
        let n_pairs = self.n_pairs();
        let score_of_kind = side_by_side([score_of_kind]);
        let products = self.documents().map(|units| {
            let Sums { sum: [sum], squares: [squares] } = self.sums(units, &score_of_kind);
            sum * sum - squares
        });
        if n_pairs > 0.0 { products.sum::<f64>() / n_pairs } else { 0.0 }
    }

    /// Returns the kinds of each document's units, with their numbers.
    pub fn documents_by_kind(&self) -> Vec<Vec<(u32, u32)>> {
        let of_document = |units: Range<usize>| {
            let mut kinds = self.kind_of[units].to_vec();
            kinds.sort_unstable();
            kinds.chunk_by(|a, b| a == b).map(|same| (same[0], same.len() as u32)).collect()
        };
        self.documents().map(of_document).collect()
    }

    /// Returns the sums over some units.
    fn sums<const N: usize>(&self, units: Range<usize>, score_of_kind: &[[f64; N]]) -> Sums<N> {
        let mut sums = Sums { sum: [0.0; N], squares: [0.0; N] };
        for &kind in &self.kind_of[units] {
            for (at, score) in score_of_kind[kind as usize].into_iter().enumerate() {
                sums.sum[at] += score;
                sums.squares[at] += score * score;
            }
        }
        sums
    }
}

/// Returns the number of units of each kind.
fn numbers(kind_of: &[u32], n_kinds: usize) -> Vec<f64> {
    let mut numbers = vec![0.0; n_kinds];
    kind_of.iter().for_each(|&kind| numbers[kind as usize] += 1.0);
    numbers
}

/// The sums of `N` scores and of their squares over some units.
struct Sums<const N: usize> {
    sum: [f64; N],
    squares: [f64; N],
}

/// Puts the scores of each kind side by side.
fn side_by_side<const N: usize>(score_of_kind: [&[f64]; N]) -> Vec<[f64; N]> {
    let n_kinds = score_of_kind.first().map_or(0, |scores| scores.len());
    (0..n_kinds).map(|kind| score_of_kind.map(|scores| scores[kind])).collect()
}
