//! What a check of this size would notice.
//!
//! A share is noticed if the lower end of its interval is above the maximum. The estimate is taken to be normal around the true share,
//! with the variance that the reference expects of documents of these sizes, each wholly by one source and LLM documents by all of the
//! reference's components alike; the interval, tau included, is taken to be symmetric. The reference itself is taken to be right about the
//! text. On real reviews such shares are noticed in 80 to 97 % of batches (reports/check.md).

use nalgebra::{DMatrix, DVector};
use serde::Serialize;
use statrs::distribution::{ContinuousCDF, Normal};

use crate::estimate::{Control, EstimateError, EstimateOptions, Group, evidence_of};
use crate::interval::{CalibrationMap, Evidence, ScoreModel, critical_value};
use crate::mixture::root;
use crate::reference::{Calibration, Reference, Tau};
use crate::score::ScoreTable;
use crate::tokenize::UnitRule;

/// Probability with which the smallest share is noticed.
pub const NOTICED_WITH: f64 = 0.8;
/// Steps in which shares are tried; the last one is refined.
const N_STEPS: u32 = 400;
/// Ridge of an information matrix relative to its largest entry, for components that nothing tells apart.
const RIDGE: f64 = 1e-9;

/// The smallest share that would be noticed in text of this size.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Power {
    /// The share; none where even LLM text alone would not be noticed.
    pub share: Option<f64>,
    /// Probability with which it is noticed.
    pub probability: f64,
}

/// What power is computed with, for all groups.
pub struct PowerModel {
    calibration: Calibration,
    map: CalibrationMap,
    unit: UnitRule,
    tau: Option<Tau>,
}

impl PowerModel {
    /// Takes from `reference`, and from `control` where there is one, what an estimate with `options` takes from them.
    ///
    /// # Errors
    /// Those of [`estimate`](crate::estimate::estimate): a unit without calibration, or too little control text.
    pub fn new(
        reference: &Reference,
        control: Option<&ScoreTable>,
        options: &EstimateOptions,
    ) -> Result<PowerModel, EstimateError> {
        let unit = options.unit.unwrap_or(reference.settings.unit);
        let missing = || EstimateError::NoSuchUnit { reference: reference.card.name.clone(), unit };
        let calibration = reference.calibration(options.scorer, unit).ok_or_else(missing)?;
        let learnt = reference.systematic_error.as_ref().filter(|learnt| learnt.unit == unit);
        let (calibration, tau) = match control {
            None => (calibration.clone(), learnt.map(|learnt| learnt.tau)),
            Some(control) => {
                let control = Control::learn(&control.in_canonical_order(), calibration, unit)?;
                (control.calibration, learnt.map(|learnt| learnt.with_control))
            }
        };
        Ok(PowerModel::of(calibration, options.calibration, unit, tau))
    }

    /// With this calibration of `unit`, and this systematic error where it is known.
    pub fn of(calibration: Calibration, map: CalibrationMap, unit: UnitRule, tau: Option<Tau>) -> PowerModel {
        PowerModel { calibration, map, unit, tau }
    }

    /// The smallest share above `max` that would be noticed in documents like those of `group`, with intervals at `level`.
    pub fn smallest_noticed(&self, group: &Group<'_>, max: f64, level: f64) -> Power {
        let evidence = evidence_of(&group.documents, &self.calibration, self.map, self.unit);
        let model = ScoreModel::new(&self.calibration, self.map);
        let error = |share: f64| standard_error(&model, &evidence, share);
        let at_max = error(max);
        let half = critical_value(level, max / at_max, (1.0 - max) / at_max).sqrt() * at_max;
        let z = Normal::standard().inverse_cdf((1.0 + level) / 2.0);
        let tau = self.tau.map_or(0.0, |tau| tau.above(max));
        // The estimate from which on the interval lies above the maximum, then the share whose estimates mostly do.
        let beyond_max = |estimate: f64| estimate - max - half.hypot(z * tau);
        let least = first_root(beyond_max, max);
        let spare = Normal::standard().inverse_cdf(NOTICED_WITH);
        let share = least.and_then(|least| first_root(|share| share - least - spare * error(share), least));
        Power { share, probability: NOTICED_WITH }
    }
}

/// The first share from `from` to 1 at which `excess` is no longer negative.
fn first_root(excess: impl Fn(f64) -> f64, from: f64) -> Option<f64> {
    let place = |step: u32| from + (1.0 - from) * f64::from(step) / f64::from(N_STEPS);
    let step = (0..=N_STEPS).find(|&step| excess(place(step)) >= 0.0)?;
    Some(if step == 0 { from } else { root(excess, place(step - 1), place(step)) })
}

/// Standard error that the reference expects of alpha, all components free.
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

    #[test]
    fn the_first_root_is_found_or_there_is_none() {
        assert_eq!(first_root(|_| 1.0, 0.2), Some(0.2));
        assert_eq!(first_root(|_| -1.0, 0.2), None);
        assert_eq!(first_root(|_| f64::NAN, 0.2), None);
        let found = first_root(|share| share - 0.512_345, 0.2).unwrap();
        assert!((found - 0.512_345).abs() < 1e-9, "{found}");
    }
}
