//! Computes the smallest share that a check of this size would notice.
//!
//! With strata, corpora of these sizes are drawn from the two-level model and estimated. Otherwise, and for documents of
//! too few sentences for that model:
//!
//! A share is noticed if the lower end of its interval is above the maximum. The estimate is taken to be normal around
//! the true share, with the variance that the reference expects of documents of these sizes, each wholly by one source,
//! and LLM documents by all of the reference's components alike; the interval, tau included, is taken to be symmetric.
//! The reference itself is taken to be right about the text. How often real batches of such shares are noticed:
//! reports/check.md.

use nalgebra::{DMatrix, DVector};
use rayon::prelude::*;
use serde::Serialize;
use statrs::distribution::{ContinuousCDF, Normal};

use crate::estimate::{Control, EstimateError, EstimateOptions, Group, StrataEstimator, evidence_of, strata_of};
use crate::interval::{CalibrationMap, Evidence, ScoreModel, critical_value, generator_of};
use crate::mixture::root;
use crate::reference::{Calibration, Reference, Tau};
use crate::score::ScoreTable;
use crate::tokenize::UnitRule;
use crate::two_level::{BinCounts, ShareOf, StrataModel, estimate, simulate};

/// Probability with which the smallest share is noticed.
pub const NOTICED_WITH: f64 = 0.8;
/// Number of corpora drawn for each share that is tried, and the accuracy of the share found, in units of alpha.
const N_CORPORA: u64 = 10;
const EXACT: f64 = 0.005;
/// Number of steps in which shares are tried; the last one is refined.
const N_STEPS: u32 = 400;
/// Ridge of an information matrix relative to its largest entry, for components that cannot be told apart.
const RIDGE: f64 = 1e-9;

/// The smallest share that would be noticed in text of this size.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Power {
    /// The share, 0 to 1; `None` if even LLM text alone would not be noticed.
    pub share: Option<f64>,
    /// Probability with which it is noticed, 0 to 1.
    pub probability: f64,
}

/// The model that power is computed with, for all groups.
#[non_exhaustive]
pub enum PowerModel {
    /// A mixture of units, with the standard error that the reference expects.
    Mixture {
        /// The calibration of the unit.
        calibration: Calibration,
        /// The kind of calibration.
        map: CalibrationMap,
        /// The unit that alpha is a share of.
        unit: UnitRule,
        /// The systematic error, if it is known.
        tau: Option<Tau>,
    },
    /// The two-level model, from which corpora are drawn.
    Strata {
        /// The model.
        model: StrataModel,
        /// Documents of the control, from which human text is learnt.
        control: Option<Vec<BinCounts>>,
        /// The unit that alpha is a share of.
        of: ShareOf,
        /// Seed of the corpora.
        seed: u64,
        /// The mixture of sentences, for groups whose documents have too few of them.
        mixture: Box<PowerModel>,
    },
}

impl PowerModel {
    /// Returns the model that an estimate with `options` uses, from `reference` and from `control` if there is one.
    ///
    /// # Errors
    /// Fails as [`estimate`](crate::estimate::estimate) does: without a calibration of the unit, or with too little
    /// control text.
    pub fn new(
        reference: &Reference,
        control: Option<&ScoreTable>,
        options: &EstimateOptions,
    ) -> Result<PowerModel, EstimateError> {
        let unit = options.unit.unwrap_or(reference.settings.unit);
        if let Some(model) = strata_of(reference, options) {
            let of = if unit == UnitRule::Document { ShareOf::Documents } else { ShareOf::Units };
            let groups = control.map(|control| vec![Group::of(control.in_canonical_order())]).unwrap_or_default();
            let strata = StrataEstimator::new(model, &groups, unit, options.level);
            let mixture =
                PowerModel::mixture(reference, control, options, UnitRule::Sentence, Some(strata.unit_tau()))?;
            return Ok(PowerModel::Strata {
                model: model.clone(),
                control: strata.control_counts(),
                of,
                seed: options.seed,
                mixture: Box::new(mixture),
            });
        }
        let learnt = reference.systematic_error.as_ref().filter(|learnt| learnt.unit == unit);
        let tau = learnt.map(|learnt| if control.is_some() { learnt.with_control } else { learnt.tau });
        PowerModel::mixture(reference, control, options, unit, tau)
    }

    /// Returns the model of a mixture of units, with human scores from `control` if there is one.
    fn mixture(
        reference: &Reference,
        control: Option<&ScoreTable>,
        options: &EstimateOptions,
        unit: UnitRule,
        tau: Option<Tau>,
    ) -> Result<PowerModel, EstimateError> {
        let missing = || EstimateError::NoSuchUnit { reference: reference.card.name.clone(), unit };
        let calibration = reference.calibration(options.scorer, unit).ok_or_else(missing)?;
        let calibration = match control {
            None => calibration.clone(),
            Some(control) => Control::learn(&control.in_canonical_order(), calibration, unit)?.calibration,
        };
        Ok(PowerModel::of(calibration, options.calibration, unit, tau))
    }

