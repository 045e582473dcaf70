//! Occurrences of human and LLM units to a reference: weights, calibration and provenance; what `fit` writes.

mod artefact;
mod calibration;
mod distribution;
pub mod embedded;
mod fit;
pub mod grouping;
mod histogram;
mod logistic;
mod logistic_map;
mod naive_bayes;
#[cfg(feature = "files")]
pub mod published;
pub mod store;
pub mod training;
mod weights;

pub use artefact::{
    Card, Component, CorpusCard, FileCard, LogisticWeights, Reference, ScorerCalibration, Settings, Source,
};
pub use calibration::Calibration;
pub use distribution::{Distribution, Row};
pub use fit::{FitError, FitOptions, HUMAN, KnownCorpus, KnownDocument, MIN_SOURCE_UNITS, fit};
pub use histogram::{Histogram, N_BINS, SourceBins};
pub use logistic::LogisticSettings;
pub use logistic_map::LogisticMap;
pub use store::ReferenceError;
pub use training::Scorer;
pub use weights::Weights;
