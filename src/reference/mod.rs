//! Occurrences of human and LLM units to a reference: weights, calibration and provenance; what `fit` writes.

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
mod record;
pub mod store;
pub mod strata;
mod systematic;
pub mod training;
mod usual_words;
mod variants;
mod weights;

pub use calibration::{Calibration, document_score};
pub(crate) use components::components;
pub use components::{Grouping, HUMAN, MAX_COMPONENTS};
pub use confusion::{Confusion, NOT_TOLD_APART, confusions};
pub use distribution::{Distribution, Row};
pub use fit::{FitOptions, KnownCorpus, KnownDocument, MIN_DOCUMENTS, fit};
pub use fit_error::{FitError, MIN_SOURCE_UNITS};
#[doc(hidden)]
pub use histogram::{Histogram, N_BINS, Profile, SourceBins, combined};
pub use lexicon::{FUNCTION_WORDS, Lexicon, is_function_word};
pub use logistic::LogisticSettings;
#[doc(hidden)]
pub use logistic_map::LogisticMap;
pub use record::{
    Card, Component, CorpusCard, FileCard, KnownCalibration, LogisticWeights, Reference, Settings, Source,
};
pub use store::ReferenceError;
pub use strata::Strata;
pub use systematic::{SystematicError, Tau};
pub use training::Scorer;
pub use usual_words::{Unusual, UsualWord, UsualWords};
pub use variants::Variant;
pub use weights::Weights;