    /// Returns the model of a mixture with this calibration of `unit`, and this systematic error if it is known.
    pub fn of(calibration: Calibration, map: CalibrationMap, unit: UnitRule, tau: Option<Tau>) -> PowerModel {
        PowerModel::Mixture { calibration, map, unit, tau }
    }

    /// Returns the smallest share above `max` that would be noticed in documents like those of `group`, with intervals
    /// at `level`.
    ///
    /// All three are from 0 to 1. Noticed is a share whose interval is above `max` with probability [`NOTICED_WITH`]. For
    /// [`Mixture`](PowerModel::Mixture), with `se(a)` the standard error that the reference expects of these documents at
    /// the share `a`, it is the first root `a` above `max` of
    ///
    /// ```text
    /// a - z_0.8 se(a) = max + sqrt(c se(max)^2 + (z tau(max))^2)
    /// ```
    ///
    /// with `c` the [critical value](crate::interval::critical_value) at `max`, `z_0.8` the normal quantile of
    /// [`NOTICED_WITH`], `z` the two-sided one of `level`, and `tau` the systematic error. For
    /// [`Strata`](PowerModel::Strata) it is the least share, found by bisection to 0.005, of which at least 8 in 10
    /// [simulated](simulate) corpora of these sizes have an interval above `max`. Documents with fewer than two sentences
    /// on average are estimated as a mixture of sentences, and so is their power.
    ///
    /// Assumed is that the reference is right about the text, that each document is wholly by one source, and for a mixture
    /// that estimates are normal and intervals symmetric. reports/check.md has how often real batches are noticed.
    ///
    /// ```
    /// use llm_prevalence::check::PowerModel;
    /// use llm_prevalence::estimate::groups;
    /// use llm_prevalence::interval::CalibrationMap;
    /// use llm_prevalence::reference::Scorer;
    /// use llm_prevalence::tokenize::UnitRule;
    /// use llm_prevalence::{Estimator, Reference};
    ///
    /// let texts: Vec<String> = (0..120).map(|n| format!("I liked part {n}. The proof in step {n} is wrong.")).collect();
    /// let reference = Reference::embedded("abstracts")?;
    /// let table = Estimator::new(&reference).score(&texts);
    /// let calibration = reference.calibration(Scorer::Logistic, UnitRule::Sentence).expect("sentences are its unit");
    /// let model = PowerModel::of(calibration.clone(), CalibrationMap::Histogram, UnitRule::Sentence, None);
    /// let power = model.smallest_noticed(&groups(&table, &[])?[0], 0.2, 0.95);
    /// let share = power.share.expect("so many documents notice some share");
    /// assert!(share > 0.2 && share < 1.0, "{share}");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn smallest_noticed(&self, group: &Group<'_>, max: f64, level: f64) -> Power {
        let (calibration, map, unit, tau) = match self {
            PowerModel::Mixture { calibration, map, unit, tau } => (calibration, *map, *unit, tau),
            PowerModel::Strata { model, mixture, .. } if !is_estimated_by(model, group) => {
                return mixture.smallest_noticed(group, max, level);
            }
            PowerModel::Strata { model, control, of, seed, .. } => {
                let sizes: Vec<usize> = group.documents.iter().map(|document| document.pooled().len()).collect();
                let is_noticed = |share: f64| {
                    let noticed = |draw: u64| {
                        let corpus = simulate(model, &sizes, share, &mut generator_of(*seed, draw));
                        estimate(model, &corpus, control.as_deref(), *of, level).interval.0 > max
                    };
                    let n_noticed = (0..N_CORPORA).into_par_iter().filter(|&draw| noticed(draw)).count();
                    n_noticed as f64 >= NOTICED_WITH * N_CORPORA as f64
                };
                return Power { share: least_share(is_noticed, max), probability: NOTICED_WITH };
            }
        };
        let evidence = evidence_of(&group.documents, calibration, map, unit);
        let model = ScoreModel::new(calibration, map);
        let error = |share: f64| standard_error(&model, &evidence, share);
        let at_max = error(max);
        let half = critical_value(level, max / at_max, (1.0 - max) / at_max).sqrt() * at_max;
        let z = Normal::standard().inverse_cdf((1.0 + level) / 2.0);
        let tau = tau.map_or(0.0, |tau| tau.above(max));
        // First the least estimate whose interval is above the maximum, then the share whose estimates mostly reach it.
        let beyond_max = |estimate: f64| estimate - max - half.hypot(z * tau);
        let least = first_root(beyond_max, max);
        let spare = Normal::standard().inverse_cdf(NOTICED_WITH);
        let share = least.and_then(|least| first_root(|share| share - least - spare * error(share), least));
        Power { share, probability: NOTICED_WITH }
    }
}

