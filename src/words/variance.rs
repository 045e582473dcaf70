//! Relative variances beyond sampling, and how large chance makes them.

use statrs::distribution::{ChiSquared, ContinuousCDF};

/// Residuals that are larger than those of this share of words are the word's own.
pub(super) const OFTEN: f64 = 0.75;

/// An estimate of a relative variance beyond sampling, from one word.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct RelativeVariance {
    /// Unbiased, so it may be negative.
    pub variance: f64,
    /// What sampling alone makes of it, and is taken off.
    pub sampling: f64,
    /// Degrees of freedom.
    pub n_degrees: usize,
}

/// What a mean square of so many degrees of freedom is at most in the share [`OFTEN`] of words, where 1 is expected.
pub(super) fn often(n_degrees: usize) -> f64 {
    let n_degrees = n_degrees as f64;
    ChiSquared::new(n_degrees).map_or(1.0, |of| of.inverse_cdf(OFTEN) / n_degrees)
}
