//! Judges whether the reference is older than the text, and no longer fits it.
//!
//! Models change their style. A reference made of older ones then misses part of the LLM text, reads a falling share,
//! and fits worse from period to period, although nobody has stopped using LLMs. Three signs show this, each of which
//! proves nothing alone.

use statrs::distribution::{ContinuousCDF, Normal};

use crate::estimate::UNKNOWN;
use crate::reference::Reference;
use crate::score::WordCounts;
use crate::words::{MAX_P_VALUE, MIN_RELATIVE_CHANGE, llm_words_over_time};

use super::change::{change_from_highest, highest};
use super::generators::{NewestGenerator, newest_generator};
use super::record::{Ageing, Change, PeriodEstimate, TrendSeries};
use super::sign::{Artefact, Fall, SeriesSign, Sign};
use super::slope::{slope_of, slope_weights};

/// Minimum ratio of two values that counts as a rise, as for words.
const NEWS: f64 = 1.0 + MIN_RELATIVE_CHANGE;

/// Looks for signs of age in the periods that begin after the newest generator of `reference` was released; the
/// intervals of `series` are at `level`.
///
/// It has aged if in one of the series the text is later, the last period's misfit is flagged (a reference that fits
/// has not aged, whatever else changes), and one of these holds, each at p = [`MAX_P_VALUE`] divided by the number of
/// series:
/// - the misfit rises, and by more than the share does: more text by LLMs that never fitted raises both alike;
/// - the share falls, over all of these periods or from the highest to the last;
/// - the words that the reference knows as LLM words fall while others rise (`words`, if the text is known).
///
/// It has also aged if more of the last period's documents are beyond the control than the share explains.
///
/// ```
/// use jiff::civil::date;
/// use llm_prevalence::corpus::PeriodRule;
/// use llm_prevalence::estimate::{EstimateOptions, estimate};
/// use llm_prevalence::tokenize::UnitRule;
/// use llm_prevalence::trend::{ageing, series_of};
/// use llm_prevalence::{Estimator, Reference};
///
/// // The same 300 documents in each of three years, long after the LLMs of the reference: nothing changes.
/// let reference = Reference::embedded("abstracts")?;
/// let texts: Vec<String> = (0..900).map(|n| format!("I liked part {}. The proof is wrong.", n / 3)).collect();
/// let mut table = Estimator::new(&reference).score(&texts);
/// let mut years = (2041..=2043).cycle().map(|year| date(year, 1, 1));
/// table.set_periods(|_| years.next());
/// let estimates = estimate(&table, &reference, &EstimateOptions::default())?;
/// let found = ageing(&series_of(estimates, PeriodRule::Year, UnitRule::Sentence), &reference, None, 0.95);
/// assert_eq!((found.later_from.as_deref(), found.aged), (Some("2041"), false));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn ageing(series: &[TrendSeries], reference: &Reference, words: Option<&WordCounts>, level: f64) -> Ageing {
    let (newest, unknown) = newest_generator(&reference.sources[1..]);
    let later: Vec<Later<'_>> = newest.iter().flat_map(|newest| later_series(series, newest)).collect();
    let mut found = Ageing { newest_generator: newest.clone(), ..Ageing::default() };
    // Where no text is later than the newest known generator, it does not matter when the others were released.
    if !unknown.is_empty() && (newest.is_none() || !later.is_empty()) {
        found.reasons.push(Sign::UnknownRelease(unknown));
    }
    let (Some(newest), Some(first)) = (newest, later.iter().map(|later| &later.periods[0].period).min()) else {
        return found;
    };
    found.later_from = Some(first.label.clone());
    let (reference_name, from) = (reference.card.name.clone(), first.label.clone());
    found.reasons.push(Sign::LaterText { reference: reference_name, newest, from });
    let max_p = MAX_P_VALUE / later.len() as f64;
    found.words = words.and_then(|words| llm_words_over_time(words, reference));
    found.llm_words_fall = found.words.as_ref().map(|words| words.llm_words_fall);
    for later in &later {
        later.judge(max_p, level, &mut found);
    }
    if let Some(words) = found.words.as_ref().filter(|words| words.llm_words_fall) {
        found.reasons.push(Sign::Words(words.clone()));
    }
    found.aged |= found.llm_words_fall == Some(true) && later.iter().any(Later::is_flagged);
    found
}

