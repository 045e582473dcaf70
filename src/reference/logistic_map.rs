//! The two-number calibration: logistic regression of the source on the score.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::calibration::KnownScores;

/// Newton steps of the two-number logistic fit; it converges in fewer than ten.
const MAX_NEWTON_STEPS: usize = 100;
/// Factor of half the squared slope in the loss summed over units: nothing on real text, but sources that the scores
/// separate perfectly would have an infinite slope without it.
const SLOPE_PENALTY: f64 = 1e-4;

/// log ratio = intercept + slope * score, by logistic regression of the source on the score.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LogisticMap {
    /// 1 where the scores are calibrated as they are; naive Bayes has 0.4 to 0.55.
    pub slope: f64,
    /// In nats.
    pub intercept: f64,
    /// Sampling covariance of (slope, intercept), clustered by document: slope variance, covariance, intercept variance.
    pub covariance: [f64; 3],
}

impl LogisticMap {
    /// The calibrated log ratio of a score.
    #[inline]
    pub fn log_ratio(&self, score: f64) -> f64 {
        self.intercept + self.slope * score
    }

    /// Variance of g0 * slope + g1 * intercept over references like this one, for the `gradient` (g0, g1).
    pub fn variance(&self, gradient: [f64; 2]) -> f64 {
        let [slope, both, intercept] = self.covariance;
        gradient[0] * gradient[0] * slope
            + 2.0 * gradient[0] * gradient[1] * both
            + gradient[1] * gradient[1] * intercept
    }

    pub(super) fn fit(known: &KnownScores<'_>) -> LogisticMap {
        let n_units_of = |llm: bool| {
            known.documents.iter().filter(|(_, is_llm)| *is_llm == llm).map(|(units, _)| units.len()).sum::<usize>()
                as f64
        };
        let n_units = [n_units_of(false), n_units_of(true)];
        let log_prior = (n_units[1] / n_units[0]).ln();
        let (mut slope, mut intercept) = (0.0, log_prior);
        for _ in 0..MAX_NEWTON_STEPS {
            let (gradient, hessian) = logistic_derivatives(known, slope, intercept);
            let inverse = invert(hessian);
            let step = times(inverse, gradient);
            slope += step[0];
            intercept += step[1];
            if step[0].abs() < 1e-12 * (1.0 + slope.abs()) && step[1].abs() < 1e-12 * (1.0 + intercept.abs()) {
                break;
            }
        }
        let covariance = logistic_covariance(known, slope, intercept, n_units);
        LogisticMap { slope, intercept: intercept - log_prior, covariance }
    }
}

fn probability(eta: f64) -> f64 {
    1.0 / (1.0 + (-eta).exp())
}

fn logistic_derivatives(known: &KnownScores<'_>, slope: f64, intercept: f64) -> ([f64; 2], [f64; 3]) {
    let (mut gradient, mut hessian) = ([0.0; 2], [0.0; 3]);
    for (units, is_llm) in known.documents {
        for &score in &known.scores[units.clone()] {
            let p = probability(intercept + slope * score);
            let residual = f64::from(u8::from(*is_llm)) - p;
            let weight = p * (1.0 - p);
            gradient[0] += residual * score;
            gradient[1] += residual;
            hessian[0] += weight * score * score;
            hessian[1] += weight * score;
            hessian[2] += weight;
        }
    }
    gradient[0] -= SLOPE_PENALTY * slope;
    hessian[0] += SLOPE_PENALTY;
    (gradient, hessian)
}

/// Sandwich over documents, centred within each source: the sources' sizes are chosen, not drawn (case-control sampling).
fn logistic_covariance(known: &KnownScores<'_>, slope: f64, intercept: f64, n_units: [f64; 2]) -> [f64; 3] {
    let of_document = |units: &Range<usize>, is_llm: bool| {
        known.scores[units.clone()].iter().fold([0.0; 2], |sum, score| {
            let residual = f64::from(u8::from(is_llm)) - probability(intercept + slope * score);
            [sum[0] + residual * score, sum[1] + residual]
        })
    };
    let mut mean = [[0.0; 2]; 2];
    for (units, is_llm) in known.documents {
        let gradient = of_document(units, *is_llm);
        let source = usize::from(*is_llm);
        (0..2).for_each(|i| mean[source][i] += gradient[i] / n_units[source]);
    }
    let mut meat = [0.0; 3];
    for (units, is_llm) in known.documents {
        let gradient = of_document(units, *is_llm);
        let expected = mean[usize::from(*is_llm)].map(|mean| mean * units.len() as f64);
        let deviation = [gradient[0] - expected[0], gradient[1] - expected[1]];
        meat[0] += deviation[0] * deviation[0];
        meat[1] += deviation[0] * deviation[1];
        meat[2] += deviation[1] * deviation[1];
    }
    sandwich(invert(logistic_derivatives(known, slope, intercept).1), meat)
}

fn invert([a, b, d]: [f64; 3]) -> [f64; 3] {
    // Scores that are all alike have a singular Hessian; the ridge turns the step to 0 instead of NaN.
    let determinant = (a * d - b * b).max(f64::MIN_POSITIVE);
    [d / determinant, -b / determinant, a / determinant]
}

fn times([a, b, d]: [f64; 3], [x, y]: [f64; 2]) -> [f64; 2] {
    [a * x + b * y, b * x + d * y]
}

fn sandwich(bread: [f64; 3], meat: [f64; 3]) -> [f64; 3] {
    let [a, b, d] = bread;
    let first = times(meat, [a, b]);
    let second = times(meat, [b, d]);
    [a * first[0] + b * first[1], a * second[0] + b * second[1], b * second[0] + d * second[1]]
}
