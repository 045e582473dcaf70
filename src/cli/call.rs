//! Runs commands as calls, for packages of other languages: takes the same arguments and tables in memory, and returns
//! the result in all its forms.

use std::ffi::OsString;
use std::path::Path;
use std::sync::Arc;

use clap::Parser;
use serde::Serialize;

use super::args::{Cli, Command, EstimateArgs, FitArgs, ReferenceCommand, TrendArgs, ValidateArgs, WordsArgs};
use super::check::judge;
use super::output::json;
use crate::corpus::Frame;
use crate::plot::{Figure, render as draw};
use crate::progress::Progress;
use crate::report::{
    Page, card_page, check_page, error_figure, estimate_csv, estimate_page, render_preview, trend_csv, trend_figure,
    trend_page, validation_csv, validation_page, words_csv, words_figure, words_page,
};
use crate::run::{
    EstimateRun, FitRun, InputOptions, ScoreRun, Scores, TrendRun, ValidateRun, WordsRun, estimate, fit, preview,
    score, select_fitted, trend, validate, words,
};

/// Tables in memory, which arguments name as they name files.
#[derive(Debug, Clone, Default)]
pub struct CallTables {
    /// Texts with their columns.
    pub frames: Vec<Frame>,
    /// Scores and occurrences, by name.
    pub stored: Vec<(String, Arc<Scores>)>,
}

impl CallTables {
    fn add_to(&self, input: &mut InputOptions) {
        input.reading.frames.clone_from(&self.frames);
        input.stored.clone_from(&self.stored);
    }
}

/// A result in all its forms.
#[derive(Debug, Default)]
#[non_exhaustive]
pub struct CallResult {
    /// The table for people.
    pub table: String,
    /// The record as one JSON object.
    pub json: String,
    /// A row per group, or per group and period.
    pub csv: String,
    /// The table for a document.
    pub markdown: String,
    /// The page that opens without a network, if there is something to draw.
    pub html: Option<String>,
    /// The figure, if the command has one.
    pub svg: Option<String>,
    /// The content of the reference file, if the command has one.
    pub reference: Option<Vec<u8>>,
    /// The scores and occurrences, if the command computes some.
    pub scores: Option<Scores>,
}

/// Runs a command with these arguments, the program's name first, without printing or writing anything.
///
/// # Errors
/// Fails with the text that the command-line tool prints after `error: `, for arguments, inputs and computations alike.
pub fn call(arguments: &[OsString], tables: &CallTables, progress: &dyn Progress) -> Result<CallResult, String> {
    let cli = Cli::try_parse_from(arguments).map_err(|error| without_prefix(&error.to_string()))?;
    dispatch(cli.command, tables, progress).map_err(|error| format!("{error:#}"))
}

fn without_prefix(error: &str) -> String {
    error.strip_prefix("error: ").unwrap_or(error).trim_end().to_owned()
}

fn dispatch(command: Command, tables: &CallTables, progress: &dyn Progress) -> anyhow::Result<CallResult> {
    match command {
        Command::Estimate(arguments) => call_estimate(&arguments, tables, progress),
        Command::Trend(arguments) => call_trend(&arguments, tables, progress),
        Command::Words(arguments) => call_words(&arguments, tables, progress),
        Command::Check(arguments) => {
            let result = judge(&arguments, progress, |target| tables.add_to(&mut target.input))?;
            Ok(CallResult::of(&result, &check_page(&result), String::new()))
        }
        Command::Validate(arguments) => call_validate(&arguments, tables, progress),
        Command::Fit(arguments) => call_fit(&arguments, tables, progress),
        Command::Score(arguments) => {
            // An engine's batch may have no text.
            let mut run = ScoreRun { may_be_empty: true, ..ScoreRun::from(&arguments) };
            tables.add_to(&mut run.input);
            Ok(CallResult { scores: Some(score(&run, progress)?), ..CallResult::default() })
        }
        Command::Reference(arguments) => call_reference(arguments.command),
        Command::Completions { .. } | Command::Man { .. } => anyhow::bail!("there is no call for this command"),
    }
}

