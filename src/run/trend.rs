//! Estimates the share of every period, and compares periods.

use std::collections::BTreeSet;

use jiff::ToSpan;
use jiff::civil::Date;

use super::dates::{DateColumns, why_none};
use super::error::RunError;
use super::options::TargetOptions;
use super::refusals::{Listed, TrendError};
use super::target::Target;
use crate::corpus::{CHATGPT, Event, PeriodRule};
use crate::estimate::IntervalMethod;
use crate::progress::Progress;
use crate::reference::Reference;
use crate::trend::{
    Ageing, Pair, Trend, TrendSeries, TrendWarning, ageing, break_test, changes, find, mark_artefacts, series_of, slope,
};

/// A target, and the options for following its share over time.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct TrendRun {
    /// The target, with the reference and the settings that it is estimated with.
    pub target: TargetOptions,
    /// The length of a period.
    pub period: PeriodRule,
    /// Dates to mark, besides the release of ChatGPT, which is marked if the periods are near it.
    pub events: Vec<Event>,
    /// Pairs of periods to compare, by their labels.
    pub changes: Vec<Pair>,
    /// The date before and after which periods are compared.
    pub break_date: Date,
    /// Whether that date was asked for, so that a warning says if there is nothing to compare.
    pub break_is_asked: bool,
    /// Whether to report the range of each estimate over other reasonable choices.
    pub band: bool,
    /// The command in a form that can be typed again, for the record.
    pub command: String,
}

impl TrendRun {
    /// Returns the usual choices for `target`.
    pub fn new(target: TargetOptions) -> TrendRun {
        TrendRun {
            target,
            period: PeriodRule::default(),
            events: vec![],
            changes: vec![],
            break_date: CHATGPT,
            break_is_asked: false,
            band: false,
            command: String::new(),
        }
    }

    /// Sets the length of a period.
    pub fn period(self, period: PeriodRule) -> TrendRun {
        TrendRun { period, ..self }
    }

    /// Sets dates to mark, besides the release of ChatGPT.
    pub fn events(self, events: Vec<Event>) -> TrendRun {
        TrendRun { events, ..self }
    }

    /// Sets pairs of periods to compare, by their labels.
    pub fn changes(self, changes: Vec<Pair>) -> TrendRun {
        TrendRun { changes, ..self }
    }

    /// Sets the date before and after which periods are compared, as one that is asked for.
    pub fn break_date(self, break_date: Date) -> TrendRun {
        TrendRun { break_date, break_is_asked: true, ..self }
    }

    /// Sets whether to report the range of each estimate over other reasonable choices.
    pub fn band(self, band: bool) -> TrendRun {
        TrendRun { band, ..self }
    }

    /// Sets the command in a form that can be typed again, for the record.
    pub fn command(self, command: impl Into<String>) -> TrendRun {
        TrendRun { command: command.into(), ..self }
    }
}

/// Estimates the LLM share alpha, 0 to 1, of every group and period; also returns the reference used.
///
/// Each period is estimated by itself, as by [`estimate`](super::estimate). Changes, breaks and slopes are contrasts of these
/// estimates, taken as independent: [`changes`](crate::trend::changes), [`break_test`](crate::trend::break_test()),
/// [`slope`](crate::trend::slope()).
///
/// # Errors
/// Fails as [`estimate`](super::estimate) does, and if no document has a period or a period asked for does not exist.
///
/// # Examples
///
/// ```
/// use llm_prevalence::progress::Silent;
/// use llm_prevalence::run::{InputOptions, TargetOptions, TrendRun, trend};
///
/// # let folder = tempfile::tempdir()?;
/// # let path = folder.path().join("reviews.csv").display().to_string();
/// let rows = (0..240).map(|n| format!("{n},{},I liked part {n}. The proof in step {n} is wrong.\n", 2018 + n % 6));
/// std::fs::write(&path, format!("id,year,text\n{}", rows.collect::<String>()))?;
/// let (found, _) = trend(&TrendRun::new(TargetOptions::new(InputOptions::new([path]))), &Silent)?;
/// assert_eq!(found.periods().count(), 6);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn trend(run: &TrendRun, progress: &dyn Progress) -> Result<(Trend, Reference), RunError> {
    let target = Target::read(&run.target, Some(run.period), run.band, progress)?;
    refuse_undated(&target, run)?;
    refuse_unknown_periods(&target, run)?;
    let options = target.estimate_options(IntervalMethod::Score);
    let (unit, level) = (target.unit(), options.level);
    progress.step("estimating");
    let mut estimates = target.estimate(&options)?;
    if run.band {
        progress.step("the same by other choices");
        target.add_bands(&mut estimates, &options);
    }
    let mut series = series_of(estimates, run.period, unit);
    compare(&mut series, run, level);
    let words = target.scored.words.as_ref();
    let ageing = ageing(&series, &target.reference, words, level);
    mark_artefacts(&mut series, &ageing);
    let summary = target.summary(level);
    let of_input = summary.notes().into_iter().map(TrendWarning::Input).collect();
    let warnings = [not_compared(&series, run), warnings(&series, &ageing, words.is_some()), of_input].concat();
    let trend = Trend {
        run: summary,
        warnings,
        command: run.command.clone(),
        period: run.period,
        undated: target.without_period.into(),
        events: events(&series, run),
        series,
        ageing,
    };
    Ok((trend, target.reference))
}

