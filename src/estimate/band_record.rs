//! The range of an estimate over other reasonable specifications.

use serde::{Serialize, Serializer};

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
    /// The share under it, or the reason why there is none.
    #[serde(flatten, serialize_with = "share_or_reason")]
    pub outcome: Result<SpecificationShare, String>,
}

/// The share under one specification.
#[derive(Debug, Clone, Copy, PartialEq)]
#[non_exhaustive]
pub struct SpecificationShare {
    /// LLM share of its units, 0 to 1.
    pub alpha: f64,
    /// Whether the reference is known not to fit; `None` if that was not tested.
    pub misfit_flagged: Option<bool>,
}

impl SpecificationEstimate {
    /// Returns the LLM share of its units, 0 to 1; `None` if there is no estimate.
    pub fn alpha(&self) -> Option<f64> {
        self.outcome.as_ref().ok().map(|share| share.alpha)
    }

    /// Returns whether the reference is known not to fit under this specification.
    pub fn is_misfit(&self) -> bool {
        self.outcome.as_ref().is_ok_and(|share| share.misfit_flagged == Some(true))
    }
}

/// Writes a share or a reason with the keys of both, those that it lacks as null.
fn share_or_reason<S: Serializer>(
    outcome: &Result<SpecificationShare, String>,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    #[derive(Serialize)]
    struct Keys<'a> {
        alpha: Option<f64>,
        misfit_flagged: Option<bool>,
        reason: Option<&'a str>,
    }
    let keys = match outcome {
        Ok(share) => Keys { alpha: Some(share.alpha), misfit_flagged: share.misfit_flagged, reason: None },
        Err(reason) => Keys { alpha: None, misfit_flagged: None, reason: Some(reason) },
    };
    keys.serialize(serializer)
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

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    fn json_of(outcome: Result<SpecificationShare, String>) -> Value {
        let specification = Specification {
            scorer: Scorer::Logistic,
            words: Lexicon::All,
            calibration: CalibrationMap::Histogram,
            unit: UnitRule::Sentence,
        };
        json!(SpecificationEstimate { specification, outcome })
    }

    #[test]
    fn a_share_and_a_reason_have_the_same_keys() {
        let found = json_of(Ok(SpecificationShare { alpha: 0.25, misfit_flagged: Some(true) }));
        assert_eq!((&found["alpha"], &found["misfit_flagged"]), (&json!(0.25), &json!(true)));
        let missing = json_of(Err("too few units".to_owned()));
        assert_eq!(missing["reason"], "too few units");
        for of in [found, missing] {
            let keys: Vec<&String> = of.as_object().unwrap().keys().collect();
            assert_eq!(keys, ["scorer", "words", "calibration", "unit", "alpha", "misfit_flagged", "reason"]);
        }
    }
}
