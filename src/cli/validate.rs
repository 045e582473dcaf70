//! Runs `validate`: measures error, coverage and systematic error on texts of known source.

use std::ffi::OsString;
use std::path::Path;

use super::args::ValidateArgs;
use super::output::{Voice, complain, deliver, rendered, write_whole};
use super::progress::Spinner;
use super::typed::of_known;
use crate::plot::render;
use crate::reference::Reference;
use crate::report::{error_figure, validation_csv, validation_page};
use crate::run::{ValidateRun, validate};

/// Runs the command; `typed` is the command line.
pub fn run(arguments: &ValidateArgs, typed: &[OsString], voice: Voice) -> anyhow::Result<()> {
    let progress = Spinner::new(voice.quiet);
    let (result, reference) = validate(&ValidateRun::try_from(arguments)?, &progress)?;
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
    let text = rendered(arguments.output, &result, page, || validation_csv(&result), is_coloured)?;
    deliver(&text, arguments.file.as_deref())
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
