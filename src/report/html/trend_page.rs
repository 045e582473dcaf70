//! The page of a trend.

use super::super::cells::{band_cell, interval_cell, interval_name, percent, thousands};
use super::super::timeline::{counted, sizes};
use super::super::trend::warnings as notes_of;
use super::super::trend_figure::trend_figure;
use super::error::HtmlError;
use super::page::{Content, render};
use super::table::{Cell, Column, Row, Table};
use super::{citations, methods, reading};
use crate::corpus::UndatedSummary;
use crate::plot::FigureOptions;
use crate::reference::Reference;
use crate::tokenize::UnitRule;
use crate::trend::{PeriodEstimate, Trend, TrendSeries};

/// Renders the page of `trend`, estimated with `reference`; of `options` it uses the theme and the title.
///
/// # Errors
/// If the figure cannot be drawn: no period, or an estimate that is not a number.
pub fn trend_html(trend: &Trend, reference: &Reference, options: &FigureOptions) -> Result<String, HtmlError> {
    let content = Content {
        title: options.title.clone().unwrap_or_else(|| format!("LLM share of {}s over time", trend.run.unit)),
        headline: trend.headline.clone(),
        facts: facts(trend),
        findings: trend.series.iter().flat_map(findings).collect(),
        warnings: warnings(trend),
        tables: vec![table(trend)],
        reading: reading::of_trend(trend),
        methods: methods::of_trend(trend, reference),
        citations: vec![citations::liang(), citations::this(&trend.run.tool)],
        command: trend.command.clone(),
    };
    render(content, &trend_figure(trend, options), &trend.run.tool, options)
}

/// Summarises the data and the reference behind the figure.
fn facts(trend: &Trend) -> String {
    let estimates = || trend.series.iter().flat_map(|series| &series.periods).map(|of| &of.estimate);
    let (n_documents, n_units) = (estimates().map(|of| of.n_documents).sum(), estimates().map(|of| of.n_units).sum());
    let flagged = estimates().filter(|of| of.is_misfit()).count();
    let worst = estimates().filter_map(|of| of.misfit()).map(|misfit| misfit.distance).reduce(f64::max);
    let misfit = match (worst, flagged) {
        (None, _) => String::new(),
        (Some(worst), 0) => format!("; misfit at most {worst:.3}: the reference fits"),
        (Some(worst), n) => format!("; misfit up to {worst:.3}: the reference does not fit {}", counted(n, "estimate")),
    };
    format!(
        "{}; {}s; reference “{}”{misfit}.",
        sizes(n_documents, n_units, trend.run.unit),
        interval_name(trend.run.level),
        trend.run.reference.name
    )
}

/// Returns the sentences on a series, with its name.
fn findings(series: &TrendSeries) -> Vec<String> {
    let name = if series.name.is_empty() { String::new() } else { format!("{}: ", series.name) };
    series.sentences.iter().map(|sentence| format!("{name}{sentence}")).collect()
}

fn warnings(trend: &Trend) -> Vec<String> {
    let mut warnings = Vec::new();
    let from = trend.ageing.later_from.as_ref().map_or_else(String::new, |label| format!(" from {label} on"));
    if trend.ageing.aged {
        warnings.push(format!("The reference is older than the text{from}: shares there are probably too low."));
        warnings.extend(trend.ageing.reasons.iter().cloned());
    }
    warnings.extend(notes_of(trend));
    warnings
}

/// Returns a note on the documents that are in no period.
pub(super) fn undated(undated: &UndatedSummary) -> Option<String> {
    if undated.n_without_date + undated.n_unreadable == 0 {
        return None;
    }
    let quoted: Vec<String> = undated.examples.iter().map(|example| format!("“{example}”")).collect();
    let such_as = if quoted.is_empty() { String::new() } else { format!(", such as {}", quoted.join(", ")) };
    Some(format!(
        "In no period: {} without a date, {} with one that names no {}{such_as}.",
        counted(undated.n_without_date, "document"),
        thousands(undated.n_unreadable),
        "period",
    ))
}

