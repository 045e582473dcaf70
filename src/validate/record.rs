//! The result of `validate` as it leaves the tool.

use serde::Serialize;

use super::cells::Cell;
use super::pool::Stratum;
use crate::estimate::{RunSummary, SourceInput};
use crate::reference::SystematicError;

/// One run of `validate`.
#[derive(Debug, Clone, Serialize)]
#[non_exhaustive]
pub struct Validation {
    /// How it was made; the reference is the one examined, or with strata left out the one whose settings every refit has.
    #[serde(flatten)]
    pub run: RunSummary,
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
