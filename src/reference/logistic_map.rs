//! The linear calibration: multinomial logistic regression of the source on the K scores.

use super::known_scores::KnownScores;
use nalgebra::{DMatrix, DVector};
use rayon::prelude::*;
use serde::{Deserialize, Serialize};

/// Maximum number of Newton steps of the fit, which converges in about ten.
const MAX_NEWTON_STEPS: usize = 100;
/// Factor of half the squared slopes in the loss summed over units. It means nothing on real text, but without it
/// sources that the scores separate perfectly would have infinite slopes.
const SLOPE_PENALTY: f64 = 1e-4;
/// Number of documents per parallel piece of a sum; fixed, so that sums do not depend on the number of threads.
const DOCUMENTS_PER_PIECE: usize = 512;

/// The map log ratio_i = intercept_i + sum_j slope_ij * score_j, by logistic regression of the source on the scores.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct LogisticMap {
    /// K x K slopes, row after row. With K = 1, 1 if the scores need no calibration; naive Bayes has 0.4 to 0.55.
    pub slope: Vec<f64>,
    /// K intercepts, in nats.
    pub intercept: Vec<f64>,
    /// Sampling covariance of the parameters, clustered by document: the lower triangle, row after row. Parameters are,
    /// for each component, its K slopes and its intercept.
    pub covariance: Vec<f64>,
}

impl LogisticMap {
    /// Returns the K calibrated log ratios of K scores, in nats.
    pub fn log_ratios(&self, scores: &[f64]) -> Vec<f64> {
        let rows = self.slope.chunks_exact(scores.len()).zip(&self.intercept);
        rows.map(|(slopes, intercept)| intercept + dot(slopes, scores)).collect()
    }

    /// Returns the slope of every component in its own score; 1 if the scores need no calibration.
    pub fn own_slopes(&self) -> Vec<f64> {
        let k = self.intercept.len();
        (0..k).map(|component| self.slope[component * k + component]).collect()
    }

    /// Returns the covariance g C g' over references like this one, for gradients g in the parameters, one row each.
    pub fn covariance_of(&self, gradients: &DMatrix<f64>) -> DMatrix<f64> {
        let n = gradients.ncols();
        let at = |i: usize, j: usize| self.covariance[i.max(j) * (i.max(j) + 1) / 2 + i.min(j)];
        let covariance = DMatrix::from_fn(n, n, at);
        gradients * covariance * gradients.transpose()
    }

    pub(super) fn is_consistent(&self, k: usize) -> bool {
        let n = k * (k + 1);
        self.intercept.len() == k && self.slope.len() == k * k && self.covariance.len() == n * (n + 1) / 2
    }

    pub(super) fn fit(known: &KnownScores<'_>) -> LogisticMap {
        let k = known.k;
        let n_units = known.n_units();
        let mut parameters = DVector::zeros(k * (k + 1));
        let log_prior = |component: usize| (n_units[component + 1].max(1) as f64 / n_units[0].max(1) as f64).ln();
        (0..k).for_each(|component| parameters[component * (k + 1) + k] = log_prior(component));
        let mut here = Derivatives::at(known, &parameters);
        for _ in 0..MAX_NEWTON_STEPS {
            let step = solve(&here.hessian, &here.gradient);
            let (mut length, mut next) = (1.0, Derivatives::at(known, &(&parameters + &step)));
            // Sources that hardly overlap let a full step overshoot.
            while next.loss > here.loss + 1e-9 * here.loss.abs() && length > 1e-6 {
                length /= 2.0;
                next = Derivatives::at(known, &(&parameters + &step * length));
            }
            parameters += &step * length;
            here = next;
            if step.iter().zip(&parameters).all(|(step, at)| step.abs() < 1e-12 * (1.0 + at.abs())) {
                break;
            }
        }
        let covariance = covariance(known, &parameters, &here.hessian, &n_units);
        let mut map = LogisticMap { slope: vec![], intercept: vec![], covariance };
        for (component, of_component) in parameters.as_slice().chunks_exact(k + 1).enumerate() {
            map.slope.extend_from_slice(&of_component[..k]);
            map.intercept.push(of_component[k] - log_prior(component));
        }
        map
    }
}

/// The loss summed over units, its negative gradient and its second derivative.
struct Derivatives {
    loss: f64,
    gradient: DVector<f64>,
    hessian: DMatrix<f64>,
}

