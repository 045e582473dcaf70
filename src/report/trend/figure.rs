//! A trend as a figure: a line for each series, and everything to know about each point.

use crate::corpus::Period;
use crate::estimate::GroupEstimate;
use crate::numbers::{self, interval_name, percent, share_with, sizes, thousands};
use crate::plot::{FigureOptions, LineFigure, LinePanel, LinePoint, LineSeries, LineValue, Shade};
use crate::report::shares::by_text;
use crate::report::timeline;
use crate::report::wording::phrases::first_of;
use crate::tokenize::UnitRule;
use crate::trend::{PeriodEstimate, Trend, TrendSeries};
use crate::two_level::Bound;

/// Maximum number of series in one panel; of more, each has a panel of its own.
const MOST_TOGETHER: usize = 4;
/// Maximum number of panels; of more series, the first are shown.
const MOST_PANELS: usize = 24;
/// Maximum number of periods or groups named in a note.
const MOST_NAMED: usize = 6;

/// Builds the figure of the LLM share over time.
pub fn trend_figure(trend: &Trend, options: &FigureOptions) -> LineFigure {
    let few = if trend.run.unit == UnitRule::Document { "few documents" } else { "few sentences or documents" };
    LineFigure {
        panels: panels(trend),
        axis: format!("LLM share of {}s, %", trend.run.unit),
        interval: interval_name(trend.run.level),
        few: format!("{few}: uncertain"),
        marks: timeline::marks(&trend.events),
        shades: control(trend),
        notes: notes(trend),
        options: options.clone(),
    }
}

/// Returns the series that can be drawn: those of groups that have documents with dates.
fn drawn(trend: &Trend) -> Vec<&TrendSeries> {
    trend.series.iter().filter(|series| !series.periods.is_empty()).collect()
}

/// Returns one panel with all series, or one for each if there are many.
fn panels(trend: &Trend) -> Vec<LinePanel> {
    let drawn = drawn(trend);
    let points = |series: &TrendSeries| series.periods.iter().map(|of| point(trend, series, of)).collect();
    let line = |name: String, series: &TrendSeries| LineSeries { name, points: points(series) };
    if drawn.len() <= MOST_TOGETHER {
        let series = drawn.iter().map(|series| line(series.name.clone(), series)).collect();
        return vec![LinePanel { title: String::new(), series }];
    }
    let shown = drawn.into_iter().take(MOST_PANELS);
    shown.map(|of| LinePanel { title: of.name.clone(), series: vec![line(String::new(), of)] }).collect()
}

fn point(trend: &Trend, series: &TrendSeries, of: &PeriodEstimate) -> LinePoint {
    let estimate = &of.estimate;
    let value = estimate.outcome.as_ref().map(|found| LineValue {
        share: found.alpha,
        lower: found.interval.lower,
        upper: found.interval.upper,
    });
    LinePoint {
        first: of.period.first,
        last: of.period.last,
        label: of.period.label.clone(),
        value,
        expected: None,
        floor: bound(estimate).map(|bound| bound.documents).filter(|floor| *floor > 0.0),
        hollow: of.is_small,
        flagged: estimate.is_misfit() || estimate.unlike_text,
        artefact: of.artefact.is_some(),
        description: description(trend, series, of),
    }
}

fn bound(estimate: &GroupEstimate) -> Option<Bound> {
    estimate.outcome.as_ref()?.strata?.bound
}

/// Describes a point: `2023: 8.1 % (95 % interval 4.2 to 12.0 %), 1,500 documents, 37,242 sentences, misfit 0.133`.
fn description(trend: &Trend, series: &TrendSeries, of: &PeriodEstimate) -> String {
    let estimate = &of.estimate;
    let name = if series.name.is_empty() { String::new() } else { format!("{}, ", series.name) };
    let value = estimate.outcome.as_ref();
    // If units are documents, their number says it all.
    let n_sentences = (trend.run.unit == UnitRule::Sentence).then_some(estimate.n_units);
    let mut parts = vec![
        value.map_or_else(
            || "no estimate".to_owned(),
            |of| share_with(of.alpha, [of.interval.lower, of.interval.upper], trend.run.level),
        ),
        sizes(estimate.n_documents, n_sentences),
    ];
    if let Some(misfit) = estimate.misfit() {
        let flagged = if misfit.flagged { ": the reference does not fit" } else { "" };
        parts.push(format!("misfit {}{flagged}", numbers::misfit(misfit.distance)));
    }
    if estimate.unlike_text {
        parts.push("text unlike the reference's".to_owned());
    }
    if let Some(bound) = bound(estimate) {
        parts.push(format!("at least {} % of documents have LLM text, whatever the LLM", percent(bound.documents, 1)));
    }
    if estimate.placebo {
        parts.push("control, should read 0".to_owned());
    }
    if of.is_small && value.is_some() {
        parts.push("little text, uncertain".to_owned());
    }
    if let Some(reason) = &of.artefact {
        parts.push(format!("a fall to this point may be an artefact: {reason}"));
    }
    format!("{name}{}: {}", of.period.label, parts.join(", "))
}

