//! Weights and calibrations as a reference's file has them.

use serde::{Deserialize, Serialize};

use super::calibration::Calibration;
use super::training::Scorer;
use super::weights::Weights;
use crate::tokenize::UnitRule;

/// Weights of the logistic scorer, rounded to single precision.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct LogisticWeights {
    /// Biases in nats, one per component.
    pub bias: Vec<f32>,
    /// Weights in nats, one per word and component, word after word.
    pub by_word: Vec<f32>,
}

/// The calibration of one scorer's scores, for one unit.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct KnownCalibration {
    /// Scorer that it is for.
    pub scorer: Scorer,
    /// Unit of the scores: sentences, or whole documents by the mean over their quarter of units least like LLM text.
    pub unit: UnitRule,
    /// Calibration that was learnt.
    pub calibration: Calibration,
}

/// Number of steps per nat in stored weights.
const STEPS: f64 = 1e4;

impl LogisticWeights {
    /// Rounds weights for storage to a ten-thousandth of a nat, which no sum over a unit's words can tell.
    pub(super) fn round(weights: &Weights) -> LogisticWeights {
        let round = |values: &[f64]| values.iter().map(|&value| ((value * STEPS).round() / STEPS) as f32).collect();
        LogisticWeights { bias: round(weights.bias()), by_word: round(weights.by_word()) }
    }

    /// Returns whether all are numbers; a number too large for single precision is read as infinite.
    pub(super) fn are_finite(&self) -> bool {
        self.bias.iter().chain(&self.by_word).all(|weight| weight.is_finite())
    }

    pub(super) fn weights(&self) -> Weights {
        let widen = |values: &[f32]| values.iter().map(|&value| f64::from(value)).collect();
        Weights::new(widen(&self.bias), widen(&self.by_word))
    }
}