impl Derivatives {
    fn at(known: &KnownScores<'_>, parameters: &DVector<f64>) -> Derivatives {
        let pieces: Vec<Derivatives> = known
            .documents
            .par_chunks(DOCUMENTS_PER_PIECE)
            .map(|piece| {
                let mut sum = Derivatives::none(known.k);
                for (units, class) in piece {
                    known.of(units).for_each(|scores| sum.add(scores, *class, parameters));
                }
                sum
            })
            .collect();
        let mut all = Derivatives::none(known.k);
        for piece in &pieces {
            all.loss += piece.loss;
            all.gradient += &piece.gradient;
            all.hessian += &piece.hessian;
        }
        all.hessian.fill_upper_triangle_with_lower_triangle();
        let is_slope = |parameter: usize| parameter % (known.k + 1) < known.k;
        for parameter in (0..parameters.len()).filter(|parameter| is_slope(*parameter)) {
            all.loss += SLOPE_PENALTY / 2.0 * parameters[parameter].powi(2);
            all.gradient[parameter] -= SLOPE_PENALTY * parameters[parameter];
            all.hessian[(parameter, parameter)] += SLOPE_PENALTY;
        }
        all
    }

    fn none(k: usize) -> Derivatives {
        let n = k * (k + 1);
        Derivatives { loss: 0.0, gradient: DVector::zeros(n), hessian: DMatrix::zeros(n, n) }
    }

    /// Adds a unit; fills only the lower triangle of the second derivative.
    fn add(&mut self, scores: &[f64], class: u8, parameters: &DVector<f64>) {
        let k = scores.len();
        let (p, loss) = probabilities(scores, class, parameters);
        let design = |place: usize| scores.get(place).copied().unwrap_or(1.0);
        self.loss += loss;
        for a in 0..k {
            let residual = f64::from(u8::from(class as usize == a + 1)) - p[a];
            for i in 0..=k {
                let row = a * (k + 1) + i;
                self.gradient[row] += residual * design(i);
                for b in 0..=a {
                    let weight = p[a] * (f64::from(u8::from(a == b)) - p[b]) * design(i);
                    let last = if a == b { i } else { k };
                    for j in 0..=last {
                        self.hessian[(row, b * (k + 1) + j)] += weight * design(j);
                    }
                }
            }
        }
    }
}

/// Returns the probability of every component given the scores, and the log loss; the human predictor is 0.
fn probabilities(scores: &[f64], class: u8, parameters: &DVector<f64>) -> (Vec<f64>, f64) {
    let k = scores.len();
    let predictor = |of: &[f64]| dot(&of[..k], scores) + of[k];
    let mut p: Vec<f64> = parameters.as_slice().chunks_exact(k + 1).map(predictor).collect();
    let top = p.iter().copied().fold(0.0, f64::max);
    let own = if class == 0 { 0.0 } else { p[class as usize - 1] };
    let sum = (-top).exp() + p.iter().map(|eta| (eta - top).exp()).sum::<f64>();
    p.iter_mut().for_each(|eta| *eta = (*eta - top).exp() / sum);
    (p, top + sum.ln() - own)
}

/// Returns the sandwich over documents, centred within each source, whose size is chosen, not drawn (case-control).
fn covariance(known: &KnownScores<'_>, parameters: &DVector<f64>, hessian: &DMatrix<f64>, n_units: &[u64]) -> Vec<f64> {
    let n = parameters.len();
    let of_document = |(units, class): &(std::ops::Range<usize>, u8)| {
        let mut sum = DVector::zeros(n);
        for scores in known.of(units) {
            let (p, _) = probabilities(scores, *class, parameters);
            for (place, slope) in sum.iter_mut().enumerate() {
                let (a, i) = (place / (known.k + 1), place % (known.k + 1));
                let residual = f64::from(u8::from(*class as usize == a + 1)) - p[a];
                *slope += residual * scores.get(i).copied().unwrap_or(1.0);
            }
        }
        sum
    };
    let gradients: Vec<DVector<f64>> = known.documents.iter().map(of_document).collect();
    let mut means = vec![DVector::zeros(n); known.k + 1];
    for ((_, class), gradient) in known.documents.iter().zip(&gradients) {
        means[*class as usize] += gradient / n_units[*class as usize].max(1) as f64;
    }
    let mut meat = DMatrix::zeros(n, n);
    for ((units, class), gradient) in known.documents.iter().zip(&gradients) {
        let deviation = gradient - &means[*class as usize] * units.len() as f64;
        meat.ger(1.0, &deviation, &deviation, 1.0);
    }
    let half = solve_all(hessian, &meat);
    let sandwich = solve_all(hessian, &half.transpose());
    (0..n).flat_map(|i| (0..=i).map(move |j| (i, j))).map(|at| sandwich[at]).collect()
}

fn solve(hessian: &DMatrix<f64>, right: &DVector<f64>) -> DVector<f64> {
    // Scores that are all alike have a singular second derivative; no step is then better than a step of NaN.
    hessian.clone().cholesky().map_or_else(|| DVector::zeros(right.len()), |of| of.solve(right))
}

fn solve_all(hessian: &DMatrix<f64>, right: &DMatrix<f64>) -> DMatrix<f64> {
    hessian.clone().cholesky().map_or_else(|| DMatrix::zeros(right.nrows(), right.ncols()), |of| of.solve(right))
}

fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}
