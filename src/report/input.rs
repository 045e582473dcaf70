//! What to know of the input: what of it was left out, and what does not fit the reference.

use super::cells::{documents, percent};
use crate::estimate::{ControlSummary, InputSummary, SourceInput};
use crate::prose::Tally;
use crate::tokenize::UnitRule;

/// Below this share, which is about what formulas and names mistaken for another language make up, nothing is said.
const MIN_SHARE: f64 = 0.005;
/// What rounds to nothing is not shown.
const LEAST_SHOWN: f64 = 0.000_05;
/// The key of what was left out for its language.
const OTHER_LANGUAGE: &str = "other-language";

/// How much was cut from the text, and why; nothing where nothing was.
pub fn cut_note(tally: &Tally) -> Option<String> {
    let share = |n: u64| n as f64 / tally.n_characters.max(1) as f64;
    let mut rules: Vec<_> =
        tally.by_rule.iter().filter(|(_, count)| share(count.n_characters) >= LEAST_SHOWN).collect();
    rules.sort_by_key(|(_, count)| std::cmp::Reverse(count.n_characters));
    let rules =
        rules.into_iter().map(|(rule, count)| format!("{} {}", rule.name(), percent(share(count.n_characters), 2)));
    let rules = rules.collect::<Vec<_>>().join(", ");
    let total = percent(share(tally.n_characters_cut()), 2);
    (!rules.is_empty())
        .then(|| format!("Cut from the text as not its writer's prose: {total} % of characters ({rules})"))
}

/// What was left out of the input or replaced in it, and what is odd about the control.
pub fn input_notes(input: &InputSummary, control: Option<&ControlSummary>, unit: UnitRule) -> Vec<String> {
    let mut notes = Vec::new();
    if input.n_documents_without_units > 0 {
        let why = if unit == UnitRule::Sentence { "no sentence of two words" } else { "too few words" };
        notes.push(format!("{} left out: empty, or {why}", documents(input.n_documents_without_units)));
    }
    if input.n_documents_invalid_utf8 > 0 {
        notes.push(format!(
            "{} had bytes that are not UTF-8; they were replaced",
            documents(input.n_documents_invalid_utf8)
        ));
    }
    notes.extend(reading_notes(input));
    if let Some(control) = control {
        notes.extend(control.warnings.iter().cloned());
        if control.n_undated > 0 {
            notes.push(format!("{} have no readable date and are in the target", documents(control.n_undated as u64)));
        }
    }
    notes
}

/// One note on what was skipped, one on languages, where there is something to say.
fn reading_notes(input: &InputSummary) -> Vec<String> {
    let mut notes = Vec::new();
    if !input.skipped.is_empty() {
        let skipped = input.skipped.iter().map(|(reason, n)| format!("{n} {reason}"));
        notes.push(format!("records left out: {}", skipped.collect::<Vec<_>>().join(", ")));
    }
    if !input.unlisted_text_fields.is_empty() {
        notes.push(format!(
            "forms without a known text field: text taken from {} [name those that are text: --text-field]",
            input.unlisted_text_fields.join(", ")
        ));
    }
    if let Some(share) = input.other_language_share.filter(|share| *share >= MIN_SHARE) {
        let languages = input.other_languages.iter().map(|(code, n)| format!("{code} {n}"));
        let languages = languages.collect::<Vec<_>>().join(", ");
        let advice = match input.skipped.contains_key(OTHER_LANGUAGE) {
            true => "they are left out",
            false => "the reference knows English alone [leave them out: --language en]",
        };
        notes.push(format!("{} % of the documents are not in English ({languages}); {advice}", percent(share, 1)));
    }
    notes
}

/// How much was cut from the texts of each source.
pub fn source_cut_notes(inputs: &[SourceInput]) -> Vec<String> {
    let note_of = |of: &SourceInput| {
        let note = of.input.cut.as_ref().and_then(|cut| cut_note(&cut.tally))?;
        Some(format!("{}: {}", of.name, note.replacen("Cut", "cut", 1)))
    };
    inputs.iter().filter_map(note_of).collect()
}

/// What was left out of the texts of known source, each note with its source.
pub fn source_notes(inputs: &[SourceInput], unit: UnitRule) -> Vec<String> {
    let notes_of = |of: &SourceInput| {
        let notes = input_notes(&of.input, None, unit);
        notes.into_iter().map(|note| format!("{}: {note}", of.name)).collect::<Vec<_>>()
    };
    inputs.iter().flat_map(notes_of).collect()
}
