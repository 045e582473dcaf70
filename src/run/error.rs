//! The errors of runs.

use std::path::PathBuf;

use super::refusals::{
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

/// The reason why a run has no result.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum RunError {
    /// The input cannot be read.
    #[error(transparent)]
    Corpus(#[from] CorpusError),
    /// The reference cannot be found or used.
    #[error(transparent)]
    Select(#[from] SelectError),
    /// The reference cannot be read.
    #[error(transparent)]
    Reference(#[from] ReferenceError),
    /// The options for scoring contradict the reference or each other.
    #[error(transparent)]
    Scoring(#[from] ScoringError),
    /// The input cannot be divided into control and target.
    #[error(transparent)]
    Control(#[from] ControlError),
    /// The target cannot be estimated as asked.
    #[error(transparent)]
    Target(#[from] TargetError),
    /// Stored tables do not fit each other or the options.
    #[error(transparent)]
    Tables(#[from] TablesError),
    /// A score table cannot be read.
    #[error(transparent)]
    Scores(#[from] StoreError),
    /// Occurrences cannot be counted as asked.
    #[error(transparent)]
    Occurrences(#[from] OccurrencesError),
    /// An occurrence table cannot be read.
    #[error(transparent)]
    StoredOccurrences(#[from] OccurrenceStoreError),
    /// The text cannot be estimated.
    #[error(transparent)]
    Estimate(#[from] EstimateError),
    /// The published method cannot be used as asked.
    #[error(transparent)]
    Liang(#[from] LiangError),
    /// A period that is needed does not exist.
    #[error(transparent)]
    Trend(#[from] TrendError),
    /// A string that was asked for is not a word.
    #[error(transparent)]
    Words(#[from] WordsError),
    /// Texts of known source cannot be used.
    #[error(transparent)]
    Known(#[from] KnownError),
    /// A reference cannot be fitted on the texts.
    #[error(transparent)]
    Fit(#[from] FitError),
    /// The options of a validation contradict each other.
    #[error(transparent)]
    Validate(#[from] ValidateError),
    /// A validation failed.
    #[error(transparent)]
    Validation(#[from] ValidationError),
    /// A check cannot be compared with the baseline.
    #[error("{}", .0.display())]
    Baseline(PathBuf, #[source] BaselineError),
    /// There is no document to judge; holds the number of documents without text.
    #[error(
        "no document with text in the input ({0} without any), so there is nothing to judge [check the input and --text-field]"
    )]
    NothingToJudge(u64),
    /// The power was asked for without a maximum share.
    #[error("--power shows which share above --max would be noticed, so it needs --max [give --max]")]
    PowerWithoutMax,
    /// There is no document to score.
    #[error("no document with text is left to score")]
    NothingToScore,
}
