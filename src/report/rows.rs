//! The parts that table and Markdown share: the cells of a row, the headline and the notes beneath.

use super::cells::{band_cell, documents, group_cells, interval_cell, interval_name, percent, thousands};
use super::input::{cut_note, input_notes};
use super::share_rows::ShareRows;
use super::shares::has_several_sources;
use crate::estimate::{ControlSummary, GroupEstimate, IntervalMethod, Method, MisfitWord};
use crate::tokenize::UnitRule;

const BOOTSTRAPPED: &str = "Interval: bootstrap over documents, without the reference's uncertainty";
/// Names of columns and kinds of rows.
const TAU: &str = "tau";
const BAND: &str = "band";
const KIND: &str = "text";
pub(super) const PLACEBO: &str = "placebo";
pub(super) const TARGET: &str = "target";
/// Maximum number of words named in the note on a misfit.
const N_WORDS: usize = 6;
pub(super) const WITH_TAU: &str = ", and for LLMs and forms of text that the reference lacks (tau)";
pub(super) const WITHOUT_TAU: &str = "; LLMs and forms of text that the reference lacks are not allowed for";
/// The description of intervals of the two-level model.
pub(super) const TWO_LEVEL: &str = "Interval: two-level model of documents and sentences, for the share in these documents, with systematic error (tau) for LLMs \
    and forms of text that the reference lacks";
const CLUSTERED: &str = "clustered by document, with the reference's uncertainty";

/// Returns the names of the columns.
pub(super) fn header(all: &ShareRows<'_>) -> Vec<String> {
    let groups = all.groups.first().map(|first| first.group.iter().map(|(column, _)| column.clone()));
    let fixed = ["documents", "sentences", "LLM share", &interval_name(all.run.level), BAND, "s.e.", TAU, "misfit"];
    let is_shown = |name: &&str| match *name {
        "sentences" => counts_sentences(all),
        TAU => has_tau(all),
        BAND => has_band(all),
        _ => true,
    };
    let kind = has_placebos(all).then(|| KIND.to_owned());
    groups.into_iter().flatten().chain(kind).chain(fixed.into_iter().filter(is_shown).map(str::to_owned)).collect()
}

/// Returns whether units are sentences; if they are documents, their number says it all.
fn counts_sentences(all: &ShareRows<'_>) -> bool {
    all.run.unit == UnitRule::Sentence
}

/// Returns whether some rows are of the control.
fn has_placebos(all: &ShareRows<'_>) -> bool {
    all.groups.iter().any(|row| row.placebo)
}

/// Returns whether systematic error is known.
fn has_tau(all: &ShareRows<'_>) -> bool {
    all.groups.iter().filter_map(|row| row.outcome.as_ref()).any(|found| found.systematic_error.is_some())
}

/// Returns whether the share by other choices was asked for.
fn has_band(all: &ShareRows<'_>) -> bool {
    all.groups.iter().filter_map(|row| row.outcome.as_ref()).any(|found| found.band.is_some())
}

/// Returns how many of the first columns name the group.
pub(super) fn n_group_columns(all: &ShareRows<'_>) -> usize {
    all.groups.first().map_or(0, |first| first.group.len())
}

/// Returns how many of the first columns are text: those that name the group, and the kind of row.
pub(super) fn n_text_columns(all: &ShareRows<'_>) -> usize {
    n_group_columns(all) + usize::from(has_placebos(all))
}

/// Returns the cells of one group.
pub(super) fn cells(all: &ShareRows<'_>, row: &GroupEstimate) -> Vec<String> {
    let share = |value: Option<f64>| value.map_or_else(|| "-".to_owned(), |value| format!("{} %", percent(value, 2)));
    let found = row.outcome.as_ref();
    let misfit = row.misfit().map(|misfit| format!("{:.3}{}", misfit.distance, if misfit.flagged { " !" } else { "" }));
    let dash = || "-".to_owned();
    let n_sentences = counts_sentences(all).then(|| thousands(row.n_units));
    let kind = has_placebos(all).then(|| if row.placebo { PLACEBO } else { TARGET }.to_owned());
    let tau = has_tau(all).then(|| share(found.and_then(|of| of.systematic_error)));
    let band = has_band(all).then(|| found.and_then(|of| of.band.as_ref()).map_or_else(dash, band_cell));
    group_cells(row)
        .into_iter()
        .chain(kind)
        .chain([thousands(row.n_documents)])
        .chain(n_sentences)
        .chain([share(row.alpha()), row.interval().map_or_else(dash, interval_cell)])
        .chain(band)
        .chain([share(found.map(|of| of.standard_error))])
        .chain(tau)
        .chain([misfit.unwrap_or_else(dash)])
        .collect()
}

