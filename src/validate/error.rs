//! Why there is no validation.

use crate::estimate::EstimateError;
use crate::reference::FitError;

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