/// Computes changes, slope and break test of every series.
fn compare(series: &mut [TrendSeries], run: &TrendRun, level: f64) {
    for series in series {
        series.changes = changes(&series.periods, &run.changes, level);
        series.slope = slope(&series.periods, level);
        series.break_test = break_test(&series.periods, run.break_date, level);
    }
}

/// Returns warnings about comparisons that were asked for, and for which some series lack the periods.
fn not_compared(series: &[TrendSeries], run: &TrendRun) -> Vec<TrendWarning> {
    let without = |has: &dyn Fn(&TrendSeries) -> bool| -> Option<Vec<String>> {
        let names: Vec<String> = series.iter().filter(|of| !has(of)).map(|of| of.name.clone()).collect();
        (!names.is_empty()).then_some(names)
    };
    let changes = run.changes.iter().filter_map(|(from, to)| {
        let has = |label: &str, series: &TrendSeries| find(&series.periods, label).is_some();
        let series = without(&|series| has(from, series) && has(to, series))?;
        Some(TrendWarning::NoChange { from: from.clone(), to: to.clone(), series })
    });
    let of_break = Some(run.break_date)
        .filter(|_| run.break_is_asked)
        .and_then(|date| Some(TrendWarning::NoBreak { date, series: without(&|series| series.break_test.is_some())? }));
    changes.chain(of_break).collect()
}

/// Returns an error if no document has a period.
fn refuse_undated(target: &Target<'_>, run: &TrendRun) -> Result<(), TrendError> {
    let documents = target.scored.table.documents();
    let n_undated = target.without_period.n_documents();
    if n_undated == 0 || documents.iter().any(|document| document.period.is_some()) {
        return Ok(());
    }
    let columns = Listed(target.input.columns.clone());
    Err(match target.without_period.examples.first() {
        None => TrendError::NoDate(DateColumns::new(run.target.control.date_field.as_ref()).shown(), columns),
        Some(example) => TrendError::NoPeriod(run.period, example.clone(), why_none(run.period, example), columns),
    })
}

/// Returns an error if a period to compare has no document, before the estimate, which takes long.
fn refuse_unknown_periods(target: &Target<'_>, run: &TrendRun) -> Result<(), TrendError> {
    let control = target.control.as_ref().map(|(control, _)| control);
    let documents = std::iter::once(&target.scored).chain(control).flat_map(|of| of.table.documents());
    let first_days: BTreeSet<Date> = documents.filter_map(|document| document.period).collect();
    let known: BTreeSet<String> =
        first_days.into_iter().filter_map(|day| run.period.around(day)).map(|period| period.label).collect();
    let mut asked = run.changes.iter().flat_map(|(from, to)| [from, to]);
    match asked.find(|label| !known.contains(*label)) {
        Some(label) => Err(TrendError::NoSuchPeriod(label.clone(), known.into_iter().collect::<Vec<_>>().join(", "))),
        None => Ok(()),
    }
}

/// Returns the events asked for, and the release of ChatGPT if the periods come within a year of it.
fn events(series: &[TrendSeries], run: &TrendRun) -> Vec<Event> {
    let periods = || series.iter().flat_map(|series| &series.periods).map(|of| &of.period);
    let near = |date: Option<Date>, years: i64| date.and_then(|date| date.checked_add(years.years()).ok());
    let from = near(periods().map(|period| period.first).min(), -1);
    let to = near(periods().map(|period| period.last).max(), 1);
    let is_near = from.zip(to).is_some_and(|(from, to)| from <= CHATGPT && CHATGPT <= to);
    marked(&run.events, is_near)
}

/// Returns the events by date, each once, with the release of ChatGPT if it is to be marked and its day has no other label.
pub(super) fn marked(asked: &[Event], with_chatgpt: bool) -> Vec<Event> {
    let is_marked = asked.iter().any(|event| event.date == CHATGPT);
    let chatgpt = (with_chatgpt && !is_marked).then(|| Event::new(CHATGPT, "ChatGPT"));
    let mut events: Vec<Event> = asked.iter().cloned().chain(chatgpt).collect();
    events.sort();
    events.dedup();
    events
}

/// Returns warnings about signs of age if the reference is not found to have aged, and about what was not tested.
fn warnings(series: &[TrendSeries], ageing: &Ageing, has_words: bool) -> Vec<TrendWarning> {
    let mut warnings = Vec::new();
    let is_later = ageing.later_from.is_some();
    if !ageing.aged && !ageing.reasons.is_empty() {
        warnings.push(TrendWarning::Signs { signs: ageing.reasons.clone(), is_later });
    }
    if is_later && !has_words {
        warnings.push(TrendWarning::WordsUnknown);
    }
    if series.iter().flat_map(|series| &series.periods).all(|of| of.estimate.placebo) {
        warnings.push(TrendWarning::ControlAlone);
    }
    warnings
}
