//! Computes the excess of a word in a period: how far its rate is beyond the course from before LLMs.

use statrs::distribution::{ContinuousCDF, Normal};

use super::course::Expected;
use super::rates::{Occurrence, quantile};
use super::record::Excess;
use crate::interval::Interval;

/// Returns the excess of `observed` over `expected` in the period labelled `period`; `p_adjusted` is not yet computed.
///
/// With p observed and q expected, the gap is p - q and the ratio p / q. The error of q is that of the extrapolation
/// and the scatter from period to period, which concerns the later period as well: a relative standard deviation of
/// `scatter`. The gap's interval adds the distances to the ends of Wilson's interval for p and of the normal one for q
/// (Zou and Donner 2008, Stat. Med. 27:1693), and so does the ratio's. The test's sampling variance is that of the rate
/// half-way between p and q: with p's own a few units in later text would count for more than they are, with q's those
/// that are not expected at all.
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
        ratio_interval: ratio_interval(p, wilson, q, half_of_expected),
        p_value: Normal::standard().sf(difference / standard_error),
        p_adjusted: 1.0,
    }
}

/// Returns the ends of a ratio of two rates from those of its parts (Donner and Zou 2012, Stat. Methods Med. Res.
/// 21:347): the upper end is infinite if the expected rate may be 0.
fn ratio_interval(p: f64, of_p: Interval, q: f64, half_of_q: f64) -> Interval {
    let product = p * q;
    let share = |end: f64, value: f64| end * (2.0 * value - end);
    let root = |p_end: f64, q_end: f64| {
        let under = product * product - share(p_end, p) * share(q_end, q);
        product + under.max(0.0).sqrt()
    };
    let (q_lower, q_upper) = (q - half_of_q, q + half_of_q);
    let lower = if p == 0.0 { 0.0 } else { share(of_p.lower, p) / root(of_p.lower, q_upper) };
    let upper = if q_lower > 0.0 { root(of_p.upper, q_lower) / share(q_lower, q) } else { f64::INFINITY };
    Interval { lower, upper }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::Counts;

    /// Returns the occurrence of `n` of `n_units` units, each in a document of its own.
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
        assert!((found.ratio_interval.lower - wilson.lower / 0.001).abs() < 1e-9, "{found:?}");
        assert!((found.ratio_interval.upper - wilson.upper / 0.001).abs() < 1e-9, "{found:?}");
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

    /// Tests against Fieller's interval of two normal means, which this one equals if both intervals are symmetric.
    #[test]
    fn the_ratio_s_interval_is_that_of_fieller() {
        let around = |value: f64, half: f64| Interval { lower: value - half, upper: value + half };
        let found = ratio_interval(0.03, around(0.03, 0.004), 0.01, 0.002);
        for end in [found.lower, found.upper] {
            let distance = (0.03 - end * 0.01) / (0.004f64.powi(2) + end * end * 0.002f64.powi(2)).sqrt();
            assert!((distance.abs() - 1.0).abs() < 1e-9, "{end}: {distance}");
        }
    }

    #[test]
    fn a_ratio_to_what_may_be_nothing_has_no_upper_end() {
        let found = excess(&observed(900, 100_000), expected(1e-6, 1e-5), 0.0, "2024", 0.95);
        assert_eq!(found.ratio_interval.upper, f64::INFINITY);
        // The expected rate may be 2e-5 at most.
        assert!((300.0..500.0).contains(&found.ratio_interval.lower), "{found:?}");
    }

    #[test]
    fn a_word_that_is_gone_has_a_ratio_of_0_with_an_upper_end() {
        let found = excess(&observed(0, 1000), expected(0.01, 0.001), 0.0, "2024", 0.95);
        assert_eq!((found.ratio, found.ratio_interval.lower), (0.0, 0.0));
        assert!(found.ratio_interval.upper > 0.2 && found.ratio_interval.upper < 1.0, "{found:?}");
        assert!(found.difference_interval.upper < 0.0 && found.p_value > 0.99, "{found:?}");
    }
}
