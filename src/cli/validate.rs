//! Runs `validate`: measures error, coverage and systematic error on texts of known source.

use std::ffi::OsString;
use std::path::Path;

use super::args::ValidateArgs;
use super::output::{Voice, complain, deliver, rendered, write_whole};
use super::place::{read_for_known, reference_file, require_files};
use super::progress::Spinner;
use super::typed::of_known;
use crate::plot::render;
use crate::reference::Reference;
use crate::report::{error_figure, validation_csv, validation_page};
use crate::run::{ValidateRun, validate};

/// Runs the command; `typed` is the command line.
pub fn run(arguments: &ValidateArgs, typed: &[OsString], voice: Voice) -> anyhow::Result<()> {
    let run = ValidateRun::try_from(arguments)?;
    require_outputs(arguments, &run)?;
    let progress = Spinner::new(voice.quiet);
    let (result, reference) = validate(&run, &progress)?;
    if let (Some(file), Some(reference)) = (&arguments.store, &reference) {
        store(file, reference, voice.quiet)?;
    }
    for file in &arguments.figure {
        let bytes = render(&error_figure(&result), file)?;
        write_whole(file, |out| Ok(out.write_all(&bytes)?))?;
    }
    drop(progress);
    let is_coloured = voice.is_coloured(arguments.file.as_deref());
    let page = || validation_page(&result).with_command(command(arguments, typed));
    let text = rendered(arguments.format(), &result, page, || validation_csv(&result), is_coloured)?;
    deliver(&text, arguments.file.as_deref())
}

/// Refuses outputs that cannot be written or would replace what is read; the reference that --store completes may be
/// the one that is read.
fn require_outputs(arguments: &ValidateArgs, run: &ValidateRun) -> anyhow::Result<()> {
    let figures = arguments.figure.iter().map(|file| ("--figure", Some(file.as_path())));
    let mut outputs: Vec<_> = figures.chain([("-o", arguments.file.as_deref())]).collect();
    let reference: Vec<String> = run.reference.as_deref().and_then(reference_file).into_iter().collect();
    require_files(&outputs, &reference)?;
    outputs.push(("--store", arguments.store.as_deref()));
    let targets = run.targets.iter().map(|(_, path)| path.clone());
    require_files(&outputs, &read_for_known(&run.known).into_iter().chain(targets).collect::<Vec<_>>())
}

fn command(arguments: &ValidateArgs, typed: &[OsString]) -> String {
    let files = arguments.figure.iter().chain(&arguments.store).filter_map(|file| file.to_str());
    let inputs = arguments.reference.iter().chain(&arguments.target).map(String::as_str);
    of_known(typed, &arguments.known, &inputs.chain(files).collect::<Vec<_>>())
}

fn store(file: &Path, reference: &Reference, quiet: bool) -> anyhow::Result<()> {
    let bytes = reference.to_bytes();
    write_whole(file, |out| Ok(out.write_all(&bytes)?))?;
    if !quiet {
        complain(&format!(
            "{}: reference \"{}\" with its systematic error; score tables made with the reference before have to be made again",
            file.display(),
            reference.card.name
        ));
    }
    Ok(())
}