fn table(trend: &Trend) -> Table {
    let has_names = trend.series.iter().any(|series| !series.name.is_empty());
    let has_sentences = trend.run.unit == UnitRule::Sentence;
    let has_band = reading::has_band(trend);
    let has_tau = trend
        .series
        .iter()
        .flat_map(|of| &of.periods)
        .any(|of| of.estimate.outcome.as_ref().is_some_and(|of| of.systematic_error.is_some()));
    let interval = interval_name(trend.run.level);
    let strata =
        || trend.series.iter().flat_map(|of| &of.periods).filter_map(|of| of.estimate.outcome.as_ref()?.strata);
    let (has_strata, has_bound) = (strata().next().is_some(), strata().any(|of| of.bound.is_some()));
    let names = [
        ("group", has_names, false),
        ("period", true, false),
        ("LLM share", true, true),
        (interval.as_str(), true, true),
        ("band", has_band, true),
        ("standard error", true, true),
        ("tau", has_tau, true),
        ("in mixed documents", has_strata, true),
        ("documents, at least", has_bound, true),
        ("documents", true, true),
        ("sentences", has_sentences, true),
        ("misfit", true, true),
        ("notes", true, false),
    ];
    let shown: Vec<(&str, bool)> =
        names.into_iter().filter(|(_, is_shown, _)| *is_shown).map(|(name, _, is_number)| (name, is_number)).collect();
    let columns = Column::of(&shown.iter().map(|(name, _)| *name).collect::<Vec<_>>(), |place| shown[place].1);
    let rows = trend.series.iter().flat_map(|series| {
        series.periods.iter().map(move |of| {
            let group = has_names.then(|| Cell::name(series.name.clone()));
            row(of, group, [has_sentences, has_band, has_tau, has_strata, has_bound])
        })
    });
    let caption = format!("LLM share of {}s by {}", trend.run.unit, trend.period);
    Table { caption, columns, rows: rows.collect(), folded: false }
}

fn row(
    of: &PeriodEstimate,
    group: Option<Cell>,
    [has_sentences, has_band, has_tau, has_strata, has_bound]: [bool; 5],
) -> Row {
    let (estimate, found) = (&of.estimate, of.estimate.outcome.as_ref());
    let strata = found.and_then(|of| of.strata);
    let share = |value: Option<f64>| Cell::number(value.map(|value| (format!("{} %", percent(value, 2)), value)));
    let count = |n: usize| Cell::number(Some((thousands(n), n as f64)));
    let misfit = estimate
        .misfit()
        .map(|misfit| (format!("{:.3}{}", misfit.distance, if misfit.flagged { " !" } else { "" }), misfit.distance));
    let notes = notes(of);
    let is_warned = of.artefact.is_some() || estimate.is_misfit();
    let period = if group.is_some() { Cell::text(&of.period.label) } else { Cell::name(&of.period.label) };
    let cells = group
        .into_iter()
        .chain([period.sorted_by(&of.period.label)])
        .chain([share(estimate.alpha())])
        .chain([Cell::number(estimate.interval().map(|interval| (interval_cell(interval), interval.lower)))])
        .chain(
            has_band
                .then(|| Cell::number(found.and_then(|of| of.band.as_ref()).map(|band| (band_cell(band), band.lower)))),
        )
        .chain([share(found.map(|of| of.standard_error))])
        .chain(has_tau.then(|| share(found.and_then(|of| of.systematic_error))))
        .chain(has_strata.then(|| share(strata.map(|of| of.mixed.share))))
        .chain(has_bound.then(|| share(strata.and_then(|of| of.bound).map(|bound| bound.documents))))
        .chain([count(estimate.n_documents)])
        .chain(has_sentences.then(|| count(estimate.n_units)))
        .chain([Cell::number(misfit), Cell::text(notes)]);
    Row { cells: cells.collect(), is_warned }
}

/// Returns the remarks on an estimate.
fn notes(of: &PeriodEstimate) -> String {
    let mut notes: Vec<String> = Vec::new();
    if of.estimate.placebo {
        notes.push("control".to_owned());
    }
    match of.estimate.alpha() {
        None => notes.push("too little text for an estimate".to_owned()),
        Some(_) if of.is_small => notes.push("too little text to lean on".to_owned()),
        Some(_) => {}
    }
    if of.estimate.is_misfit() {
        notes.push("the reference does not fit".to_owned());
    }
    notes.extend(of.artefact.iter().map(|reason| format!("a fall to this may be an artefact: {reason}")));
    notes.join("; ")
}
