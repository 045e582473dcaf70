//! The result of `validate` as the tool writes it.

use serde::Serialize;

use super::cells::Cell;
use super::pool::StratumLeftOut;
use crate::estimate::{RunSummary, SourceInput};
use crate::reference::SystematicError;

/// One run of `validate`.
#[derive(Debug, Clone, Serialize)]
#[non_exhaustive]
pub struct Validation {
    /// The settings and the reference: the one examined, or with strata left out the one whose settings refits have.
    #[serde(flatten)]
    pub run: RunSummary,
    /// Warnings about sizes and strata that were passed over, with the reasons.
    pub warnings: Vec<String>,
    /// Share of groups that no fit has seen, 0 to 1.
    pub held_out_share: f64,
    /// Error and coverage for each share and size, over all strata together.
    pub cells: Vec<Cell>,
    /// The cells of each stratum left out.
    pub strata: Vec<StratumResult>,
    /// The systematic error learnt from the strata.
    pub systematic_error: Option<SystematicError>,
    /// Summaries of what was read, and what of it could not be used; empty if the texts did not come from files.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub inputs: Vec<SourceInput>,
}

/// The result of a fit without a stratum.
#[derive(Debug, Clone, Serialize)]
#[non_exhaustive]
pub struct StratumResult {
    /// The stratum.
    #[serde(flatten)]
    pub stratum: StratumLeftOut,
    /// Its cells.
    pub cells: Vec<Cell>,
}

/// A file of known alpha.
#[non_exhaustive]
pub struct KnownTarget {
    /// Its name.
    pub name: String,
    /// Its true alpha, 0 to 1.
    pub alpha: f64,
    /// Its documents.
    pub documents: Vec<crate::corpus::Document>,
}

impl KnownTarget {
    /// Returns the target of these documents, whose true alpha is from 0 to 1.
    pub fn new(name: impl Into<String>, alpha: f64, documents: Vec<crate::corpus::Document>) -> KnownTarget {
        KnownTarget { name: name.into(), alpha, documents }
    }
}
