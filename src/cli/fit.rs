//! Runs `fit`: writes a reference file fitted on texts of known source.

use super::args::FitArgs;
use super::output::{complain, write_whole};
use super::place::{read_for_known, require_files};
use super::progress::Spinner;
use crate::reference::Reference;
use crate::report::{source_cut_notes, source_notes};
use crate::run::{FitRun, Fitted, fit};

/// Runs the command.
pub fn run(arguments: &FitArgs, quiet: bool) -> anyhow::Result<()> {
    let run = FitRun::try_from(arguments)?;
    require_files(&[("-o", Some(&arguments.file))], &read_for_known(&run.known))?;
    let progress = Spinner::new(quiet);
    let Fitted { reference, inputs, warnings, notes: of_groups, .. } = fit(&run, &progress)?;
    let bytes = reference.to_bytes();
    write_whole(&arguments.file, |out| Ok(out.write_all(&bytes)?))?;
    drop(progress);
    if !quiet {
        summarise(arguments, &reference);
        of_groups.iter().for_each(|note| complain(&format!("note: {note}")));
        let notes = source_notes(&inputs, reference.settings.unit);
        warnings.iter().for_each(|warning| complain(&format!("warning: {warning}")));
        source_cut_notes(&inputs).iter().chain(&notes).for_each(|note| complain(&format!("note: {note}")));
    }
    Ok(())
}

fn summarise(arguments: &FitArgs, reference: &Reference) {
    let sources: Vec<String> =
        reference.sources.iter().map(|source| format!("{} {}", source.name, source.n_units)).collect();
    complain(&format!(
        "{}: {} words; {}s: {}",
        arguments.file.display(),
        reference.vocabulary.len(),
        reference.settings.unit,
        sources.join(", ")
    ));
}
