//! Alpha, its interval and its misfit from scores that are already there.

use super::ends::IntervalEstimate;
use super::evidence::{CalibrationMap, Evidence};
use super::misfit::{Misfit, misfit};
use super::model::ScoreModel;
use super::shares::ShareTests;
use crate::reference::Calibration;

/// Scored documents of one target, beside what the reference expects of their scores.
pub struct ScoredTarget<'a> {
    calibration: &'a Calibration,
    evidence: Evidence,
    model: ScoreModel<'a>,
}

/// The likelihood of one alpha, and the moments of the unit scores there, whose mean is 0 at the estimate.
#[derive(Debug, Clone, Copy, PartialEq)]
#[non_exhaustive]
pub struct ScoreMoments {
    /// Log-likelihood of all units relative to human text alone, in nats.
    pub log_likelihood: f64,
    /// Mean squared unit score: the observed information per unit.
    pub information: f64,
    /// Variance of the mean score over samples of documents like these.
    pub clustered_variance: f64,
    /// Variance of the mean score that comes from the reference's own finite documents.
    pub variance_of_reference: f64,
}

impl<'a> ScoredTarget<'a> {
    /// Calibrates the scores of documents, each with at least one unit: K scores per unit, in nats.
    ///
    /// ```
    /// use llm_prevalence::interval::{CalibrationMap, ScoredTarget};
    /// use llm_prevalence::tokenize::UnitRule;
    /// use llm_prevalence::{Estimator, Reference};
    ///
    /// let texts: Vec<String> = (0..40).map(|n| format!("I liked part {n}. The proof in step {n} is wrong.")).collect();
    /// let reference = Reference::embedded("abstracts")?;
    /// let table = Estimator::new(&reference).score(&texts);
    /// let scores = table.documents().iter().map(|of| of.scores().iter().map(|&score| f64::from(score)).collect());
    /// let calibration = reference.calibration(Default::default(), UnitRule::Sentence).unwrap();
    /// let target = ScoredTarget::new(scores, calibration, CalibrationMap::Histogram);
    /// let found = target.alpha(0.95);
    /// assert!(found.interval.lower <= found.share && found.share <= found.interval.upper);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn new(
        documents: impl IntoIterator<Item = Vec<f64>>,
        calibration: &'a Calibration,
        map: CalibrationMap,
    ) -> ScoredTarget<'a> {
        let (evidence, model) = (Evidence::new(documents, calibration, map), ScoreModel::new(calibration, map));
        ScoredTarget { calibration, evidence, model }
    }

    /// Returns the number of units.
    pub fn n_units(&self) -> usize {
        self.evidence.n_units()
    }

    /// Estimates alpha, 0 to 1, with the interval of the clustered score test at `level`; needs a unit.
    ///
    /// alpha maximises `sum_i log(1 + alpha w_i)` with `w_i = f_llm / f_human - 1` the calibrated density ratio less one
    /// (Liang et al. 2024, equation 6). The interval holds every alpha at which the mean unit score
    /// `w_i / (1 + alpha w_i)` is not too far from 0, given its variance clustered by document and that of the reference,
    /// and a critical value that allows for estimates not leaving \[0, 1\] (Feldman and Cousins 1998). With several LLM
    /// components alpha is the sum of their shares, which are jointly most likely.
    ///
    /// Assumed is that documents are independent, and that the units of each source are distributed as in the reference;
    /// [`misfit`](Self::misfit) tests the latter. The [module](super) says more.
    pub fn alpha(&self, level: f64) -> IntervalEstimate {
        ShareTests::new(&self.evidence, &self.model).alpha(level)
    }

    /// Measures how far the scores are from those of the mixture that fits them best; needs a unit.
    ///
    /// The distance is `max_j |sum_{i <= j} (o_i - sum_k pi_k f_ki)|`, 0 to 1, with `o_i` the share of units in the bin `i`
    /// of the combined log ratio, `f_ki` that of source `k` in the reference, and `pi_k` the most likely shares: that of
    /// Kolmogorov and Smirnov at the bins' edges. The p-value is its place among draws from a normal distribution with the
    /// covariance of these differences, clustered by document. Assumed is that documents are independent; the shares are
    /// taken as given, which makes the p-value too large rather than too small.
    pub fn misfit(&self) -> Misfit {
        misfit(&self.evidence, &self.calibration.histogram, &self.evidence.ratios().shares())
    }

    /// Returns the moments of the scores at this `alpha`, 0 to 1; `None` with several LLM components.
    pub fn at(&self, alpha: f64) -> Option<ScoreMoments> {
        let (shares, ratios) = ([1.0 - alpha, alpha], self.evidence.ratios());
        (self.evidence.n_components() == 1).then(|| {
            let [moments] = self.evidence.moments([&ratios.unit_scores(&shares)]);
            ScoreMoments {
                log_likelihood: ratios.log_likelihood(&shares) * self.evidence.n_units() as f64,
                information: moments.information,
                clustered_variance: moments.clustered_variance,
                variance_of_reference: self.model.expected(&self.evidence, &shares).of_reference[(0, 0)],
            }
        })
    }
}

/// Returns the K log ratios of densities of a unit with these K scores, in nats.
///
/// ```
/// use llm_prevalence::Reference;
/// use llm_prevalence::interval::{CalibrationMap, calibrated};
/// use llm_prevalence::tokenize::UnitRule;
///
/// let reference = Reference::embedded("abstracts")?;
/// let calibration = reference.calibration(Default::default(), UnitRule::Sentence).expect("a calibration of sentences");
/// let scores = vec![0.0; calibration.n_components()];
/// let log_ratios = calibrated(calibration, CalibrationMap::Histogram, &scores);
/// assert_eq!(log_ratios.len(), scores.len());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn calibrated(calibration: &Calibration, map: CalibrationMap, scores: &[f64]) -> Vec<f64> {
    match map {
        CalibrationMap::Histogram => {
            let bin = calibration.histogram.bin(scores);
            calibration.histogram.log_ratios()[bin * scores.len()..][..scores.len()].to_vec()
        }
        CalibrationMap::Logistic => calibration.logistic.log_ratios(scores),
    }
}
