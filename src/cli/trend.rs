//! `trend`: input to estimates per period, what changed between them, and a folder with the report.

use jiff::ToSpan;
use jiff::civil::Date;
use std::collections::BTreeSet;
use std::ffi::OsString;

use super::args::TrendArgs;
use super::control::CHATGPT;
use super::dates::DateColumns;
use super::folder::{Files, pictures, refuse_file, write_folder};
use super::output::print_bytes;
use super::progress::Spinner;
use super::target::Target;
use super::typed::as_typed;
use crate::corpus::{Event, PeriodRule};
use crate::estimate::{IntervalMethod, SCHEMA_VERSION, ToolSummary};
use crate::progress::Progress;
use crate::reference::Reference;
use crate::report::{Output, render_trend, trend_figure, trend_html};
use crate::trend::{
    Ageing, Pair, Trend, TrendSeries, ageing, break_test, changes, concerns, find, headline, mark_artefacts, sentences,
    series_of, slope, unknown_labels,
};

/// Runs the command; `typed` is what was typed.
pub fn run(arguments: &TrendArgs, typed: &[OsString], quiet: bool) -> anyhow::Result<()> {
    if let Some(folder) = &arguments.folder {
        refuse_file(folder)?;
    }
    let progress = Spinner::new(quiet);
    let (trend, reference) = trend(arguments, typed, &progress)?;
    if let Some(folder) = &arguments.folder {
        progress.step("drawing");
        write_folder(folder, &files(&trend, &reference, arguments)?)?;
    }
    drop(progress);
    print_bytes(render_trend(&trend, arguments.output).as_bytes())
}

/// The report, its figures and its data.
fn files(trend: &Trend, reference: &Reference, arguments: &TrendArgs) -> anyhow::Result<Files> {
    let options = arguments.figure.options();
    let mut files = pictures("trend", &trend_figure(trend, &options), || trend_html(trend, reference, &options))?;
    for (name, output) in [("trend.csv", Output::Csv), ("trend.json", Output::Json), ("report.md", Output::Markdown)] {
        files.push((name.to_owned(), render_trend(trend, output).into_bytes()));
    }
    Ok(files)
}

fn trend(arguments: &TrendArgs, typed: &[OsString], progress: &dyn Progress) -> anyhow::Result<(Trend, Reference)> {
    let rule = PeriodRule::from(arguments.period);
    let target = Target::read(&arguments.target, Some(rule), false, progress)?;
    refuse_undated(&target, rule, arguments)?;
    let options = target.options(&arguments.target, IntervalMethod::Score);
    let (unit, level) = (target.unit(&arguments.target), options.level);
    let mut estimates = target.estimate(&options)?;
    if arguments.band || !target.scored.others.is_empty() {
        progress.step("the same by other choices");
        target.add_bands(&mut estimates, &options);
    }
    let mut series = series_of(estimates, rule, unit);
    compare(&mut series, arguments, level)?;
    let ageing = ageing(&series, &target.reference, target.scored.words.as_ref(), level);
    mark_artefacts(&mut series, &ageing);
    for series in &mut series {
        series.sentences = sentences(series, unit, &rule.to_string(), level, concerns(&ageing, series));
    }
    let mut result = Trend {
        schema_version: SCHEMA_VERSION,
        tool: ToolSummary::default(),
        command: command(arguments, typed),
        unit,
        level,
        seed: options.seed,
        reference: target.reference_summary(&arguments.target),
        input: target.input,
        control: target.control.map(|(_, summary)| summary),
        period: rule,
        undated: target.without_period.into(),
        events: events(&series, arguments),
        warnings: [not_compared(&series, arguments), warnings(&series, &ageing, target.scored.words.is_some())]
            .concat(),
        series,
        ageing,
        headline: String::new(),
    };
    result.headline = headline(&result);
    Ok((result, target.reference))
}

/// Changes, slope and break of every series.
fn compare(series: &mut [TrendSeries], arguments: &TrendArgs, level: f64) -> anyhow::Result<()> {
    let asked = asked(arguments);
    if let Some(label) = unknown_labels(series, &asked).first() {
        let known: BTreeSet<&str> =
            series.iter().flat_map(|series| &series.periods).map(|of| of.period.label.as_str()).collect();
        anyhow::bail!(
            "--change: there is no period \"{label}\" [those there are: {}]",
            known.into_iter().collect::<Vec<_>>().join(", ")
        );
    }
    for series in series {
        series.changes = changes(&series.periods, &asked, level);
        series.slope = slope(&series.periods, level);
        series.break_test = break_test(&series.periods, arguments.break_date.unwrap_or(CHATGPT), level);
    }
    Ok(())
}

