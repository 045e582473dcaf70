//! The difference of two estimates with intervals of their own.

use serde::Serialize;
use statrs::distribution::{ContinuousCDF, Normal};

use super::ends::Interval;

/// An estimate of a difference.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Difference {
    /// The later estimate minus the earlier one, in units of alpha: -1 to 1.
    pub difference: f64,
    /// Its interval.
    pub interval: Interval,
    /// Two-sided p-value of no difference.
    pub p_value: f64,
}

/// Returns `to` minus `from`, each a share with its interval at `level`, taken to be independent.
///
/// The method of variance estimates recovery (Zou and Donner 2008, Stat. Med. 27:1693): the difference's lower end is as far off
/// as the lower end of `to` and the upper end of `from` are together, so it keeps the skewness of both near 0 and 1. The
/// estimates share a reference; taking their errors as independent makes the interval too wide rather than too narrow.
///
/// ```
/// use llm_prevalence::interval::{Interval, difference};
///
/// let (before, after) = (Interval { lower: 0.08, upper: 0.12 }, Interval { lower: 0.17, upper: 0.23 });
/// let found = difference((0.10, before), (0.20, after), 0.95);
/// assert!(found.interval.lower > 0.0 && found.p_value < 0.001);
/// ```
pub fn difference(from: (f64, Interval), to: (f64, Interval), level: f64) -> Difference {
    let (from, of_from) = from;
    let (to, of_to) = to;
    let difference = to - from;
    let below = (to - of_to.lower).hypot(of_from.upper - from);
    let above = (of_to.upper - to).hypot(from - of_from.lower);
    let interval = Interval { lower: (difference - below).max(-1.0), upper: (difference + above).min(1.0) };
    let towards_zero = if difference > 0.0 { below } else { above };
    Difference { difference, interval, p_value: p_value(difference, towards_zero, level) }
}

/// Returns the two-sided p-value, if the interval at `level` reaches `half_width` from `value` towards 0.
pub(super) fn p_value(value: f64, half_width: f64, level: f64) -> f64 {
    if value == 0.0 || half_width == 0.0 {
        return if value == 0.0 { 1.0 } else { 0.0 };
    }
    let normal = Normal::standard();
    let z = value.abs() / half_width * normal.inverse_cdf(0.5 + level / 2.0);
    2.0 * normal.sf(z)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_interval_excludes_zero_where_the_p_value_says_so() {
        for (from, to, level) in [(0.1, 0.2, 0.95), (0.2, 0.1, 0.9), (0.1, 0.14, 0.95), (0.3, 0.3, 0.99)] {
            let around = |share: f64| (share, Interval { lower: share - 0.03, upper: share + 0.05 });
            let found = difference(around(from), around(to), level);
            let excludes = found.interval.lower > 0.0 || found.interval.upper < 0.0;
            assert_eq!(excludes, found.p_value < 1.0 - level, "{found:?}");
        }
    }

    #[test]
    fn symmetric_intervals_add_like_standard_errors() {
        let around = |share: f64, half: f64| (share, Interval { lower: share - half, upper: share + half });
        let found = difference(around(0.2, 0.03), around(0.5, 0.04), 0.95);
        assert!((found.interval.lower - 0.25).abs() < 1e-12 && (found.interval.upper - 0.35).abs() < 1e-12);
        // 6 half widths of 1.96 standard errors each.
        assert!((found.p_value - 2.0 * Normal::standard().sf(6.0 * 1.959964)).abs() < 1e-30);
    }
}
