//! Runs `trend`: estimates shares per period, compares them, and writes the folder of the report.

use std::ffi::OsString;

use super::args::TrendArgs;
use super::folder::{Files, pictures, require_report, write_folder};
use super::output::{Voice, json, print_bytes, rendered};
use super::place::read_for_target;
use super::progress::Spinner;
use super::typed::of_target;
use crate::progress::Progress;
use crate::reference::Reference;
use crate::report::{Page, trend_csv, trend_figure, trend_page};
use crate::run::{TrendRun, trend};
use crate::trend::Trend;

/// Runs the command; `typed` is the command line.
pub fn run(arguments: &TrendArgs, typed: &[OsString], voice: Voice) -> anyhow::Result<()> {
    let run = TrendRun { command: of_target(typed, &arguments.target, &[]), ..arguments.into() };
    if let Some(folder) = &arguments.folder {
        require_report(folder, "trend", &read_for_target(&run.target))?;
    }
    let progress = Spinner::new(voice.quiet);
    let (trend, reference) = trend(&run, &progress)?;
    if let Some(folder) = &arguments.folder {
        progress.step("drawing");
        write_folder(folder, &files(&trend, &reference, arguments)?)?;
    }
    drop(progress);
    let page = || page(&trend, &reference, arguments);
    let text = rendered(arguments.output, &trend, page, || trend_csv(&trend), voice.is_coloured(None))?;
    print_bytes(text.as_bytes())
}

fn page(trend: &Trend, reference: &Reference, arguments: &TrendArgs) -> Page {
    trend_page(trend, reference, &arguments.figure.options())
}

/// Returns the report, its figures and its data.
fn files(trend: &Trend, reference: &Reference, arguments: &TrendArgs) -> anyhow::Result<Files> {
    let options = arguments.figure.options();
    let page = page(trend, reference, arguments);
    let mut files = pictures("trend", &trend_figure(trend, &options), &page)?;
    for (name, text) in [("trend.csv", trend_csv(trend)), ("trend.json", json(trend)), ("report.md", page.markdown())] {
        files.push((name.to_owned(), text.into_bytes()));
    }
    Ok(files)
}
