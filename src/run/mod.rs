//! Computes each result with one function, which takes files and plain options and returns a finished record.
//!
//! [`estimate`], [`trend`], [`words`], [`check`], [`validate`] and [`lint`] return records that serialise to the JSON
//! of the command of that name; [`fit`] returns a reference, and [`score`] tables without text. Nothing here prints,
//! parses arguments or writes files; progress goes to the receiver that the caller passes.

mod check;
mod control;
mod dates;
mod error;
mod estimate;
mod fit;
mod input;
mod known;
mod known_options;
mod leave_out;
mod lint;
mod occurrences;
mod one_sided;
mod options;
mod preview;
mod reading;
mod refusals;
mod score;
mod score_corpus;
mod scores;
mod select;
mod table_source;
mod tables;
mod target;
mod trend;
mod validate;
mod words;

pub use check::{CheckRun, check};
pub use dates::{DATE_COLUMNS, DateColumns};
pub use error::RunError;
pub use estimate::{EstimateRun, estimate};
pub use fit::{FitRun, Fitted, fit};
pub use known::{KnownTexts, read_known_texts};
pub use known_options::KnownOptions;
pub use leave_out::LeaveOutBy;
pub use lint::{LintRun, lint};
pub use options::{ControlOptions, DEFAULT_REFERENCE, InputOptions, NO_REFERENCE, TargetOptions, WordsRun};
pub use preview::{Alike, DateRange, Preview, Sample, preview};
pub use refusals::{
    ControlError, KnownError, LiangError, Listed, OccurrencesError, ScoringError, SelectError, TablesError,
    TargetError, TrendError, ValidateError, WordsError,
};
pub use score::{ScoreRun, score};
pub use scores::Scores;
#[cfg(feature = "cli")]
pub(crate) use select::select_fitted;
pub use select::{Selected, select};
#[cfg(feature = "cli")]
pub(crate) use table_source::has_table_ending;
pub use trend::{TrendRun, trend};
pub use validate::{ValidateRun, validate};
pub use words::words;
