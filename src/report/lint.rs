//! The findings of `reference lint`, for people: a table of findings, one of examples, and advice.

use std::collections::BTreeMap;

use comfy_table::{CellAlignment, Table};

use super::cells::{percent, thousands};
use super::input::{source_cut_notes, source_notes};
use super::markdown;
use super::table::{aligned, trimmed};
use crate::lint::{Example, Finding, LintReport, Measure};

/// The output format of the findings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, clap::ValueEnum)]
pub enum LintOutput {
    /// Aligned tables for people.
    #[default]
    Table,
    /// One JSON object with everything.
    Json,
    /// Tables for a document or an issue.
    Markdown,
}

/// Renders the whole text of a report, with a line break at the end.
pub fn render_lint(report: &LintReport, output: LintOutput) -> String {
    match output {
        LintOutput::Table => table(report),
        LintOutput::Json => serde_json::to_string_pretty(report).unwrap_or_default() + "\n",
        LintOutput::Markdown => as_markdown(report),
    }
}

/// Rows with their header, and the columns that are aligned to the left.
struct Listing {
    header: Vec<&'static str>,
    left: &'static [usize],
    rows: Vec<Vec<String>>,
}

impl Listing {
    fn table(self) -> String {
        let mut table: Table = aligned(self.header.into_iter().map(str::to_owned).collect(), 0);
        for &number in self.left {
            if let Some(column) = table.column_mut(number) {
                column.set_cell_alignment(CellAlignment::Left);
            }
        }
        table.add_rows(self.rows);
        trimmed(&table)
    }

    fn markdown(self) -> String {
        let header: Vec<String> = self.header.into_iter().map(str::to_owned).collect();
        let is_left = |column: usize| self.left.contains(&column);
        markdown::table(&header, &is_left, &self.rows) + "\n"
    }
}

fn table(report: &LintReport) -> String {
    let mut text = sources(report).table();
    source_cut_notes(&report.inputs).iter().for_each(|note| text += &format!("{note}\n"));
    source_notes(&report.inputs, report.unit).iter().for_each(|note| text += &format!("! {note}\n"));
    text += &provenance(report).map(|line| line + "\n").unwrap_or_default();
    text += &format!("\n{}\n", headline(report));
    if report.findings.is_empty() {
        return text;
    }
    text += &findings(report).table();
    if let Some(examples) = examples(report) {
        text += &format!("\nThe strongest of them:\n{}", examples.table());
    }
    text += "\nWhat to do:\n";
    advice(report).iter().for_each(|(code, advice)| text += &format!("  {code}: {advice}\n"));
    text
}

fn as_markdown(report: &LintReport) -> String {
    let mut text = sources(report).markdown();
    let notes = [source_cut_notes(&report.inputs), source_notes(&report.inputs, report.unit)].concat();
    notes.iter().for_each(|note| text += &format!("- {}\n", markdown::escape(note)));
    text += if notes.is_empty() { "" } else { "\n" };
    text += &provenance(report).map(|line| markdown::escape(&line) + ".\n\n").unwrap_or_default();
    text += &format!("{}\n", headline(report));
    if report.findings.is_empty() {
        return text;
    }
    text += &format!("\n{}", findings(report).markdown());
    if let Some(examples) = examples(report) {
        text += &format!("The strongest of them:\n\n{}", examples.markdown());
    }
    advice(report).iter().for_each(|(code, advice)| text += &format!("- {code}: {}\n", markdown::escape(advice)));
    text
}

fn sources(report: &LintReport) -> Listing {
    let row = |source: &crate::lint::SourceSummary| {
        let mean = source.n_words as f64 / (source.n_units as f64).max(1.0);
        let counts = [source.n_documents, source.n_documents_held_out, source.n_units].map(|n| thousands(n as usize));
        [source.name.clone()].into_iter().chain(counts).chain([format!("{mean:.1}")]).collect()
    };
    let header = vec!["source", "documents", "held out", "units", "words a unit"];
    Listing { header, left: &[0], rows: report.sources.iter().map(row).collect() }
}

fn provenance(report: &LintReport) -> Option<String> {
    let matched = report.reference.as_ref()?;
    let hash = matched.sha256.get(..12).unwrap_or(&matched.sha256);
    let files = match matched.same_files {
        true => format!("the files are those of its fit ({})", matched.n_files_same),
        false => "the files are not those of its fit".to_owned(),
    };
    Some(format!("Reference \"{}\" ({hash}): {files}; what it has held out is passed over", matched.name))
}

fn headline(report: &LintReport) -> String {
    let counted = |n: usize, name: &str| format!("{n} {name}{}", if n == 1 { "" } else { "s" });
    match report.findings.len() {
        0 => "Nothing found.".to_owned(),
        _ => format!(
            "{}, {}, {}:",
            counted(report.n_errors, "error"),
            counted(report.n_warnings, "warning"),
            counted(report.n_notes, "note")
        ),
    }
}

fn findings(report: &LintReport) -> Listing {
    let row = |finding: &Finding| {
        let dash = || "-".to_owned();
        let how_many = (finding.n_documents > 0).then(|| thousands(finding.n_documents as usize));
        let source = if finding.source.is_empty() { dash() } else { finding.source.clone() };
        vec![
            finding.severity.name().to_owned(),
            finding.code.to_owned(),
            source,
            how_many.unwrap_or_else(dash),
            finding.message.clone(),
        ]
    };
    let header = vec!["severity", "finding", "source", "documents", "what"];
    Listing { header, left: &[0, 1, 2, 4], rows: report.findings.iter().map(row).collect() }
}

fn examples(report: &LintReport) -> Option<Listing> {
    let of_finding =
        |finding: &Finding| finding.examples.iter().map(|one| example(report, finding, one)).collect::<Vec<_>>();
    let rows: Vec<Vec<String>> = report.findings.iter().flat_map(of_finding).collect();
    let header = vec!["finding", "source", "word, phrase or feature", "here", "there", "n", "n there", "strength"];
    (!rows.is_empty()).then_some(Listing { header, left: &[0, 1, 2], rows })
}

fn example(report: &LintReport, finding: &Finding, example: &Example) -> Vec<String> {
    let value = |value: f64| match example.measure {
        Measure::ShareOfUnits => format!("{} % of {}s", percent(value, 2), report.unit),
        Measure::ShareOfDocuments => format!("{} % of documents", percent(value, 2)),
        Measure::PerThousandCharacters => format!("{value:.2} per 1,000 characters"),
    };
    let other = match example.measure {
        Measure::PerThousandCharacters => format!("{:.2}", example.value_other),
        _ => format!("{} %", percent(example.value_other, 2)),
    };
    let log_odds = example.log_odds.map(|log_odds| format!("log odds {log_odds:.1}"));
    let strength = log_odds.or_else(|| example.auc.map(|auc| format!("AUC {auc:.2}")));
    vec![
        finding.code.to_owned(),
        finding.source.clone(),
        example.text.trim().to_owned(),
        value(example.value),
        other,
        thousands(example.n as usize),
        thousands(example.n_other as usize),
        strength.unwrap_or_else(|| "-".to_owned()),
    ]
}

/// Returns the advice on each kind of finding once.
fn advice(report: &LintReport) -> BTreeMap<&'static str, &'static str> {
    report.findings.iter().map(|finding| (finding.code, finding.advice)).collect()
}
