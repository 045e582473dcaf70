//! `reference lint`: texts of known source to what poisons a reference made of them.

use std::collections::BTreeSet;
use std::process::ExitCode;

use super::NOT_PASSED;
use super::args::{KnownArgs, LintArgs};
use super::known::{KnownTexts, SPLIT_COLUMNS, groups, read_known_texts};
use super::output::deliver;
use super::progress::Spinner;
use super::select::select_fitted;
use crate::lint::{LintOptions, LintReport, lint};
use crate::reference::{Grouping, KnownCorpus, Reference};
use crate::report::render_lint;
use crate::tokenize::UnitRule;

/// Runs the command; the exit code is 1 only where --strict asks for it.
pub fn run(arguments: &LintArgs, quiet: bool) -> anyhow::Result<ExitCode> {
    let reference = arguments.reference.as_deref().map(select_fitted).transpose()?;
    let fitted = reference.as_ref().map(|(reference, _)| reference);
    let progress = Spinner::new(quiet);
    let known = split_like(fitted, &arguments.known);
    let KnownTexts { corpora, split_by, inputs } = read_known_texts(&known, &[], &progress)?;
    let options = LintOptions {
        unit: fitted.map_or_else(UnitRule::default, |reference| reference.settings.unit),
        groups: match fitted {
            Some(reference) if known.group.is_empty() => groups_of(reference, &corpora),
            _ => groups(&known.group, &corpora)?,
        },
        split_by,
        reference: reference.as_ref().map(|(reference, sha256)| (reference, sha256.as_str())),
    };
    let report = LintReport { inputs, ..lint(&corpora, &options, &progress)? };
    drop(progress);
    deliver(&render_lint(&report, arguments.output), arguments.file.as_deref())?;
    let failed = known.reading.strict && report.n_errors > 0;
    Ok(if failed { ExitCode::from(NOT_PASSED) } else { ExitCode::SUCCESS })
}

/// The arguments, with the column that the fit was split by where it is not one of the usual and no other is named.
fn split_like(reference: Option<&Reference>, arguments: &KnownArgs) -> KnownArgs {
    let mut known = arguments.clone();
    let columns = reference.map_or(&[][..], |reference| &reference.settings.split_by);
    if let ([column], None) = (columns, &known.split_by) {
        known.split_by = Some(column.clone()).filter(|column| !SPLIT_COLUMNS.contains(&column.as_str()));
    }
    known
}

/// The groups of the reference, as far as their sources are here.
fn groups_of(reference: &Reference, corpora: &[KnownCorpus]) -> Vec<Grouping> {
    let here: BTreeSet<&str> = corpora.iter().map(|corpus| corpus.source.as_str()).collect();
    let names = |numbers: &[usize]| {
        let names = numbers.iter().map(|&number| reference.sources[number].name.clone());
        names.filter(|name| here.contains(name.as_str())).collect::<Vec<_>>()
    };
    let groups =
        reference.components.iter().map(|one| Grouping { name: one.name.clone(), sources: names(&one.sources) });
    groups.filter(|group| !group.sources.is_empty()).collect()
}
