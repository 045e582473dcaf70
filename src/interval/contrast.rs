//! A weighted sum of estimates with intervals of their own, such as a slope or a difference of means.

use statrs::distribution::{ContinuousCDF, Normal};

use super::difference::{Difference, p_value};
use super::ends::Interval;

/// One term of a weighted sum of estimates.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Term {
    /// Its weight, which must not depend on the estimates.
    pub weight: f64,
    /// The estimate, a share from 0 to 1.
    pub share: f64,
    /// Its interval, including systematic error.
    pub interval: Interval,
    /// Its interval without systematic error.
    pub sampling: Interval,
    /// Its systematic error tau, 0 if it is not known.
    pub tau: f64,
}

/// Returns the sum of `terms`, with intervals at `level` recovered from theirs (Zou and Donner 2008, Stat. Med. 27:1693).
///
/// Each half of the interval is the root of the summed squares of the weighted halves that pull that way. Sampling errors are
/// taken as independent. Systematic errors come from one reference and may be alike in all terms, so that they do not average
/// out; with any common correlation from 0 to 1 their variance lies between that of independent ones and that of equal ones,
/// and the larger of the two is used. With the weights -1 and 1 this is [`difference`](super::difference()).
///
/// ```
/// use llm_prevalence::interval::{Interval, Term, contrast};
///
/// let term = |weight: f64, share: f64| {
///     let interval = Interval { lower: share - 0.02, upper: share + 0.02 };
///     Term { weight, share, interval, sampling: interval, tau: 0.0 }
/// };
/// // Whether the share grew more in the second year than in the first.
/// let found = contrast(&[term(1.0, 0.30), term(-2.0, 0.15), term(1.0, 0.10)], 0.95);
/// assert!((found.difference - 0.10).abs() < 1e-9 && found.interval.lower < 0.10);
/// ```
pub fn contrast(terms: &[Term], level: f64) -> Difference {
    let value: f64 = terms.iter().map(|term| term.weight * term.share).sum();
    let shared =
        Normal::standard().inverse_cdf(0.5 + level / 2.0) * terms.iter().map(|of| of.weight * of.tau).sum::<f64>();
    let half = |upwards: bool| {
        let sum = |interval: fn(&Term) -> Interval| {
            let squares = terms.iter().map(|term| {
                // A negative weight turns the interval around.
                let (interval, up) = (interval(term), (term.weight > 0.0) == upwards);
                let half = if up { interval.upper - term.share } else { term.share - interval.lower };
                (term.weight * half).powi(2)
            });
            squares.sum::<f64>().sqrt()
        };
        sum(|term| term.interval).max(sum(|term| term.sampling).hypot(shared))
    };
    let (below, above) = (half(false), half(true));
    let towards_zero = if value > 0.0 { below } else { above };
    let interval = Interval { lower: value - below, upper: value + above };
    Difference { difference: value, interval, p_value: p_value(value, towards_zero, level) }
}

#[cfg(test)]
mod tests {
    use rand::RngExt;

    use super::*;
    use crate::interval::{difference, generator_of};

    const Z: f64 = 1.959963984540054;

    fn term(weight: f64, share: f64, standard_error: f64, tau: f64) -> Term {
        let half = Z * standard_error;
        let sampling = Interval { lower: share - half, upper: share + half };
        let half = half.hypot(Z * tau);
        Term { weight, share, interval: Interval { lower: share - half, upper: share + half }, sampling, tau }
    }

    #[test]
    fn of_two_it_is_their_difference() {
        let (a, b) = (term(-1.0, 0.1, 0.01, 0.01), term(1.0, 0.25, 0.02, 0.03));
        let expected = difference((a.share, a.interval), (b.share, b.interval), 0.95);
        let found = contrast(&[a, b], 0.95);
        assert!((found.difference - expected.difference).abs() < 1e-12, "{found:?} {expected:?}");
        assert!((found.interval.lower - expected.interval.lower).abs() < 1e-12, "{found:?} {expected:?}");
        assert!((found.interval.upper - expected.interval.upper).abs() < 1e-12, "{found:?} {expected:?}");
        assert!((found.p_value / expected.p_value - 1.0).abs() < 1e-9, "{found:?} {expected:?}");
    }

    #[test]
    fn systematic_errors_that_are_alike_do_not_average_out() {
        // The mean of a hundred shares without sampling error, each off by the same.
        let terms = vec![term(0.01, 0.2, 1e-9, 0.03); 100];
        let found = contrast(&terms, 0.95);
        assert!((found.interval.upper - 0.2 - Z * 0.03).abs() < 1e-6, "{found:?}");
    }

    #[test]
    fn skew_intervals_keep_their_halves() {
        let skew = |weight| {
            let interval = Interval { lower: 0.0, upper: 0.03 };
            Term { weight, share: 0.0, interval, sampling: interval, tau: 0.0 }
        };
        let found = contrast(&[skew(-0.5), skew(-0.5), term(1.0, 0.2, 0.01, 0.0)], 0.95);
        let below = (2.0f64 * 0.015f64.powi(2) + (Z * 0.01f64).powi(2)).sqrt();
        assert!((found.interval.lower - (0.2 - below)).abs() < 1e-12, "{found:?}");
        assert!((found.interval.upper - (0.2 + Z * 0.01)).abs() < 1e-12, "{found:?}");
    }

    /// Draws shares whose errors have a common part: the interval must hold the truth at least as often as it says.
    #[test]
    fn it_covers_whatever_part_of_the_systematic_error_is_common() {
        let normal = Normal::standard();
        let mut generator = generator_of(5, 1);
        let mut draw = || normal.inverse_cdf(generator.random_range(f64::EPSILON..1.0));
        let (truth, weights) = ([0.1, 0.2, 0.3, 0.4], [-0.3, -0.1, 0.1, 0.3]);
        let expected: f64 = truth.iter().zip(weights).map(|(share, weight)| share * weight).sum();
        for correlation in [0.0f64, 0.5, 1.0] {
            let n_trials = 2000;
            let mut n_covered = 0;
            for _ in 0..n_trials {
                let common = draw();
                let terms: Vec<Term> = (truth.iter().zip(weights))
                    .map(|(&share, weight)| {
                        let (standard_error, tau) = (0.01, 0.1 * share);
                        let systematic = correlation.sqrt() * common + (1.0 - correlation).sqrt() * draw();
                        term(weight, share + standard_error * draw() + tau * systematic, standard_error, tau)
                    })
                    .collect();
                let found = contrast(&terms, 0.95);
                n_covered += usize::from(found.interval.lower <= expected && expected <= found.interval.upper);
            }
            // Three standard errors of a binomial of 95 %.
            assert!(n_covered as f64 / f64::from(n_trials) > 0.935, "{correlation}: {n_covered}");
        }
    }
}
