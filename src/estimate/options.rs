//! The choices of an estimate.

use super::IntervalMethod;
use crate::interval::CalibrationMap;
use crate::reference::{Lexicon, Scorer};
use crate::tokenize::UnitRule;

/// The choices of an estimate.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct EstimateOptions {
    /// Columns of the score table to group by; none: all documents together.
    pub by: Vec<String>,
    /// Which scores the table holds.
    pub scorer: Scorer,
    /// From which words they are.
    pub lexicon: Lexicon,
    /// What alpha is a share of; none: the reference's own unit.
    pub unit: Option<UnitRule>,
    /// Which calibration to use.
    pub calibration: CalibrationMap,
    /// Which interval to report.
    pub interval: IntervalMethod,
    /// Coverage asked of the interval, such as 0.95.
    pub level: f64,
    /// Seed of the bootstrap.
    pub seed: u64,
}

impl Default for EstimateOptions {
    fn default() -> Self {
        EstimateOptions {
            by: vec![],
            scorer: Scorer::default(),
            lexicon: Lexicon::default(),
            unit: None,
            calibration: CalibrationMap::default(),
            interval: IntervalMethod::default(),
            level: 0.95,
            seed: 0,
        }
    }
}

impl EstimateOptions {
    /// Sets the columns of the score table to group by.
    pub fn by(self, by: Vec<String>) -> EstimateOptions {
        EstimateOptions { by, ..self }
    }

    /// Sets which scores the table holds.
    pub fn scorer(self, scorer: Scorer) -> EstimateOptions {
        EstimateOptions { scorer, ..self }
    }

    /// Sets from which words the scores are.
    pub fn lexicon(self, lexicon: Lexicon) -> EstimateOptions {
        EstimateOptions { lexicon, ..self }
    }

    /// Sets what alpha is a share of, where that is not the reference's own unit.
    pub fn unit(self, unit: UnitRule) -> EstimateOptions {
        EstimateOptions { unit: Some(unit), ..self }
    }

    /// Sets which calibration to use.
    pub fn calibration(self, calibration: CalibrationMap) -> EstimateOptions {
        EstimateOptions { calibration, ..self }
    }

    /// Sets which interval to report.
    pub fn interval(self, interval: IntervalMethod) -> EstimateOptions {
        EstimateOptions { interval, ..self }
    }

    /// Sets the coverage asked of the interval, such as 0.95.
    pub fn level(self, level: f64) -> EstimateOptions {
        EstimateOptions { level, ..self }
    }

    /// Sets the seed of the bootstrap.
    pub fn seed(self, seed: u64) -> EstimateOptions {
        EstimateOptions { seed, ..self }
    }
}