fn later_series<'a>(series: &'a [TrendSeries], newest: &NewestGenerator) -> impl Iterator<Item = Later<'a>> {
    let released = newest.released;
    series.iter().filter_map(move |series| Later::of(series, released))
}

/// Returns whether an aged reference reads some of this series, that is text from after its newest generator.
pub(crate) fn concerns(ageing: &Ageing, series: &TrendSeries) -> bool {
    let newest = ageing.newest_generator.as_ref().filter(|_| ageing.aged);
    newest.is_some_and(|newest| Later::of(series, newest.released).is_some())
}

/// Marks the later periods that an aged reference reads lower than the highest before them.
pub(crate) fn mark_artefacts(series: &mut [TrendSeries], ageing: &Ageing) {
    let Some(newest) = ageing.newest_generator.as_ref().filter(|_| ageing.aged) else { return };
    for series in series {
        let marked: Vec<Option<Artefact>> = (series.periods.iter().enumerate())
            .map(|(place, of)| {
                let before: Vec<&PeriodEstimate> = series.periods[..place].iter().filter(|of| of.is_solid()).collect();
                let highest = highest(&before)?;
                let is_later = !of.estimate.placebo && of.period.first > newest.released;
                let is_lower = of.estimate.alpha()? < highest.estimate.alpha()?;
                (is_later && is_lower)
                    .then(|| Artefact { highest: highest.period.label.clone(), newest: newest.clone() })
            })
            .collect();
        series.periods.iter_mut().zip(marked).for_each(|(of, reason)| of.artefact = reason);
    }
}

/// A series, with its solid periods of the target that begin after a day.
struct Later<'a> {
    series: &'a TrendSeries,
    periods: Vec<&'a PeriodEstimate>,
}

