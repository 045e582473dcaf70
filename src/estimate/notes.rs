//! Notes on what was read, in sentences.

use super::summary::{ControlSummary, InputSummary, RunSummary};
use crate::corpus::skipped_in_words;
use crate::numbers::{counted, percent, thousands};
use crate::prose::{Mend, Tally};
use crate::tokenize::UnitRule;

/// Minimum share of documents in other languages for a note: about that of formulas and names mistaken for them.
const MIN_SHARE: f64 = 0.005;
/// Minimum share of characters for a rule to be shown; less rounds to 0.
#[cfg(feature = "files")]
const LEAST_SHOWN: f64 = 0.000_05;
/// Minimum share of texts in which something was mended for a note.
const MIN_MENDED: f64 = 0.01;
/// Key of the records that were left out for their language.
const OTHER_LANGUAGE: &str = "other-language";
/// Maximum number of units of a single document: few texts have more, and files of several texts read as one do.
const MOST_OF_ONE: usize = 50;

/// Returns a note on how much was cut from the text, and why; `None` if nothing was.
#[cfg(feature = "files")]
pub(crate) fn cut_note(tally: &Tally) -> Option<String> {
    let share = |n: u64| n as f64 / tally.n_characters.max(1) as f64;
    let mut rules: Vec<_> =
        tally.by_rule.iter().filter(|(_, count)| share(count.n_characters) >= LEAST_SHOWN).collect();
    rules.sort_by_key(|(_, count)| std::cmp::Reverse(count.n_characters));
    let rules =
        rules.into_iter().map(|(rule, count)| format!("{} {}", rule.name(), percent(share(count.n_characters), 2)));
    let rules = rules.collect::<Vec<_>>().join(", ");
    let total = percent(share(tally.n_characters_cut()), 2);
    (!rules.is_empty())
        .then(|| format!("Cut from the text (not the writer's prose): {total} % of characters ({rules})"))
}

/// Returns the columns that the text came from; `None` where files are texts as a whole.
#[cfg(feature = "cli")]
pub(crate) fn text_note(input: &InputSummary) -> Option<String> {
    match &input.text_fields[..] {
        [] => None,
        [field] => Some(format!("Text from the column \"{field}\"")),
        fields => Some(format!("Text from the columns {}", fields.join(", "))),
    }
}

/// Returns a note on a single document of so many units that several texts may have been read as one.
fn single_note(input: &InputSummary, unit: UnitRule) -> Option<String> {
    let is_long = input.n_documents == 1 && unit == UnitRule::Sentence && input.n_units > MOST_OF_ONE;
    is_long.then(|| {
        format!(
            "one document with {}, so its share says little [if the file holds several texts, give them as rows of a table, as JSON Lines, or as files in a folder]",
            counted(input.n_units, "sentence")
        )
    })
}

/// Returns notes on mended texts, on skipped records, on unlisted text fields, on single files and on languages, where there are any.
fn reading_notes(input: &InputSummary) -> Vec<String> {
    let mut notes = input.cut.as_ref().map(|cut| mended_notes(&cut.tally)).unwrap_or_default();
    if !input.skipped.is_empty() {
        let skipped = input.skipped.iter().map(|(reason, n)| skipped_in_words(reason, *n));
        notes.push(format!("records left out: {}", skipped.collect::<Vec<_>>().join(", ")));
    }
    if let Some(file) = &input.first_without_text_column {
        notes.push(format!("{file} was left out because it has no column of text [name one with --text-field]"));
    }
    if input.n_same_text > 0 {
        notes.push(format!(
            "{} the text of another, which makes intervals too narrow [remove the copies]",
            match input.n_same_text {
                1 => "1 document repeats".to_owned(),
                n => format!("{} documents repeat", thousands(n as usize)),
            }
        ));
    }
    if !input.unlisted_text_fields.is_empty() {
        notes.push(format!(
            "unknown fields of review forms were read as text too: {} [if some are not text, name all that are: --text-field]",
            input.unlisted_text_fields.join(", ")
        ));
    }
    notes.extend(input.remarks.iter().cloned());
    if let Some(share) = input.other_language_share.filter(|share| *share >= MIN_SHARE) {
        let languages = input.other_languages.iter().map(|(code, n)| format!("{code} {}", thousands(*n as usize)));
        let languages = languages.collect::<Vec<_>>().join(", ");
        let advice = match input.skipped.contains_key(OTHER_LANGUAGE) {
            true => "they were left out",
            false => "the reference knows only English [leave them out: --language en]",
        };
        notes.push(format!("{} % of the documents are not in English ({languages}); {advice}", percent(share, 1)));
    }
    notes
}

