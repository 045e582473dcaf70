//! Whether the reference is older than the text, and no longer fits it.
//!
//! Models change their style. A reference made of older ones then misses part of the LLM text, reads a falling share, and fits worse
//! from period to period, while nobody has stopped using LLMs. That is noticed by three signs, each of which proves nothing alone.

use statrs::distribution::{ContinuousCDF, Normal};

use crate::reference::Reference;
use crate::score::WordCounts;
use crate::words::{LlmWordsOverTime, MAX_P_VALUE, MIN_RELATIVE_CHANGE, llm_words_over_time};

use super::change::{change_from_highest, highest};
use super::slope::slope_weights;
use super::{Ageing, Change, PeriodEstimate, TrendSeries, newest_generator};

/// Least ratio of two values that is called a rise, as of words.
const NEWS: f64 = 1.0 + MIN_RELATIVE_CHANGE;

/// Looks for the signs of age in the periods that begin after the newest generator of `reference` was released; the intervals of
/// `series` are at `level`.
///
/// It has aged if in one of the series the text is later, the last period's misfit is flagged (a reference that fits has not aged,
/// whatever else moves), and one of these holds, at p = [`MAX_P_VALUE`] divided by the number of series:
/// - the misfit rises, and by more than the share does: more text by LLMs that never fitted raises both alike;
/// - the share falls from its highest period;
/// - the words that the reference knows as LLM words fall while others rise (`words`, where the text is known).
pub fn ageing(series: &[TrendSeries], reference: &Reference, words: Option<&WordCounts>, level: f64) -> Ageing {
    let (newest_generator, unknown) = newest_generator(&reference.sources[1..]);
    let mut found = Ageing { newest_generator, ..Ageing::default() };
    if !unknown.is_empty() {
        found.reasons.push(format!("when {} came out is not known from the name", unknown.join(", ")));
    }
    let Some(newest) = found.newest_generator.clone() else {
        return found;
    };
    let later: Vec<Later<'_>> = series.iter().filter_map(|series| Later::of(series, newest.released)).collect();
    let Some(first) = later.iter().map(|later| &later.periods[0].period).min() else {
        return found;
    };
    found.later_from = Some(first.label.clone());
    found.reasons.push(format!(
        "the newest generator of reference \"{}\", {}, is of {}, and the text is later from {} on",
        reference.card.name, newest.name, newest.released, first.label
    ));
    let max_p = MAX_P_VALUE / later.len() as f64;
    found.words = words.and_then(|words| llm_words_over_time(words, reference));
    found.llm_words_fall = found.words.as_ref().map(|words| words.llm_words_fall);
    for later in &later {
        later.judge(max_p, level, &mut found);
    }
    if let Some(words) = found.words.as_ref().filter(|words| words.llm_words_fall) {
        found.reasons.push(of_words(words));
    }
    found.aged |= found.llm_words_fall == Some(true) && later.iter().any(Later::is_flagged);
    found
}

/// Marks the later periods that an aged reference reads lower than the highest before them.
pub fn mark_artefacts(series: &mut [TrendSeries], ageing: &Ageing) {
    let Some(newest) = ageing.newest_generator.as_ref().filter(|_| ageing.aged) else { return };
    for series in series {
        let marked: Vec<Option<String>> = (series.periods.iter().enumerate())
            .map(|(place, of)| {
                let before: Vec<&PeriodEstimate> = series.periods[..place].iter().filter(|of| of.is_solid()).collect();
                let highest = highest(&before)?;
                let is_later = !of.estimate.placebo && of.period.first > newest.released;
                (is_later && of.estimate.alpha? < highest.estimate.alpha?).then(|| {
                    format!(
                        "read lower than {} by a reference older than the text (newest generator {}, {})",
                        highest.period.label, newest.name, newest.released
                    )
                })
            })
            .collect();
        series.periods.iter_mut().zip(marked).for_each(|(of, reason)| of.artefact = reason);
    }
}

