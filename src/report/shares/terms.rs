//! Explains the terms of shares, on the pages of an estimate, a trend and words.

use super::rows::ShareRows;
use crate::numbers::{interval_name, level};
use crate::tokenize::UnitRule;

/// A term with its meaning.
pub(in crate::report) type Term = (&'static str, String);

/// Returns the terms of an estimate.
pub(super) fn of_estimate(all: &ShareRows<'_>) -> Vec<Term> {
    let mark = "An exclamation mark marks a share that the reference does not fit: it may be far off, however narrow its interval.";
    let mut entries = vec![llm_share(all.run.unit), ("Interval", interval(all.run.level)), misfit(mark)];
    entries.extend(errors(all.has_tau(), all.has_band()));
    if all.groups.iter().any(|row| row.placebo) {
        entries.push((
            "Placebo",
            "Human text of this kind from before LLMs, each document judged without itself. It should read 0; what it reads instead \
             shows how far other shares may be off."
                .to_owned(),
        ));
    }
    entries.push(unsaid());
    entries
}

pub(in crate::report) fn llm_share(unit: UnitRule) -> Term {
    let text = format!("The estimated share of {unit}s written or substantially rewritten by large language models.");
    ("LLM share", text)
}

/// Explains intervals of a level.
pub(in crate::report) fn interval(of: f64) -> String {
    format!(
        "The {}: made so that {} of 100 such intervals contain the true value, if the reference fits.",
        interval_name(of),
        level(of)
    )
}

/// Explains the misfit; `mark` says how one is marked.
pub(in crate::report) fn misfit(mark: &str) -> Term {
    let text = "How far the text is from any mixture of the reference's human and LLM text, 0 to 1; up to 0.05 counts as a fit.";
    ("Misfit", format!("{text} {mark}"))
}

/// Explains tau and the band, where there are any.
pub(in crate::report) fn errors(has_tau: bool, has_band: bool) -> impl Iterator<Item = Term> {
    let tau = "The systematic error at this share: the standard deviation of the reference's error on kinds of text and LLMs that were left \
               out of it in turn. The interval includes it.";
    let band = "The range of the share under other reasonable choices: scorer, calibration, function words only, no names and numbers, \
                whole documents. It shows how much depends on the choices made here; the JSON data lists each of them.";
    let all = [(has_tau, "tau", tau), (has_band, "Band", band)];
    all.into_iter().filter(|(has, ..)| *has).map(|(_, term, text)| (term, text.to_owned()))
}

pub(in crate::report) fn unsaid() -> Term {
    let text = "Anything about one document or person, or whether LLMs were used for ideas: only how much of the text looks written or \
                substantially rewritten by them.";
    ("What it does not say", text.to_owned())
}
