//! Tests whether alpha rises or falls over the periods.

use crate::interval::{Term, contrast};

use super::record::{PeriodEstimate, SlopeTest};

/// Minimum number of periods of a trend; two make only a difference.
const MIN_PERIODS: usize = 3;

/// Computes the least-squares slope of alpha per year, with its interval at `level`; `None` with fewer than three
/// periods.
///
/// With t the middles of the periods in years, slope = sum (t - mean t) alpha / sum (t - mean t)^2: the weights do not
/// depend on the estimates, so the slope is a [`contrast`]. The control's periods are human by construction and take no
/// part; nor do small ones.
///
/// ```
/// use jiff::civil::date;
/// use llm_prevalence::corpus::PeriodRule;
/// use llm_prevalence::estimate::{EstimateOptions, estimate};
/// use llm_prevalence::tokenize::UnitRule;
/// use llm_prevalence::trend::{slope, series_of};
/// use llm_prevalence::{Estimator, Reference};
///
/// // 300 documents of two sentences in each of three years.
/// let reference = Reference::embedded("abstracts")?;
/// let texts: Vec<String> = (0..900).map(|n| format!("I liked part {n}. The proof in step {n} is wrong.")).collect();
/// let mut table = Estimator::new(&reference).score(&texts);
/// let mut years = (2021..=2023).cycle().map(|year| date(year, 1, 1));
/// table.set_periods(|_| years.next());
/// let estimates = estimate(&table, &reference, &EstimateOptions::default())?;
/// let series = series_of(estimates, PeriodRule::Year, UnitRule::Sentence);
/// let found = slope(&series[0].periods, 0.95).expect("three periods");
/// assert!(found.interval.lower <= found.per_year && found.per_year <= found.interval.upper);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn slope(periods: &[PeriodEstimate], level: f64) -> Option<SlopeTest> {
    slope_of(&in_slope(periods), level)
}

/// Returns the slope of these periods.
pub(super) fn slope_of(used: &[&PeriodEstimate], level: f64) -> Option<SlopeTest> {
    if used.len() < MIN_PERIODS {
        return None;
    }
    let weights = slope_weights(&used.iter().map(|of| of.years()).collect::<Vec<_>>());
    let terms: Vec<Term> = used.iter().zip(weights).filter_map(|(of, weight)| of.term(weight)).collect();
    let found = contrast(&terms, level);
    Some(SlopeTest { per_year: found.difference, interval: found.interval, p_value: found.p_value })
}

/// Returns the periods that the slope is fitted to.
pub(crate) fn in_slope(periods: &[PeriodEstimate]) -> Vec<&PeriodEstimate> {
    periods.iter().filter(|of| of.is_solid_target()).collect()
}

/// Returns the weights of a least-squares slope at these times.
pub(super) fn slope_weights(times: &[f64]) -> Vec<f64> {
    let mean = times.iter().sum::<f64>() / times.len().max(1) as f64;
    let squares: f64 = times.iter().map(|time| (time - mean).powi(2)).sum();
    times.iter().map(|time| (time - mean) / squares).collect()
}

#[cfg(test)]
mod tests {
    use super::super::series::tests::by_year;
    use super::*;

    #[test]
    fn it_is_the_least_squares_line() {
        let found =
            slope(&by_year(&[(2021, 0.10, 0.02), (2022, 0.16, 0.02), (2023, 0.19, 0.02)]).periods, 0.95).unwrap();
        // Weights -1/2, 0, 1/2 a year, up to leap days.
        assert!((found.per_year - 0.045).abs() < 1e-4, "{found:?}");
        assert!((found.interval.upper - found.per_year - 0.02 / 2f64.sqrt()).abs() < 1e-4, "{found:?}");
        assert!(found.p_value < 0.001, "{found:?}");
    }

    #[test]
    fn two_periods_or_placebos_are_no_trend() {
        assert_eq!(slope(&by_year(&[(2021, 0.1, 0.02), (2022, 0.2, 0.02)]).periods, 0.95), None);
        let mut series = by_year(&[(2021, 0.0, 0.02), (2022, 0.1, 0.02), (2023, 0.2, 0.02), (2024, 0.3, 0.02)]);
        let all = slope(&series.periods, 0.95).unwrap();
        series.periods[0].estimate.placebo = true;
        let without = slope(&series.periods, 0.95).unwrap();
        assert!(without.interval.upper - without.per_year > all.interval.upper - all.per_year);
        series.periods[1].is_small = true;
        assert_eq!(slope(&series.periods, 0.95), None);
    }
}
