//! The summary in every result of how it was made; the field names are those of the JSON.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::Serialize;

use super::text::TextSummary;
use crate::interval::CalibrationMap;
use crate::prose::{PROSE, Tally};
#[cfg(feature = "files")]
use crate::reference::HUMAN;
use crate::reference::{Reference, Scorer};
use crate::tokenize::UnitRule;

/// Version of the JSON; breaking changes raise it, additions do not.
pub const SCHEMA_VERSION: u32 = 1;

/// The summary that every result begins with: the tool, its settings and its input. `R` describes the reference.
#[derive(Debug, Clone, Serialize)]
#[non_exhaustive]
pub struct RunSummary<R = ReferenceSummary> {
    /// Version of the JSON, [`SCHEMA_VERSION`].
    pub schema_version: u32,
    /// Tool that made the result.
    pub tool: ToolSummary,
    /// Unit that shares and rates are of.
    pub unit: UnitRule,
    /// Nominal coverage of the intervals, 0 to 1.
    pub level: f64,
    /// Seed of everything that is random.
    pub seed: u64,
    /// Reference that was used.
    pub reference: R,
    /// SHA-256 of its file, where `reference` is its name alone.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reference_sha256: Option<String>,
    /// Input that was read.
    pub input: InputSummary,
    /// Human text of the target's kind that the human side was learnt from, if any.
    pub control: Option<ControlSummary>,
    /// Calibration that was used; `None` if scores are not calibrated.
    pub calibration: Option<CalibrationMap>,
}

impl<R> RunSummary<R> {
    /// Returns the summary of a run of this tool that has read nothing yet.
    pub fn new(unit: UnitRule, level: f64, seed: u64, reference: R) -> RunSummary<R> {
        RunSummary {
            schema_version: SCHEMA_VERSION,
            tool: ToolSummary::default(),
            unit,
            level,
            seed,
            reference,
            reference_sha256: None,
            input: InputSummary::default(),
            control: None,
            calibration: None,
        }
    }
}

/// Name and version of the tool.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[non_exhaustive]
pub struct ToolSummary {
    /// Name of the tool, `llm-prevalence`.
    pub name: &'static str,
    /// Version of the tool.
    pub version: &'static str,
}

impl Default for ToolSummary {
    fn default() -> Self {
        ToolSummary { name: env!("CARGO_PKG_NAME"), version: env!("CARGO_PKG_VERSION") }
    }
}

/// The reference that was used.
#[derive(Debug, Clone, Serialize)]
#[non_exhaustive]
pub struct ReferenceSummary {
    /// Name of the reference.
    pub name: String,
    /// SHA-256 of its file.
    pub sha256: String,
    /// Names of its sources, human first.
    pub sources: Vec<String>,
    /// Scorer that was used; `None` for the published method.
    pub scorer: Option<Scorer>,
    /// Slope of the logistic calibration of each component in its own score; 1 if the scores need none.
    pub calibration_slope: Vec<f64>,
}

impl ReferenceSummary {
    /// Returns the summary of `reference`, used with `scorer` for `unit`.
    pub fn new(reference: &Reference, sha256: &str, scorer: Scorer, unit: UnitRule) -> ReferenceSummary {
        let slopes = reference.calibration(scorer, unit).map(|calibration| calibration.logistic.own_slopes());
        ReferenceSummary {
            name: reference.card.name.clone(),
            sha256: sha256.to_owned(),
            sources: reference.sources.iter().map(|source| source.name.clone()).collect(),
            scorer: Some(scorer),
            calibration_slope: slopes.unwrap_or_default(),
        }
    }

    /// Returns the summary of a published table of words.
    #[cfg(feature = "files")]
    pub(crate) fn published(name: &str, sha256: &str) -> ReferenceSummary {
        ReferenceSummary {
            name: name.to_owned(),
            sha256: sha256.to_owned(),
            sources: vec![HUMAN.to_owned(), "llm".to_owned()],
            scorer: None,
            calibration_slope: vec![],
        }
    }
}

/// The input that was read, and what of it could not be used.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
#[non_exhaustive]
pub struct InputSummary {
    /// File names, sorted.
    pub files: Vec<String>,
    /// Number of documents with at least one unit.
    pub n_documents: usize,
    /// Number of their units, where they were counted.
    #[serde(skip)]
    pub n_units: usize,
    /// Number of documents left out because they are empty or have no unit of two words.
    pub n_documents_without_units: u64,
    /// Number of documents with bytes that are not UTF-8, which were replaced.
    pub n_documents_invalid_utf8: u64,
    /// Summary of what was cut from running text as not prose; absent without running text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cut: Option<CutSummary>,
    /// Columns that the text came from, sorted; empty where files are texts as a whole.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub text_fields: Vec<String>,
    /// Number of documents with the text of another document, under another id or in another file; they count.
    #[serde(skip_serializing_if = "is_zero")]
    pub n_same_text: u64,
    /// The first file that was left out for having no column of text, if others have one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub first_without_text_column: Option<String>,
    /// Layouts in which records were recognised, sorted; empty for plain rows and texts.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub layouts: Vec<String>,
    /// Fields that are not known of any form and were taken as text, sorted.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub unlisted_text_fields: Vec<String>,
    /// Names of the columns of all files, sorted, for errors.
    #[serde(skip)]
    pub columns: Vec<String>,
    /// Decisions about files that nobody asked for, and that change what is read of them.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub remarks: Vec<String>,
    /// Number of records left out, by reason: the kind of a note, `duplicate`, `deleted`, `other-language` etc.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub skipped: BTreeMap<String, u64>,
    /// Number of documents clearly not in English, by their language's ISO 639-3 code, whether left out or not.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub other_languages: BTreeMap<String, u64>,
    /// Their share of all documents, 0 to 1; absent where there are none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub other_language_share: Option<f64>,
    /// Length of its units and share of its words that are known; absent if they were not counted.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<TextSummary>,
}

fn is_zero(n: &u64) -> bool {
    *n == 0
}

/// The summary of what was cut from running text as not its writer's prose.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[non_exhaustive]
pub struct CutSummary {
    /// Name and version of the rules: [`PROSE`].
    pub rules: &'static str,
    /// Share of all characters that was cut, 0 to 1.
    pub share: f64,
    /// Number of characters before anything was cut, and what each rule cut.
    #[serde(flatten)]
    pub tally: Tally,
}

impl CutSummary {
    /// Returns the summary of `tally`; `None` if it saw no text.
    pub fn new(tally: &Tally) -> Option<CutSummary> {
        tally.share().map(|share| CutSummary { rules: PROSE, share, tally: tally.clone() })
    }
}

/// The summary of the control.
#[derive(Debug, Clone, Default, Serialize)]
#[non_exhaustive]
pub struct ControlSummary {
    /// File names, sorted.
    pub files: Vec<String>,
    /// Date that its documents are older than, if it is a part of the input.
    pub before: Option<Date>,
    /// Number of documents with at least one unit.
    pub n_documents: usize,
    /// Number of documents of the input without a readable date, which are in the target.
    pub n_undated: usize,
    /// Number of documents of the input whose date may be on either side of `before`, which are in the target.
    pub n_unclear: usize,
    /// Warnings about the control.
    pub warnings: Vec<String>,
}
