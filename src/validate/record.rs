//! The result of `validate` as it leaves the tool.

use serde::Serialize;

use super::cells::Cell;
use super::pool::Stratum;
use crate::estimate::{ReferenceSummary, SourceInput, ToolSummary};
use crate::interval::CalibrationMap;
use crate::reference::SystematicError;
use crate::tokenize::UnitRule;

/// One run of `validate`.
#[derive(Debug, Clone, Serialize)]
#[non_exhaustive]
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
    /// The cells of each stratum left out.
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
#[non_exhaustive]
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
