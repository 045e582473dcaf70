//! Notes on what was read, in sentences.

use super::summary::{ControlSummary, InputSummary};
use crate::prose::{Mend, Tally};
use crate::tokenize::UnitRule;

/// Minimum share of documents in other languages for a note: about that of formulas and names mistaken for them.
const MIN_SHARE: f64 = 0.005;
/// Minimum share of characters for a rule to be shown; less rounds to 0.
const LEAST_SHOWN: f64 = 0.000_05;
/// Minimum share of texts in which something was mended for a note.
const MIN_MENDED: f64 = 0.01;
/// Key of the records that were left out for their language.
const OTHER_LANGUAGE: &str = "other-language";

/// Returns a note on how much was cut from the text, and why; `None` if nothing was.
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

/// Returns notes on mended texts, on skipped records, on unlisted text fields and on languages, where there are any.
fn reading_notes(input: &InputSummary) -> Vec<String> {
    let mut notes = input.cut.as_ref().map(|cut| mended_notes(&cut.tally)).unwrap_or_default();
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

/// Returns notes on what was made plain in more than a few texts, and on what was lost in any.
fn mended_notes(tally: &Tally) -> Vec<String> {
    let is_much = |n: u64| n as f64 >= MIN_MENDED * tally.n_texts.max(1) as f64;
    let mended: Vec<_> = tally.mended.iter().filter(|(kind, n)| **kind != Mend::Lost && is_much(**n)).collect();
    let mut notes = Vec::new();
    if !mended.is_empty() {
        let kinds = mended.iter().map(|(kind, n)| format!("{} {n}", kind.name())).collect::<Vec<_>>().join(", ");
        notes.push(format!("of {} texts, so many were made plain before words were counted: {kinds}", tally.n_texts));
    }
    if let Some(n) = tally.mended.get(&Mend::Lost) {
        notes.push(format!(
            "in {n} of {} texts characters were lost before they came here (U+FFFD), and words with them [take the texts from where they are whole]",
            tally.n_texts
        ));
    }
    notes
}

impl InputSummary {
    /// Returns a note on each kind of thing that was left out of the input or replaced in it.
    pub fn notes(&self, unit: UnitRule) -> Vec<String> {
        let mut notes = self.text.as_ref().map(|text| text.warnings.clone()).unwrap_or_default();
        if self.n_documents_without_units > 0 {
            let why = if unit == UnitRule::Sentence { "no sentence of two words" } else { "too few words" };
            notes.push(format!("{} left out: empty, or {why}", documents(self.n_documents_without_units)));
        }
        if self.n_documents_invalid_utf8 > 0 {
            notes.push(format!(
                "{} had bytes that are not UTF-8; they were replaced",
                documents(self.n_documents_invalid_utf8)
            ));
        }
        notes.extend(reading_notes(self));
        notes
    }
}

impl ControlSummary {
    /// Returns a note on each oddity of the control.
    pub fn notes(&self) -> Vec<String> {
        let mut notes = self.warnings.clone();
        if self.n_undated > 0 {
            notes.push(format!("{} have no readable date and are in the target", documents(self.n_undated as u64)));
        }
        notes
    }
}

/// Formats a number of documents for people.
pub(crate) fn documents(n: u64) -> String {
    if n == 1 { "1 document".to_owned() } else { format!("{} documents", thousands(n as usize)) }
}

/// Formats a share in percent, without the sign.
pub(crate) fn percent(share: f64, decimals: usize) -> String {
    format!("{:.decimals$}", share * 100.0)
}

/// Formats a count with commas between thousands.
pub(crate) fn thousands(n: usize) -> String {
    let digits = n.to_string();
    let first = digits.len() % 3;
    let mut groups: Vec<&str> = Vec::new();
    if first > 0 {
        groups.push(&digits[..first]);
    }
    groups.extend((first..digits.len()).step_by(3).map(|at| &digits[at..at + 3]));
    groups.join(",")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_for_people() {
        assert_eq!(
            [thousands(0), thousands(999), thousands(1000), thousands(1234567)],
            ["0", "999", "1,000", "1,234,567"]
        );
        assert_eq!(percent(0.13671, 2), "13.67");
    }
}
