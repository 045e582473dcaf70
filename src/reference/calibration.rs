//! Calibration: from a scorer's log ratios, which are too sure, to log ratios of densities.
//!
//! Words are not independent, so naive Bayes ratios are about twice too large, and that alone biases the mixture. The
//! map is learnt on out-of-fold scores, and comes with the sampling covariance of what was learnt, clustered by
//! document: the part of an estimate's variance that the reference brings in.

use serde::{Deserialize, Serialize};

use super::{Histogram, LogisticMap};

/// What the out-of-fold scores of one LLM component against human teach.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Calibration {
    /// The two-number map.
    pub logistic: LogisticMap,
    /// The ratio of histograms, also the score distributions that misfit and variances are computed from.
    pub histogram: Histogram,
}

/// Units of known source with their out-of-fold scores, document by document.
pub(super) struct KnownScores<'a> {
    /// One score per unit.
    pub scores: &'a [f64],
    /// For each document its units and whether it is the LLM component's.
    pub documents: &'a [(std::ops::Range<usize>, bool)],
}

impl Calibration {
    /// Learns the calibration of one component.
    pub(super) fn fit(known: &KnownScores<'_>) -> Calibration {
        Calibration { logistic: LogisticMap::fit(known), histogram: Histogram::fit(known) }
    }
}
