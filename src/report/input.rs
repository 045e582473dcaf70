//! Notes on the input: what of the texts was left out, and what does not fit the reference.

use crate::estimate::{InputSummary, SourceInput};
use crate::tokenize::UnitRule;

pub(super) use crate::estimate::cut_note;
use crate::estimate::text_note;

/// Returns what a caption says of the input: the columns of its text, and what was cut.
pub(super) fn read_lines(input: &InputSummary) -> Vec<String> {
    text_note(input).into_iter().chain(input.cut.as_ref().and_then(|cut| cut_note(&cut.tally))).collect()
}

/// Returns notes on how much was cut from the texts of each source.
pub(crate) fn source_cut_notes(inputs: &[SourceInput]) -> Vec<String> {
    let note_of = |of: &SourceInput| {
        let note = of.input.cut.as_ref().and_then(|cut| cut_note(&cut.tally))?;
        Some(format!("{}: {}", of.name, note.replacen("Cut", "cut", 1)))
    };
    inputs.iter().filter_map(note_of).collect()
}

/// Returns notes on what was left out of the texts of known source, each with its source.
pub(crate) fn source_notes(inputs: &[SourceInput], unit: UnitRule) -> Vec<String> {
    let notes_of = |of: &SourceInput| {
        let notes = of.input.notes(unit);
        notes.into_iter().map(|note| format!("{}: {note}", of.name)).collect::<Vec<_>>()
    };
    inputs.iter().flat_map(notes_of).collect()
}
