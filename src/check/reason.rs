//! The reasons for a verdict.

use serde::Serialize;

use super::plan::Needed;
use super::verdict::Verdict;
use crate::interval::{Interval, Misfit};
use crate::tokenize::UnitRule;

/// The kind of a reason, for programs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum ReasonCode {
    /// The share is at most the maximum.
    WithinMax,
    /// The share is above the maximum.
    AboveMax,
    /// The interval of the share contains the maximum.
    NotToldFromMax,
    /// The lower bound of the documents beyond the control is above the maximum, whatever the LLM.
    BoundAboveMax,
    /// The increase over the baseline is at most what is allowed.
    WithinIncrease,
    /// The increase is more than allowed.
    AboveIncrease,
    /// The interval of the increase contains what is allowed.
    NotToldFromIncrease,
    /// The baseline has no such group, or no estimate of it.
    NotInBaseline,
    /// Fewer documents or units than the policy asks for.
    TooSmall,
    /// The reference does not fit the text.
    Misfit,
    /// Units are much longer, or far fewer words are known, than in the reference's texts.
    UnlikeText,
}

/// A reason for a verdict.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Reason {
    /// The kind of reason.
    pub code: ReasonCode,
    /// The verdict that it supports.
    pub verdict: Verdict,
    /// The facts that it rests on.
    pub basis: Basis,
}

impl Reason {
    /// Returns a reason for neither pass nor fail.
    pub(super) fn inconclusive(code: ReasonCode, basis: Basis) -> Reason {
        Reason { code, verdict: Verdict::Inconclusive, basis }
    }
}

/// The facts that a reason rests on; limits, shares and differences of shares are from 0 to 1.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum Basis {
    /// The share, compared with the maximum.
    Share {
        /// The share.
        share: JudgedShare,
        /// The maximum.
        max: f64,
    },
    /// The lower bound of the documents beyond the control, compared with the maximum.
    Bound {
        /// The lower bound.
        documents: f64,
        /// How many times as often as in the control people may write like an LLM.
        rho: f64,
        /// The maximum.
        max: f64,
    },
    /// The increase over the baseline, compared with what is allowed.
    Increase {
        /// The baseline's share.
        earlier: f64,
        /// The increase.
        increase: f64,
        /// Its interval.
        interval: Interval,
        /// Nominal coverage of the interval, 0 to 1.
        level: f64,
        /// The largest increase that is allowed.
        most: f64,
    },
    /// The baseline has no estimate of the group.
    NoBaseline,
    /// The size of the group, and what it lacks.
    Size {
        /// Number of documents.
        n_documents: usize,
        /// Number of sentences; `None` if documents are the units.
        n_sentences: Option<usize>,
        /// The text that it lacks.
        needed: Needed,
    },
    /// The misfit of the reference, which makes the share meaningless.
    Misfit {
        /// The share.
        share: JudgedShare,
        /// The misfit.
        misfit: Misfit,
    },
    /// The differences of the texts from those of the reference, each as a sentence.
    UnlikeText(Vec<String>),
}

/// The share of a group at the level at which it is judged.
#[derive(Debug, Clone, Copy, PartialEq)]
#[non_exhaustive]
pub struct JudgedShare {
    /// The LLM share, 0 to 1.
    pub alpha: f64,
    /// Its interval.
    pub interval: Interval,
    /// Nominal coverage of the interval, 0 to 1.
    pub level: f64,
    /// The unit that it is a share of.
    pub unit: UnitRule,
}
