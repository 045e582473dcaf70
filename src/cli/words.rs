//! Runs `words`: follows words over time, in text or occurrence tables.

use std::ffi::OsString;

use super::args::WordsArgs;
use super::folder::{Files, pictures, require_report, write_folder};
use super::output::{Voice, deliver, json, rendered};
use super::place::reference_file;
use super::progress::Spinner;
use super::typed::as_typed;
use crate::progress::Progress;
use crate::reference::Reference;
use crate::report::{words_csv, words_figure, words_page};
use crate::run::{NO_REFERENCE, WordsRun, words};
use crate::words::Words;

/// Runs the command; `typed` is the command line.
pub fn run(arguments: &WordsArgs, typed: &[OsString], voice: Voice) -> anyhow::Result<()> {
    let named = (arguments.reference != NO_REFERENCE).then_some(arguments.reference.as_str());
    if let Some(folder) = &arguments.folder {
        let inputs = arguments.input.inputs.iter().cloned();
        require_report(folder, "words", &inputs.chain(named.and_then(reference_file)).collect::<Vec<_>>())?;
    }
    let progress = Spinner::new(voice.quiet);
    let command = as_typed(typed, &arguments.input.inputs, named.as_slice());
    let (result, reference) = words(&WordsRun { command, ..arguments.into() }, &progress)?;
    let reference = reference.as_ref().map(|(reference, sha256)| (reference, sha256.as_str()));
    if let Some(folder) = &arguments.folder {
        progress.step("drawing");
        write_folder(folder, &files(&result, reference, arguments)?)?;
    }
    drop(progress);
    let page = || words_page(&result, reference, &arguments.figure.options());
    let text = rendered(arguments.output, &result, page, || words_csv(&result), voice.is_coloured(None))?;
    deliver(&text, None)
}

/// Returns the report, its figures and its data.
fn files(result: &Words, reference: Option<(&Reference, &str)>, arguments: &WordsArgs) -> anyhow::Result<Files> {
    let options = arguments.figure.options();
    let page = words_page(result, reference, &options);
    let mut files = pictures("words", &words_figure(result, &options), &page)?;
    for (name, text) in [("words.csv", words_csv(result)), ("words.json", json(result)), ("report.md", page.markdown())]
    {
        files.push((name.to_owned(), text.into_bytes()));
    }
    Ok(files)
}