/// Returns whether an estimate of `group` is that of the two-level model, and not of a mixture of sentences.
fn is_estimated_by(model: &StrataModel, group: &Group<'_>) -> bool {
    // The rule depends on neither the control, nor the unit, nor the level.
    StrataEstimator::new(model, &[], UnitRule::Sentence, 0.95).applies_to(group)
}

/// Returns the least share above `max` that is noticed, to half a percentage point; larger ones are noticed more often.
fn least_share(is_noticed: impl Fn(f64) -> bool, max: f64) -> Option<f64> {
    if !is_noticed(1.0) {
        return None;
    }
    let (mut below, mut above) = (max, 1.0);
    while above - below > EXACT {
        let middle = f64::midpoint(below, above);
        if is_noticed(middle) { above = middle } else { below = middle }
    }
    Some(above)
}

/// Returns the first share from `from` to 1 at which `excess` is no longer negative.
fn first_root(excess: impl Fn(f64) -> f64, from: f64) -> Option<f64> {
    let place = |step: u32| from + (1.0 - from) * f64::from(step) / f64::from(N_STEPS);
    let step = (0..=N_STEPS).find(|&step| excess(place(step)) >= 0.0)?;
    Some(if step == 0 { from } else { root(excess, place(step - 1), place(step)) })
}

/// Returns the standard error of alpha that the reference expects, with all components free.
fn standard_error(model: &ScoreModel<'_>, evidence: &Evidence, share: f64) -> f64 {
    let k = evidence.n_components();
    let shares: Vec<f64> = std::iter::once(1.0 - share).chain(std::iter::repeat_n(share / k as f64, k)).collect();
    let expected = model.expected(evidence, &shares);
    let covariance =
        expected.target_covariance(evidence.n_units() as f64, evidence.n_pairs(), 1.0) + &expected.of_reference;
    let largest = (0..k).map(|i| expected.information[(i, i)]).fold(f64::MIN_POSITIVE, f64::max);
    let ridged = &expected.information + DMatrix::identity(k, k) * if k > 1 { RIDGE * largest } else { 0.0 };
    let influence =
        ridged.lu().solve(&DVector::from_element(k, 1.0)).unwrap_or_else(|| DVector::from_element(k, f64::NAN));
    influence.dot(&(covariance * &influence)).sqrt()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::score::{DocumentKey, ScoredDocument};

    #[test]
    fn the_least_share_is_found_to_half_a_point() {
        let found = least_share(|share| share > 0.3, 0.2).unwrap();
        assert!((0.3..=0.305).contains(&found), "{found}");
        assert_eq!(least_share(|_| false, 0.2), None);
    }

    #[test]
    fn the_first_root_is_found_or_there_is_none() {
        assert_eq!(first_root(|_| 1.0, 0.2), Some(0.2));
        assert_eq!(first_root(|_| -1.0, 0.2), None);
        assert_eq!(first_root(|_| f64::NAN, 0.2), None);
        let found = first_root(|share| share - 0.512_345, 0.2).unwrap();
        assert!((found - 0.512_345).abs() < 1e-9, "{found}");
    }

    #[test]
    fn documents_of_single_sentences_have_the_power_of_a_mixture_as_they_have_its_estimate() {
        let reference = Reference::embedded("abstracts").unwrap();
        let model = PowerModel::new(&reference, None, &EstimateOptions::default()).unwrap();
        let PowerModel::Strata { mixture, .. } = &model else { panic!("the reference has strata") };
        let k = reference.component_names().len();
        let power = |model: &PowerModel, n_sentences: usize| {
            let scores = |at: usize| if at.is_multiple_of(10) { 1.5 } else { -1.5 };
            let document = |at: usize| {
                let (scores, pooled) = (vec![scores(at); k * n_sentences], vec![scores(at); n_sentences]);
                ScoredDocument::with_pooled(DocumentKey(at as u64), vec![], scores, pooled, k)
            };
            let documents: Vec<ScoredDocument> = (0..300 / n_sentences).map(document).collect();
            model.smallest_noticed(&Group::of(documents.iter().collect()), 0.2, 0.95)
        };
        assert_eq!(power(&model, 1), power(mixture, 1));
        assert_ne!(power(&model, 6), power(mixture, 6));
    }
}
