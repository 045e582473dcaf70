//! Choices and numbers as flags.

use clap::ValueEnum;

use crate::estimate::{IntervalMethod, Method};
use crate::interval::CalibrationMap;
use crate::reference::Scorer;
use crate::tokenize::UnitRule;

/// [`Scorer`] as a flag.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum ScorerArg {
    NaiveBayes,
    Logistic,
}

impl From<ScorerArg> for Scorer {
    fn from(scorer: ScorerArg) -> Scorer {
        match scorer {
            ScorerArg::NaiveBayes => Scorer::NaiveBayes,
            ScorerArg::Logistic => Scorer::Logistic,
        }
    }
}

/// [`CalibrationMap`] as a flag.
#[derive(Debug, Clone, Copy, Default, ValueEnum)]
pub enum CalibrationArg {
    #[default]
    Histogram,
    Logistic,
}

impl From<CalibrationArg> for CalibrationMap {
    fn from(calibration: CalibrationArg) -> CalibrationMap {
        match calibration {
            CalibrationArg::Histogram => CalibrationMap::Histogram,
            CalibrationArg::Logistic => CalibrationMap::Logistic,
        }
    }
}

/// [`Method`] as a flag.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub enum MethodArg {
    #[default]
    Calibrated,
    Liang,
}

impl From<MethodArg> for Method {
    fn from(method: MethodArg) -> Method {
        match method {
            MethodArg::Calibrated => Method::Calibrated,
            MethodArg::Liang => Method::Liang,
        }
    }
}

/// [`IntervalMethod`] as a flag.
#[derive(Debug, Clone, Copy, Default, ValueEnum)]
pub enum IntervalArg {
    #[default]
    Score,
    Bootstrap,
}

impl From<IntervalArg> for IntervalMethod {
    fn from(interval: IntervalArg) -> IntervalMethod {
        match interval {
            IntervalArg::Score => IntervalMethod::Score,
            IntervalArg::Bootstrap => IntervalMethod::Bootstrap,
        }
    }
}

/// [`UnitRule`] as a flag.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum UnitArg {
    Sentence,
    Document,
}

impl From<UnitArg> for UnitRule {
    fn from(unit: UnitArg) -> UnitRule {
        match unit {
            UnitArg::Sentence => UnitRule::Sentence,
            UnitArg::Document => UnitRule::Document,
        }
    }
}

impl From<UnitRule> for UnitArg {
    fn from(unit: UnitRule) -> UnitArg {
        match unit {
            UnitRule::Sentence => UnitArg::Sentence,
            UnitRule::Document => UnitArg::Document,
        }
    }
}

pub fn level(text: &str) -> Result<f64, String> {
    let level: f64 = text.parse().map_err(|_| "not a number".to_owned())?;
    if (0.5..1.0).contains(&level) { Ok(level) } else { Err("a level is from 0.5 to below 1, such as 0.95".to_owned()) }
}

pub fn closed_share(text: &str) -> Result<f64, String> {
    let share: f64 = text.parse().map_err(|_| "not a number".to_owned())?;
    if (0.0..=1.0).contains(&share) { Ok(share) } else { Err("a share is from 0 to 1, such as 0.25".to_owned()) }
}

pub fn share(text: &str) -> Result<f64, String> {
    let share: f64 = text.parse().map_err(|_| "not a number".to_owned())?;
    if (0.0..1.0).contains(&share) { Ok(share) } else { Err("a share is from 0 to below 1, such as 0.2".to_owned()) }
}
