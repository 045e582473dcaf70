//! The reference's model of scores: their variance within and between documents, for any shares.

use nalgebra::{DMatrix, DVector};

use super::evidence::{CalibrationMap, Evidence, most_log_ratio};
use crate::mixture::Ratios;
use crate::reference::{Calibration, SourceBins, add_times};

/// Number of LLM documents that the prior belief "whole documents are by one source" is worth against the target's evidence.
///
/// Two, as in the plus-four interval for a proportion (Agresti and Coull 1998).
const PRIOR_DOCUMENTS: f64 = 2.0;

/// The score distributions of human and LLM units, with their clustering in documents, as in the reference.
pub(crate) struct ScoreModel<'a> {
    calibration: &'a Calibration,
    map: CalibrationMap,
    /// Share of each source's units in each bin, human first.
    shares: Vec<Vec<f64>>,
    /// f_k / f_human - 1, K for each bin.
    excess: Vec<f64>,
}

/// The expected moments of the K unit scores at some shares of the sources.
pub(crate) struct Expected {
    /// Expected information per unit.
    pub information: DMatrix<f64>,
    /// Covariance of a unit's scores under the mixture.
    unit: DMatrix<f64>,
    /// Covariance of two units of a document, both of one source.
    pub pair: DMatrix<f64>,
    /// Covariance that is explained by the source of the unit.
    pub between_sources: DMatrix<f64>,
    /// Covariance of the mean scores that comes from the reference's own finite documents.
    pub of_reference: DMatrix<f64>,
}

impl Expected {
    /// Returns the covariance of the mean scores for documents of the target's sizes. `rho` is the share of a unit's source that
    /// units of a document have in common: 1 where documents are wholly by one source, 0 where units are independent.
    pub fn target_covariance(&self, n_units: f64, n_pairs: f64, rho: f64) -> DMatrix<f64> {
        (&self.unit * n_units + (&self.pair + &self.between_sources * rho) * n_pairs) / (n_units * n_units)
    }
}

