//! The page of a lint: the findings, the strongest examples, and advice.

use std::collections::BTreeMap;

use super::input::{source_cut_notes, source_notes};
use super::page::{Block, Columns, Page, Table, count};
use super::provenance::short_hash;
use super::wording::lint_advice;
use crate::lint::{Example, Finding, LintReport, Measure, SourceSummary};
use crate::numbers::{counted, decimal, percent, thousands};

/// Returns the page of a lint.
pub fn lint_page(report: &LintReport) -> Page {
    let mut page = Page {
        title: "Findings in texts of known source".to_owned(),
        headline: headline(report),
        notes: source_notes(&report.inputs, report.run.unit),
        ..Page::default()
    };
    page.add(Block::Table(sources(report)));
    page.add(Block::Caption(source_cut_notes(&report.inputs).into_iter().chain(provenance(report)).collect()));
    page.add(Block::Table(findings(report)));
    page.add(Block::Table(examples(report)));
    page.add(Block::Terms { heading: "What to do", entries: advice(report) });
    page
}

fn headline(report: &LintReport) -> String {
    match report.findings.len() {
        0 => "Nothing found.".to_owned(),
        _ => format!(
            "{}, {}, {}",
            counted(report.n_errors, "error"),
            counted(report.n_warnings, "warning"),
            counted(report.n_notes, "note")
        ),
    }
}

fn sources(report: &LintReport) -> Table {
    let mean = |source: &&SourceSummary| source.n_words as f64 / (source.n_units as f64).max(1.0);
    let mut columns: Columns<'_, &SourceSummary> = Columns::new();
    columns.text("source", |source| source.name.clone());
    columns.number("documents", |source| Some(count(source.n_documents as usize)));
    columns.number("held out", |source| Some(count(source.n_documents_held_out as usize)));
    columns.number("units", |source| Some(count(source.n_units as usize)));
    columns.number("words per unit", move |source| Some((decimal(mean(source), 1), mean(source))));
    Table::of("", columns, &report.sources)
}

fn provenance(report: &LintReport) -> Option<String> {
    let matched = report.run.reference.as_ref()?;
    let hash = short_hash(&matched.sha256);
    let files = match matched.same_files {
        true => format!("the files are those that it was fitted on ({})", matched.n_files_same),
        false => "the files are not those that it was fitted on".to_owned(),
    };
    Some(format!("Reference \"{}\" ({hash}): {files}; documents that it held out are skipped", matched.name))
}

fn findings(report: &LintReport) -> Table {
    let named = |source: &str| if source.is_empty() { "-" } else { source }.to_owned();
    let mut columns: Columns<'_, &Finding> = Columns::new();
    columns.text("severity", |finding| finding.severity.name().to_owned());
    columns.text("finding", |finding| finding.code().to_owned());
    columns.text("source", move |finding| named(&finding.source));
    columns.number("documents", |finding| (finding.n_documents > 0).then(|| count(finding.n_documents as usize)));
    columns.text("what", ToString::to_string);
    Table::of("Findings", columns, &report.findings)
}

fn examples(report: &LintReport) -> Table {
    type Row<'a> = (&'a Finding, &'a Example);
    let mut columns: Columns<'_, Row<'_>> = Columns::new();
    columns.text("finding", |(finding, _)| finding.code().to_owned());
    columns.text("source", |(finding, _)| finding.source.clone());
    columns.text("word, phrase or feature", |(_, example)| example.text.trim().to_owned());
    columns.number("here", |(_, example)| Some((here(report, example), example.value)));
    columns.number("there", |(_, example)| Some((there(example), example.value_other)));
    columns.number("n", |(_, example)| Some(count(example.n as usize)));
    columns.number("n there", |(_, example)| Some(count(example.n_other as usize)));
    columns.text("strength", |(_, example)| strength(example));
    let rows = report.findings.iter().flat_map(|finding| finding.examples.iter().map(move |one| (finding, one)));
    Table::of("Strongest examples", columns, rows)
}

fn here(report: &LintReport, example: &Example) -> String {
    match example.measure {
        Measure::ShareOfUnits => format!("{} % of {}s", percent(example.value, 2), report.run.unit),
        Measure::ShareOfDocuments => format!("{} % of documents", percent(example.value, 2)),
        Measure::PerThousandCharacters => format!("{} per {} characters", decimal(example.value, 2), thousands(1000)),
    }
}

fn there(example: &Example) -> String {
    match example.measure {
        Measure::PerThousandCharacters => decimal(example.value_other, 2),
        _ => format!("{} %", percent(example.value_other, 2)),
    }
}

fn strength(example: &Example) -> String {
    let log_odds = example.log_odds.map(|log_odds| format!("log odds {}", decimal(log_odds, 1)));
    log_odds.or_else(|| example.auc.map(|auc| format!("AUC {}", decimal(auc, 2)))).unwrap_or_else(|| "-".to_owned())
}

/// Returns the advice on each kind of finding once.
fn advice(report: &LintReport) -> Vec<(&'static str, String)> {
    let once: BTreeMap<&'static str, &str> =
        report.findings.iter().map(|finding| (finding.code(), lint_advice(&finding.kind))).collect();
    once.into_iter().map(|(code, advice)| (code, advice.to_owned())).collect()
}