fn call_estimate(arguments: &EstimateArgs, tables: &CallTables, progress: &dyn Progress) -> anyhow::Result<CallResult> {
    let mut run = EstimateRun::from(arguments);
    tables.add_to(&mut run.target.input);
    if arguments.dry_run {
        let found = preview(&run.target, progress)?;
        let table = render_preview(&found);
        return Ok(CallResult {
            markdown: table.clone(),
            csv: table.clone(),
            table,
            json: json(&found),
            ..CallResult::default()
        });
    }
    let result = estimate(&run, progress)?;
    Ok(CallResult::of(&result, &estimate_page(&result), estimate_csv(&result)))
}

fn call_trend(arguments: &TrendArgs, tables: &CallTables, progress: &dyn Progress) -> anyhow::Result<CallResult> {
    let mut run = TrendRun::from(arguments);
    tables.add_to(&mut run.target.input);
    let (result, reference) = trend(&run, progress)?;
    let options = arguments.figure.options();
    let page = trend_page(&result, &reference, &options);
    let svg = svg(&trend_figure(&result, &options))?;
    Ok(CallResult { svg: Some(svg), ..CallResult::of(&result, &page, trend_csv(&result)) })
}

fn call_words(arguments: &WordsArgs, tables: &CallTables, progress: &dyn Progress) -> anyhow::Result<CallResult> {
    let mut run = WordsRun::from(arguments);
    tables.add_to(&mut run.input);
    let (result, reference) = words(&run, progress)?;
    let options = arguments.figure.options();
    let reference = reference.as_ref().map(|(reference, sha256)| (reference, sha256.as_str()));
    let page = words_page(&result, reference, &options);
    let svg = svg(&words_figure(&result, &options))?;
    Ok(CallResult { svg: Some(svg), ..CallResult::of(&result, &page, words_csv(&result)) })
}

fn call_validate(arguments: &ValidateArgs, tables: &CallTables, progress: &dyn Progress) -> anyhow::Result<CallResult> {
    let mut run = ValidateRun::try_from(arguments)?;
    run.known.reading.frames.clone_from(&tables.frames);
    let (result, reference) = validate(&run, progress)?;
    Ok(CallResult {
        svg: Some(svg(&error_figure(&result))?),
        reference: reference.map(|learnt| learnt.to_bytes()),
        ..CallResult::of(&result, &validation_page(&result), validation_csv(&result))
    })
}

fn call_fit(arguments: &FitArgs, tables: &CallTables, progress: &dyn Progress) -> anyhow::Result<CallResult> {
    let mut run = FitRun::try_from(arguments)?;
    run.known.reading.frames.clone_from(&tables.frames);
    let fitted = fit(&run, progress)?;
    let notes = fitted.notes.iter().map(|note| format!("note: {note}\n"));
    let table = notes.chain(fitted.warnings.iter().map(|warning| format!("warning: {warning}\n"))).collect();
    Ok(CallResult { table, reference: Some(fitted.reference.to_bytes()), ..CallResult::default() })
}

fn call_reference(command: ReferenceCommand) -> anyhow::Result<CallResult> {
    let ReferenceCommand::Show { reference } = command else {
        anyhow::bail!("there is no call for this command");
    };
    let (reference, sha256) = select_fitted(&reference)?;
    let table = card_page(&reference, &sha256).terminal(false);
    Ok(CallResult { table, reference: Some(reference.to_bytes()), ..CallResult::default() })
}

impl CallResult {
    fn of(record: &impl Serialize, page: &Page, csv: String) -> CallResult {
        let (table, markdown, html) = (page.terminal(false), page.markdown(), page.html().ok());
        CallResult { table, json: json(record), csv, markdown, html, ..CallResult::default() }
    }
}

fn svg(figure: &impl Figure) -> anyhow::Result<String> {
    Ok(String::from_utf8(draw(figure, Path::new("figure.svg"))?)?)
}