impl<'a> ScoreModel<'a> {
    /// Returns the model behind `calibration`, used through `map`.
    pub fn new(calibration: &'a Calibration, map: CalibrationMap) -> ScoreModel<'a> {
        let histogram = &calibration.histogram;
        let log_ratios = match map {
            CalibrationMap::Histogram => histogram.log_ratios(),
            CalibrationMap::Logistic => histogram
                .mean_score
                .chunks_exact(calibration.n_components())
                .flat_map(|mean| calibration.logistic.log_ratios(mean))
                .collect(),
        };
        let most = most_log_ratio(calibration);
        let excess = log_ratios.into_iter().map(|log_ratio| log_ratio.clamp(-most, most).exp_m1()).collect();
        ScoreModel { calibration, map, shares: histogram.shares(), excess }
    }

    /// Returns how much of their source the units of a document have in common, drawn towards 1, from the mean product of the
    /// `seen` scores of two units of a document at the estimate; `pair` and `between_sources` are the expected values.
    ///
    /// Few documents of the rarer side, `n_rare`, cannot tell, and assuming independence is the dangerous error, hence a prior
    /// worth two documents.
    pub fn common_source_share(seen: f64, pair: f64, between_sources: f64, n_rare: f64) -> f64 {
        let share = ((seen - pair) / between_sources).clamp(0.0, 1.0);
        (n_rare * share + PRIOR_DOCUMENTS) / (n_rare + PRIOR_DOCUMENTS)
    }

    /// Returns the expected moments if the sources have these `shares`, human first.
    pub fn expected(&self, evidence: &Evidence, shares: &[f64]) -> Expected {
        let k = shares.len() - 1;
        let n_bins = self.shares[0].len();
        let even = vec![1.0; n_bins];
        let scores = Ratios { k, excess: &self.excess, n_units: &even }.unit_scores(shares);
        let sources: Vec<SourceMoments> = (self.shares.iter())
            .zip(&self.calibration.histogram.sources)
            .map(|(of_bin, bins)| SourceMoments::of(&scores, of_bin, bins, k))
            .collect();
        let zero = || DMatrix::<f64>::zeros(k, k);
        let mix = |of: &dyn Fn(&SourceMoments) -> DMatrix<f64>| {
            sources.iter().zip(shares).fold(zero(), |sum, (source, share)| sum + of(source) * *share)
        };
        let mean =
            sources.iter().zip(shares).fold(DVector::zeros(k), |sum, (source, share)| sum + &source.mean * *share);
        let between_sources = mix(&|source| {
            let deviation = &source.mean - &mean;
            &deviation * deviation.transpose()
        });
        let information = DMatrix::from_fn(k, k, |i, j| sources[i + 1].mean[j] - sources[0].mean[j]);
        let of_reference = match self.map {
            CalibrationMap::Histogram => sources
                .iter()
                .zip(shares)
                .fold(zero(), |sum, (source, share)| sum + &source.scatter * (share * share / source.n_units.powi(2))),
            CalibrationMap::Logistic => self.variance_of_map(evidence, shares),
        };
        Expected {
            information: (&information + information.transpose()) / 2.0,
            unit: mix(&|source| source.unit.clone()) + &between_sources,
            pair: mix(&|source| source.pair.clone()),
            between_sources,
            of_reference,
        }
    }

    /// Returns the variance from slopes and intercepts by the delta method, with the gradient of the mean scores in them. With
    /// several components the units of a bin stand for each other, as they do in every other variance here.
    fn variance_of_map(&self, evidence: &Evidence, shares: &[f64]) -> DMatrix<f64> {
        let k = shares.len() - 1;
        let (n_in_bin, of_units): (Vec<f64>, Vec<f64>);
        let (ratios, scores) = match k {
            1 => {
                of_units = evidence.scores().flatten().collect();
                (evidence.ratios(), of_units.as_slice())
            }
            _ => {
                n_in_bin = self.n_in_bin(evidence);
                let ratios = Ratios { k, excess: &self.excess, n_units: &n_in_bin };
                (ratios, self.calibration.histogram.mean_score.as_slice())
            }
        };
        let unit_scores = ratios.unit_scores(shares);
        let mut gradients = DMatrix::zeros(k, k * (k + 1));
        let kinds = ratios.excess.chunks_exact(k).zip(unit_scores.chunks_exact(k)).zip(scores.chunks_exact(k));
        for (((excess, g), scores), n) in kinds.zip(ratios.n_units).filter(|(_, n)| **n > 0.0) {
            let weight = n / evidence.n_units() as f64;
            for (j, (w, g_j)) in excess.iter().zip(g).enumerate() {
                // r_j / mixture, of which g_j is the part that depends on the unit.
                let ratio = if *w == 0.0 { 1.0 / mixture_of(excess, shares) } else { (1.0 + w) * (g_j / w) };
                for (i, g_i) in g.iter().enumerate() {
                    let by_log_ratio = (f64::from(u8::from(i == j)) - g_i * shares[j + 1]) * ratio * weight;
                    for (at, score) in scores.iter().chain([&1.0]).enumerate() {
                        gradients[(i, j * (k + 1) + at)] += by_log_ratio * score;
                    }
                }
            }
        }
        self.calibration.logistic.covariance_of(&gradients)
    }

    fn n_in_bin(&self, evidence: &Evidence) -> Vec<f64> {
        let mut n_in_bin = vec![0.0; self.calibration.histogram.n_bins()];
        evidence.scores().for_each(|scores| n_in_bin[self.calibration.histogram.bin(&scores)] += 1.0);
        n_in_bin
    }
}

fn mixture_of(excess: &[f64], shares: &[f64]) -> f64 {
    shares[0] + excess.iter().zip(&shares[1..]).map(|(w, share)| share * (1.0 + w)).sum::<f64>()
}

/// Means and covariances of K scores in one source.
struct SourceMoments {
    n_units: f64,
    mean: DVector<f64>,
    /// Covariance of a unit's scores.
    unit: DMatrix<f64>,
    /// Covariance of the scores of two units of a document.
    pair: DMatrix<f64>,
    /// Sum over documents of the squared deviations.
    scatter: DMatrix<f64>,
}

impl SourceMoments {
    fn of(scores: &[f64], shares: &[f64], bins: &SourceBins, k: usize) -> SourceMoments {
        let cpu = pulp::Arch::new();
        let of_bins = OfBins { scores, shares, bins, k };
        // Rows of a width that the compiler knows; a source is a byte, so that there are no more than 255.
        match k {
            ..=4 => cpu.dispatch(PaddedBins::<4>(of_bins)),
            5..=8 => cpu.dispatch(PaddedBins::<8>(of_bins)),
            9..=12 => cpu.dispatch(PaddedBins::<12>(of_bins)),
            13..=32 => cpu.dispatch(PaddedBins::<32>(of_bins)),
            _ => cpu.dispatch(PaddedBins::<256>(of_bins)),
        }
    }
}

/// The K scores of each bin, and a source's units in the bins.
struct OfBins<'a> {
    scores: &'a [f64],
    shares: &'a [f64],
    bins: &'a SourceBins,
    k: usize,
}

