//! The interval for alpha: every value that the clustered score test does not reject.

use serde::{Deserialize, Serialize};
use statrs::distribution::{ContinuousCDF, Normal};

use super::boundary::{constrained_square, critical_value};
use super::{Evidence, ScoreModel};
use crate::mixture;

/// Steps in which an end of the interval is looked for before a root finder takes over; nearer steps are smaller.
const SEARCH_STEPS: u32 = 48;

/// Lower and upper end of an interval for a share, both in \[0, 1\].
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Interval {
    /// Lower end.
    pub lower: f64,
    /// Upper end.
    pub upper: f64,
}

/// An estimate of alpha with what is known of its error.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct IntervalEstimate {
    /// LLM share of the target's units.
    pub alpha: f64,
    /// Standard error of alpha, the reference's share included.
    pub standard_error: f64,
    /// The interval at the level asked for.
    pub interval: Interval,
    /// Variance over that of as many independent units, because units of a document are alike (the target's part only).
    pub design_effect: f64,
    /// One-sided p-value of alpha = 0.
    pub p_zero: f64,
}

/// The maximum-likelihood alpha of `evidence`, with its interval at `level` (such as 0.95).
///
/// `evidence` needs at least one unit; with one document the clustered variance rests on `model` alone.
pub fn estimate_alpha(evidence: &Evidence, model: &ScoreModel<'_>, level: f64) -> IntervalEstimate {
    let alpha = evidence.alpha();
    let test = ScoreTest::new(evidence, model, alpha);
    let distance = |tested: f64| test.at(tested).beyond(level);
    let interval =
        Interval { lower: end_of_interval(&distance, alpha, 0.0), upper: end_of_interval(&distance, alpha, 1.0) };
    let at = test.at(alpha);
    let is_inside = alpha > 0.0 && alpha < 1.0;
    IntervalEstimate {
        alpha,
        standard_error: at.standard_deviation / if is_inside { at.seen_information } else { at.information },
        interval,
        design_effect: at.design_effect,
        p_zero: Normal::standard().sf(test.at(0.0).z()),
    }
}

/// The last value from `alpha` towards `end` that is not rejected, that is with `distance` <= 0.
fn end_of_interval(distance: &impl Fn(f64) -> f64, alpha: f64, end: f64) -> f64 {
    let mut inside = alpha;
    for step in 1..=SEARCH_STEPS {
        let progress = f64::from(step) / f64::from(SEARCH_STEPS);
        let tested = alpha + (end - alpha) * progress * progress;
        if distance(tested) > 0.0 {
            let (low, high) = (inside.min(tested), inside.max(tested));
            return mixture::root(distance, low, high).clamp(0.0, 1.0);
        }
        inside = tested;
    }
    end
}

/// The test that the mean score is 0 at a tested alpha.
struct ScoreTest<'a> {
    evidence: &'a Evidence,
    model: &'a ScoreModel<'a>,
    n_pairs: f64,
    rho: f64,
}

/// The mean score at a tested alpha, and its variance.
struct Tested {
    alpha: f64,
    mean: f64,
    /// Of the mean score, the reference's part included.
    standard_deviation: f64,
    /// Expected information per unit.
    information: f64,
    /// Observed information per unit: the slope of the mean score, where the target has enough of both sources.
    seen_information: f64,
    design_effect: f64,
}

impl<'a> ScoreTest<'a> {
    fn new(evidence: &'a Evidence, model: &'a ScoreModel<'a>, alpha: f64) -> ScoreTest<'a> {
        let rho = model.common_source_share(evidence, alpha);
        ScoreTest { evidence, model, n_pairs: evidence.n_pairs(), rho }
    }

    /// The larger of the design effects seen in the target and expected from the reference, applied to the expected
    /// information, plus the reference's own variance.
    fn at(&self, alpha: f64) -> Tested {
        let n_units = self.evidence.n_units() as f64;
        let seen = self.evidence.moments(alpha);
        let (expected, information) = self.model.target_variance(n_units, self.n_pairs, alpha, self.rho);
        let of_target = seen.clustered_variance * n_units / seen.information;
        let of_model = expected * n_units / information;
        // Not f64::max: a target without any information gives NaN, and the model then decides.
        let design_effect = if of_target > of_model { of_target } else { of_model };
        let reference = self.model.reference_variance(self.evidence, alpha);
        Tested {
            alpha,
            mean: seen.mean,
            standard_deviation: (design_effect * information / n_units + reference).sqrt(),
            information,
            seen_information: seen.information,
            design_effect,
        }
    }
}

impl Tested {
    fn z(&self) -> f64 {
        self.mean / self.standard_deviation
    }

    /// By how much the squared z, of an estimate that cannot leave \[0, 1\], exceeds its critical value.
    fn beyond(&self, level: f64) -> f64 {
        let standard_error = self.standard_deviation / self.information;
        let (to_zero, to_one) = (self.alpha / standard_error, (1.0 - self.alpha) / standard_error);
        let z = self.z();
        let square = if z < 0.0 { constrained_square(-z, to_zero) } else { constrained_square(z, to_one) };
        square - critical_value(level, to_zero, to_one)
    }
}
