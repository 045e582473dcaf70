//! Estimates shares from scores: the maximum-likelihood mixture of human and LLM units.

mod quadratic;
mod shares;

use argmin::core::{CostFunction, Error, Executor, State};
use argmin::solver::brent::BrentRoot;

pub(crate) use quadratic::{Blocks, Quadratic};
pub use shares::Ratios;

/// Relative tolerance of a root; the estimate is exact to about this.
const ROOT_TOLERANCE: f64 = 1e-13;
const MAX_ROOT_STEPS: u64 = 200;

/// Returns the root of `function` between `low` and `high`, if its signs differ there; the better end if they do not.
pub fn root(function: impl Fn(f64) -> f64, low: f64, high: f64) -> f64 {
    root_within(function, low, high, ROOT_TOLERANCE)
}

/// Finds the [`root`], exact to about `tolerance`.
pub(crate) fn root_within(function: impl Fn(f64) -> f64, low: f64, high: f64, tolerance: f64) -> f64 {
    struct Problem<F>(F);
    impl<F: Fn(f64) -> f64> CostFunction for Problem<F> {
        type Param = f64;
        type Output = f64;
        fn cost(&self, at: &f64) -> Result<f64, Error> {
            Ok((self.0)(*at))
        }
    }
    let (at_low, at_high) = (function(low).abs(), function(high).abs());
    let run = Executor::new(Problem(function), BrentRoot::new(low, high, tolerance))
        .configure(|state| state.param(high).max_iters(MAX_ROOT_STEPS))
        .ctrlc(false)
        .run();
    let found = run.ok().and_then(|result| result.state.get_best_param().copied());
    found.unwrap_or(if at_low < at_high { low } else { high })
}

/// Returns the maximum-likelihood alpha for K = 1 (Liang et al. 2024, equation 6), given f_llm / f_human - 1 of every unit.
///
/// The log-likelihood sum log(1 + alpha w) is concave, so the sign of its gradient at 0 and at 1 tells where the
/// maximum is; between them it is the root of the gradient.
///
/// ```
/// // A unit that is twice as likely by an LLM, and one that is half as likely.
/// let alpha = llm_prevalence::mixture::alpha(&[1.0, -0.5]);
/// assert!((alpha - 0.5).abs() < 1e-9);
/// ```
pub fn alpha(excess: &[f64]) -> f64 {
    maximum(|alpha| gradient(excess, alpha))
}

/// Returns the [`alpha`] of units of which `n_units[i]` have the ratio `excess[i]`.
///
/// It maximises `sum_i n_i log(1 + alpha w_i)` over \[0, 1\], with `w_i = excess[i]` a density ratio less one and `n_i` its
/// number of units (Liang et al. 2024, equation 6, with equal units taken together). Assumed is that units are independent
/// given alpha, and that the ratios are right; an interval needs [`ScoredTarget`](crate::interval::ScoredTarget).
///
/// ```
/// // 30 units that are twice as likely by an LLM, and 20 that are half as likely.
/// let alpha = llm_prevalence::mixture::weighted_alpha(&[1.0, -0.5], &[30.0, 20.0]);
/// assert!((alpha - 0.8).abs() < 1e-9);
/// ```
pub fn weighted_alpha(excess: &[f64], n_units: &[f64]) -> f64 {
    maximum(|alpha| excess.iter().zip(n_units).map(|(w, n)| n * w / (1.0 + alpha * w)).sum())
}

/// Returns the alpha in \[0, 1\] at which a concave function with this gradient is largest.
fn maximum(gradient: impl Fn(f64) -> f64) -> f64 {
    if gradient(0.0) <= 0.0 {
        return 0.0;
    }
    if gradient(1.0) >= 0.0 {
        return 1.0;
    }
    root(gradient, 0.0, 1.0)
}

/// Returns the derivative of the [`log_likelihood`] in alpha, `sum_i w_i / (1 + alpha w_i)`, in nats.
///
/// ```
/// // It is 0 at the estimate.
/// let slope = llm_prevalence::mixture::gradient(&[1.0, -0.5], 0.5);
/// assert!(slope.abs() < 1e-12);
/// ```
pub fn gradient(excess: &[f64], alpha: f64) -> f64 {
    excess.iter().map(|w| w / (1.0 + alpha * w)).sum()
}

/// Returns the log-likelihood relative to alpha = 0, `sum_i log(1 + alpha w_i)`, in nats.
///
/// ```
/// let gain = llm_prevalence::mixture::log_likelihood(&[1.0, -0.5], 0.5);
/// assert!((gain - (1.5f64 * 0.75).ln()).abs() < 1e-12);
/// ```
pub fn log_likelihood(excess: &[f64], alpha: f64) -> f64 {
    excess.iter().map(|w| (alpha * w).ln_1p()).sum()
}
