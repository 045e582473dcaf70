//! Sorts estimates of groups into series of periods.

use crate::corpus::PeriodRule;
use crate::estimate::GroupEstimate;
use crate::interval::{Interval, Term};
use crate::tokenize::UnitRule;

use super::record::{PeriodEstimate, TrendSeries};

/// Number of documents below which a period is small: reports/coverage.md says of no smaller sample that its interval
/// holds.
pub const SMALL_DOCUMENTS: usize = 30;
/// Number of sentences below which a period is small: that of the smallest mixtures from which `validate` learns the
/// systematic error by default.
pub const SMALL_UNITS: usize = 600;
/// Mean number of days of a year.
const DAYS_PER_YEAR: f64 = 365.25;

/// Columns and their values.
type Group = Vec<(String, Option<String>)>;

/// Sorts `estimates` into series, one for each combination of the values of the columns to group by.
pub fn series_of(estimates: Vec<GroupEstimate>, rule: PeriodRule, unit: UnitRule) -> Vec<TrendSeries> {
    let mut found: Vec<(Group, TrendSeries)> = Vec::new();
    for estimate in estimates {
        let place = found.iter().position(|(group, _)| *group == estimate.group).unwrap_or_else(|| {
            found.push((estimate.group.clone(), TrendSeries { name: estimate.name(), ..TrendSeries::default() }));
            found.len() - 1
        });
        let series = &mut found[place].1;
        match estimate.period.and_then(|first| rule.around(first)) {
            Some(period) => {
                let is_small = is_small(&estimate, unit);
                series.periods.push(PeriodEstimate { period, estimate, is_small, artefact: None });
            }
            None => series.undated.push(estimate),
        }
    }
    let order = |of: &PeriodEstimate| (of.period.clone(), !of.estimate.placebo);
    found.iter_mut().for_each(|(_, series)| series.periods.sort_by_key(order));
    found.into_iter().map(|(_, series)| series).collect()
}

fn is_small(estimate: &GroupEstimate, unit: UnitRule) -> bool {
    estimate.n_documents < SMALL_DOCUMENTS || (unit == UnitRule::Sentence && estimate.n_units < SMALL_UNITS)
}

impl PeriodEstimate {
    /// Returns whether comparisons may use it.
    pub fn is_solid(&self) -> bool {
        self.estimate.outcome.is_some() && !self.is_small
    }

    /// Returns whether it is of the target, and comparisons may use it.
    pub fn is_solid_target(&self) -> bool {
        self.is_solid() && !self.estimate.placebo
    }

    /// Returns the estimate as a term of a weighted sum; `None` if there is none.
    pub(super) fn term(&self, weight: f64) -> Option<Term> {
        let of = self.estimate.outcome.as_ref()?;
        let sampling = of.sampling_interval.unwrap_or(of.interval);
        let tau = of.systematic_error.unwrap_or(0.0);
        Some(Term { weight, share: of.alpha, interval: of.interval, sampling, tau })
    }

    /// Returns the share with its interval; `None` if there is no estimate.
    pub fn share(&self) -> Option<(f64, Interval)> {
        self.estimate.outcome.as_ref().map(|of| (of.alpha, of.interval))
    }

    /// Returns the share with its interval without systematic error.
    pub(super) fn sampled_share(&self) -> Option<(f64, Interval)> {
        self.estimate.outcome.as_ref().map(|of| (of.alpha, of.sampling_interval.unwrap_or(of.interval)))
    }

    /// Returns the middle of the period, in years from an arbitrary day.
    pub(super) fn years(&self) -> f64 {
        let days = |date: jiff::civil::Date| {
            f64::from(jiff::civil::date(1970, 1, 1).until(date).map_or(0, |of| of.get_days()))
        };
        (days(self.period.first) + days(self.period.last) + 1.0) / 2.0 / DAYS_PER_YEAR
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use crate::estimate::ShareEstimate;
    use crate::interval::Misfit;

    /// Returns an estimate of `share` with a symmetric interval of half width `half`.
    pub fn estimate(
        group: &[(&str, Option<&str>)],
        period: Option<jiff::civil::Date>,
        share: f64,
        half: f64,
    ) -> GroupEstimate {
        let group = group.iter().map(|(column, value)| ((*column).to_owned(), value.map(str::to_owned))).collect();
        let interval = Interval { lower: (share - half).max(0.0), upper: (share + half).min(1.0) };
        let found = ShareEstimate {
            sampling_interval: Some(interval),
            design_effect: Some(1.5),
            misfit: Some(Misfit { distance: 0.02, tolerance: 0.05, p_value: 0.5, flagged: false }),
            ..ShareEstimate::new(share, half / 1.959964, interval)
        };
        GroupEstimate {
            period,
            outcome: Some(found),
            warnings: vec![],
            ..GroupEstimate::too_small(group, 1000, 10_000, UnitRule::Sentence)
        }
    }

    /// Returns a series by year, each given by year, share and half width.
    pub fn by_year(years: &[(i16, f64, f64)]) -> TrendSeries {
        let one =
            |&(year, share, half): &(i16, f64, f64)| estimate(&[], Some(jiff::civil::date(year, 1, 1)), share, half);
        series_of(years.iter().map(one).collect(), PeriodRule::Year, UnitRule::Sentence).remove(0)
    }

    #[test]
    fn estimates_are_sorted_by_series_and_period_and_the_undated_apart() {
        let of = |venue, year: Option<i16>| {
            let first = year.map(|year| jiff::civil::date(year, 1, 1));
            estimate(&[("venue", Some(venue))], first, 0.1, 0.01)
        };
        let mut placebo = of("A", Some(2021));
        placebo.placebo = true;
        let mut few = of("B", Some(2022));
        few.n_documents = 29;
        let estimates = vec![of("A", Some(2023)), of("A", Some(2021)), of("A", None), few, placebo];
        let found = series_of(estimates, PeriodRule::Year, UnitRule::Sentence);
        assert_eq!(found.iter().map(|series| series.name.as_str()).collect::<Vec<_>>(), ["A", "B"]);
        let periods: Vec<(&str, bool)> =
            found[0].periods.iter().map(|of| (of.period.label.as_str(), of.estimate.placebo)).collect();
        assert_eq!(periods, [("2021", true), ("2021", false), ("2023", false)]);
        assert_eq!(found[0].undated.len(), 1);
        assert_eq!(found[0].undated[0].group, [("venue".to_owned(), Some("A".to_owned()))]);
        assert!(found[1].periods[0].is_small && !found[0].periods[0].is_small);
    }
}