impl<'a> Later<'a> {
    fn of(series: &'a TrendSeries, day: jiff::civil::Date) -> Option<Later<'a>> {
        let is_later = |of: &&PeriodEstimate| of.is_solid_target() && of.period.first > day;
        let periods: Vec<&PeriodEstimate> = series.periods.iter().filter(is_later).collect();
        (!periods.is_empty()).then_some(Later { series, periods })
    }

    /// Returns whether the reference does not fit the last period.
    fn is_flagged(&self) -> bool {
        self.periods.last().is_some_and(|of| of.estimate.is_misfit())
    }

    /// Returns how the share falls, if it does.
    fn fall(&self, max_p: f64, level: f64) -> Option<Fall> {
        let is_sure = |fall: &Change| fall.difference.difference < 0.0 && fall.difference.p_value <= max_p;
        let from_highest = change_from_highest(&self.series.periods, level).filter(is_sure);
        let between = |fall: Change| Fall::Between { size: -fall.difference.difference, from: fall.from, to: fall.to };
        let slope = || slope_of(&self.periods, level).filter(|slope| slope.per_year < 0.0 && slope.p_value <= max_p);
        from_highest.map(between).or_else(|| Some(Fall::PerYear(-slope()?.per_year)))
    }

    /// Adds the signs in the last period's bound and share of unknown LLMs.
    fn judge_strata(&self, found: &mut Ageing) {
        let Some(last) = self.periods.last() else { return };
        let Some(outcome) = last.estimate.outcome.as_ref() else { return };
        let label = || last.period.label.clone();
        if outcome.strata.is_some_and(|strata| strata.is_beyond_share(outcome.interval.upper)) {
            found.aged = true;
            found.reasons.push(self.sign(SeriesSign::BeyondControl(label())));
        }
        let unknown = outcome.sources.iter().find(|source| source.name == UNKNOWN).and_then(|source| source.share);
        if unknown.is_some_and(|share| share > outcome.alpha / 2.0) && outcome.interval.lower > 0.0 {
            found.reasons.push(self.sign(SeriesSign::MostlyUnknown(label())));
        }
    }

    /// Adds the signs in the misfit and the share of this series.
    fn judge(&self, max_p: f64, level: f64, found: &mut Ageing) {
        self.judge_strata(found);
        if !self.is_flagged() {
            return;
        }
        if let Some(fall) = self.fall(max_p, level) {
            found.aged = true;
            found.reasons.push(self.sign(SeriesSign::Fall(fall)));
        }
        let misfit_rise = MisfitRise::of(&self.periods);
        if let Some(rise) = misfit_rise.filter(|rise| rise.p_value <= max_p && rise.misfit_ratio >= NEWS) {
            let exceeds_share = rise.misfit_ratio >= NEWS * rise.share_ratio.max(1.0);
            found.misfit_rises = true;
            found.aged |= exceeds_share;
            let [from, to] = [self.periods[0], self.periods[self.periods.len() - 1]]
                .map(|of| (of.period.label.clone(), distance(of)));
            found.reasons.push(self.sign(SeriesSign::MisfitRise { from, to, exceeds_share }));
        }
    }

    fn sign(&self, sign: SeriesSign) -> Sign {
        Sign::OfSeries { series: self.series.name.clone(), sign }
    }
}

fn distance(of: &PeriodEstimate) -> f64 {
    of.estimate.misfit().map_or(0.0, |misfit| misfit.distance)
}

/// The least-squares rise of the misfit over some periods.
struct MisfitRise {
    /// Fitted misfit of the last period over that of the first.
    misfit_ratio: f64,
    /// The ratio of the fitted shares; infinite if the first is 0.
    share_ratio: f64,
    /// One-sided p-value of no rise of the misfit.
    p_value: f64,
}

impl MisfitRise {
    /// Returns the rise over some periods; `None` if there are fewer than two.
    ///
    /// A misfit is a difference of distribution functions at one place, so that its variance is at most that of a share
    /// of 1/2: design effect / (4 units). The part of it that the reference brings in is the same in all periods.
    fn of(periods: &[&PeriodEstimate]) -> Option<MisfitRise> {
        if periods.len() < 2 {
            return None;
        }
        let times: Vec<f64> = periods.iter().map(|of| of.years()).collect();
        let weights = slope_weights(&times);
        let (mut slope, mut variance) = (0.0, 0.0);
        for (of, weight) in periods.iter().zip(&weights) {
            slope += weight * of.estimate.misfit()?.distance;
            variance += weight * weight * design_effect(of)? / (4.0 * of.estimate.n_units as f64);
        }
        let ratio = |value: fn(&PeriodEstimate) -> f64| {
            fitted_ratio(&times, &weights, &periods.iter().map(|of| value(of)).collect::<Vec<_>>())
        };
        Some(MisfitRise {
            misfit_ratio: ratio(distance),
            share_ratio: ratio(|of| of.estimate.alpha().unwrap_or(0.0)),
            p_value: Normal::standard().sf(slope / variance.sqrt()),
        })
    }
}

/// Returns the design effect of a period's misfit. The two-level model has none, and units of a document then count as one.
fn design_effect(of: &PeriodEstimate) -> Option<f64> {
    let units_per_document = of.estimate.n_units as f64 / of.estimate.n_documents.max(1) as f64;
    Some(of.estimate.outcome.as_ref()?.design_effect.unwrap_or(units_per_document).max(1.0))
}

/// Returns the last value of the least-squares line over the first; infinite if the first is not positive.
fn fitted_ratio(times: &[f64], weights: &[f64], values: &[f64]) -> f64 {
    let n = values.len() as f64;
    let (mean, mean_time) = (values.iter().sum::<f64>() / n, times.iter().sum::<f64>() / n);
    let slope: f64 = weights.iter().zip(values).map(|(weight, value)| weight * value).sum();
    let at = |time: f64| mean + slope * (time - mean_time);
    let (first, last) = (at(times[0]), at(times[times.len() - 1]));
    if first > 0.0 { last / first } else { f64::INFINITY }
}

#[cfg(test)]
mod tests {
    use super::super::series::tests::by_year;
    use super::*;

