//! The lines beneath the tables: how the shares were estimated, and what to know before using them.

use super::main::PLACEBO;
use super::rows::ShareRows;
use super::sources::has_several_sources;
use super::strata::bound_lines;
use crate::estimate::{
    ControlSummary, GroupEstimate, IntervalMethod, MIN_TILT_DOCUMENTS, Method, MisfitWord, RunSummary,
};
use crate::numbers::{counted, percent};
use crate::report::input::read_lines;
use crate::report::provenance::short_hash;
use crate::report::wording::phrases::{first_of, named};

const BOOTSTRAPPED: &str = "Interval: bootstrap over documents, without the reference's uncertainty";
/// Maximum number of words named in the note on a misfit.
const N_WORDS: usize = 6;
/// Maximum number of files of the control that are named.
const N_FILES: usize = 3;
const WITH_TAU: &str = ", and with systematic error (tau) for LLMs and forms of text missing from the reference";
const WITHOUT_TAU: &str = "; LLMs and forms of text missing from the reference are not allowed for";
/// The description of intervals of the two-level model.
const TWO_LEVEL: &str = "Interval: two-level model of documents and sentences; covers the share in exactly these documents, and the \
    systematic error (tau) on LLMs and forms that the reference lacks";
const CLUSTERED: &str = "clustered by document, with the reference's uncertainty";

/// Explains the numbers in a few lines.
pub(in crate::report) fn caption(all: &ShareRows<'_>) -> Vec<String> {
    let mut lines = vec![share_line(all.run)];
    lines.push(match (all.method, all.interval_method) {
        (Method::Liang, _) => format!(
            "Method of Liang et al. (2024) as published: uncalibrated, with {}s treated as independent; for \
             comparison only, because it reads high and its interval is too narrow",
            all.run.unit
        ),
        (_, IntervalMethod::Bootstrap) if all.outcomes().any(has_several_sources) => {
            format!("{BOOTSTRAPPED}; by source: {CLUSTERED}")
        }
        (_, IntervalMethod::Bootstrap) => BOOTSTRAPPED.to_owned(),
        _ => interval_line(all.has_strata(), all.has_tau()),
    });
    let of_placebos = format!("{PLACEBO} rows are these documents, each judged without itself, and should read 0");
    lines.extend(
        all.run.control.as_ref().map(|control| format!("{}; {of_placebos}", control_line(control, all.has_strata()))),
    );
    lines.extend(bound_lines(all));
    lines.extend(read_lines(&all.run.input));
    if all.has_band() {
        lines.push(
            "Band: range of the share, from lowest to highest, under other choices of scorer, calibration, words and unit"
                .to_owned(),
        );
    }
    lines
}

/// Names the unit of the share, and the reference.
pub(in crate::report) fn share_line(run: &RunSummary) -> String {
    let reference = &run.reference;
    let scorer = reference.scorer.map_or_else(String::new, |scorer| format!(", {scorer} scores"));
    let (name, hash) = (&reference.name, short_hash(&reference.sha256));
    format!("LLM share of {}s; reference \"{name}\" ({hash}{scorer})", run.unit)
}

/// Describes the intervals of calibrated estimates that were not bootstrapped.
pub(in crate::report) fn interval_line(has_strata: bool, has_tau: bool) -> String {
    match (has_strata, has_tau) {
        (true, _) => TWO_LEVEL.to_owned(),
        (false, true) => format!("Interval: {CLUSTERED}{WITH_TAU}"),
        (false, false) => format!("Interval: {CLUSTERED}{WITHOUT_TAU}"),
    }
}

/// Names the control, and what it was for; beside strata a small one says too little of the style of human text.
pub(in crate::report) fn control_line(control: &ControlSummary, has_strata: bool) -> String {
    let mut files: Vec<&str> = control.files.iter().map(String::as_str).collect();
    files.sort_unstable();
    files.dedup();
    let before = control.before.as_ref().map_or_else(String::new, |date| format!(" from before {date}"));
    let what_for = match has_strata && control.n_documents < MIN_TILT_DOCUMENTS {
        true => {
            format!("which gives the bound alone: the style of human text is learnt from {MIN_TILT_DOCUMENTS} or more")
        }
        false => "from which the style of human text was learnt".to_owned(),
    };
    // Texts that were given to the library are in no files.
    let of_files = if files.is_empty() { String::new() } else { format!(" ({})", first_of(&files, N_FILES)) };
    format!("Control: {}{before}{of_files}, {what_for}", counted(control.n_documents, "document"))
}

/// Returns everything to know before using the numbers, each note once, with the groups it is about.
pub(in crate::report) fn notes(all: &ShareRows<'_>) -> Vec<String> {
    let mut notes = all.warnings.to_vec();
    let of_groups = all.groups.iter().flat_map(|row| row.warnings.iter().map(|warning| (row.name(), warning.as_str())));
    notes.extend(group_notes(of_groups));
    notes.extend(all.groups.iter().filter_map(misfit_words));
    notes
}

/// Returns a note on the words that a flagged group's mixture explains worst.
fn misfit_words(row: &GroupEstimate) -> Option<String> {
    let found = row.outcome.as_ref().filter(|found| found.is_misfit() && !found.misfit_words.is_empty())?;
    let word =
        |of: &MisfitWord| format!("{} {} (expected {})", of.word, percent(of.observed, 2), percent(of.expected, 2));
    let words: Vec<String> = found.misfit_words.iter().take(N_WORDS).map(word).collect();
    let (words, n) = (words.join(", "), found.misfit_words.len());
    Some(named(&row.name(), format!("words that fit worst, in % of units: {words}; the JSON has all {n}")))
}

/// Returns each warning once, with the names of the groups it is about.
pub(in crate::report) fn group_notes<'a>(warnings: impl IntoIterator<Item = (String, &'a str)>) -> Vec<String> {
    by_text(warnings).into_iter().map(|(warning, names)| named(&names.join(", "), warning)).collect()
}

/// Returns each text once, with the names of all that it is about.
pub(in crate::report) fn by_text<T: PartialEq>(named: impl IntoIterator<Item = (String, T)>) -> Vec<(T, Vec<String>)> {
    let mut all: Vec<(T, Vec<String>)> = Vec::new();
    for (name, text) in named {
        match all.iter_mut().find(|(known, _)| *known == text) {
            Some((_, names)) => names.push(name),
            None => all.push((text, vec![name])),
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_many_files_of_the_control_three_are_named() {
        let of = |files: &[&str], n_documents| ControlSummary {
            files: files.iter().map(|&file| file.to_owned()).collect(),
            n_documents,
            ..ControlSummary::default()
        };
        let line = |files: &[&str]| control_line(&of(files, 200), true);
        let rest = ", from which the style of human text was learnt";
        assert_eq!(line(&["a.txt", "b.txt", "a.txt"]), format!("Control: 200 documents (a.txt, b.txt){rest}"));
        assert_eq!(line(&["a", "b", "c", "d", "e"]), format!("Control: 200 documents (a, b, c and 2 more){rest}"));
        assert_eq!(control_line(&of(&["a"], 99), false), format!("Control: 99 documents (a){rest}"));
        assert!(control_line(&of(&["a"], 99), true).contains("the bound alone"));
    }

    #[test]
    fn a_text_is_said_once_with_all_its_names() {
        let said = [("a", "small"), ("b", "unlike"), ("c", "small")].map(|(name, text)| (name.to_owned(), text));
        let names = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
        assert_eq!(by_text(said), [("small", names(&["a", "c"])), ("unlike", names(&["b"]))]);
    }
}
