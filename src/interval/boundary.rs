//! The critical value of a test whose estimate cannot leave \[0, 1\].

use statrs::distribution::{ContinuousCDF, Normal};

use crate::mixture::root;

/// Returns the critical value of the constrained statistic at `level`, with the tested alpha `to_zero` standard errors above 0
/// and `to_one` below 1.
///
/// For a normal estimate X, clipped to \[0, 1\], the statistic is (X - alpha)^2 - (X - clip X)^2 in squared standard
/// errors; its `level` quantile is 2.71 at alpha = 0 and 3.84 far from both ends, for 95 % (Feldman and Cousins 1998,
/// Phys. Rev. D 57:3873). With 3.84 everywhere an interval covers alpha = 0 in 97.5 % of samples.
///
/// ```
/// use llm_prevalence::interval::critical_value;
///
/// assert!((critical_value(0.95, 0.0, 100.0) - 2.71).abs() < 0.01);
/// assert!((critical_value(0.95, 100.0, 100.0) - 3.84).abs() < 0.01);
/// ```
pub fn critical_value(level: f64, to_zero: f64, to_one: f64) -> f64 {
    let normal = Normal::standard();
    let coverage = |value: f64| normal.cdf(reach(value, to_zero)) + normal.cdf(reach(value, to_one)) - 1.0;
    let two_sided = normal.inverse_cdf((1.0 + level) / 2.0).powi(2);
    if coverage(0.0) >= level {
        return 0.0;
    }
    root(|value| coverage(value) - level, 0.0, two_sided)
}

/// Returns the statistic of a test at distance `to_end` from an end, given the number `z` of standard errors by which the
/// unconstrained estimate lies towards that end.
pub(super) fn constrained_square(z: f64, to_end: f64) -> f64 {
    if z <= to_end { z * z } else { to_end * (2.0 * z - to_end) }
}

/// Returns how far towards an end X may lie before [`constrained_square`] exceeds `value`.
fn reach(value: f64, to_end: f64) -> f64 {
    let free = value.sqrt();
    if free <= to_end { free } else { (value / to_end + to_end) / 2.0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn is_one_sided_at_an_end_and_two_sided_away_from_both() {
        assert!((critical_value(0.95, 0.0, 50.0) - 1.644_853_627_f64.powi(2)).abs() < 1e-6);
        assert!((critical_value(0.95, 50.0, 50.0) - 1.959_963_985_f64.powi(2)).abs() < 1e-6);
    }

    #[test]
    fn covers_exactly_between() {
        let normal = Normal::standard();
        for to_zero in [0.3, 1.0, 1.7, 2.5] {
            let value = critical_value(0.95, to_zero, 40.0);
            let (mut covered, n) = (0, 200_001);
            for step in 0..n {
                let z = normal.inverse_cdf((step as f64 + 0.5) / n as f64);
                let statistic = if z < 0.0 { constrained_square(-z, to_zero) } else { z * z };
                covered += usize::from(statistic <= value);
            }
            assert!((covered as f64 / n as f64 - 0.95).abs() < 1e-4, "{to_zero}: {covered}");
        }
    }
}
