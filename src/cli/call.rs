//! Runs commands as calls, for packages of other languages: takes the same arguments and tables in memory, and returns
//! the result in all its forms.

use std::ffi::OsString;
use std::path::Path;
use std::sync::Arc;

use clap::Parser;

use super::args::{Cli, Command, ReferenceCommand};
use super::check::judge;
use crate::corpus::Frame;
use crate::plot::{Figure, render as draw};
use crate::progress::Progress;
use crate::reference::Reference;
use crate::report::{
    self, CheckOutput, Output, card, error_figure, render_check, render_preview, render_trend, render_validation,
    render_words, trend_figure, words_figure,
};
use crate::run::{
    EstimateRun, FitRun, InputOptions, ScoreRun, Scores, TrendRun, ValidateRun, WordsRun, estimate, fit, preview,
    score, select_fitted, trend, validate, words,
};

/// Tables in memory, which arguments name as they name files.
#[derive(Debug, Clone, Default)]
pub struct Tables {
    /// Texts with their columns.
    pub frames: Vec<Frame>,
    /// Scores and occurrences, by name.
    pub stored: Vec<(String, Arc<Scores>)>,
}

impl Tables {
    fn add_to(&self, input: &mut InputOptions) {
        input.reading.frames.clone_from(&self.frames);
        input.stored.clone_from(&self.stored);
    }
}

/// A result in all its forms.
#[derive(Debug, Default)]
#[non_exhaustive]
pub struct Outcome {
    /// The table for people.
    pub table: String,
    /// The record as one JSON object.
    pub json: String,
    /// A row per group, or per group and period.
    pub csv: String,
    /// The table for a document.
    pub markdown: String,
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
pub fn call(arguments: &[OsString], tables: &Tables, progress: &dyn Progress) -> Result<Outcome, String> {
    let cli = Cli::try_parse_from(arguments).map_err(|error| without_prefix(&error.to_string()))?;
    dispatch(cli.command, tables, progress).map_err(|error| format!("{error:#}"))
}

fn without_prefix(error: &str) -> String {
    error.strip_prefix("error: ").unwrap_or(error).trim_end().to_owned()
}

fn dispatch(command: Command, tables: &Tables, progress: &dyn Progress) -> anyhow::Result<Outcome> {
    match command {
        Command::Estimate(arguments) => {
            let mut run = EstimateRun::from(&*arguments);
            tables.add_to(&mut run.target.input);
            if arguments.dry_run {
                let found = preview(&run.target, progress)?;
                return Ok(Outcome::of(|output| render_preview(&found, output)));
            }
            let result = estimate(&run, progress)?;
            Ok(Outcome::of(|output| report::render(&result, output)))
        }
        Command::Trend(arguments) => {
            let mut run = TrendRun::from(&*arguments);
            tables.add_to(&mut run.target.input);
            let (result, _) = trend(&run, progress)?;
            let svg = svg(&trend_figure(&result, &arguments.figure.options()))?;
            Ok(Outcome { svg: Some(svg), ..Outcome::of(|output| render_trend(&result, output)) })
        }
        Command::Words(arguments) => {
            let mut run = WordsRun::from(&arguments);
            tables.add_to(&mut run.input);
            let (result, _) = words(&run, progress)?;
            let svg = svg(&words_figure(&result, &arguments.figure.options()))?;
            Ok(Outcome { svg: Some(svg), ..Outcome::of(|output| render_words(&result, output)) })
        }
        Command::Check(arguments) => {
            let result = judge(&arguments, progress, |target| tables.add_to(&mut target.input))?;
            let render = |output| render_check(&result, output, false);
            Ok(Outcome {
                table: render(CheckOutput::Summary),
                json: render(CheckOutput::Json),
                markdown: render(CheckOutput::Markdown),
                ..Outcome::default()
            })
        }
        Command::Validate(arguments) => {
            let mut run = ValidateRun::from(&arguments);
            run.known.reading.frames.clone_from(&tables.frames);
            let (result, reference) = validate(&run, progress)?;
            let learn = |known| Reference { systematic_error: result.systematic_error.clone(), ..known };
            Ok(Outcome {
                svg: Some(svg(&error_figure(&result))?),
                reference: reference.map(|known| learn(known).to_bytes()),
                ..Outcome::of(|output| render_validation(&result, output))
            })
        }
        Command::Fit(arguments) => {
            let mut run = FitRun::from(&arguments);
            run.known.reading.frames.clone_from(&tables.frames);
            let fitted = fit(&run, progress)?;
            let table = fitted.warnings.iter().map(|warning| format!("warning: {warning}\n")).collect();
            Ok(Outcome { table, reference: Some(fitted.reference.to_bytes()), ..Outcome::default() })
        }
        Command::Score(arguments) => {
            let mut run = ScoreRun::from(&arguments);
            tables.add_to(&mut run.input);
            Ok(Outcome { scores: Some(score(&run, progress)?), ..Outcome::default() })
        }
        Command::Reference(arguments) => match arguments.command {
            ReferenceCommand::Show { reference } => {
                let (reference, sha256) = select_fitted(&reference)?;
                Ok(Outcome {
                    table: card(&reference, &sha256),
                    reference: Some(reference.to_bytes()),
                    ..Outcome::default()
                })
            }
            ReferenceCommand::List | ReferenceCommand::Lint(_) => anyhow::bail!("there is no call for this command"),
        },
        Command::Completions { .. } | Command::Man { .. } => anyhow::bail!("there is no call for this command"),
    }
}

impl Outcome {
    fn of(render: impl Fn(Output) -> String) -> Outcome {
        Outcome {
            table: render(Output::Table),
            json: render(Output::Json),
            csv: render(Output::Csv),
            markdown: render(Output::Markdown),
            ..Outcome::default()
        }
    }
}

fn svg(figure: &impl Figure) -> anyhow::Result<String> {
    Ok(String::from_utf8(draw(figure, Path::new("figure.svg"))?)?)
}
