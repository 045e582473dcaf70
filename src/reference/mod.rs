//! Occurrences of human and LLM units to a reference: weights, calibration and provenance; what `fit` writes.

mod artefact;
mod calibration;
mod components;
mod confusion;
mod distribution;
pub mod embedded;
mod fit;
mod fit_error;
pub mod grouping;
mod histogram;
mod lexicon;
mod logistic;
mod logistic_map;
mod naive_bayes;
mod paper_sides;
#[cfg(feature = "files")]
pub mod published;
pub mod store;
pub mod strata;
mod systematic;
pub mod training;
mod variants;
mod weights;

pub use artefact::{
    Card, Component, CorpusCard, FileCard, KnownCalibration, LogisticWeights, Reference, Settings, Source,
};
pub use calibration::{Calibration, document_score};
pub(crate) use components::components;
pub use components::{Grouping, HUMAN, MAX_COMPONENTS};
pub use confusion::{Confusion, NOT_TOLD_APART, confusions};
pub use distribution::{Distribution, Row};
pub use fit::{FitOptions, KnownCorpus, KnownDocument, MIN_DOCUMENTS, fit};
pub use fit_error::{FitError, MIN_SOURCE_UNITS};
pub use histogram::{Histogram, N_BINS, Profile, SourceBins, combined};
pub use lexicon::{FUNCTION_WORDS, Lexicon, is_function_word};
pub use logistic::LogisticSettings;
pub use logistic_map::LogisticMap;
pub use store::ReferenceError;
pub use strata::Strata;
pub use systematic::{SystematicError, Tau};
pub use training::Scorer;
pub use variants::Variant;
pub use weights::Weights;