/// Explains the numbers in one or two lines.
pub(super) fn caption(all: &ShareRows<'_>) -> Vec<String> {
    let reference = &all.run.reference;
    let scorer = reference.scorer.map_or_else(String::new, |scorer| format!(", {scorer} scores"));
    let mut lines = vec![format!(
        "LLM share of {}s; reference \"{}\" ({}{scorer})",
        all.run.unit,
        reference.name,
        &reference.sha256[..reference.sha256.len().min(12)],
    )];
    lines.push(match (all.method, all.interval_method) {
        (Method::Liang, _) => format!(
            "Method of Liang et al. (2024) as published: uncalibrated, {}s as if independent; for \
             comparison only: it reads high, and its interval is too narrow",
            all.run.unit
        ),
        (_, IntervalMethod::Bootstrap)
            if all.groups.iter().filter_map(|row| row.outcome.as_ref()).any(has_several_sources) =>
        {
            format!("{BOOTSTRAPPED}; by source: {CLUSTERED}")
        }
        (_, IntervalMethod::Bootstrap) => BOOTSTRAPPED.to_owned(),
        _ if has_strata(all) => TWO_LEVEL.to_owned(),
        _ => format!("Interval: {CLUSTERED}{}", systematic_error(all)),
    });
    lines.extend(all.run.control.as_ref().map(control));
    lines.extend(all.run.input.cut.as_ref().and_then(|cut| cut_note(&cut.tally)));
    if has_band(all) {
        lines.push(
            "Band: from the lowest to the highest share by other choices of scorer, calibration, words and unit"
                .to_owned(),
        );
    }
    lines
}

/// Returns the words on whether the intervals include systematic error.
fn systematic_error(all: &ShareRows<'_>) -> &'static str {
    if has_tau(all) { WITH_TAU } else { WITHOUT_TAU }
}

fn has_strata(all: &ShareRows<'_>) -> bool {
    all.groups.iter().filter_map(|row| row.outcome.as_ref()).any(|found| found.strata.is_some())
}

fn control(control: &ControlSummary) -> String {
    let before = control.before.as_ref().map_or_else(String::new, |date| format!(" from before {date}"));
    format!(
        "Control: human side learnt from {}{before} ({}); {PLACEBO} rows are these, calibrated without themselves, and should read 0",
        documents(control.n_documents as u64),
        control.files.join(", ")
    )
}

/// Returns everything to know before using the numbers, each note once, with the groups it is about.
pub(super) fn notes(all: &ShareRows<'_>) -> Vec<String> {
    let mut notes = all.warnings.to_vec();
    notes.extend(input_notes(&all.run.input, all.run.control.as_ref(), all.run.unit));
    notes.extend(group_warnings(&all.groups));
    notes.extend(all.groups.iter().filter_map(misfit_words));
    notes
}

/// Returns a note on the words that a flagged group's mixture explains worst.
fn misfit_words(row: &GroupEstimate) -> Option<String> {
    let found = row.outcome.as_ref().filter(|found| found.is_misfit() && !found.misfit_words.is_empty())?;
    let word =
        |of: &MisfitWord| format!("{} {} (expected {})", of.word, percent(of.observed, 2), percent(of.expected, 2));
    let words: Vec<String> = found.misfit_words.iter().take(N_WORDS).map(word).collect();
    let name = group_cells(row).join(" ");
    let separator = if name.is_empty() { "" } else { ": " };
    Some(format!(
        "{name}{separator}words that fit worst, in % of units: {}; all {} in JSON",
        words.join(", "),
        found.misfit_words.len()
    ))
}

/// Returns each warning once, with the groups it is about.
fn group_warnings(rows: &[GroupEstimate]) -> Vec<String> {
    let mut warnings: Vec<(&String, Vec<String>)> = Vec::new();
    for row in rows {
        let name: Vec<&str> = row.group.iter().map(|(_, value)| value.as_deref().unwrap_or("(none)")).collect();
        for warning in &row.warnings {
            match warnings.iter_mut().find(|(known, _)| *known == warning) {
                Some((_, names)) => names.push(name.join(" ")),
                None => warnings.push((warning, vec![name.join(" ")])),
            }
        }
    }
    let with_names = |(warning, names): (&String, Vec<String>)| match names.join(", ") {
        names if names.is_empty() => warning.clone(),
        names => format!("{names}: {warning}"),
    };
    warnings.into_iter().map(with_names).collect()
}