fn asked(arguments: &TrendArgs) -> Vec<Pair> {
    arguments.change.iter().map(|change| (change.from.clone(), change.to.clone())).collect()
}

/// Comparisons that were asked for and that some series do not have the periods for.
fn not_compared(series: &[TrendSeries], arguments: &TrendArgs) -> Vec<String> {
    let without = |has: &dyn Fn(&TrendSeries) -> bool| -> Option<String> {
        let names: Vec<&str> = series.iter().filter(|series| !has(series)).map(|series| series.name.as_str()).collect();
        match &names[..] {
            [] => None,
            [""] => Some(String::new()),
            names => Some(format!(" in {}", names.join(", "))),
        }
    };
    let changes = asked(arguments).into_iter().filter_map(|(from, to)| {
        let has = |label: &str, series: &TrendSeries| find(&series.periods, label).is_some();
        let missing = without(&|series| has(&from, series) && has(&to, series))?;
        Some(format!("--change {from}..{to}: nothing to compare{missing}, one of them has no estimate"))
    });
    let of_break = arguments.break_date.and_then(|date| {
        let missing = without(&|series| series.break_test.is_some())?;
        Some(format!(
            "--break {date}: nothing to compare{missing}, there are not large enough periods before and after it"
        ))
    });
    changes.chain(of_break).collect()
}

/// An error where no document has a period.
fn refuse_undated(target: &Target, rule: PeriodRule, arguments: &TrendArgs) -> anyhow::Result<()> {
    let documents = target.scored.table.documents();
    if target.without_period.n_documents() == 0
        || documents.iter().any(|document| document.values.last().is_some_and(Option::is_some))
    {
        return Ok(());
    }
    let columns = DateColumns::new(arguments.target.control.date_field.as_ref()).names.join(", ");
    match target.without_period.examples.first() {
        None => anyhow::bail!("no document has a date in {columns} [name the column with --date-field]"),
        Some(example) => anyhow::bail!(
            "no document is in a {rule}: its date, such as \"{example}\", is none or names a longer time [name another column with \
             --date-field, or choose a longer --period]"
        ),
    }
}

/// ChatGPT's release, if the periods are from about that time, and what was asked for.
fn events(series: &[TrendSeries], arguments: &TrendArgs) -> Vec<Event> {
    let periods = || series.iter().flat_map(|series| &series.periods).map(|of| &of.period);
    let near = |date: Option<Date>, years: i64| date.and_then(|date| date.checked_add(years.years()).ok());
    let from = near(periods().map(|period| period.first).min(), -1);
    let to = near(periods().map(|period| period.last).max(), 1);
    let is_near = from.zip(to).is_some_and(|(from, to)| from <= CHATGPT && CHATGPT <= to);
    let chatgpt = is_near.then(|| Event { date: CHATGPT, label: "ChatGPT".to_owned() });
    let mut events: Vec<Event> = arguments.event.iter().cloned().map(Event::from).chain(chatgpt).collect();
    events.sort();
    events.dedup();
    events
}

/// What is known of the reference's age where it has not aged, and what the tests left out.
fn warnings(series: &[TrendSeries], ageing: &Ageing, has_words: bool) -> Vec<String> {
    let mut warnings = Vec::new();
    if !ageing.aged && !ageing.reasons.is_empty() {
        let verdict = if ageing.later_from.is_some() {
            "; whether it has aged is not clear from that [watch the misfit]"
        } else {
            ""
        };
        warnings.push(format!("age of the reference: {}{verdict}", ageing.reasons.join("; ")));
    }
    if ageing.later_from.is_some() && !has_words {
        warnings.push("whether the reference's LLM words go out of use is not known without the text".to_owned());
    }
    if series.iter().flat_map(|series| &series.periods).all(|of| of.estimate.placebo) {
        warnings.push("all periods are of the control".to_owned());
    }
    warnings
}

fn command(arguments: &TrendArgs, typed: &[OsString]) -> String {
    let target = &arguments.target;
    let paths: Vec<&str> = target.control.control.iter().chain(&target.reference).map(String::as_str).collect();
    as_typed(typed, &target.input.inputs, &paths)
}
