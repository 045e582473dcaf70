//! Holds relative variances beyond sampling, and computes how large chance makes them.

use statrs::distribution::{ChiSquared, ContinuousCDF};

/// Share of words, 0 to 1, whose residuals a word's residuals must exceed to count as its own.
pub(super) const OFTEN: f64 = 0.75;

/// An estimate of a relative variance beyond sampling, from one word.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct RelativeVariance {
    /// The unbiased estimate, which may be negative.
    pub variance: f64,
    /// The part that sampling alone explains, which is subtracted.
    pub sampling: f64,
    /// Degrees of freedom.
    pub n_degrees: usize,
}

/// Returns the quantile, at the probability [`OFTEN`], of a mean square with `n_degrees` degrees of freedom and
/// expectation 1.
pub(super) fn often(n_degrees: usize) -> f64 {
    let n_degrees = n_degrees as f64;
    ChiSquared::new(n_degrees).map_or(1.0, |of| of.inverse_cdf(OFTEN) / n_degrees)
}
