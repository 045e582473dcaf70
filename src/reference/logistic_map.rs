//! The linear calibration: multinomial logistic regression of the source on the K scores.

use std::ops::Range;

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
/// The search begins on every so many documents, whose minimum is so close to that of all that few steps are left.
const EVERY: usize = 8;

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
        let log_prior = |component: usize| (n_units[component + 1].max(1) as f64 / n_units[0].max(1) as f64).ln();
        let start = |at: usize| if at % (k + 1) < k { 0.0 } else { log_prior(at / (k + 1)) };
        let start = DVector::from_fn(k * (k + 1), |at, _| start(at));
        let some: Vec<_> = known.documents.iter().step_by(EVERY).cloned().collect();
        let (near, _) = minimum(&KnownScores { documents: &some, ..*known }, start);
        let (parameters, hessian) = minimum(known, near);
        let covariance = covariance(known, &parameters, &hessian, &n_units);
        let mut map = LogisticMap { slope: vec![], intercept: vec![], covariance };
        for (component, of_component) in parameters.as_slice().chunks_exact(k + 1).enumerate() {
            map.slope.extend_from_slice(&of_component[..k]);
            map.intercept.push(of_component[k] - log_prior(component));
        }
        map
    }
}

/// Returns the parameters of the smallest loss, by Newton's method from `start`, and the second derivative there.
fn minimum(known: &KnownScores<'_>, start: DVector<f64>) -> (DVector<f64>, DMatrix<f64>) {
    let mut parameters = start;
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
        // Newton's error is squared with every step.
        if step.iter().zip(&parameters).all(|(step, at)| step.abs() < 1e-8 * (1.0 + at.abs())) {
            break;
        }
    }
    (parameters, here.hessian)
}

/// The loss summed over units, its negative gradient and its second derivative.
struct Derivatives {
    loss: f64,
    gradient: DVector<f64>,
    hessian: DMatrix<f64>,
}

impl Derivatives {
    fn at(known: &KnownScores<'_>, parameters: &DVector<f64>) -> Derivatives {
        let (k, cpu) = (known.k, pulp::Arch::new());
        let pieces: Vec<Sums> = known
            .documents
            .par_chunks(DOCUMENTS_PER_PIECE)
            .map(|documents| cpu.dispatch(Piece { known, documents, parameters: parameters.as_slice() }))
            .collect();
        let mut all = Sums::none(k);
        pieces.iter().for_each(|piece| all.merge(piece));
        let mut all = all.derivatives(k);
        let is_slope = |parameter: usize| parameter % (k + 1) < k;
        for parameter in (0..parameters.len()).filter(|parameter| is_slope(*parameter)) {
            all.loss += SLOPE_PENALTY / 2.0 * parameters[parameter].powi(2);
            all.gradient[parameter] -= SLOPE_PENALTY * parameters[parameter];
            all.hessian[(parameter, parameter)] += SLOPE_PENALTY;
        }
        all
    }
}

/// A part of the sums, compiled for the widest vectors; every sum has a lane, so that their width changes none.
struct Piece<'a> {
    known: &'a KnownScores<'a>,
    documents: &'a [(Range<usize>, u8)],
    parameters: &'a [f64],
}

impl pulp::WithSimd for Piece<'_> {
    type Output = Sums;

    #[inline(always)]
    fn with_simd<S: pulp::Simd>(self, _: S) -> Sums {
        let mut sums = Sums::none(self.known.k);
        for (units, class) in self.documents {
            self.known.of(units).for_each(|scores| sums.add(scores, *class, self.parameters));
        }
        sums
    }
}

/// Sums over units: the second derivative is the sum of products of a factor of two components and one of two scores.
struct Sums {
    loss: f64,
    gradient: Vec<f64>,
    /// For every pair of components, the first no smaller, a sum for every pair of scores (the last is 1) likewise.
    curvature: Vec<f64>,
    /// Room for the products of scores of a unit.
    products: Vec<f64>,
}

