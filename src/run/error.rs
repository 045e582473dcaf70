//! Why a run has no result.

use std::path::PathBuf;

use super::errors::{
    ControlError, KnownError, LiangError, OccurrencesError, ScoringError, SelectError, TablesError, TargetError,
    TrendError, ValidateError, WordsError,
};
use crate::check::BaselineError;
use crate::corpus::CorpusError;
use crate::estimate::EstimateError;
use crate::reference::{FitError, ReferenceError};
use crate::score::store::StoreError;
use crate::validate::ValidationError;
use crate::words::store::OccurrenceStoreError;

/// Why a run has no result.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum RunError {
    /// The input cannot be read.
    #[error(transparent)]
    Corpus(#[from] CorpusError),
    /// No such reference.
    #[error(transparent)]
    Select(#[from] SelectError),
    /// A reference that cannot be read.
    #[error(transparent)]
    Reference(#[from] ReferenceError),
    /// Options for scoring that contradict the reference or each other.
    #[error(transparent)]
    Scoring(#[from] ScoringError),
    /// A control that is none.
    #[error(transparent)]
    Control(#[from] ControlError),
    /// A target that cannot be estimated as asked.
    #[error(transparent)]
    Target(#[from] TargetError),
    /// Stored tables that do not fit each other or what is asked.
    #[error(transparent)]
    Tables(#[from] TablesError),
    /// A score table that cannot be read.
    #[error(transparent)]
    Scores(#[from] StoreError),
    /// Occurrences that cannot be counted as asked.
    #[error(transparent)]
    Occurrences(#[from] OccurrencesError),
    /// An occurrence table that cannot be read.
    #[error(transparent)]
    StoredOccurrences(#[from] OccurrenceStoreError),
    /// Text of which there is no estimate.
    #[error(transparent)]
    Estimate(#[from] EstimateError),
    /// What the published method is not for.
    #[error(transparent)]
    Liang(#[from] LiangError),
    /// Periods that are not there.
    #[error(transparent)]
    Trend(#[from] TrendError),
    /// Words that are none.
    #[error(transparent)]
    Words(#[from] WordsError),
    /// Texts of known source that cannot be used.
    #[error(transparent)]
    Known(#[from] KnownError),
    /// Texts that cannot be fitted.
    #[error(transparent)]
    Fit(#[from] FitError),
    /// Options of a validation that contradict each other.
    #[error(transparent)]
    Validate(#[from] ValidateError),
    /// A validation that failed.
    #[error(transparent)]
    Validation(#[from] ValidationError),
    /// A baseline that a check cannot be compared with.
    #[error("{}", .0.display())]
    Baseline(PathBuf, #[source] BaselineError),
    /// No document to judge.
    #[error(
        "no document with text in the input ({0} without any), so there is nothing to judge [check the input and --text-field]"
    )]
    NothingToJudge(u64),
    /// A power without the share that it is of.
    #[error("--power says what share above --max would be noticed [give --max]")]
    PowerWithoutMax,
    /// No document to score.
    #[error("no document with text is left to score")]
    NothingToScore,
}
