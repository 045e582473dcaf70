//! Runs `fit`: writes a reference file fitted on texts of known source.

use super::args::FitArgs;
use super::output::{complain, write_whole};
use super::progress::Spinner;
use crate::numbers::percent;
use crate::reference::{NOT_TOLD_APART, Reference, confusions};
use crate::report::{source_cut_notes, source_notes};
use crate::run::{FitRun, Fitted, fit};

/// Runs the command.
pub fn run(arguments: &FitArgs, quiet: bool) -> anyhow::Result<()> {
    let progress = Spinner::new(quiet);
    let Fitted { reference, inputs, warnings, .. } = fit(&FitRun::try_from(arguments)?, &progress)?;
    let bytes = reference.to_bytes();
    write_whole(&arguments.file, |out| Ok(out.write_all(&bytes)?))?;
    drop(progress);
    if !quiet {
        summarise(arguments, &reference);
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
    grouping_notes(reference).iter().for_each(|note| complain(note));
}

/// Returns notes on components that hold several sources, and on pairs of components that cannot be told apart.
fn grouping_notes(reference: &Reference) -> Vec<String> {
    let source_name = |&source: &usize| reference.sources[source].name.as_str();
    let several = reference.components.iter().filter(|component| component.sources.len() > 1);
    let mut notes: Vec<String> = several
        .map(|one| {
            let names: Vec<&str> = one.sources.iter().map(source_name).collect();
            format!("note: {} holds {}", one.name, names.join(", "))
        })
        .collect();
    notes.extend(confusions(reference).into_iter().filter(|pair| pair.share > NOT_TOLD_APART).map(|pair| {
        format!(
            "note: {} and {} are hard to distinguish: {} % of their {}s score higher for the other one (50 % is chance) \
             [pool them: --group NAME={} --group NAME={}]",
            pair.names[0],
            pair.names[1],
            percent(pair.share, 0),
            reference.settings.unit,
            pair.names[0],
            pair.names[1],
        )
    }));
    notes
}