impl Sums {
    fn none(k: usize) -> Sums {
        let (n_pairs, n_products) = (k * (k + 1) / 2, (k + 1) * (k + 2) / 2);
        let none = |n: usize| vec![0.0; n];
        Sums {
            loss: 0.0,
            gradient: none(k * (k + 1)),
            curvature: none(n_pairs * n_products),
            products: none(n_products),
        }
    }

    fn merge(&mut self, other: &Sums) {
        let add = |to: &mut [f64], from: &[f64]| to.iter_mut().zip(from).for_each(|(to, from)| *to += from);
        self.loss += other.loss;
        add(&mut self.gradient, &other.gradient);
        add(&mut self.curvature, &other.curvature);
    }

    #[inline(always)]
    fn add(&mut self, scores: &[f64], class: u8, parameters: &[f64]) {
        let k = scores.len();
        let (p, loss) = probabilities(scores, class, parameters);
        let design = |place: usize| scores.get(place).copied().unwrap_or(1.0);
        self.loss += loss;
        for i in 0..=k {
            let first = i * (i + 1) / 2;
            (0..=i).for_each(|j| self.products[first + j] = design(i) * design(j));
        }
        let mut sums = self.curvature.chunks_exact_mut(self.products.len());
        for a in 0..k {
            let residual = f64::from(u8::from(class as usize == a + 1)) - p[a];
            (0..=k).for_each(|i| self.gradient[a * (k + 1) + i] += residual * design(i));
            for (b, sums) in (0..=a).zip(&mut sums) {
                let factor = p[a] * (f64::from(u8::from(a == b)) - p[b]);
                sums.iter_mut().zip(&self.products).for_each(|(sum, product)| *sum += factor * product);
            }
        }
    }

    fn derivatives(self, k: usize) -> Derivatives {
        let n = k * (k + 1);
        let triangle = |a: usize, b: usize| a.max(b) * (a.max(b) + 1) / 2 + a.min(b);
        let at = |row: usize, column: usize| {
            let pair = triangle(row / (k + 1), column / (k + 1));
            self.curvature[pair * self.products.len() + triangle(row % (k + 1), column % (k + 1))]
        };
        Derivatives { loss: self.loss, hessian: DMatrix::from_fn(n, n, at), gradient: DVector::from_vec(self.gradient) }
    }
}

/// Returns the probability of every component given the scores, and the log loss; the human predictor is 0.
fn probabilities(scores: &[f64], class: u8, parameters: &[f64]) -> (Vec<f64>, f64) {
    let k = scores.len();
    let predictor = |of: &[f64]| dot(&of[..k], scores) + of[k];
    let mut p: Vec<f64> = parameters.chunks_exact(k + 1).map(predictor).collect();
    let top = p.iter().copied().fold(0.0, f64::max);
    let own = if class == 0 { 0.0 } else { p[class as usize - 1] };
    let sum = (-top).exp() + p.iter().map(|eta| (eta - top).exp()).sum::<f64>();
    p.iter_mut().for_each(|eta| *eta = (*eta - top).exp() / sum);
    (p, top + sum.ln() - own)
}

/// Returns the sandwich over documents, centred within each source, whose size is chosen, not drawn (case-control).
fn covariance(known: &KnownScores<'_>, parameters: &DVector<f64>, hessian: &DMatrix<f64>, n_units: &[u64]) -> Vec<f64> {
    let n = parameters.len();
    let of_document = |(units, class): &(Range<usize>, u8)| {
        let mut sum = DVector::zeros(n);
        for scores in known.of(units) {
            let (p, _) = probabilities(scores, *class, parameters.as_slice());
            for (place, slope) in sum.iter_mut().enumerate() {
                let (a, i) = (place / (known.k + 1), place % (known.k + 1));
                let residual = f64::from(u8::from(*class as usize == a + 1)) - p[a];
                *slope += residual * scores.get(i).copied().unwrap_or(1.0);
            }
        }
        sum
    };
    let gradients: Vec<DVector<f64>> = known.documents.par_iter().map(of_document).collect();
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
