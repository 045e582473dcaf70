//! The interval for a share: every value that the clustered score test does not reject.

use nalgebra::DVector;
use serde::{Deserialize, Serialize};
use statrs::distribution::{ContinuousCDF, Normal};

use super::alpha_score::ShareTest;
use super::local::draws;
use super::{Evidence, ScoreModel};
use crate::mixture;
use crate::reference::Tau;

/// Number of steps in the search for an end of the interval before a root finder takes over; nearer steps are smaller.
const SEARCH_STEPS: u32 = 48;
/// Accuracy of an end that rests on drawn critical values, in standard errors.
const END_TOLERANCE: f64 = 1e-5;

/// Lower and upper end of an interval for a share, both in \[0, 1\].
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Interval {
    /// Lower end.
    pub lower: f64,
    /// Upper end.
    pub upper: f64,
}

impl Interval {
    /// Returns the interval of `share` with the systematic error `tau`: every value x with |x - share| <= sqrt(h^2 + (z tau(x))^2), h the
    /// half of this interval on its side, z the two-sided normal quantile of `level`, and tau(x) of estimates on the other side of x.
    ///
    /// DESIGN section 3 takes tau at the estimate. But an unknown LLM is underestimated, so tau at the estimate is too small where
    /// it is needed: of an LLM left out of `reviews`, 25 % are estimated as 18 %, and tau(18 %) does not reach 25 %.
    pub fn widened(self, share: f64, tau: Tau, level: f64) -> Interval {
        let z = Normal::standard().inverse_cdf((1.0 + level) / 2.0);
        let (below, above) = (share - self.lower, self.upper - share);
        Interval {
            lower: last_inside(self.lower, 0.0, |value| share - value <= below.hypot(z * tau.above(value))),
            upper: last_inside(self.upper, 1.0, |value| value - share <= above.hypot(z * tau.below(value))),
        }
    }
}

/// Returns the point on the way from `inside` to `end` at which `is_inside` ceases to hold.
fn last_inside(mut inside: f64, end: f64, is_inside: impl Fn(f64) -> bool) -> f64 {
    if is_inside(end) {
        return end;
    }
    let mut outside = end;
    for _ in 0..60 {
        let middle = (inside + outside) / 2.0;
        *(if is_inside(middle) { &mut inside } else { &mut outside }) = middle;
    }
    inside
}

/// An estimate of alpha, or of another share, with its uncertainty.
#[derive(Debug, Clone, PartialEq)]
pub struct IntervalEstimate {
    /// Share of the target's units; of all LLM components together, it is alpha.
    pub share: f64,
    /// Standard error of the share, including the reference's part.
    pub standard_error: f64,
    /// The interval at the level asked for.
    pub interval: Interval,
    /// Variance over that of as many independent units, because units of a document are alike (the target's part only).
    pub design_effect: f64,
}

/// Tests of the shares of one target.
pub struct ShareTests<'a> {
    pub(super) evidence: &'a Evidence,
    pub(super) model: &'a ScoreModel<'a>,
    /// The maximum-likelihood shares of all sources, human first.
    pub(super) shares: Vec<f64>,
    pub(super) n_pairs: f64,
    pub(super) draws: Vec<DVector<f64>>,
}

