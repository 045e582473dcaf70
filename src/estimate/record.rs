//! The result of `estimate` as it leaves the tool; the field names are those of the JSON (DESIGN section 4).

use jiff::civil::Date;
use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};

use super::{Band, MIN_TARGET_UNITS, MisfitWord, RunSummary, SourceShare, SourceSum, StrataShare};
use crate::corpus::GroupKey;
use crate::interval::{Interval, Misfit};
use crate::tokenize::UnitRule;

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
#[non_exhaustive]
pub struct Estimate {
    /// What it was made from, and with what.
    #[serde(flatten)]
    pub run: RunSummary,
    /// How alpha is estimated.
    pub method: Method,
    /// Which interval is reported.
    pub interval_method: IntervalMethod,
    /// One per group.
    pub estimates: Vec<GroupEstimate>,
}

/// The estimate of one group.
#[derive(Debug, Clone, Serialize)]
#[non_exhaustive]
pub struct GroupEstimate {
    /// Column and value, in the order of `--by`.
    #[serde(serialize_with = "as_map")]
    pub group: Vec<(String, Option<String>)>,
    /// The first day of the period; none: in no period, or none were wanted.
    #[serde(skip)]
    pub period: Option<Date>,
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
#[non_exhaustive]
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
    /// What the two-level model says beside alpha; none where the reference knows too few strata, or documents are single units.
    #[serde(flatten)]
    pub strata: Option<StrataShare>,
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
    /// Returns a group that is listed, but not estimated.
    pub fn too_small(
        group: Vec<(String, Option<String>)>,
        n_documents: usize,
        n_units: usize,
        unit: UnitRule,
    ) -> GroupEstimate {
        let units = if unit == UnitRule::Document { "documents" } else { "units" };
        let warning = format!("only {n_units} {units}, at least {MIN_TARGET_UNITS} are needed: no estimate");
        let (period, placebo, outcome) = (None, false, None);
        GroupEstimate { group, period, placebo, n_documents, n_units, outcome, warnings: vec![warning] }
    }

    /// Returns what its documents are grouped by.
    pub fn key(&self) -> GroupKey {
        GroupKey { values: self.group.iter().map(|(_, value)| value.clone()).collect(), period: self.period }
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
