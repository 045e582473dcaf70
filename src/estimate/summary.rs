//! What every result says of how it was made; the field names are those of the JSON.

use std::collections::BTreeMap;

use serde::Serialize;

use super::text::TextSummary;
use crate::interval::CalibrationMap;
use crate::prose::{PROSE, Tally};
use crate::reference::{Reference, Scorer};
use crate::tokenize::UnitRule;

/// Version of the JSON; breaking changes raise it, additions do not.
pub const SCHEMA_VERSION: u32 = 1;

/// What every result begins with: the tool, what it was made from, and with what. `R` is what it says of the reference.
#[derive(Debug, Clone, Serialize)]
#[non_exhaustive]
pub struct RunSummary<R = ReferenceSummary> {
    /// [`SCHEMA_VERSION`].
    pub schema_version: u32,
    /// Which tool.
    pub tool: ToolSummary,
    /// What shares and rates are of.
    pub unit: UnitRule,
    /// Coverage asked of the intervals.
    pub level: f64,
    /// Seed of whatever is random.
    pub seed: u64,
    /// Which reference was used.
    pub reference: R,
    /// What was read.
    pub input: InputSummary,
    /// Human text of the target's kind that the human side was learnt from, if any.
    pub control: Option<ControlSummary>,
    /// Which calibration was used; none where scores are not calibrated.
    pub calibration: Option<CalibrationMap>,
    /// What concerns the run as a whole.
    pub warnings: Vec<String>,
}

impl<R> RunSummary<R> {
    /// Returns the summary of a run of this tool, of which nothing has been read yet.
    pub fn new(unit: UnitRule, level: f64, seed: u64, reference: R) -> RunSummary<R> {
        RunSummary {
            schema_version: SCHEMA_VERSION,
            tool: ToolSummary::default(),
            unit,
            level,
            seed,
            reference,
            input: InputSummary::default(),
            control: None,
            calibration: None,
            warnings: vec![],
        }
    }
}

/// Name and version of the tool.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[non_exhaustive]
pub struct ToolSummary {
    /// `llm-prevalence`.
    pub name: &'static str,
    /// Its version.
    pub version: &'static str,
}

impl Default for ToolSummary {
    fn default() -> Self {
        ToolSummary { name: env!("CARGO_PKG_NAME"), version: env!("CARGO_PKG_VERSION") }
    }
}

/// Which reference was used.
#[derive(Debug, Clone, Serialize)]
#[non_exhaustive]
pub struct ReferenceSummary {
    /// Its name.
    pub name: String,
    /// SHA-256 of its file.
    pub sha256: String,
    /// Its sources, human first.
    pub sources: Vec<String>,
    /// Which scores were used; none for the published method.
    pub scorer: Option<Scorer>,
    /// Slope of the logistic calibration per component, in its own score: 1 where the scores need none.
    pub calibration_slope: Vec<f64>,
}

impl ReferenceSummary {
    /// The summary of `reference`, used with `scorer` for `unit`.
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
}

/// What was read, and what of it could not be used.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
#[non_exhaustive]
pub struct InputSummary {
    /// File names, sorted.
    pub files: Vec<String>,
    /// Documents with at least one unit.
    pub n_documents: usize,
    /// Documents that are empty or have no unit of two words; left out.
    pub n_documents_without_units: u64,
    /// Documents with bytes that are not UTF-8, which were replaced.
    pub n_documents_invalid_utf8: u64,
    /// What was cut from running text as not prose; absent where there was none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cut: Option<CutSummary>,
    /// Layouts in which records were recognised, sorted; none for plain rows and texts.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub layouts: Vec<String>,
    /// Fields of unknown forms that were taken as text, sorted.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub unlisted_text_fields: Vec<String>,
    /// Records left out, by the reason: the kind of a note, `duplicate`, `deleted`, `other-language` and the like.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub skipped: BTreeMap<String, u64>,
    /// Documents surely in another language than English, by its ISO 639-3 code; left out or not.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub other_languages: BTreeMap<String, u64>,
    /// Their share of all documents, 0 to 1; absent where there are none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub other_language_share: Option<f64>,
    /// How long its units are, and how many of its words are known; absent where nobody has counted.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<TextSummary>,
}

/// What was cut from running text as not its writer's prose.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[non_exhaustive]
pub struct CutSummary {
    /// Name and version of the rules: [`PROSE`].
    pub rules: &'static str,
    /// Share of all characters, 0 to 1.
    pub share: f64,
    /// Characters before anything was cut, and what each rule cut.
    #[serde(flatten)]
    pub tally: Tally,
}

impl CutSummary {
    /// What `tally` counted; `None` if it saw no text.
    pub fn new(tally: &Tally) -> Option<CutSummary> {
        tally.share().map(|share| CutSummary { rules: PROSE, share, tally: tally.clone() })
    }
}

/// The control.
#[derive(Debug, Clone, Default, Serialize)]
#[non_exhaustive]
pub struct ControlSummary {
    /// File names, sorted.
    pub files: Vec<String>,
    /// The date that its documents are older than, where it is a part of the input.
    pub before: Option<String>,
    /// Documents with at least one unit.
    pub n_documents: usize,
    /// Documents of the input without a readable date; they are in the target.
    pub n_undated: usize,
    /// What to know of it.
    pub warnings: Vec<String>,
}
