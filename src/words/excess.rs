//! The excess of a word in a period: how far its rate is beyond the course from before LLMs.

use statrs::distribution::{ContinuousCDF, Normal};

use super::course::Expected;
use super::rates::quantile;
use super::{Excess, Occurrence};
use crate::interval::Interval;

/// The excess of `observed` over `expected`, in the period labelled `period`; `p_adjusted` is the p-value still.
///
/// With p observed and q expected, the gap is p - q and the ratio p / q. What q may be off by is the error of the extrapolation and the scatter from
/// period to period, which concerns the later period as well: a relative standard deviation of `scatter`. The gap's interval adds the distances to
/// the ends of Wilson's interval for p and of the normal one for q (Zou and Donner 2008, Stat. Med. 27:1693), that of the ratio is normal on the log
/// scale. The test's sampling variance is that of the rate half-way between p and q: with p's own a few units in later text would be taken for more than they
/// are, with q's those that are not expected at all.
pub(super) fn excess(observed: &Occurrence, expected: Expected, scatter: f64, period: &str, level: f64) -> Excess {
    let (p, q, z) = (observed.rate(), expected.rate, quantile(level));
    let of_expected = expected.variance + (scatter * q).powi(2);
    let units_per_effect = observed.size.n_units as f64 / observed.design_effect();
    let sampling = |rate: f64| rate * (1.0 - rate) / units_per_effect;
    let difference = p - q;
    let standard_error = (sampling((p + q) / 2.0) + of_expected).sqrt();
    let wilson = observed.interval(level);
    let half_of_expected = z * of_expected.sqrt();
    Excess {
        period: period.to_owned(),
        observed: p,
        expected: q,
        difference,
        difference_interval: Interval {
            lower: (difference - (p - wilson.lower).hypot(half_of_expected)).max(-1.0),
            // The expected rate is not below 0.
            upper: (difference + (wilson.upper - p).hypot(half_of_expected.min(q))).min(1.0),
        },
        ratio: p / q,
        ratio_interval: ratio_interval(observed, q, z, sampling(p), of_expected),
        p_value: Normal::standard().sf(difference / standard_error),
        p_adjusted: 1.0,
    }
}

fn ratio_interval(observed: &Occurrence, q: f64, z: f64, sampling: f64, of_expected: f64) -> Interval {
    let n_units = observed.size.n_units as f64;
    // Without a unit that has the word the log of the rate does not exist; half a unit stands in for the upper end.
    let none = observed.word.n_units == 0;
    let (p, sampling) = if none { (0.5 / n_units, 0.5 / (n_units * n_units)) } else { (observed.rate(), sampling) };
    let half = z * (sampling / (p * p) + of_expected / (q * q)).sqrt();
    let lower = if none { 0.0 } else { p / q * (-half).exp() };
    Interval { lower, upper: p / q * half.exp() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::Counts;

    /// `n` of `n_units` units, each in a document of its own.
    fn observed(n: u64, n_units: u64) -> Occurrence {
        let of = |n: u64| Counts { n_documents: n, n_units: n, sum_squares: n, sum_products: n };
        Occurrence { word: of(n), size: of(n_units) }
    }

    fn expected(rate: f64, standard_error: f64) -> Expected {
        Expected { rate, variance: standard_error * standard_error }
    }

    #[test]
    fn gap_and_ratio_are_as_published() {
        let found = excess(&observed(900, 100_000), expected(0.001, 0.0), 0.0, "2024", 0.95);
        assert!((found.difference - 0.008).abs() < 1e-12 && (found.ratio - 9.0).abs() < 1e-9, "{found:?}");
        // Without an error of q both are those of the rate alone.
        let wilson = observed(900, 100_000).interval(0.95);
        assert!((found.difference_interval.lower - (wilson.lower - 0.001)).abs() < 1e-12, "{found:?}");
        assert!((found.ratio_interval.lower - 9.0 * (-1.96f64 / 30.0).exp()).abs() < 0.01, "{found:?}");
        assert!(found.p_value < 1e-100);
    }

    #[test]
    fn the_extrapolation_s_error_and_the_scatter_are_in_both_intervals() {
        let of = |standard_error: f64, scatter: f64| {
            let found = excess(&observed(900, 100_000), expected(0.005, standard_error), scatter, "2024", 0.95);
            (found.difference_interval.lower, found.ratio_interval.lower, -found.p_value)
        };
        let (sure, unsure, scattering) = (of(0.0, 0.0), of(0.001, 0.0), of(0.0, 0.2));
        for (name, other) in [("unsure", unsure), ("scattering", scattering)] {
            assert!(other.0 < sure.0 && other.1 < sure.1 && other.2 < sure.2, "{name}: {other:?} {sure:?}");
        }
        // 0.2 of 0.005 is the same error as 0.001.
        assert!((unsure.0 - scattering.0).abs() < 1e-12 && (unsure.2 - scattering.2).abs() < 1e-12);
    }

    #[test]
    fn a_word_that_is_gone_has_a_ratio_of_0_with_an_upper_end() {
        let found = excess(&observed(0, 1000), expected(0.01, 0.001), 0.0, "2024", 0.95);
        assert_eq!((found.ratio, found.ratio_interval.lower), (0.0, 0.0));
        assert!(found.ratio_interval.upper > 0.2 && found.ratio_interval.upper < 2.0, "{found:?}");
        assert!(found.difference_interval.upper < 0.0 && found.p_value > 0.99, "{found:?}");
    }
}
