//! Occurrences of human and LLM units to a reference: weights, calibration and provenance; what `fit` writes.

pub mod calibration;
mod logistic;
mod naive_bayes;
mod training;
mod weights;

pub use calibration::{Calibration, Histogram, KnownScores, LogisticMap, N_BINS, SourceBins};
pub use logistic::LogisticSettings;
pub use training::{Scorer, TrainingSet, fit_weights, score_out_of_fold};
pub use weights::Weights;
