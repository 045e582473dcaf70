//! The specification band: the same share by other reasonable choices, to see how much hangs on ours.

use serde::Serialize;

use super::{EstimateOptions, GroupEstimate, PointEstimate, points};
use crate::interval::CalibrationMap;
use crate::reference::{Lexicon, Reference, Scorer};
use crate::score::ScoreTable;
use crate::tokenize::UnitRule;

/// One way to make an estimate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Specification {
    /// How units are scored.
    pub scorer: Scorer,
    /// From which words.
    pub words: Lexicon,
    /// How scores become ratios of densities.
    pub calibration: CalibrationMap,
    /// What alpha is a share of.
    pub unit: UnitRule,
}

impl Specification {
    /// The choice that `options` are.
    pub fn of(options: &EstimateOptions, reference: &Reference) -> Specification {
        Specification {
            scorer: options.scorer,
            words: options.lexicon,
            calibration: options.calibration,
            unit: options.unit.unwrap_or(reference.settings.unit),
        }
    }

    /// The choices of a band: both scorers with both calibrations, function words only, no names and numbers, and whole documents
    /// where units are sentences.
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

    /// What it is called in a table.
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

/// The estimate by one choice.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SpecificationEstimate {
    /// The choice.
    #[serde(flatten)]
    pub specification: Specification,
    /// LLM share of its units, 0 to 1.
    pub alpha: Option<f64>,
    /// Whether the reference fits by this choice.
    pub misfit_flagged: Option<bool>,
    /// Why there is no estimate.
    pub reason: Option<String>,
}

/// The shares by all choices.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Band {
    /// The lowest share.
    pub lower: f64,
    /// The highest share.
    pub upper: f64,
    /// Every choice.
    pub specifications: Vec<SpecificationEstimate>,
}

/// Scores by one scorer and lexicon: of the target, and of the control where there is one.
pub type Tables<'a> = (&'a ScoreTable, Option<&'a ScoreTable>);

/// Adds the band to `estimates`, which `options` made; `tables` has the scores of every scorer and lexicon that there are.
pub fn add_bands<'a>(
    estimates: &mut [GroupEstimate],
    tables: impl Fn(Scorer, Lexicon) -> Option<Tables<'a>>,
    reference: &Reference,
    options: &EstimateOptions,
) {
    let own = Specification::of(options, reference);
    let mut choices = Specification::all(reference);
    if !choices.contains(&own) {
        choices.insert(0, own);
    }
    let mut found: Vec<Vec<SpecificationEstimate>> = vec![vec![]; estimates.len()];
    for choice in choices {
        if choice == own {
            let rows = estimates.iter().map(|row| of_row(choice, row));
            found.iter_mut().zip(rows).for_each(|(of, row)| of.push(row));
            continue;
        }
        let rows = by(choice, tables(choice.scorer, choice.words), reference, options);
        for (of, row) in found.iter_mut().zip(estimates.iter()) {
            of.push(match &rows {
                Err(reason) => missing(choice, reason.clone()),
                Ok(rows) => match rows.iter().find(|other| is_same(other, row)) {
                    Some(other) => of_point(choice, other),
                    None => missing(choice, "no such group".to_owned()),
                },
            });
        }
    }
    for (row, specifications) in estimates.iter_mut().zip(found) {
        let shares = || specifications.iter().filter_map(|of| of.alpha);
        let (lower, upper) = (shares().fold(f64::INFINITY, f64::min), shares().fold(f64::NEG_INFINITY, f64::max));
        if let Some(outcome) = &mut row.outcome {
            outcome.band = Some(Band { lower, upper, specifications });
        }
    }
}

fn by(
    choice: Specification,
    tables: Option<Tables<'_>>,
    reference: &Reference,
    options: &EstimateOptions,
) -> Result<Vec<PointEstimate>, String> {
    if choice.words != Lexicon::All && reference.variant(choice.words).is_none() {
        return Err("the reference has no such words".to_owned());
    }
    let Some((target, control)) = tables else {
        return Err("only scores are known, and these are others".to_owned());
    };
    let options = EstimateOptions {
        scorer: choice.scorer,
        lexicon: choice.words,
        calibration: choice.calibration,
        unit: Some(choice.unit),
        ..options.clone()
    };
    points(target, control, reference, &options).map_err(|error| error.to_string())
}

fn is_same(point: &PointEstimate, row: &GroupEstimate) -> bool {
    point.group == row.group && point.period == row.period && point.placebo == row.placebo
}

fn of_row(specification: Specification, row: &GroupEstimate) -> SpecificationEstimate {
    SpecificationEstimate {
        specification,
        alpha: row.alpha(),
        misfit_flagged: row.misfit().map(|misfit| misfit.flagged),
        reason: row.outcome.is_none().then(|| row.warnings.join("; ")),
    }
}

fn of_point(specification: Specification, point: &PointEstimate) -> SpecificationEstimate {
    match &point.outcome {
        Ok((alpha, misfit)) => SpecificationEstimate {
            specification,
            alpha: Some(*alpha),
            misfit_flagged: Some(misfit.flagged),
            reason: None,
        },
        Err(reason) => missing(specification, reason.clone()),
    }
}

fn missing(specification: Specification, reason: String) -> SpecificationEstimate {
    SpecificationEstimate { specification, alpha: None, misfit_flagged: None, reason: Some(reason) }
}
