//! The error of a validation.

use crate::estimate::EstimateError;
use crate::numbers::thousands;
use crate::reference::FitError;

/// The reason why a validation failed.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ValidationError {
    /// A fit failed.
    #[error("{what}: {error}")]
    Fit {
        /// The fit that failed.
        what: String,
        /// Its error.
        error: FitError,
    },
    /// An estimate failed.
    #[error(transparent)]
    Estimate(#[from] EstimateError),
    /// No mixture can be made.
    #[error(
        "too little text outside of the fit: {human} human and {llm} LLM units, and the smallest mixture takes {needed} \
         [hold out more with --hold-out, or ask for smaller --sizes]",
        human = thousands(*.n_human),
        llm = thousands(*.n_llm),
        needed = thousands(*.smallest)
    )]
    TooLittle {
        /// Number of human units.
        n_human: usize,
        /// Number of LLM units.
        n_llm: usize,
        /// Number of units of the smallest mixture asked for.
        smallest: usize,
    },
    /// There are too few strata to leave out.
    #[error("nothing to leave out: {what} has fewer than two values with at least {n_least} documents")]
    NoStrata {
        /// The ways to leave out.
        what: String,
        /// Minimum number of documents of a stratum.
        n_least: usize,
    },
}
