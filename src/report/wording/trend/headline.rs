//! Summarises the result in one sentence, with its reservations.

use super::sentences::{Direction, Wording, direction, share};
use crate::interval::Misfit;
use crate::numbers::{self, in_words};
use crate::trend::{Change, PeriodEstimate, Trend, TrendSeries, highest};

/// Maximum number of series that are named; of more, only the number is given.
const N_NAMED: usize = 5;

/// Returns the headline of `trend`.
pub fn trend_headline(trend: &Trend) -> String {
    if trend.ageing.aged {
        return aged(trend);
    }
    let found = match &trend.series[..] {
        [only] => of_one(trend, only),
        _ => of_several(trend),
    };
    let nothing = || format!("No two {}s have enough text to compare.", trend.period);
    found.unwrap_or_else(nothing) + &misfit(trend)
}

/// Returns the headline if the reference has aged, which is said before any share.
fn aged(trend: &Trend) -> String {
    let newest = trend.ageing.newest_generator.as_ref();
    let newest = newest.map_or_else(String::new, |of| format!(" ({} of {})", of.name, of.released));
    let from = trend.ageing.later_from.as_deref().unwrap_or_default();
    let is_falling = |series: &&TrendSeries| series.periods.iter().any(|of| of.artefact.is_some());
    let n_falling = trend.series.iter().filter(is_falling).count();
    let fall = match (&trend.series[..], n_falling) {
        (_, 0) => None,
        ([only], _) => fall_of(only),
        (all, n) => Some(format!("falls in {} series", of_all(n, all.len()))),
    };
    let no_decline = fall.map_or_else(String::new, |fall| {
        format!(" The estimated share {fall}, but this does not show that LLMs write less: newer models may have another style.")
    });
    format!(
        "Reference \"{}\" has aged: the text from {from} on is later than the reference's newest LLM{newest}, and the reference no longer \
         fits it.{no_decline} Shares from {from} on are probably too low [use a reference with LLM text of that time].",
        trend.run.reference.name
    )
}

/// Returns a phrase such as "falls from 29.5 % in 2025-03 to 22.3 % in 2025-10, with a misfit of 0.160 and then 0.180".
fn fall_of(series: &TrendSeries) -> Option<String> {
    let solid: Vec<&PeriodEstimate> = series.periods.iter().filter(|of| of.is_solid()).collect();
    let (last, earlier) = solid.split_last()?;
    let highest = highest(earlier)?;
    let told = |of: &PeriodEstimate| Some(format!("{} in {}", share(of.estimate.alpha()?), of.period.label));
    let distance = |of: &PeriodEstimate| of.estimate.misfit().map(|misfit| numbers::misfit(misfit.distance));
    let (before, after) = (distance(highest)?, distance(last)?);
    let verb = if last.estimate.alpha() < highest.estimate.alpha() { "falls" } else { "goes" };
    Some(format!("{verb} from {} to {}, with a misfit of {} and then {}", told(highest)?, told(last)?, before, after))
}

/// Returns a sentence on the change from the first period to the last, or on the only estimate that there is.
fn of_one(trend: &Trend, series: &TrendSeries) -> Option<String> {
    let wording = Wording::new(trend, false);
    if let Some(change) = whole(series) {
        return wording.change(change, &series.periods);
    }
    let only = series.periods.iter().find(|of| of.is_solid_target())?;
    Some(format!(
        "In {} the LLM share of {}s was {} ({}); no other {} has enough text to compare it with.",
        only.period.label,
        trend.run.unit,
        share(only.estimate.alpha()?),
        wording.interval(only.estimate.interval()?),
        trend.period
    ))
}

/// Returns a sentence on how many series rise and fall from their first period to their last.
fn of_several(trend: &Trend) -> Option<String> {
    let mut ways: [(&str, Vec<&str>); 3] =
        [("rose", vec![]), ("fell", vec![]), ("did not change significantly", vec![])];
    for series in &trend.series {
        if let Some(change) = whole(series) {
            let way = match direction(&change.difference, trend.run.level) {
                Direction::Up => 0,
                Direction::Down => 1,
                Direction::Unsure => 2,
            };
            ways[way].1.push(&series.name);
        }
    }
    let n: usize = ways.iter().map(|(_, names)| names.len()).sum();
    let told = ways.iter().filter(|(_, names)| !names.is_empty()).map(|(way, names)| {
        let named = if names.len() <= N_NAMED { format!(" ({})", names.join(", ")) } else { String::new() };
        format!("{way} in {}{named}", of_all(names.len(), n))
    });
    let told = told.collect::<Vec<_>>().join(", ");
    (n > 0).then(|| {
        format!(
            "Between the first and the last {} of each series the LLM share of {}s {told}.",
            trend.period, trend.run.unit
        )
    })
}

/// Returns the change from the first period to the last, which are not chosen by their shares.
fn whole(series: &TrendSeries) -> Option<&Change> {
    let mut solid = series.periods.iter().filter(|of| of.is_solid());
    let (first, last) = (solid.next()?, solid.next_back().filter(|last| !last.estimate.placebo)?);
    series.changes.iter().find(|of| of.from == first.period.label && of.to == last.period.label)
}

/// Returns a warning if the reference does not fit; empty if it does.
fn misfit(trend: &Trend) -> String {
    let misfits: Vec<Misfit> = trend.periods().filter_map(|of| of.estimate.misfit()).collect();
    let flagged: Vec<f64> = misfits.iter().filter(|misfit| misfit.flagged).map(|misfit| misfit.distance).collect();
    let Some(largest) = flagged.iter().copied().max_by(f64::total_cmp) else { return String::new() };
    let newest = trend.ageing.newest_generator.as_ref().filter(|_| trend.ageing.later_from.is_some());
    let newest = newest.map_or_else(String::new, |of| format!(", whose newest LLM dates from {},", of.released));
    let periods = if trend.series.len() > 1 { "estimates".to_owned() } else { format!("{}s", trend.period) };
    let fits = match (flagged.len(), misfits.len()) {
        (_, 1) => "does not fit this text".to_owned(),
        (n, all) if n == all => format!("fits none of the {} {periods}", in_words(all)),
        (n, all) => format!("does not fit {} of {} {periods}", in_words(n), in_words(all)),
    };
    let shares = if misfits.len() == 1 { "the share" } else { "these shares" };
    let largest = numbers::misfit(largest);
    format!(" The reference{newest} {fits} (misfit up to {largest}): {shares} may be far off.")
}

/// Returns a phrase such as "two of three", "both" or "all three".
fn of_all(n: usize, all: usize) -> String {
    match (n == all, all) {
        (true, 1) => in_words(1),
        (true, 2) => "both".to_owned(),
        (true, _) => format!("all {}", in_words(all)),
        (false, _) => format!("{} of {}", in_words(n), in_words(all)),
    }
}
