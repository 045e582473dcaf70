//! Checks whether the texts are those that a reference was fitted on.

use std::collections::BTreeMap;

use super::kind::{FitDifference, Kind};
use super::lengths::Lengths;
use super::options::LintOptions;
use super::reference_match::ReferenceMatch;
use super::report::{Finding, Severity};
use super::sides::Sides;
use crate::reference::{FileCard, HUMAN, KnownCorpus, Reference, Source};

/// Names of files and whether they are human text, by the hash of their content.
type Files<'a> = BTreeMap<&'a str, (&'a str, bool)>;

pub(super) fn compare(
    corpora: &[KnownCorpus],
    options: &LintOptions,
    sides: &Sides,
    sizes: &[Lengths],
    reference: &Reference,
    sha256: &str,
) -> (ReferenceMatch, Vec<Finding>) {
    let here = files(corpora.iter().map(|corpus| (corpus.source == HUMAN, &corpus.files)));
    let fitted = reference
        .sources
        .iter()
        .flat_map(|source| source.corpora.iter().map(|corpus| (source.name == HUMAN, &corpus.files)));
    let fitted = files(fitted);
    let without = |files: &Files, others: &Files| {
        let only = files.iter().filter(|(hash, _)| !others.contains_key(*hash));
        let mut names: Vec<String> = only.map(|(_, (name, _))| (*name).to_owned()).collect();
        names.sort();
        names
    };
    let (missing_files, other_files) = (without(&fitted, &here), without(&here, &fitted));
    let matched = ReferenceMatch {
        name: reference.card.name.clone(),
        sha256: sha256.to_owned(),
        same_files: missing_files.is_empty() && other_files.is_empty(),
        n_files_same: (fitted.len() - missing_files.len()) as u64,
        missing_files,
        other_files,
    };
    let other_files = || finding(Severity::Warning, FitDifference::Files(matched.clone()));
    let mut findings: Vec<Finding> = (!matched.same_files).then(other_files).into_iter().collect();
    findings.extend(swapped(&fitted, &here));
    findings.extend(other_split(options, reference));
    if matched.same_files {
        findings.extend(other_text(sides, sizes, reference));
    }
    (matched, findings)
}

fn finding(severity: Severity, difference: FitDifference) -> Finding {
    Finding::new(severity, Kind::NotOfFit(difference), "")
}

/// Lists the files; one with several sources that a column separates may be on both sides, and then counts as human.
fn files<'a>(corpora: impl Iterator<Item = (bool, &'a Vec<FileCard>)>) -> Files<'a> {
    let mut files = Files::new();
    for (is_human, cards) in corpora {
        for card in cards.iter().filter(|card| !card.sha256.is_empty()) {
            files.entry(&card.sha256).or_insert((&card.name, is_human)).1 |= is_human;
        }
    }
    files
}

fn swapped(fitted: &Files, here: &Files) -> Option<Finding> {
    let is_swapped = |(hash, (name, is_human)): (&&str, &(&str, bool))| {
        here.get(*hash).filter(|(_, is_human_here)| is_human_here != is_human).map(|_| (*name).to_owned())
    };
    let names: Vec<String> = fitted.iter().filter_map(is_swapped).collect();
    (!names.is_empty()).then(|| finding(Severity::Error, FitDifference::Side { files: names }))
}

fn other_split(options: &LintOptions, reference: &Reference) -> Option<Finding> {
    let settings = &reference.settings;
    let split = || FitDifference::Split { in_fit: settings.split_by.clone(), here: options.split_by.clone() };
    (settings.held_out_share > 0.0 && settings.split_by != options.split_by)
        .then(|| finding(Severity::Warning, split()))
}

/// Compares the numbers of units with those of the fit, which differ if files are read in another way.
fn other_text(sides: &Sides, sizes: &[Lengths], reference: &Reference) -> Vec<Finding> {
    let n_fitted = |is_human: bool| {
        let of_side = reference.sources.iter().filter(move |source: &&Source| (source.name == HUMAN) == is_human);
        of_side.map(|source| source.n_units).sum::<u64>()
    };
    let n_llm = sizes[1..].iter().map(Lengths::n_units).sum();
    let counts = [(sides.human.name.as_str(), n_fitted(true), sizes[0].n_units()), ("LLM", n_fitted(false), n_llm)];
    let differs = |(side, in_fit, here): (&str, u64, u64)| {
        let text = FitDifference::Text { side: side.to_owned(), in_fit, here };
        (in_fit != here).then(|| finding(Severity::Warning, text))
    };
    counts.into_iter().filter_map(differs).collect()
}