    /// Returns a reference of GPT-3.5 alone, of November 2022.
    fn reference() -> Reference {
        let mut reference = Reference::embedded("abstracts").unwrap();
        reference.sources.retain(|source| source.name == "human" || source.name == "gpt-3.5-sentences");
        reference.sources[1].name = "gpt-3.5".to_owned();
        reference
    }

    /// Returns a series by year, each given by year, share and misfit.
    fn with_misfits(years: &[(i16, f64, f64)]) -> TrendSeries {
        let shares: Vec<(i16, f64, f64)> = years.iter().map(|&(year, share, _)| (year, share, 0.01)).collect();
        let mut series = by_year(&shares);
        for (of, &(_, _, distance)) in series.periods.iter_mut().zip(years) {
            let flagged = distance > 0.05;
            let misfit = crate::interval::Misfit { distance, tolerance: 0.05, p_value: 0.001, flagged };
            of.estimate.outcome.as_mut().unwrap().misfit = Some(misfit);
        }
        series
    }

    fn judged(years: &[(i16, f64, f64)]) -> Ageing {
        ageing(&[with_misfits(years)], &reference(), None, 0.95)
    }

    #[test]
    fn a_falling_share_in_later_text_that_does_not_fit_is_age() {
        let found = judged(&[(2023, 0.30, 0.16), (2024, 0.29, 0.17), (2025, 0.22, 0.16)]);
        assert!(found.aged && !found.misfit_rises, "{found:?}");
        assert_eq!(found.later_from.as_deref(), Some("2023"));
        assert_eq!(found.newest_generator.unwrap().name, "gpt-3.5");
        let Sign::OfSeries { sign: SeriesSign::Fall(Fall::Between { size, from, to }), .. } = &found.reasons[1] else {
            panic!("{:?}", found.reasons)
        };
        assert!((size - 0.08).abs() < 1e-9 && (from.as_str(), to.as_str()) == ("2023", "2025"), "{size}");
    }

    #[test]
    fn a_misfit_that_rises_more_than_the_share_is_age() {
        let found = judged(&[(2023, 0.20, 0.10), (2024, 0.20, 0.13), (2025, 0.20, 0.16)]);
        assert!(found.aged && found.misfit_rises, "{found:?}");
    }

    /// The two-level model has no design effect, and then a document counts as one unit.
    #[test]
    fn a_misfit_without_a_design_effect_has_to_rise_by_more() {
        let judged = |misfits: [f64; 3]| {
            let years = [2023, 2024, 2025];
            let mut series = with_misfits(&[0, 1, 2].map(|at| (years[at], 0.20, misfits[at])));
            for of in &mut series.periods {
                of.estimate.outcome.as_mut().unwrap().design_effect = None;
                (of.estimate.n_documents, of.estimate.n_units) = (300, 6000);
            }
            ageing(&[series], &reference(), None, 0.95)
        };
        let found = judged([0.10, 0.20, 0.30]);
        assert!(found.aged && found.misfit_rises, "{found:?}");
        assert!(!judged([0.10, 0.12, 0.14]).misfit_rises);
    }

    #[test]
    fn a_misfit_that_rises_with_the_share_proves_nothing() {
        let found = judged(&[(2023, 0.05, 0.07), (2024, 0.10, 0.13), (2025, 0.20, 0.16)]);
        assert!(!found.aged && found.misfit_rises && found.later_from.is_some(), "{found:?}");
        let is_shared = |sign: &Sign| {
            matches!(sign, Sign::OfSeries { sign: SeriesSign::MisfitRise { exceeds_share: false, .. }, .. })
        };
        assert!(is_shared(&found.reasons[1]), "{:?}", found.reasons);
    }

