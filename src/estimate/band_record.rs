//! The range of an estimate over other reasonable specifications.

use serde::Serialize;

use super::options::EstimateOptions;
use crate::interval::CalibrationMap;
use crate::reference::{Lexicon, Reference, Scorer};
use crate::tokenize::UnitRule;

/// The choices that make one estimate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Specification {
    /// Scorer of the units.
    pub scorer: Scorer,
    /// Words that the scores use.
    pub words: Lexicon,
    /// Calibration that turns scores into density ratios.
    pub calibration: CalibrationMap,
    /// Unit that alpha is a share of.
    pub unit: UnitRule,
}

impl Specification {
    /// Returns the specification of `options`, with the reference's unit unless they name one.
    pub fn of(options: &EstimateOptions, reference: &Reference) -> Specification {
        Specification {
            scorer: options.scorer,
            words: options.lexicon,
            calibration: options.calibration,
            unit: options.unit.unwrap_or(reference.settings.unit),
        }
    }

    /// Returns the specifications of a band: both scorers with both calibrations, function words only, no names and
    /// numbers, and whole documents where units are sentences.
    pub fn all(reference: &Reference) -> Vec<Specification> {
        let unit = reference.settings.unit;
        let usual = Specification {
            scorer: Scorer::Logistic,
            words: Lexicon::All,
            calibration: CalibrationMap::Histogram,
            unit,
        };
        let mut all = vec![];
        for scorer in [Scorer::Logistic, Scorer::NaiveBayes] {
            for calibration in [CalibrationMap::Histogram, CalibrationMap::Logistic] {
                all.push(Specification { scorer, calibration, ..usual });
            }
        }
        all.extend(Lexicon::RESTRICTED.map(|words| Specification { words, ..usual }));
        if unit == UnitRule::Sentence {
            all.push(Specification { unit: UnitRule::Document, ..usual });
        }
        all
    }

    /// Returns the name shown in a table.
    pub fn name(&self) -> String {
        let words = if self.words == Lexicon::All { String::new() } else { format!(", {}", self.words) };
        let calibration = match self.calibration {
            CalibrationMap::Histogram => "histogram",
            CalibrationMap::Logistic => "logistic map",
        };
        let unit = if self.unit == UnitRule::Document { ", whole documents" } else { "" };
        format!("{} scores, {calibration}{words}{unit}", self.scorer)
    }
}

/// The estimate under one specification.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[non_exhaustive]
pub struct SpecificationEstimate {
    /// The specification.
    #[serde(flatten)]
    pub specification: Specification,
    /// LLM share of its units, 0 to 1; `None` if there is no estimate.
    pub alpha: Option<f64>,
    /// Whether the reference is known not to fit under this specification.
    pub misfit_flagged: Option<bool>,
    /// Reason why there is no estimate, if so.
    pub reason: Option<String>,
}

/// The range of the shares under all specifications.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Band {
    /// Lowest share, 0 to 1.
    pub lower: f64,
    /// Highest share, 0 to 1.
    pub upper: f64,
    /// Estimates under all specifications.
    pub specifications: Vec<SpecificationEstimate>,
}
