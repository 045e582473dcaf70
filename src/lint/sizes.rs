//! Sources with too little text.

use super::kind::Kind;
use super::lengths::Lengths;
use super::report::{Finding, Severity, SourceSummary};
use super::sides::Sides;
use crate::reference::{MIN_DOCUMENTS, MIN_SOURCE_UNITS};

/// Number of units below which the 64 bins of the calibration hold some thirty each, and rare words are in no vocabulary.
pub const FEW_UNITS: u64 = 2_000;

pub(super) fn check(sides: &Sides, sizes: &[Lengths]) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (side, lengths) in sides.all().zip(sizes) {
        let (n_units, n_documents) = (lengths.n_units(), side.documents.len());
        let finding = |severity, kind| Finding::new(severity, kind, &side.name).in_documents(n_documents, n_documents);
        if n_units < MIN_SOURCE_UNITS {
            findings.push(finding(Severity::Error, Kind::TooSmall { n_units }));
        } else if n_units < FEW_UNITS {
            findings.push(finding(Severity::Warning, Kind::Small { n_units }));
        }
        if (lengths.n_documents() as u64) < MIN_DOCUMENTS && n_units >= MIN_SOURCE_UNITS {
            findings.push(finding(Severity::Note, Kind::FewDocuments));
        }
    }
    findings
}

/// Returns the amount of text that was looked at, human text first.
pub(super) fn summaries(sides: &Sides, sizes: &[Lengths]) -> Vec<SourceSummary> {
    let summary = |(side, lengths): (&super::sides::Side, &Lengths)| SourceSummary {
        name: side.name.clone(),
        n_documents: side.documents.len() as u64,
        n_documents_held_out: side.n_held_out as u64,
        n_units: lengths.n_units(),
        n_words: lengths.n_words(),
    };
    sides.all().zip(sizes).map(summary).collect()
}
