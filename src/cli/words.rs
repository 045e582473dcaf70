//! Runs `words`: follows words over time, in text or occurrence tables.

use std::ffi::OsString;

use super::args::WordsArgs;
use super::folder::{Files, pictures, refuse_file, write_folder};
use super::output::deliver;
use super::progress::Spinner;
use super::typed::as_typed;
use crate::progress::Progress;
use crate::reference::Reference;
use crate::report::{Output, render_words, words_figure, words_html, words_report};
use crate::run::{NO_REFERENCE, WordsRun, words};
use crate::words::Words;

/// Runs the command; `typed` is the command line.
pub fn run(arguments: &WordsArgs, typed: &[OsString], quiet: bool) -> anyhow::Result<()> {
    if let Some(folder) = &arguments.folder {
        refuse_file(folder)?;
    }
    let progress = Spinner::new(quiet);
    let named = (arguments.reference != NO_REFERENCE).then_some(arguments.reference.as_str());
    let command = as_typed(typed, &arguments.input.inputs, named.as_slice());
    let (result, reference) = words(&WordsRun { command, ..arguments.into() }, &progress)?;
    if let Some(folder) = &arguments.folder {
        progress.step("drawing");
        let reference = reference.as_ref().map(|(reference, sha256)| (reference, sha256.as_str()));
        write_folder(folder, &files(&result, reference, arguments)?)?;
    }
    drop(progress);
    deliver(&render_words(&result, arguments.output), None)
}

/// Returns the report, its figures and its data.
fn files(result: &Words, reference: Option<(&Reference, &str)>, arguments: &WordsArgs) -> anyhow::Result<Files> {
    let options = arguments.figure.options();
    let mut files = pictures("words", &words_figure(result, &options), || words_html(result, reference, &options))?;
    for (name, text) in [
        ("words.csv", render_words(result, Output::Csv)),
        ("words.json", render_words(result, Output::Json)),
        ("report.md", words_report(result)),
    ] {
        files.push((name.to_owned(), text.into_bytes()));
    }
    Ok(files)
}
