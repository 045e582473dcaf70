//! The result of `estimate` as it leaves the tool; the field names are those of the JSON.

use jiff::civil::Date;
use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};

use super::band_record::Band;
use super::error::MIN_TARGET_UNITS;
use super::group::Group;
use super::methods::{IntervalMethod, Method};
use super::misfit_word::MisfitWord;
use super::sources::{SourceShare, SourceSum};
use super::strata_record::StrataShare;
use super::summary::RunSummary;
use super::text::GroupText;
use crate::corpus::GroupKey;
use crate::interval::{Interval, Misfit};
use crate::numbers::counted;
use crate::tokenize::UnitRule;

/// The warning of a group of one document.
const ONE_DOCUMENT: &str = "no estimate: it is a single document";

/// The result of one run of `estimate`.
#[derive(Debug, Clone, Serialize)]
#[non_exhaustive]
pub struct Estimate {
    /// Summary of the tool, the settings, the reference and the input.
    #[serde(flatten)]
    pub run: RunSummary,
    /// Warnings about the run as a whole; those about a group are in its estimate.
    pub warnings: Vec<String>,
    /// Method by which alpha is estimated.
    pub method: Method,
    /// Method of the reported interval.
    pub interval_method: IntervalMethod,
    /// Estimates, one per group.
    pub estimates: Vec<GroupEstimate>,
}

/// The estimate of one group.
#[derive(Debug, Clone, Serialize)]
#[non_exhaustive]
pub struct GroupEstimate {
    /// Column names and values, in the order of `--by`.
    #[serde(serialize_with = "as_map")]
    pub group: Vec<(String, Option<String>)>,
    /// First day of the period; `None` if the group is in no period or none was asked for.
    #[serde(skip)]
    pub period: Option<Date>,
    /// Whether the documents are those of the control, calibrated without themselves: alpha should be 0.
    pub placebo: bool,
    /// Number of documents with at least one unit.
    pub n_documents: usize,
    /// Number of units.
    pub n_units: usize,
    /// Summary of its texts; `None` if there is too little text, or their words were not counted.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<GroupText>,
    /// Whether its texts are known to be far from those of the reference, so that the share is not to be trusted.
    pub unlike_text: bool,
    /// What says so.
    #[serde(skip)]
    pub(crate) unlike_because: Vec<String>,
    /// LLM share; `None` if there is too little text.
    #[serde(flatten, serialize_with = "found_or_nulls")]
    pub outcome: Option<ShareEstimate>,
    /// Warnings to read before using the estimate.
    pub warnings: Vec<String>,
}

/// The LLM share of a group that has enough text, with everything that tells how far to trust it.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[non_exhaustive]
pub struct ShareEstimate {
    /// LLM share of units, 0 to 1.
    pub alpha: f64,
    /// Standard error of alpha.
    pub standard_error: f64,
    /// Interval for alpha, systematic error included where it is known.
    pub interval: Interval,
    /// Interval without systematic error; `None` for the published method.
    pub sampling_interval: Option<Interval>,
    /// Systematic error tau at this alpha, if the reference has learnt it; 0.01 is one percentage point.
    pub systematic_error: Option<f64>,
    /// Variance relative to as many independent units; `None` for the published method and the two-level model.
    pub design_effect: Option<f64>,
    /// One-sided p-value of alpha = 0, against the control if there is one, with systematic error if it is known;
    /// `None` for the published method.
    pub p_zero: Option<f64>,
    /// Shares of all sources, human first.
    pub sources: Vec<SourceShare>,
    /// Sums of shares that are known although the shares themselves are not.
    pub source_sums: Vec<SourceSum>,
    /// Most likely shares of human text and of every LLM component, whether or not they are told apart.
    #[serde(skip)]
    pub shares: Vec<f64>,
    /// Misfit of the reference; `None` for the published method.
    pub misfit: Option<Misfit>,
    /// Words that the fitted mixture explains worst; empty if only scores are known.
    pub misfit_words: Vec<MisfitWord>,
    /// Results of the two-level model beside alpha; `None` if strata are too few or documents too short.
    #[serde(flatten)]
    pub strata: Option<StrataShare>,
    /// Shares under other specifications, if they were asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub band: Option<Band>,
}

impl ShareEstimate {
    /// Returns an estimate of which only alpha, its standard error and its interval are known.
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
            strata: None,
            band: None,
        }
    }

    /// Returns whether the reference is known not to fit.
    pub fn is_misfit(&self) -> bool {
        self.misfit.is_some_and(|misfit| misfit.flagged)
    }
}

impl GroupEstimate {
    /// Returns a group that is listed without an estimate, as it has too little text.
    pub fn too_small(
        group: Vec<(String, Option<String>)>,
        n_documents: usize,
        n_units: usize,
        unit: UnitRule,
    ) -> GroupEstimate {
        let found = counted(n_units, &unit.to_string());
        let warning = format!("no estimate: only {found}, but at least {MIN_TARGET_UNITS} are needed");
        GroupEstimate {
            group,
            period: None,
            placebo: false,
            n_documents,
            n_units,
            text: None,
            unlike_text: false,
            unlike_because: vec![],
            outcome: None,
            warnings: vec![warning],
        }
    }

    /// Returns the group without an estimate if it has too few of these units, or is a single document.
    pub(super) fn without_share(group: &Group<'_>, n_units: usize, unit: UnitRule) -> Option<GroupEstimate> {
        let is_small = n_units < MIN_TARGET_UNITS;
        if !is_small && !group.is_one_document() {
            return None;
        }
        let small = GroupEstimate::too_small(group.values.clone(), group.documents.len(), n_units, unit);
        let warnings = if is_small { small.warnings } else { vec![ONE_DOCUMENT.to_owned()] };
        Some(GroupEstimate { period: group.period, warnings, ..small })
    }

    /// Returns the values and the period that the documents are grouped by.
    pub fn key(&self) -> GroupKey {
        GroupKey { values: self.group.iter().map(|(_, value)| value.clone()).collect(), period: self.period }
    }

    /// Returns the values, joined by blanks; empty if everything is one group.
    pub fn name(&self) -> String {
        group_name(&self.group)
    }

    /// Returns alpha, the LLM share of units, 0 to 1; `None` if there is too little text.
    pub fn alpha(&self) -> Option<f64> {
        self.outcome.as_ref().map(|found| found.alpha)
    }

    /// Returns the interval for alpha; `None` if there is too little text.
    pub fn interval(&self) -> Option<Interval> {
        self.outcome.as_ref().map(|found| found.interval)
    }

    /// Returns the misfit of the reference; `None` if it is not known.
    pub fn misfit(&self) -> Option<Misfit> {
        self.outcome.as_ref().and_then(|found| found.misfit)
    }

    /// Returns whether the reference is known not to fit.
    pub fn is_misfit(&self) -> bool {
        self.outcome.as_ref().is_some_and(ShareEstimate::is_misfit)
    }
}

/// Returns the values of a group, joined by blanks; empty if everything is one group.
pub fn group_name(values: &[(String, Option<String>)]) -> String {
    values.iter().map(|(_, value)| value.as_deref().unwrap_or("(none)")).collect::<Vec<_>>().join(" ")
}

/// The keys of a [`ShareEstimate`], which a record has even if there is no estimate.
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
