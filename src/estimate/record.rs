//! The result of `estimate` as it leaves the tool; the field names are those of the JSON (DESIGN section 4).

use std::collections::BTreeMap;

use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};

use super::{Band, MIN_TARGET_UNITS, MisfitWord, SourceShare, SourceSum};
use crate::interval::{CalibrationMap, Interval, Misfit};
use crate::prose::{PROSE, Tally};
use crate::reference::{Reference, Scorer};
use crate::tokenize::UnitRule;

/// Version of the JSON; breaking changes raise it, additions do not.
pub const SCHEMA_VERSION: u32 = 1;

/// How alpha is estimated.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Method {
    /// Calibrated scores, clustered interval.
    #[default]
    Calibrated,
    /// The published code of Liang et al. (2024): uncalibrated, units as if independent; for comparison.
    Liang,
}

/// Which interval is reported.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum IntervalMethod {
    /// Clustered score interval with the reference's uncertainty.
    #[default]
    Score,
    /// Percentiles of a bootstrap over documents; without the reference's uncertainty.
    Bootstrap,
    /// Percentiles of a bootstrap over units, as published.
    UnitBootstrap,
}

/// One run of `estimate`.
#[derive(Debug, Clone, Serialize)]
pub struct Estimate {
    /// [`SCHEMA_VERSION`].
    pub schema_version: u32,
    /// Which tool.
    pub tool: ToolSummary,
    /// What alpha is a share of.
    pub unit: UnitRule,
    /// Coverage asked of the intervals.
    pub level: f64,
    /// Seed of whatever is random.
    pub seed: u64,
    /// How alpha is estimated.
    pub method: Method,
    /// Which calibration was used; none for the published method.
    pub calibration: Option<CalibrationMap>,
    /// Which interval is reported.
    pub interval_method: IntervalMethod,
    /// What it was estimated with.
    pub reference: ReferenceSummary,
    /// What was read.
    pub input: InputSummary,
    /// Human text of the target's kind that the human side was learnt from, if any.
    pub control: Option<ControlSummary>,
    /// One per group.
    pub estimates: Vec<GroupEstimate>,
    /// What concerns the run as a whole.
    pub warnings: Vec<String>,
}

/// Name and version of the tool.
#[derive(Debug, Clone, PartialEq, Serialize)]
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
}

/// What was cut from running text as not its writer's prose.
#[derive(Debug, Clone, PartialEq, Serialize)]
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

/// The estimate of one group.
#[derive(Debug, Clone, Serialize)]
pub struct GroupEstimate {
    /// Column and value, in the order of `--by`.
    #[serde(serialize_with = "as_map")]
    pub group: Vec<(String, Option<String>)>,
    /// Whether these are documents of the control, calibrated without themselves: alpha should be 0.
    pub placebo: bool,
    /// Documents with at least one unit.
    pub n_documents: usize,
    /// Units.
    pub n_units: usize,
    /// What was found; none where there is too little text.
    #[serde(flatten, serialize_with = "found_or_nulls")]
    pub outcome: Option<ShareEstimate>,
    /// What to know before using the number.
    pub warnings: Vec<String>,
}

/// The LLM share of a group that has enough text, with everything that says how far to trust it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ShareEstimate {
    /// LLM share of units, 0 to 1.
    pub alpha: f64,
    /// Standard error of alpha.
    pub standard_error: f64,
    /// Interval for alpha, systematic error included where it is known.
    pub interval: Interval,
    /// The interval without systematic error; none for the published method.
    pub sampling_interval: Option<Interval>,
    /// Systematic error tau at this alpha, where `validate` has learnt it; 0.01 is one percentage point.
    pub systematic_error: Option<f64>,
    /// Variance relative to as many independent units; none for the published method.
    pub design_effect: Option<f64>,
    /// One-sided p-value of alpha = 0, against the control where there is one, and systematic error where it is known; none for the
    /// published method.
    pub p_zero: Option<f64>,
    /// Share of every source, human first.
    pub sources: Vec<SourceShare>,
    /// Sums of shares that are known where the shares themselves are not.
    pub source_sums: Vec<SourceSum>,
    /// The most likely shares of human text and of every LLM component, whether they are told apart or not.
    #[serde(skip)]
    pub shares: Vec<f64>,
    /// Whether the reference fits; none for the published method.
    pub misfit: Option<Misfit>,
    /// The words that the fitted mixture explains worst; none where only scores are known.
    pub misfit_words: Vec<MisfitWord>,
    /// The share by other choices, where it was asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub band: Option<Band>,
}

impl ShareEstimate {
    /// Returns an estimate of which no more is known than alpha, its standard error and its interval.
    pub fn new(alpha: f64, standard_error: f64, interval: Interval) -> ShareEstimate {
        ShareEstimate {
            alpha,
            standard_error,
            interval,
            sampling_interval: None,
            systematic_error: None,
            design_effect: None,
            p_zero: None,
            sources: vec![],
            source_sums: vec![],
            shares: vec![],
            misfit: None,
            misfit_words: vec![],
            band: None,
        }
    }

    /// Returns whether the reference is known not to fit.
    pub fn is_misfit(&self) -> bool {
        self.misfit.is_some_and(|misfit| misfit.flagged)
    }
}

impl GroupEstimate {
    /// Returns a group that is listed, but not estimated.
    pub fn too_small(
        group: Vec<(String, Option<String>)>,
        n_documents: usize,
        n_units: usize,
        unit: UnitRule,
    ) -> GroupEstimate {
        let units = if unit == UnitRule::Document { "documents" } else { "units" };
        let warning = format!("only {n_units} {units}, at least {MIN_TARGET_UNITS} are needed: no estimate");
        GroupEstimate { group, placebo: false, n_documents, n_units, outcome: None, warnings: vec![warning] }
    }

    /// Returns alpha, the LLM share of units, 0 to 1; none where there is too little text.
    pub fn alpha(&self) -> Option<f64> {
        self.outcome.as_ref().map(|found| found.alpha)
    }

    /// Returns the interval for alpha; none where there is too little text.
    pub fn interval(&self) -> Option<Interval> {
        self.outcome.as_ref().map(|found| found.interval)
    }

    /// Returns how well the reference fits; none where that is not known.
    pub fn misfit(&self) -> Option<Misfit> {
        self.outcome.as_ref().and_then(|found| found.misfit)
    }

    /// Returns whether the reference is known not to fit.
    pub fn is_misfit(&self) -> bool {
        self.outcome.as_ref().is_some_and(ShareEstimate::is_misfit)
    }
}

/// The keys of a [`ShareEstimate`], which a record has whether there is an estimate or not.
#[derive(Default, Serialize)]
struct Nulls {
    alpha: (),
    standard_error: (),
    interval: (),
    sampling_interval: (),
    systematic_error: (),
    design_effect: (),
    p_zero: (),
    sources: [(); 0],
    source_sums: [(); 0],
    misfit: (),
    misfit_words: [(); 0],
}

fn found_or_nulls<S: Serializer>(found: &Option<ShareEstimate>, serializer: S) -> Result<S::Ok, S::Error> {
    match found {
        Some(found) => found.serialize(serializer),
        None => Nulls::default().serialize(serializer),
    }
}

fn as_map<S: Serializer>(group: &[(String, Option<String>)], serializer: S) -> Result<S::Ok, S::Error> {
    let mut map = serializer.serialize_map(Some(group.len()))?;
    for (column, value) in group {
        map.serialize_entry(column, value)?;
    }
    map.end()
}
