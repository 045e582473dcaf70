//! `score`: text to tables without text, of scores and of occurrences.

use std::path::Path;

use sha2::{Digest, Sha256};

use super::args::ScoreArgs;
use super::corpus::{HeldOut, Wanted, score_corpus};
use super::occurrences::check_stored_columns;
use super::output::{complain, write_whole};
use super::progress::Spinner;
use super::select::select_fitted;
use super::target::input_read;
use crate::corpus::ReadSummary;
use crate::reference::{Reference, Scorer};
use crate::report::{cut_note, input_notes};
use crate::score::store::{Origin, write_score_table};
use crate::score::{ScoreTable, UnitScorer, sample_groups};
use crate::words::OccurrenceTable;
use crate::words::store::{MIN_STORED_DOCUMENTS, write_occurrence_table};

/// Runs the command.
pub fn run(arguments: &ScoreArgs, quiet: bool) -> anyhow::Result<()> {
    let progress = Spinner::new(quiet);
    let (reference, sha256) = select_fitted(&arguments.reference)?;
    let held_out = arguments.held_out.then(|| HeldOut::of(&reference)).transpose()?;
    let unit_scorer = UnitScorer::new(&reference, arguments.scorer.into());
    let wanted = Wanted {
        by: &arguments.by,
        held_out: held_out.as_ref(),
        occurrences: arguments.words.as_ref().map(|_| reference.settings.unit),
        ..Wanted::default()
    };
    if arguments.words.is_some() {
        check_stored_columns(&arguments.by)?;
    }
    refuse_one_file(arguments)?;
    let corpus = score_corpus(&arguments.input, &wanted, &unit_scorer, &progress)?;
    let (table, occurrences, summary) = (corpus.target.table, corpus.target.occurrences, corpus.summary);
    anyhow::ensure!(!table.documents().is_empty(), "no document with text is left to score");
    let mut notes = Vec::new();
    if let Some(file) = &arguments.file {
        notes.push(write_scores(arguments, file, table, &summary, &reference, sha256)?);
    }
    if let (Some(file), Some(occurrences)) = (&arguments.words, occurrences) {
        notes.extend(write_occurrences(file, occurrences)?);
    }
    drop(progress);
    // Documents without text are counted by the table.
    notes.extend(cut_note(&summary.cut));
    notes.extend(input_notes(&input_read(&summary), None, reference.settings.unit));
    if !quiet {
        notes.iter().for_each(|note| complain(note));
    }
    Ok(())
}

fn refuse_one_file(arguments: &ScoreArgs) -> anyhow::Result<()> {
    let (Some(file), Some(words)) = (&arguments.file, &arguments.words) else { return Ok(()) };
    anyhow::ensure!(file != words, "{}: named by -o and by --words [name two files]", file.display());
    Ok(())
}

/// Writes the score table; says what it holds.
fn write_scores(
    arguments: &ScoreArgs,
    file: &Path,
    mut table: ScoreTable,
    summary: &ReadSummary,
    reference: &Reference,
    sha256: String,
) -> anyhow::Result<String> {
    if let Some(n) = arguments.sample {
        sample_groups(&mut table, n as usize, arguments.seed);
    }
    if arguments.anonymous {
        table.number();
    } else {
        let salt = arguments
            .salt
            .as_ref()
            .map_or_else(|| default_salt(summary, arguments.seed), |salt| salt.as_bytes().to_vec());
        table.salt(&salt);
    }
    let origin = Origin {
        reference_name: reference.card.name.clone(),
        reference_sha256: sha256,
        scorer: Scorer::from(arguments.scorer),
        unit: reference.settings.unit,
        components: reference.components.iter().map(|component| component.name.clone()).collect(),
        tool_version: env!("CARGO_PKG_VERSION").to_owned(),
    };
    write_whole(file, |out| Ok(write_score_table(&table, &origin, out, &file.display().to_string())?))?;
    Ok(format!(
        "{}: {} documents, {} {}s, no text; {} documents without text left out",
        file.display(),
        table.documents().len(),
        table.n_units(),
        reference.settings.unit,
        table.n_documents_without_units
    ))
}

/// Writes the occurrence table; says what it holds, and what it gives away.
fn write_occurrences(file: &Path, table: OccurrenceTable) -> anyhow::Result<Vec<String>> {
    let shown = file.display();
    let (n_documents, n_units, unit) = (table.n_documents(), table.n_units(), table.unit);
    let n_small = table.groups().values().filter(|group| group.size.n_documents < MIN_STORED_DOCUMENTS).count();
    let mut stored = None;
    write_whole(file, |out| {
        stored = Some(write_occurrence_table(table, out, &shown.to_string())?);
        Ok(())
    })?;
    let n_left_out = stored.map_or(0, |stored| stored.n_words_left_out);
    let mut notes = vec![format!(
        "{shown}: words of {n_documents} documents, {n_units} {unit}s, no text; {n_left_out} words in fewer than \
         {MIN_STORED_DOCUMENTS} documents left out"
    )];
    if n_small > 0 {
        notes.push(format!(
            "{shown}: {n_small} groups have fewer than {MIN_STORED_DOCUMENTS} documents, so the table shows which words these few have [keep \
             coarser columns with --by, such as a year instead of a date]"
        ));
    }
    Ok(notes)
}

/// A salt that depends on what was read and on the seed, whatever the order of files.
fn default_salt(summary: &ReadSummary, seed: u64) -> Vec<u8> {
    let mut hashes: Vec<&str> = summary.files.iter().map(|file| file.sha256.as_str()).collect();
    hashes.sort_unstable();
    Sha256::digest(format!("salt {seed} {}", hashes.join(" "))).to_vec()
}
