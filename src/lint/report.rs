//! The result of `lint`; the field names are those of the JSON, to which `report` adds the messages and the advice.

use serde::Serialize;

use super::kind::Kind;
use super::reference_match::ReferenceMatch;
use crate::estimate::{EstimateOptions, RunSummary, SourceInput};
use crate::tokenize::UnitRule;

/// The severity of a finding, the worst first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum Severity {
    /// The finding means that estimates with this reference would measure something other than who wrote the text.
    Error,
    /// The finding may well distort estimates.
    Warning,
    /// The finding is worth knowing.
    Note,
}

impl Severity {
    /// Returns the name in the JSON.
    pub fn name(self) -> &'static str {
        match self {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Note => "note",
        }
    }
}

/// The measure that the numbers of an [`Example`] give.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Measure {
    /// Share of the units with it, 0 to 1.
    ShareOfUnits,
    /// Share of the documents with it, 0 to 1.
    ShareOfDocuments,
    /// Number of occurrences per 1,000 characters.
    PerThousandCharacters,
}

/// A word, a short phrase or a feature that shows a finding.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Example {
    /// The word, at most the first six words of a phrase, or the feature's name.
    pub text: String,
    /// The measure of the numbers.
    pub measure: Measure,
    /// Number of units or documents with it on the finding's side, or number of its occurrences.
    pub n: u64,
    /// Number of units or documents with it on the other side, or number of its occurrences there.
    pub n_other: u64,
    /// Share or rate on the finding's side.
    pub value: f64,
    /// Share or rate on the other side.
    pub value_other: f64,
    /// Natural logarithm of the ratio of the two odds, with half an occurrence added to each count; words only.
    pub log_odds: Option<f64>,
    /// Area under the ROC curve of a rule on it alone, 0.5 (chance) to 1; features only.
    pub auc: Option<f64>,
}

impl Example {
    /// Returns what stands in so many of all documents of the finding's side, and of the other side.
    pub(super) fn in_documents(text: &str, (n, n_total): (u64, u64), (n_other, n_total_other): (u64, u64)) -> Example {
        Example {
            text: text.to_owned(),
            measure: Measure::ShareOfDocuments,
            n,
            n_other,
            value: share(n, n_total),
            value_other: share(n_other, n_total_other),
            log_odds: None,
            auc: None,
        }
    }
}

/// Something that a person should look at before a reference is used.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Finding {
    /// Its severity.
    pub severity: Severity,
    /// Its kind.
    pub kind: Kind,
    /// The source of the text: `human`, or an LLM source or group of them; empty if it is about the whole.
    pub source: String,
    /// Number of documents of that source concerned; if several words or headings are listed, those with the first.
    pub n_documents: u64,
    /// Their share of the source's documents, 0 to 1.
    pub share: f64,
    /// Area under the ROC curve of a rule on it alone, 0.5 (chance) to 1, if that was measured.
    pub auc: Option<f64>,
    /// Words, short phrases or features; never a sentence of the data.
    pub examples: Vec<Example>,
}

impl Finding {
    /// Returns a finding without numbers.
    pub(super) fn new(severity: Severity, kind: Kind, source: &str) -> Finding {
        let (source, examples) = (source.to_owned(), vec![]);
        Finding { severity, kind, source, n_documents: 0, share: 0.0, auc: None, examples }
    }

    /// Returns the name of its kind in the JSON.
    pub fn code(&self) -> &'static str {
        self.kind.code()
    }

    /// Sets the number of documents concerned, of `n_total`.
    pub(super) fn in_documents(mut self, n: usize, n_total: usize) -> Finding {
        self.n_documents = n as u64;
        self.share = share(n as u64, n_total as u64);
        self
    }

    /// Sets the separation that was measured.
    pub(super) fn with_auc(mut self, auc: f64) -> Finding {
        self.auc = Some(auc);
        self
    }

    /// Sets the examples.
    pub(super) fn with_examples(mut self, examples: Vec<Example>) -> Finding {
        self.examples = examples;
        self
    }
}

/// Counts of the text of a source that was looked at.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[non_exhaustive]
pub struct SourceSummary {
    /// `human`, or an LLM source or group of them.
    pub name: String,
    /// Number of documents looked at.
    pub n_documents: u64,
    /// Number of documents skipped because the reference has held them out.
    pub n_documents_held_out: u64,
    /// Number of units that count.
    pub n_units: u64,
    /// Number of words in these, including repeats.
    pub n_words: u64,
}

/// Everything that a lint has found.
#[derive(Debug, Clone, Serialize)]
#[non_exhaustive]
pub struct LintReport {
    /// The unit, the reference that was named, if any, and the input as a whole; there is no interval and no chance.
    #[serde(flatten)]
    pub run: RunSummary<Option<ReferenceMatch>>,
    /// Notes on the input to read before using the result; empty if the texts did not come from files.
    pub warnings: Vec<String>,
    /// The texts looked at, human text first.
    pub sources: Vec<SourceSummary>,
    /// Number of findings of severity error.
    pub n_errors: usize,
    /// Number of findings of severity warning.
    pub n_warnings: usize,
    /// Number of findings of severity note.
    pub n_notes: usize,
    /// The findings, the worst first.
    pub findings: Vec<Finding>,
    /// The inputs that were read, and what of them could not be used; empty if the texts did not come from files.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub inputs: Vec<SourceInput>,
}

impl LintReport {
    /// Returns a report with its findings in order: the worst first, then by kind; sources keep their order.
    pub(super) fn new(
        unit: UnitRule,
        reference: Option<ReferenceMatch>,
        sources: Vec<SourceSummary>,
        mut findings: Vec<Finding>,
    ) -> LintReport {
        findings.sort_by_key(|finding| (finding.severity, finding.code()));
        let n_of = |severity| findings.iter().filter(|finding| finding.severity == severity).count();
        LintReport {
            run: RunSummary::new(unit, EstimateOptions::default().level, 0, reference),
            warnings: vec![],
            sources,
            n_errors: n_of(Severity::Error),
            n_warnings: n_of(Severity::Warning),
            n_notes: n_of(Severity::Note),
            findings,
            inputs: vec![],
        }
    }
}

/// Returns `n` of `n_total` as a number from 0 to 1; 0 of nothing.
pub(super) fn share(n: u64, n_total: u64) -> f64 {
    if n_total == 0 { 0.0 } else { n as f64 / n_total as f64 }
}
