//! Composes the stages: estimates the LLM share of a corpus or of each group in it, with its interval and warnings.

mod band;
mod band_record;
mod control;
mod error;
mod estimator;
mod evidence;
mod group;
pub mod liang;
mod methods;
mod misfit_word;
mod misfit_words;
pub(crate) mod notes;
mod options;
mod placebos;
mod record;
mod source_input;
mod sources;
mod strata;
mod strata_record;
mod summary;
mod text;
mod unlike_text;

pub use band::{Tables, add_bands};
pub use band_record::{Band, Specification, SpecificationEstimate, SpecificationShare};
pub(crate) use control::Control;
pub use error::{EstimateError, MIN_TARGET_UNITS};
pub(crate) use estimator::strata_of;
pub use estimator::{PointEstimate, estimate, estimate_with_control, points};
pub(crate) use evidence::evidence_of;
pub use group::{Group, groups};
pub use methods::{IntervalMethod, Method};
pub use misfit_word::MisfitWord;
pub use misfit_words::explain_misfit;
#[cfg(feature = "files")]
pub(crate) use notes::cut_note;
#[cfg(feature = "cli")]
pub(crate) use notes::text_note;
pub use options::EstimateOptions;
pub use record::{Estimate, GroupEstimate, ShareEstimate, group_name};
pub use source_input::SourceInput;
pub use sources::{SourceShare, SourceSum};
#[cfg(feature = "cli")]
pub(crate) use strata::MIN_TILT_DOCUMENTS;
pub(crate) use strata::StrataEstimator;
pub use strata::{MIN_UNITS_PER_DOCUMENT, UNKNOWN};
pub use strata_record::{MixedShare, StrataShare};
pub use summary::{
    ControlSummary, CutSummary, InputSummary, ReferenceSummary, RunSummary, SCHEMA_VERSION, ToolSummary,
};
pub use text::{GroupText, TextSummary};
pub(crate) use unlike_text::mark_unlike;
