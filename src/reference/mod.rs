//! Makes a reference from the occurrences of human and LLM units: weights, calibration and provenance.

mod calibration;
mod card;
mod component;
mod components;
mod confusion;
mod distribution;
pub mod embedded;
mod exponential;
mod fit;
mod fit_error;
mod fit_options;
pub mod grouping;
mod histogram;
mod human_families;
mod known;
mod known_scores;
mod lexicon;
mod limits;
mod logistic;
mod logistic_loss;
mod logistic_map;
mod naive_bayes;
mod paper_sides;
#[cfg(feature = "files")]
pub mod published;
mod record;
pub mod store;
mod stored_weights;
mod strata;
mod strata_set;
mod systematic;
// Public for the benches, which fit weights alone.
#[doc(hidden)]
pub mod training;
mod training_set;
mod usual_words;
mod variants;
mod weights;

pub use calibration::Calibration;
pub(crate) use calibration::document_score;
pub use card::{Card, CorpusCard, FileCard};
pub use component::{Component, Grouping, HUMAN};
pub(crate) use components::components;
pub use confusion::{Confusion, NOT_TOLD_APART, confusions};
pub use distribution::{Distribution, Row};
pub use fit::fit;
pub use fit_error::FitError;
pub use fit_options::FitOptions;
pub(crate) use histogram::{Histogram, N_BINS, SourceBins, add_times};
pub use known::{KnownCorpus, KnownDocument};
pub use lexicon::{FUNCTION_WORDS, Lexicon};
pub use limits::{MAX_COMPONENTS, MIN_DOCUMENTS, MIN_SOURCE_UNITS, MIN_STRATUM_DOCUMENTS};
pub use logistic::LogisticSettings;
pub use record::{Reference, Settings, Source};
pub use store::ReferenceError;
pub use stored_weights::{KnownCalibration, LogisticWeights};
pub use strata::{Strata, learn_strata};
pub(crate) use strata_set::of_kinds;
pub use strata_set::{Families, MIN_FAMILIES, Member, StrataSet, StratumKey};
pub use systematic::{SystematicError, Tau};
pub use training::Scorer;
pub use usual_words::{Unusual, UsualWord, UsualWords};
pub use variants::Variant;
pub use weights::Weights;
