//! What was found, in one sentence, with what has to be known before it is believed.

use super::sentences::{Direction, Wording, direction, number, percent};
use super::{Ageing, PeriodEstimate, Trend, TrendSeries};

/// Series that are named; of more only the number is said.
const N_NAMED: usize = 5;

/// The headline of `trend`, whose other fields are there.
pub fn headline(trend: &Trend) -> String {
    let finding = if trend.ageing.aged { aged(trend) } else { change(trend) + &misfit(trend) };
    let is_thin = trend.series.iter().all(|series| series.changes.is_empty());
    if is_thin && !trend.ageing.aged {
        return format!(
            "No two {}s have enough text to compare{}",
            trend.period,
            if finding.is_empty() { ".".to_owned() } else { format!(". {finding}") }
        );
    }
    finding
}

/// The reference's age comes before any share.
fn aged(trend: &Trend) -> String {
    let Ageing { newest_generator, later_from, .. } = &trend.ageing;
    let newest = newest_generator.as_ref().map_or_else(String::new, |of| format!("{} of {}", of.name, of.released));
    let from = later_from.as_deref().unwrap_or_default();
    let only = match &trend.series[..] {
        [only] => course(only),
        _ => None,
    };
    let n_falling = trend.series.iter().filter(|series| series.periods.iter().any(|of| of.artefact.is_some())).count();
    let what = match (only, n_falling) {
        (Some(course), _) => format!("{course}, "),
        (None, 0) => String::new(),
        (None, n) => {
            format!("The share that it reads falls in {} of {} series, ", number(n), number(trend.series.len()))
        }
    };
    let no_finding = if n_falling > 0 {
        format!("{what}which is no finding that less is written by LLMs")
    } else {
        format!("{what}which is no measure of how much is written by LLMs").trim_start_matches(", ").to_owned()
    };
    format!(
        "The reference \"{}\" has aged: the text from {from} on is later than its newest LLM ({newest}) and no longer fits it. \
         {no_finding}: models have changed their style. Shares from {from} on are probably too low, and not comparable with each \
         other [use a reference with LLM text of the time].",
        trend.reference.name
    )
}

/// The later course of the only series.
fn course(series: &TrendSeries) -> Option<String> {
    let solid: Vec<&PeriodEstimate> = series.periods.iter().filter(|of| of.is_solid()).collect();
    let (last, earlier) = solid.split_last()?;
    let highest = super::change::highest(earlier)?;
    let misfit = |of: &PeriodEstimate| of.estimate.misfit.map(|misfit| misfit.distance);
    let share = |of: &PeriodEstimate| percent(of.estimate.alpha.unwrap_or(0.0));
    let verb = if last.estimate.alpha < highest.estimate.alpha { "falls" } else { "goes" };
    Some(format!(
        "The share that it reads {verb} from {} in {} to {} in {}, with a misfit of {:.2} and {:.2}",
        share(highest),
        highest.period.label,
        share(last),
        last.period.label,
        misfit(highest)?,
        misfit(last)?
    ))
}

/// The change from the first to the last period: of the only series in full, of several which way each goes.
fn change(trend: &Trend) -> String {
    let wording = Wording { unit: trend.unit, period: &trend.period.to_string(), level: trend.level, is_aged: false };
    if let [only] = &trend.series[..] {
        let whole = whole(only);
        return whole.and_then(|change| wording.change(change, &only.periods)).unwrap_or_default();
    }
    let mut ways: [(&str, Vec<&str>); 3] =
        [("rises in", vec![]), ("falls in", vec![]), ("does not change beyond chance in", vec![])];
    for series in &trend.series {
        if let Some(change) = whole(series) {
            let way = match direction(&change.difference, trend.level) {
                Direction::Up => 0,
                Direction::Down => 1,
                Direction::Unsure => 2,
            };
            ways[way].1.push(&series.name);
        }
    }
    let n: usize = ways.iter().map(|(_, names)| names.len()).sum();
    if n == 0 {
        return String::new();
    }
    let told = ways.iter().filter(|(_, names)| !names.is_empty()).map(|(way, names)| {
        let named = if names.len() <= N_NAMED { format!(" ({})", names.join(", ")) } else { String::new() };
        format!("{way} {} of {}{named}", number(names.len()), number(n))
    });
    let told: Vec<String> = told.collect();
    format!(
        "Between its first and last {} in each series, the LLM share of {}s {}.",
        trend.period,
        trend.unit,
        told.join(", ")
    )
}

/// The change from the first period to the last, which is not chosen by its share.
fn whole(series: &TrendSeries) -> Option<&super::Change> {
    let mut solid = series.periods.iter().filter(|of| of.is_solid());
    let (first, last) = (solid.next()?, solid.next_back()?);
    series.changes.iter().find(|of| of.from == first.period.label && of.to == last.period.label)
}

/// What to know where the reference does not fit.
fn misfit(trend: &Trend) -> String {
    let periods = || trend.series.iter().flat_map(|series| &series.periods);
    let misfits: Vec<f64> = periods()
        .filter_map(|of| of.estimate.misfit.filter(|misfit| misfit.flagged))
        .map(|misfit| misfit.distance)
        .collect();
    let Some(largest) = misfits.iter().copied().max_by(f64::total_cmp) else { return String::new() };
    let n = periods().filter(|of| of.estimate.misfit.is_some()).count();
    format!(
        " The reference does not fit {} of {} {}s (misfit up to {largest:.2}), so that their shares may be far off.",
        number(misfits.len()),
        number(n),
        if trend.series.len() > 1 { "estimate".to_owned() } else { trend.period.to_string() }
    )
}
