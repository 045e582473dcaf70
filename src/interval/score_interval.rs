//! The interval for a share: every value that the clustered score test does not reject.

use super::alpha_score::ShareTest;
use super::ends::{Interval, IntervalEstimate};
use super::shares::ShareTests;
use crate::mixture;

/// Number of steps in the search for an end of the interval before a root finder takes over; nearer steps are smaller.
const SEARCH_STEPS: u32 = 48;
/// Accuracy of an end that rests on drawn critical values, in standard errors.
const END_TOLERANCE: f64 = 1e-5;

impl ShareTests<'_> {
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
            1 => end_of_interval(&|tested| test.at(tested).beyond_alone(level), share, end),
            _ => end_by_draws(&test, standard_error, end, level),
        };
        let (lower, upper) = rayon::join(|| end(0.0), || end(1.0));
        let interval = Interval { lower, upper };
        IntervalEstimate { share, standard_error, interval, design_effect: at.design_effect }
    }

    /// Returns the one-sided p-value of alpha = 0, given a systematic error of alpha with standard deviation `tau` there.
    pub fn p_zero(&self, tau: f64) -> f64 {
        let all: Vec<usize> = (0..self.evidence.n_components()).collect();
        ShareTest::new(self, &all).at(0.0).with_systematic_error(tau).p_zero()
    }

    /// Returns whether the share of some components together may be `tested`.
    pub fn accepts(&self, components: &[usize], tested: f64, level: f64) -> bool {
        ShareTest::new(self, components).at(tested).accepts(level)
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
    let (mut inside, mut distance) = (test.estimate, 0.0);
    while inside != end {
        distance += if distance < 4.0 * unit { unit / 2.0 } else { distance / 2.0 };
        let tested = if distance >= widest { end } else { test.estimate + (end - test.estimate).signum() * distance };
        if let Some(critical) = test.at(tested).critical_value_exceeded(level) {
            let at_inside = test.at(inside).critical_value(level);
            let between = |at: f64| at_inside + (critical - at_inside) * (at - inside) / (tested - inside);
            let beyond = |at: f64| test.at(at).statistic() - between(at);
            let (low, high) = (inside.min(tested), inside.max(tested));
            return mixture::root_within(beyond, low, high, END_TOLERANCE * unit).clamp(0.0, 1.0);
        }
        inside = tested;
    }
    end
}
