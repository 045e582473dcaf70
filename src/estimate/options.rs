//! The choices of an estimate.

use super::methods::IntervalMethod;
use crate::interval::CalibrationMap;
use crate::reference::{Lexicon, Scorer};
use crate::tokenize::UnitRule;

/// The choices of an estimate.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct EstimateOptions {
    /// Columns of the score table to group by; if empty, all documents are one group.
    pub by: Vec<String>,
    /// Scorer of the table's scores.
    pub scorer: Scorer,
    /// Words that the scores use.
    pub lexicon: Lexicon,
    /// Unit that alpha is a share of; `None` for the reference's own.
    pub unit: Option<UnitRule>,
    /// Calibration to use.
    pub calibration: CalibrationMap,
    /// Interval to report.
    pub interval: IntervalMethod,
    /// Nominal coverage of the interval, 0 to 1, such as 0.95.
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

    /// Sets the scorer of the table's scores.
    pub fn scorer(self, scorer: Scorer) -> EstimateOptions {
        EstimateOptions { scorer, ..self }
    }

    /// Sets the words that the scores use.
    pub fn lexicon(self, lexicon: Lexicon) -> EstimateOptions {
        EstimateOptions { lexicon, ..self }
    }

    /// Sets the unit that alpha is a share of, if it is not the reference's own.
    pub fn unit(self, unit: UnitRule) -> EstimateOptions {
        EstimateOptions { unit: Some(unit), ..self }
    }

    /// Sets the calibration to use.
    pub fn calibration(self, calibration: CalibrationMap) -> EstimateOptions {
        EstimateOptions { calibration, ..self }
    }

    /// Sets the interval to report.
    pub fn interval(self, interval: IntervalMethod) -> EstimateOptions {
        EstimateOptions { interval, ..self }
    }

    /// Sets the nominal coverage of the interval, such as 0.95.
    pub fn level(self, level: f64) -> EstimateOptions {
        EstimateOptions { level, ..self }
    }

    /// Sets the seed of the bootstrap.
    pub fn seed(self, seed: u64) -> EstimateOptions {
        EstimateOptions { seed, ..self }
    }
}