/// A series' solid periods of the target that begin after a day.
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

    /// Whether the reference does not fit the last period.
    fn is_flagged(&self) -> bool {
        self.periods.last().and_then(|of| of.estimate.misfit).is_some_and(|misfit| misfit.flagged)
    }

    /// Adds what the misfit and the share of this series say.
    fn judge(&self, max_p: f64, level: f64, found: &mut Ageing) {
        if !self.is_flagged() {
            return;
        }
        let name = if self.series.name.is_empty() { String::new() } else { format!("{}: ", self.series.name) };
        let significant = |fall: &Change| fall.difference.difference < 0.0 && fall.difference.p_value <= max_p;
        if let Some(fall) = change_from_highest(&self.series.periods, level).filter(significant) {
            found.aged = true;
            found.reasons.push(format!(
                "{name}the share that it reads falls by {:.1} points from {} to {}, and it does not fit the text",
                -100.0 * fall.difference.difference,
                fall.from,
                fall.to
            ));
        }
        let misfit_rise = MisfitRise::of(&self.periods);
        if let Some(rise) = misfit_rise.filter(|rise| rise.p_value <= max_p && rise.misfit_ratio >= NEWS) {
            let exceeds = rise.misfit_ratio >= NEWS * rise.share_ratio.max(1.0);
            found.misfit_rises = true;
            found.aged |= exceeds;
            let why =
                if exceeds { "" } else { ", as the share does: more LLM text that never fitted explains that as well" };
            let [first, last] = [self.periods[0], self.periods[self.periods.len() - 1]];
            found.reasons.push(format!(
                "{name}the misfit rises from {:.3} in {} to {:.3} in {}{why}",
                distance(first),
                first.period.label,
                distance(last),
                last.period.label
            ));
        }
    }
}

fn distance(of: &PeriodEstimate) -> f64 {
    of.estimate.misfit.map_or(0.0, |misfit| misfit.distance)
}

fn of_words(words: &LlmWordsOverTime) -> String {
    format!(
        "the words that the reference knows as LLM words become rarer, from {:.2} to {:.2} in a unit, while others that were rare \
         before rise from {:.2} to {:.2}",
        words.llm_words.rate_from, words.llm_words.rate_to, words.rare_words.rate_from, words.rare_words.rate_to
    )
}

/// The least-squares rise of the misfit over some periods.
struct MisfitRise {
    /// Fitted misfit of the last period over that of the first.
    misfit_ratio: f64,
    /// The same of the share; infinite where the first is 0.
    share_ratio: f64,
    /// One-sided.
    p_value: f64,
}

impl MisfitRise {
    /// A misfit is a difference of distribution functions at one place, so that its variance is at most that of a share of 1/2:
    /// design effect / (4 units). The part of it that the reference brings in is the same in all periods.
    fn of(periods: &[&PeriodEstimate]) -> Option<MisfitRise> {
        if periods.len() < 2 {
            return None;
        }
        let times: Vec<f64> = periods.iter().map(|of| of.years()).collect();
        let weights = slope_weights(&times);
        let (mut slope, mut variance) = (0.0, 0.0);
        for (of, weight) in periods.iter().zip(&weights) {
            slope += weight * of.estimate.misfit?.distance;
            variance += weight * weight * of.estimate.design_effect?.max(1.0) / (4.0 * of.estimate.n_units as f64);
        }
        let ratio = |value: fn(&PeriodEstimate) -> f64| {
            fitted_ratio(&times, &weights, &periods.iter().map(|of| value(of)).collect::<Vec<_>>())
        };
        Some(MisfitRise {
            misfit_ratio: ratio(distance),
            share_ratio: ratio(|of| of.estimate.alpha.unwrap_or(0.0)),
            p_value: Normal::standard().sf(slope / variance.sqrt()),
        })
    }
}

/// The last value of the least-squares line over the first; infinite where that is not positive.
fn fitted_ratio(times: &[f64], weights: &[f64], values: &[f64]) -> f64 {
    let n = values.len() as f64;
    let (mean, mean_time) = (values.iter().sum::<f64>() / n, times.iter().sum::<f64>() / n);
    let slope: f64 = weights.iter().zip(values).map(|(weight, value)| weight * value).sum();
    let at = |time: f64| mean + slope * (time - mean_time);
    let (first, last) = (at(times[0]), at(times[times.len() - 1]));
    if first > 0.0 { last / first } else { f64::INFINITY }
}