/// Returns notes on what was made plain in more than a few texts, and on what was lost in any.
fn mended_notes(tally: &Tally) -> Vec<String> {
    let is_much = |n: u64| n as f64 >= MIN_MENDED * tally.n_texts.max(1) as f64;
    let mended: Vec<_> = tally.mended.iter().filter(|(kind, n)| **kind != Mend::Lost && is_much(**n)).collect();
    let is_single = tally.n_texts == 1;
    let n_texts = thousands(tally.n_texts as usize);
    let mut notes = Vec::new();
    if !mended.is_empty() {
        let kind = |(kind, n): &(&Mend, &u64)| match is_single {
            true => kind.name().to_owned(),
            false => format!("{} in {}", kind.name(), thousands(**n as usize)),
        };
        let kinds = mended.iter().map(kind).collect::<Vec<_>>().join(", ");
        let texts = if is_single { "the text was".to_owned() } else { format!("some of {n_texts} texts were") };
        notes.push(format!("{texts} cleaned before words were counted: {kinds}"));
    }
    if let Some(n) = tally.mended.get(&Mend::Lost) {
        let texts = match is_single {
            true => "the text".to_owned(),
            false => format!("{} of {n_texts} texts", thousands(*n as usize)),
        };
        notes.push(format!("in {texts} some characters were already lost (U+FFFD) [use an undamaged copy]"));
    }
    notes
}

impl InputSummary {
    /// Returns a note on each kind of thing that was left out of the input or replaced in it.
    pub fn notes(&self, unit: UnitRule) -> Vec<String> {
        let mut notes = self.text.as_ref().map(|text| text.warnings.clone()).unwrap_or_default();
        if self.n_documents_without_units > 0 {
            let why = if unit == UnitRule::Sentence { "no sentence of two words" } else { "too few words" };
            notes.push(format!(
                "{} left out: empty, or {why}",
                counted(self.n_documents_without_units as usize, "document")
            ));
        }
        if self.n_documents_invalid_utf8 > 0 {
            notes.push(format!(
                "{} had bytes that are not UTF-8; they were replaced",
                counted(self.n_documents_invalid_utf8 as usize, "document")
            ));
        }
        notes.extend(single_note(self, unit));
        notes.extend(reading_notes(self));
        notes
    }
}

impl<R> RunSummary<R> {
    /// Returns a note on each thing to know of the input and the control before using a result.
    pub fn notes(&self) -> Vec<String> {
        let of_control = self.control.as_ref().map_or_else(Vec::new, ControlSummary::notes);
        [self.input.notes(self.unit), of_control].concat()
    }
}

impl ControlSummary {
    /// Returns a note on each oddity of the control.
    pub fn notes(&self) -> Vec<String> {
        let mut notes = self.warnings.clone();
        if self.n_undated > 0 {
            notes
                .push(format!("{} had no readable date and went into the target", counted(self.n_undated, "document")));
        }
        if let (n @ 1.., Some(before)) = (self.n_unclear, &self.before) {
            notes.push(format!(
                "{} had a date that may be before {before} or not, such as a year, and went into the target",
                counted(n, "document")
            ));
        }
        notes
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_cleaning_of_a_single_text_is_told_without_numbers() {
        let notes = |n_texts, n| {
            let mended = [(Mend::Characters, n), (Mend::Lost, n)].into_iter().collect();
            mended_notes(&Tally { n_texts, mended, ..Tally::default() })
        };
        let lost = "some characters were already lost (U+FFFD) [use an undamaged copy]";
        assert_eq!(
            notes(1, 1),
            [
                "the text was cleaned before words were counted: invisible or unusual characters".to_owned(),
                format!("in the text {lost}")
            ]
        );
        assert_eq!(
            notes(5, 2),
            [
                "some of 5 texts were cleaned before words were counted: invisible or unusual characters in 2"
                    .to_owned(),
                format!("in 2 of 5 texts {lost}")
            ]
        );
    }

    #[test]
    fn a_single_long_document_may_be_several_texts() {
        let note = |n_documents, n_units, unit| {
            single_note(&InputSummary { n_documents, n_units, ..InputSummary::default() }, unit)
        };
        assert!(note(1, 51, UnitRule::Sentence).is_some_and(|note| note.starts_with("one document with 51 sentences")));
        for (n_documents, n_units, unit) in
            [(1, 50, UnitRule::Sentence), (2, 500, UnitRule::Sentence), (1, 51, UnitRule::Document)]
        {
            assert_eq!(note(n_documents, n_units, unit), None);
        }
    }
}
