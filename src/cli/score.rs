//! Runs `score`: turns text into tables of scores and of occurrences, without the text.

use std::path::Path;

use super::args::ScoreArgs;
use super::output::{complain, write_whole};
use super::place::{reference_file, require_files};
use super::progress::Spinner;
use crate::estimate::cut_note;
use crate::numbers::{counted, thousands};
use crate::run::{ScoreRun, Scores, has_table_ending, score};
use crate::score::store::write_score_table;
use crate::words::OccurrenceTable;
use crate::words::store::{MIN_STORED_DOCUMENTS, write_occurrence_table};

/// Runs the command.
pub fn run(arguments: &ScoreArgs, quiet: bool) -> anyhow::Result<()> {
    arguments.file.iter().chain(&arguments.words).try_for_each(|file| require_ending(file))?;
    let run = ScoreRun::from(arguments);
    let read: Vec<String> = run.input.inputs.iter().cloned().chain(reference_file(&run.reference)).collect();
    require_files(&[("-o", arguments.file.as_deref()), ("--words", arguments.words.as_deref())], &read)?;
    let progress = Spinner::new(quiet);
    let mut scores = score(&run, &progress)?;
    let mut notes = Vec::new();
    if let Some(file) = &arguments.file {
        notes.push(write_scores(file, &scores)?);
    }
    if let (Some(file), Some(occurrences)) = (&arguments.words, scores.occurrences.take()) {
        notes.extend(write_occurrences(file, occurrences)?);
    }
    drop(progress);
    notes.extend(scores.input.cut.as_ref().and_then(|cut| cut_note(&cut.tally)));
    notes.extend(scores.input.notes(scores.origin.unit));
    if !quiet {
        notes.iter().for_each(|note| complain(note));
    }
    Ok(())
}

/// Refuses a name by which no command would find the table again.
fn require_ending(file: &Path) -> anyhow::Result<()> {
    anyhow::ensure!(
        has_table_ending(file),
        "{0}: the table is a parquet file, which is told by its ending [name it {1}]",
        file.display(),
        file.with_extension("parquet").display()
    );
    Ok(())
}

/// Writes the score table, and returns a note on what it holds.
fn write_scores(file: &Path, Scores { table, origin, .. }: &Scores) -> anyhow::Result<String> {
    write_whole(file, |out| Ok(write_score_table(table, origin, out, &file.display().to_string())?))?;
    Ok(format!(
        "{}: {}, {}, no text; {} without text left out",
        file.display(),
        counted(table.documents().len(), "document"),
        counted(table.n_units(), &origin.unit.to_string()),
        counted(table.n_documents_without_units as usize, "document")
    ))
}

/// Writes the occurrence table, and returns notes on what it holds and what it gives away.
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
        "{shown}: words of {}, {}, no text; {} in fewer than {MIN_STORED_DOCUMENTS} documents left out",
        counted(n_documents as usize, "document"),
        counted(n_units as usize, &unit.to_string()),
        counted(n_left_out as usize, "word")
    )];
    if n_small > 0 {
        notes.push(format!(
            "{shown}: {} groups have fewer than {MIN_STORED_DOCUMENTS} documents, so the table shows which words these few \
             documents have [keep coarser columns with --by, such as a year instead of a date]",
            thousands(n_small)
        ));
    }
    Ok(notes)
}
