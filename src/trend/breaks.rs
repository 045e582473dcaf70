//! Tests whether the periods after a date differ from those before.

use jiff::civil::Date;

use crate::interval::{Term, contrast};

use super::record::{BreakTest, PeriodEstimate};

/// Computes the mean alpha of the periods from `date` on minus that of the periods before, -1 to 1, with its interval at
/// `level`; `None` without periods on both sides.
///
/// It is `sum_after alpha / n_after - sum_before alpha / n_before`, a [`contrast`], whose interval is recovered from those of
/// the periods (Zou and Donner 2008). Sampling errors of periods are taken as independent; systematic ones as independent
/// or equal, whichever is worse. The control's periods take part; small ones do not.
///
/// ```
/// use jiff::civil::date;
/// use llm_prevalence::corpus::PeriodRule;
/// use llm_prevalence::estimate::{EstimateOptions, estimate};
/// use llm_prevalence::tokenize::UnitRule;
/// use llm_prevalence::trend::{break_test, series_of};
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
/// let found = break_test(&series[0].periods, date(2023, 1, 1), 0.95).expect("periods on both sides");
/// assert_eq!((found.n_before, found.n_after), (2, 1));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn break_test(periods: &[PeriodEstimate], date: Date, level: f64) -> Option<BreakTest> {
    let (before, after) = sides(periods, date);
    let (n_before, n_after) = (before.len(), after.len());
    if n_before == 0 || n_after == 0 {
        return None;
    }
    let weighted = |side: Vec<&PeriodEstimate>, weight: f64| -> Vec<Term> {
        side.into_iter().filter_map(|of| of.term(weight)).collect()
    };
    let terms = [weighted(before, -1.0 / n_before as f64), weighted(after, 1.0 / n_after as f64)].concat();
    Some(BreakTest { date, n_before, n_after, difference: contrast(&terms, level) })
}

/// Returns the periods before `date` and those from it on; a period that the date divides is in neither.
pub(crate) fn sides(periods: &[PeriodEstimate], date: Date) -> (Vec<&PeriodEstimate>, Vec<&PeriodEstimate>) {
    let solid = || periods.iter().filter(|of| of.is_solid());
    (solid().filter(|of| of.period.last < date).collect(), solid().filter(|of| of.period.first >= date).collect())
}

#[cfg(test)]
mod tests {
    use super::super::series::tests::by_year;
    use super::*;

    const CHATGPT: Date = jiff::civil::date(2022, 11, 30);

    #[test]
    fn it_is_the_difference_of_the_means_without_the_year_of_the_date() {
        let years = [(2020, 0.0, 0.01), (2021, 0.02, 0.01), (2022, 0.5, 0.01), (2023, 0.1, 0.02), (2024, 0.2, 0.02)];
        let series = by_year(&years);
        let found = break_test(&series.periods, CHATGPT, 0.95).unwrap();
        assert_eq!((found.n_before, found.n_after), (2, 2));
        assert!((found.difference.difference - 0.14).abs() < 1e-12, "{found:?}");
        // 2020 reads 0 and cannot be lower, so only the other periods can make the difference larger.
        let half = |n_before: f64| (n_before * 0.005f64.powi(2) + 2.0 * 0.01f64.powi(2)).sqrt();
        assert!((found.difference.interval.lower - (0.14 - half(2.0))).abs() < 1e-12, "{found:?}");
        assert!((found.difference.interval.upper - (0.14 + half(1.0))).abs() < 1e-12, "{found:?}");
    }

    #[test]
    fn without_periods_on_both_sides_there_is_no_test() {
        let series = by_year(&[(2022, 0.0, 0.01), (2023, 0.1, 0.02)]);
        assert_eq!(break_test(&series.periods, CHATGPT, 0.95), None);
        assert!(break_test(&series.periods, jiff::civil::date(2023, 1, 1), 0.95).is_some());
    }
}