    #[test]
    fn a_reference_that_fits_has_not_aged_and_earlier_text_cannot_age_it() {
        assert!(!judged(&[(2023, 0.30, 0.02), (2024, 0.29, 0.03), (2025, 0.22, 0.04)]).aged);
        let earlier = judged(&[(2019, 0.30, 0.16), (2020, 0.29, 0.17), (2022, 0.22, 0.19)]);
        assert!(!earlier.aged && earlier.later_from.is_none(), "{earlier:?}");
        // Steady, with a misfit that goes up and down.
        assert!(!judged(&[(2023, 0.30, 0.16), (2024, 0.30, 0.165), (2025, 0.30, 0.16)]).aged);
    }

    #[test]
    fn generators_of_unknown_date_are_said() {
        let mut reference = reference();
        reference.sources[1].name = "toy".to_owned();
        let series = with_misfits(&[(2023, 0.30, 0.16), (2025, 0.22, 0.19)]);
        let found = ageing(&[series], &reference, None, 0.95);
        assert!(!found.aged && found.later_from.is_none() && found.newest_generator.is_none(), "{found:?}");
        assert_eq!(found.reasons, [Sign::UnknownRelease(vec!["toy".to_owned()])]);
    }

    #[test]
    fn a_generator_of_unknown_date_is_said_only_where_it_decides() {
        let mut reference = reference();
        reference.sources.push(crate::reference::Source { name: "toy".to_owned(), ..reference.sources[1].clone() });
        reference.sources[2].corpora.clear();
        let reasons = |years: &[(i16, f64, f64)]| ageing(&[with_misfits(years)], &reference, None, 0.95).reasons;
        assert!(reasons(&[(2019, 0.1, 0.02), (2021, 0.1, 0.02)]).is_empty());
        assert_eq!(reasons(&[(2021, 0.1, 0.02), (2024, 0.1, 0.02)])[0], Sign::UnknownRelease(vec!["toy".to_owned()]));
    }

    #[test]
    fn what_is_read_lower_than_before_is_marked_only_if_the_reference_has_aged() {
        let mut series =
            vec![with_misfits(&[(2022, 0.0, 0.02), (2023, 0.30, 0.16), (2024, 0.22, 0.17), (2025, 0.25, 0.18)])];
        let found = ageing(&series, &reference(), None, 0.95);
        mark_artefacts(&mut series, &Ageing { aged: false, ..found.clone() });
        assert!(series[0].periods.iter().all(|of| of.artefact.is_none()));
        mark_artefacts(&mut series, &Ageing { aged: true, ..found });
        let marked: Vec<bool> = series[0].periods.iter().map(|of| of.artefact.is_some()).collect();
        assert_eq!(marked, [false, false, true, true]);
        assert_eq!(series[0].periods[3].artefact.as_ref().unwrap().highest, "2023");
    }

    /// Tests misfits and shares that only vary within their sampling error, in 12 periods.
    #[test]
    fn chance_seldom_makes_a_rise_or_fall() {
        use rand::RngExt;
        let normal = Normal::standard();
        let mut generator = crate::interval::generator_of(11, 2);
        let mut draw = || normal.inverse_cdf(generator.random_range(f64::EPSILON..1.0));
        let (reference, n_trials, mut n_aged) = (reference(), 300, 0);
        // by_year: 10,000 units with a design effect of 1.5, and half widths of 0.01.
        let (of_misfit, of_share) = ((1.5f64 * 0.16 * 0.84 / 10_000.0).sqrt(), 0.01 / 1.96);
        for _ in 0..n_trials {
            let years: Vec<(i16, f64, f64)> =
                (2023..2035).map(|year| (year, 0.3 + of_share * draw(), 0.16 + of_misfit * draw())).collect();
            n_aged += usize::from(ageing(&[with_misfits(&years)], &reference, None, 0.95).aged);
        }
        // Three signs at 1 % each.
        assert!(n_aged as f64 <= 0.03 * f64::from(n_trials), "{n_aged} of {n_trials}");
    }
}