/// Returns the periods of the control, consecutive ones as one.
fn control(trend: &Trend) -> Vec<Shade> {
    let mut placebos: Vec<(jiff::civil::Date, jiff::civil::Date)> =
        trend.periods().filter(|of| of.estimate.placebo).map(|of| (of.period.first, of.period.last)).collect();
    placebos.sort_unstable();
    let mut shades: Vec<Shade> = Vec::new();
    for (first, last) in placebos {
        match shades.last_mut() {
            Some(shade) if shade.last >= first || shade.last.tomorrow().ok() == Some(first) => {
                shade.last = shade.last.max(last);
            }
            _ => shades.push(Shade { first, last, label: "control".to_owned() }),
        }
    }
    shades
}

fn notes(trend: &Trend) -> Vec<String> {
    let mut notes = vec![sizes_and_misfit(trend)];
    let n_drawn = drawn(trend).len();
    if n_drawn > MOST_PANELS {
        let n = thousands(n_drawn);
        notes.push(format!("Only the first {MOST_PANELS} of {n} groups are shown; the table has all of them."));
    }
    notes.extend(without_dates(trend));
    notes.extend(artefacts(trend));
    if trend.ageing.aged {
        let from = trend.ageing.later_from.as_ref().map_or_else(String::new, |label| format!(" from {label} on"));
        notes.push(format!("The reference is older than the text{from}: shares there are probably too low."));
    }
    let lines: Vec<Vec<&Period>> =
        trend.series.iter().map(|series| series.periods.iter().map(|of| &of.period).collect()).collect();
    notes.extend(timeline::notes(&trend.events, &lines));
    notes
}

/// Names the groups that are not drawn because their documents have no dates.
fn without_dates(trend: &Trend) -> Option<String> {
    let names: Vec<&str> =
        trend.series.iter().filter(|series| series.periods.is_empty()).map(|series| series.name.as_str()).collect();
    (!names.is_empty())
        .then(|| format!("Not shown, because no document has a usable date: {}", first_of(&names, MOST_NAMED)))
}

/// Summarises the numbers behind the points.
fn sizes_and_misfit(trend: &Trend) -> String {
    let estimates = || trend.periods().map(|of| &of.estimate);
    let range = |numbers: Vec<usize>, what: &str| {
        let (low, high) = (numbers.iter().min().copied().unwrap_or(0), numbers.iter().max().copied().unwrap_or(0));
        let numbers = if low == high { thousands(low) } else { format!("{} to {}", thousands(low), thousands(high)) };
        format!("{numbers} {what}s")
    };
    let mut n = range(estimates().map(|of| of.n_documents).collect(), "document");
    if trend.run.unit == UnitRule::Sentence {
        n += &format!(" and {}", range(estimates().map(|of| of.n_units).collect(), "sentence"));
    }
    let worst = estimates().filter_map(|of| of.misfit()).map(|misfit| misfit.distance).reduce(f64::max);
    let misfit = worst.map_or_else(String::new, |worst| format!("; misfit at most {}", numbers::misfit(worst)));
    format!("Reference “{}”; {n} per point{misfit}.", trend.run.reference.name)
}

/// Returns each reason once, with the periods it is about.
fn artefacts(trend: &Trend) -> Vec<String> {
    let of_series = |series: &'_ TrendSeries| {
        let of_period = |of: &PeriodEstimate| {
            let name = format!("{} {}", series.name, of.period.label);
            Some((name.trim_start().to_owned(), of.artefact.as_ref()?.to_string()))
        };
        series.periods.iter().filter_map(of_period).collect::<Vec<_>>()
    };
    let told =
        |(reason, periods): (String, Vec<String>)| format!("Hatched ({}): {reason}", first_of(&periods, MOST_NAMED));
    by_text(trend.series.iter().flat_map(of_series)).into_iter().map(told).collect()
}
