//! What the reference says about scores: their variance within and between documents, for any alpha.

use super::{CalibrationMap, Evidence};
use crate::reference::{Calibration, SourceBins};

/// LLM documents that the prior belief "whole documents are by one source" is worth against the target's own word.
///
/// Two, as in the plus-four interval for a proportion (Agresti and Coull 1998).
const PRIOR_DOCUMENTS: f64 = 2.0;

/// The score distributions of human and LLM units, with their clustering in documents, as the reference has them.
pub struct ScoreModel<'a> {
    calibration: &'a Calibration,
    map: CalibrationMap,
    human: Vec<f64>,
    llm: Vec<f64>,
    excess: Vec<f64>,
}

/// Variance components of the unit score at one alpha.
struct Components {
    /// Variance of a unit's score under the mixture.
    unit: f64,
    /// Covariance of two units of a document, both of one source.
    pair: f64,
    /// Variance that the source of the unit explains: alpha (1 - alpha) information^2.
    between_sources: f64,
    /// Expected information per unit: mean LLM score less mean human score.
    information: f64,
}

impl<'a> ScoreModel<'a> {
    /// The model behind `calibration`, used through `map`.
    pub fn new(calibration: &'a Calibration, map: CalibrationMap) -> ScoreModel<'a> {
        let histogram = &calibration.histogram;
        let (human, llm) = (histogram.human.shares(), histogram.llm.shares());
        let excess = match map {
            CalibrationMap::Histogram => histogram.log_ratios().iter().map(|ratio| ratio.exp_m1()).collect(),
            CalibrationMap::Logistic => (0..histogram.n_bins())
                .map(|bin| calibration.logistic.log_ratio(pooled_mean(histogram_sources(calibration), bin)).exp_m1())
                .collect(),
        };
        ScoreModel { calibration, map, human, llm, excess }
    }

    /// Variance of the mean score at `alpha` for documents of the target's sizes, and the expected information per unit. `rho` is the share of LLM status that
    /// units of a document have in common: 1 where documents are wholly by one source, 0 where units are independent.
    pub fn target_variance(&self, n_units: f64, n_pairs: f64, alpha: f64, rho: f64) -> (f64, f64) {
        let parts = self.components(alpha);
        let variance = n_units * parts.unit + n_pairs * (parts.pair + rho * parts.between_sources);
        (variance / (n_units * n_units), parts.information)
    }

    /// How much of LLM status the units of a document have in common, from the target at its estimate, drawn towards 1.
    ///
    /// Few LLM documents cannot tell, and independence is the dangerous error, hence a prior worth two
    /// documents.
    pub fn common_source_share(&self, evidence: &Evidence, alpha: f64) -> f64 {
        let parts = self.components(alpha);
        let n_rare = evidence.n_documents() as f64 * alpha.min(1.0 - alpha);
        if n_rare <= 0.0 || evidence.n_pairs() <= 0.0 {
            return 1.0;
        }
        let seen = ((evidence.pair_product(alpha) - parts.pair) / parts.between_sources).clamp(0.0, 1.0);
        (n_rare * seen + PRIOR_DOCUMENTS) / (n_rare + PRIOR_DOCUMENTS)
    }

    /// Variance of the mean score that comes from the reference's own finite documents, at `alpha`.
    ///
    /// Delta method on what was learnt: the gradient of the mean score in the bin shares, or in slope and intercept.
    pub fn reference_variance(&self, evidence: &Evidence, alpha: f64) -> f64 {
        match self.map {
            CalibrationMap::Histogram => {
                let mixed = |bin: usize| (1.0 - alpha) * self.human[bin] + alpha * self.llm[bin];
                let gradient = |by: &[f64]| (0..by.len()).map(|bin| by[bin] / mixed(bin)).collect::<Vec<f64>>();
                let histogram = &self.calibration.histogram;
                share_variance(&histogram.human, &self.human, gradient(&self.llm))
                    + share_variance(&histogram.llm, &self.llm, gradient(&self.human))
            }
            CalibrationMap::Logistic => {
                let mut gradient = [0.0; 2];
                for (w, score) in evidence.excess().iter().zip(evidence.scores()) {
                    let by_log_ratio = (1.0 + w) / (1.0 + alpha * w).powi(2);
                    gradient[0] += by_log_ratio * score;
                    gradient[1] += by_log_ratio;
                }
                self.calibration.logistic.variance(gradient.map(|sum| sum / evidence.n_units() as f64))
            }
        }
    }

    fn components(&self, alpha: f64) -> Components {
        let scores: Vec<f64> = self.excess.iter().map(|w| w / (1.0 + alpha * w)).collect();
        let histogram = &self.calibration.histogram;
        let human = SourceMoments::of(&scores, &self.human, &histogram.human);
        let llm = SourceMoments::of(&scores, &self.llm, &histogram.llm);
        let information = llm.mean - human.mean;
        let between_sources = alpha * (1.0 - alpha) * information * information;
        let mix = |human: f64, llm: f64| (1.0 - alpha) * human + alpha * llm;
        Components {
            unit: mix(human.unit, llm.unit) + between_sources,
            pair: mix(human.pair, llm.pair),
            between_sources,
            information,
        }
    }
}

/// Mean, unit variance and within-document covariance of a score in one source.
struct SourceMoments {
    mean: f64,
    unit: f64,
    pair: f64,
}

impl SourceMoments {
    fn of(scores: &[f64], shares: &[f64], bins: &SourceBins) -> SourceMoments {
        let expect = |f: &dyn Fn(f64) -> f64| shares.iter().zip(scores).map(|(share, &s)| share * f(s)).sum::<f64>();
        let mean = expect(&|s| s);
        let unit = expect(&|s| (s - mean).powi(2));
        let n_pairs = bins.sum_squared_sizes as f64 - bins.total();
        let pair = if n_pairs > 0.0 { (bins.scatter_of(scores) - bins.total() * unit) / n_pairs } else { 0.0 };
        // Scatter is centred on shares, so a true covariance of 0 is estimated below 0 half of the time.
        SourceMoments { mean, unit, pair: pair.max(0.0) }
    }
}

fn share_variance(bins: &SourceBins, shares: &[f64], mut gradient: Vec<f64>) -> f64 {
    let mean: f64 = gradient.iter().zip(shares).map(|(slope, share)| slope * share).sum();
    gradient.iter_mut().for_each(|slope| *slope -= mean);
    bins.scatter_of(&gradient) / bins.total().powi(2)
}

fn histogram_sources(calibration: &Calibration) -> [&SourceBins; 2] {
    [&calibration.histogram.human, &calibration.histogram.llm]
}

fn pooled_mean(sources: [&SourceBins; 2], bin: usize) -> f64 {
    let sum: f64 = sources.iter().map(|bins| bins.n_units[bin] as f64 * bins.mean_score[bin]).sum();
    let n_units: u64 = sources.iter().map(|bins| bins.n_units[bin]).sum();
    if n_units > 0 { sum / n_units as f64 } else { sources[0].mean_score[bin] }
}
