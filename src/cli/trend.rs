//! Runs `trend`: estimates shares per period, compares them, and writes the folder of the report.

use std::ffi::OsString;

use super::args::TrendArgs;
use super::folder::{Files, pictures, refuse_file, write_folder};
use super::output::print_bytes;
use super::progress::Spinner;
use super::typed::as_typed;
use crate::progress::Progress;
use crate::reference::Reference;
use crate::report::{Output, render_trend, trend_figure, trend_html};
use crate::run::{TrendRun, trend};
use crate::trend::Trend;

/// Runs the command; `typed` is the command line.
pub fn run(arguments: &TrendArgs, typed: &[OsString], quiet: bool) -> anyhow::Result<()> {
    if let Some(folder) = &arguments.folder {
        refuse_file(folder)?;
    }
    let progress = Spinner::new(quiet);
    let run = TrendRun { command: command(arguments, typed), ..arguments.into() };
    let (trend, reference) = trend(&run, &progress)?;
    if let Some(folder) = &arguments.folder {
        progress.step("drawing");
        write_folder(folder, &files(&trend, &reference, arguments)?)?;
    }
    drop(progress);
    print_bytes(render_trend(&trend, arguments.output).as_bytes())
}

/// Returns the report, its figures and its data.
fn files(trend: &Trend, reference: &Reference, arguments: &TrendArgs) -> anyhow::Result<Files> {
    let options = arguments.figure.options();
    let mut files = pictures("trend", &trend_figure(trend, &options), || trend_html(trend, reference, &options))?;
    for (name, output) in [("trend.csv", Output::Csv), ("trend.json", Output::Json), ("report.md", Output::Markdown)] {
        files.push((name.to_owned(), render_trend(trend, output).into_bytes()));
    }
    Ok(files)
}

fn command(arguments: &TrendArgs, typed: &[OsString]) -> String {
    let target = &arguments.target;
    let paths: Vec<&str> = target.control.control.iter().chain(&target.reference).map(String::as_str).collect();
    as_typed(typed, &target.input.inputs, &paths)
}