/// The scores of each bin, filled up to a row, compiled for the widest vectors; every sum has a lane, so that their width changes
/// none.
struct PaddedBins<'a, const WIDTH: usize>(OfBins<'a>);

impl<const WIDTH: usize> pulp::WithSimd for PaddedBins<'_, WIDTH> {
    type Output = SourceMoments;

    #[inline(always)]
    fn with_simd<S: pulp::Simd>(self, _: S) -> SourceMoments {
        let PaddedBins(OfBins { scores, shares, bins, k }) = self;
        let mut rows = vec![[0.0; WIDTH]; shares.len()];
        rows.iter_mut().zip(scores.chunks_exact(k)).for_each(|(row, scores)| row[..k].copy_from_slice(scores));
        let mut mean = [0.0; WIDTH];
        rows.iter().zip(shares).for_each(|(row, share)| add_times(&mut mean, *share, row));
        rows.iter_mut().for_each(|row| add_times(row, -1.0, &mean));
        let times = bins.scatter_times(&rows);
        let (mut unit, mut scatter) = (vec![[0.0; WIDTH]; k], vec![[0.0; WIDTH]; k]);
        for ((row, times), share) in rows.iter().zip(&times).zip(shares) {
            for i in 0..k {
                add_times(&mut unit[i], share * row[i], row);
                add_times(&mut scatter[i], row[i], times);
            }
        }
        let matrix = |rows: Vec<[f64; WIDTH]>| DMatrix::from_fn(k, k, |i, j| rows[i][j]);
        let (unit, scatter) = (matrix(unit), matrix(scatter));
        let n_pairs = bins.sum_squared_sizes as f64 - bins.total();
        let pair = if n_pairs > 0.0 { (&scatter - &unit * bins.total()) / n_pairs } else { DMatrix::zeros(k, k) };
        let (mean, pair) = (DVector::from_row_slice(&mean[..k]), without_negative_variances(pair));
        SourceMoments { n_units: bins.total(), mean, unit, pair, scatter }
    }
}

/// Raises negative variances to 0: scatter is centred on shares, so a true covariance of 0 is estimated below 0 half of the time.
fn without_negative_variances(mut pair: DMatrix<f64>) -> DMatrix<f64> {
    let k = pair.nrows();
    let variances: Vec<f64> = (0..k).map(|i| pair[(i, i)].max(0.0)).collect();
    for i in 0..k {
        for j in 0..k {
            let most = (variances[i] * variances[j]).sqrt();
            pair[(i, j)] = pair[(i, j)].clamp(-most, most);
        }
    }
    pair
}