impl<'a> ShareTests<'a> {
    /// Finds the shares; `evidence` needs at least one unit. With one document the clustered variance rests on `model`
    /// alone.
    pub fn new(evidence: &'a Evidence, model: &'a ScoreModel<'a>) -> ShareTests<'a> {
        let k = evidence.n_components();
        let draws = if k > 1 { draws(k) } else { vec![] };
        ShareTests { evidence, model, shares: evidence.ratios().shares(), n_pairs: evidence.n_pairs(), draws }
    }

    /// Returns the maximum-likelihood shares of all sources, human first.
    pub fn shares(&self) -> &[f64] {
        &self.shares
    }

    /// Returns alpha, the share of all LLM components together, with its interval at `level` (such as 0.95).
    pub fn alpha(&self, level: f64) -> IntervalEstimate {
        self.share_of(&(0..self.evidence.n_components()).collect::<Vec<_>>(), level)
    }

    /// Returns the share of some LLM components (numbers from 0) together, with its interval at `level`.
    pub fn share_of(&self, components: &[usize], level: f64) -> IntervalEstimate {
        let test = ShareTest::new(self, components);
        let share = test.estimate;
        let at = test.at(share);
        let standard_error = at.standard_error();
        let end = |end: f64| match self.evidence.n_components() {
            1 => end_of_interval(&|tested| test.at(tested).beyond(level), share, end),
            _ => end_by_draws(&test, standard_error, end, level),
        };
        let interval = Interval { lower: end(0.0), upper: end(1.0) };
        IntervalEstimate { share, standard_error, interval, design_effect: at.design_effect }
    }

    /// Returns the one-sided p-value of alpha = 0, given a systematic error of alpha with standard deviation `tau` there.
    pub fn p_zero(&self, tau: f64) -> f64 {
        let all: Vec<usize> = (0..self.evidence.n_components()).collect();
        ShareTest::new(self, &all).at(0.0).with_systematic_error(tau).p_zero()
    }

    /// Returns whether the share of some components together may be `tested`.
    pub fn accepts(&self, components: &[usize], tested: f64, level: f64) -> bool {
        ShareTest::new(self, components).at(tested).beyond(level) <= 0.0
    }
}

/// Returns the last value from `share` towards `end` that is not rejected, that is with `distance` <= 0.
fn end_of_interval(distance: &impl Fn(f64) -> f64, share: f64, end: f64) -> f64 {
    let mut inside = share;
    for step in 1..=SEARCH_STEPS {
        let progress = f64::from(step) / f64::from(SEARCH_STEPS);
        let tested = share + (end - share) * progress * progress;
        if distance(tested) > 0.0 {
            let (low, high) = (inside.min(tested), inside.max(tested));
            return mixture::root(distance, low, high).clamp(0.0, 1.0);
        }
        inside = tested;
    }
    end
}

/// Finds the [`end_of_interval`] with critical values that take long to compute: the search goes in standard errors, and between
/// the last share that is not rejected and the first that is, the critical value is taken to be linear.
fn end_by_draws(test: &ShareTest<'_>, standard_error: f64, end: f64, level: f64) -> f64 {
    let widest = (end - test.estimate).abs();
    let unit = if standard_error.is_finite() { standard_error.clamp(1e-6, 1.0) } else { 1.0 };
    let (mut inside, mut distance, mut at_inside) = (test.estimate, 0.0, None);
    while inside != end {
        distance += if distance < 4.0 * unit { unit / 2.0 } else { distance / 2.0 };
        let tested = if distance >= widest { end } else { test.estimate + (end - test.estimate).signum() * distance };
        let (statistic, critical) = test.at(tested).statistic_and_critical_value(level);
        if statistic > critical {
            let at_inside = at_inside.unwrap_or_else(|| test.at(inside).statistic_and_critical_value(level).1);
            let between = |at: f64| at_inside + (critical - at_inside) * (at - inside) / (tested - inside);
            let beyond = |at: f64| test.at(at).statistic() - between(at);
            let (low, high) = (inside.min(tested), inside.max(tested));
            return mixture::root_within(beyond, low, high, END_TOLERANCE * unit).clamp(0.0, 1.0);
        }
        (inside, at_inside) = (tested, Some(critical));
    }
    end
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn systematic_error_is_taken_at_the_share_that_is_tested() {
        let sampling = Interval { lower: 0.17, upper: 0.20 };
        let tau = Tau { human: 0.002, llm_below: 0.1, llm_above: 0.05 };
        let found = sampling.widened(0.18, tau, 0.95);
        let z = 1.959_963_985;
        for (end, half, of_llm) in [(found.lower, 0.01, 0.05), (found.upper, 0.02, 0.1)] {
            let tau = f64::hypot(0.002 * (1.0 - end), of_llm * end.powf(0.75));
            assert!(((end - 0.18).abs() - f64::hypot(half, z * tau)).abs() < 1e-9, "{found:?}");
        }
    }

    #[test]
    fn without_systematic_error_an_interval_stays_and_with_much_it_is_everything() {
        let sampling = Interval { lower: 0.0, upper: 0.02 };
        let same = sampling.widened(0.01, Tau::default(), 0.95);
        assert!(same.lower.abs() < 1e-12 && (same.upper - 0.02).abs() < 1e-12, "{same:?}");
        let much = Tau { human: 1.0, llm_below: 1.0, llm_above: 1.0 };
        assert_eq!(sampling.widened(0.01, much, 0.95), Interval { lower: 0.0, upper: 1.0 });
    }
}
