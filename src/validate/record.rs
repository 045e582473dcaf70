//! The result of `validate` as it leaves the tool.

use serde::Serialize;

use super::{Cell, Stratum};
use crate::estimate::{EstimateError, ReferenceSummary, SourceInput, ToolSummary};
use crate::interval::CalibrationMap;
use crate::reference::{FitError, SystematicError};
use crate::tokenize::UnitRule;

/// One run of `validate`.
#[derive(Debug, Clone, Serialize)]
pub struct Validation {
    /// Version of the JSON; breaking changes raise it, additions do not.
    pub schema_version: u32,
    /// Which tool.
    pub tool: ToolSummary,
    /// What alpha is a share of.
    pub unit: UnitRule,
    /// Coverage asked of the intervals.
    pub level: f64,
    /// Seed of the mixtures.
    pub seed: u64,
    /// Which calibration was used.
    pub calibration: CalibrationMap,
    /// The reference examined; with strata left out, the one whose settings every refit has.
    pub reference: ReferenceSummary,
    /// Share of groups that no fit has seen.
    pub held_out_share: f64,
    /// Error and coverage for each share and size, all strata together.
    pub cells: Vec<Cell>,
    /// The same for each stratum left out.
    pub strata: Vec<StratumResult>,
    /// What was learnt from the strata.
    pub systematic_error: Option<SystematicError>,
    /// Sizes and strata that were passed over, and why.
    pub notes: Vec<String>,
    /// What was read, and what of it could not be used; nothing where the texts did not come from files.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub inputs: Vec<SourceInput>,
}

/// What was found without a stratum in the fit.
#[derive(Debug, Clone, Serialize)]
pub struct StratumResult {
    /// Which.
    #[serde(flatten)]
    pub stratum: Stratum,
    /// Its cells.
    pub cells: Vec<Cell>,
}

/// A file of known alpha.
pub struct KnownTarget {
    /// Its name.
    pub name: String,
    /// The truth.
    pub alpha: f64,
    /// Its documents.
    pub documents: Vec<crate::corpus::Document>,
}

/// Why there is no validation.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ValidationError {
    /// A fit failed.
    #[error("{what}: {error}")]
    Fit {
        /// Which fit.
        what: String,
        /// Why.
        error: FitError,
    },
    /// An estimate failed.
    #[error(transparent)]
    Estimate(#[from] EstimateError),
    /// No mixture could be made.
    #[error(
        "too little text that the fit has not seen: {n_human} human and {n_llm} LLM units, and the smallest mixture takes {smallest} \
         [hold out more with --hold-out, or ask for smaller --sizes]"
    )]
    TooLittle {
        /// Human units.
        n_human: usize,
        /// LLM units.
        n_llm: usize,
        /// Units of the smallest mixture asked for.
        smallest: usize,
    },
    /// Nothing to leave out.
    #[error("nothing to leave out: {what} has fewer than two values with at least {n_least} documents")]
    NoStrata {
        /// The ways to leave out.
        what: String,
        /// Fewest documents of a stratum.
        n_least: usize,
    },
}
