//! The lines beneath the words: how rates were compared, and what to know before using them.

use super::table::LLM_MARK;
use crate::numbers::{decimal, thousands};
use crate::report::input::read_lines;
use crate::report::undated::undated;
use crate::report::wording::phrases::named;
use crate::words::{GroupWarning, MIN_LLM_LOG_RATIO, MIN_TESTED_DOCUMENTS, Words};

/// Explains the numbers.
pub(super) fn caption(words: &Words) -> Vec<String> {
    let unit = words.run.unit;
    let n_periods = words.groups.iter().map(|group| group.periods.len()).max().unwrap_or_default();
    let mut lines = vec![format!(
        "Rates: share of {unit}s with the word, by {}, in {} documents; intervals clustered by document",
        words.period,
        thousands(words.run.input.n_documents)
    )];
    lines.extend(read_lines(&words.run.input));
    if words.n_tests > 0 {
        lines.push(format!(
            "Expected: the trend of the word in each {} that ends before {} (least squares, not falling), extrapolated; excess as in Kobak et al. (2025), including the error of the extrapolation and the scatter from {0} to {0}",
            words.period, words.baseline_before
        ));
        lines.push(format!(
            "Adjusted p: one-sided, false discovery rate over {} words in at least {MIN_TESTED_DOCUMENTS} documents ({} tests, Benjamini-Hochberg)",
            thousands(words.n_words_tested),
            thousands(words.n_tests)
        ));
    }
    if let Some(reference) = &words.run.reference {
        let times = match decimal(MIN_LLM_LOG_RATIO.exp(), 0).as_str() {
            "2" => "twice".to_owned(),
            n => format!("{n} times"),
        };
        lines.push(format!(
            "{LLM_MARK}: in reference \"{reference}\" at least {times} as frequent in LLM text as in human text, and significantly so"
        ));
    }
    if words.n_tests > 0 && n_periods > 1 {
        lines.push(
            "Words also rise with topics, forms and venues; a word says nothing about a single document".to_owned(),
        );
    }
    lines
}

/// Returns everything to know before using the numbers.
pub(super) fn notes(words: &Words) -> Vec<String> {
    let mut notes: Vec<String> = words.warnings.iter().map(ToString::to_string).collect();
    notes.extend(undated(&words.undated).map(|note| format!("left out, {note}")));
    // Of a single group, the headline says already that no word rises.
    let is_said = |warning: &&GroupWarning| words.groups.len() == 1 && matches!(warning, GroupWarning::NoneRises);
    for group in &words.groups {
        notes.extend(group.warnings.iter().filter(|of| !is_said(of)).map(|of| named(&group.name, of)));
    }
    notes
}
