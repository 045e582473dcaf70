//! Runs `validate`: measures error, coverage and systematic error on texts of known source.

use std::path::Path;

use super::args::ValidateArgs;
use super::output::{complain, deliver, write_whole};
use super::progress::Spinner;
use crate::plot::render;
use crate::reference::Reference;
use crate::report::{error_figure, render_validation};
use crate::run::{ValidateRun, validate};
use crate::validate::Validation;

/// Runs the command.
pub fn run(arguments: &ValidateArgs, quiet: bool) -> anyhow::Result<()> {
    let progress = Spinner::new(quiet);
    let (result, reference) = validate(&ValidateRun::from(arguments), &progress)?;
    if let (Some(file), Some(reference)) = (&arguments.store, &reference) {
        store(file, reference, &result, quiet)?;
    }
    for file in &arguments.figure {
        let bytes = render(&error_figure(&result), file)?;
        write_whole(file, |out| Ok(out.write_all(&bytes)?))?;
    }
    drop(progress);
    deliver(&render_validation(&result, arguments.output), arguments.file.as_deref())
}

fn store(file: &Path, reference: &Reference, result: &Validation, quiet: bool) -> anyhow::Result<()> {
    let learnt = Reference { systematic_error: result.systematic_error.clone(), ..reference.clone() };
    let bytes = learnt.to_bytes();
    write_whole(file, |out| Ok(out.write_all(&bytes)?))?;
    if !quiet {
        complain(&format!(
            "{}: reference \"{}\" with systematic error; score tables made with it before have to be made again",
            file.display(),
            reference.card.name
        ));
    }
    Ok(())
}
