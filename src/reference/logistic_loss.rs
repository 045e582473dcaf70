//! The loss of the logistic regression and its gradient, in one pass over the units.

use rayon::prelude::*;

use super::exponential::exp;
use super::human_families::HumanFamilies;
use crate::occurrence::Presence;

/// Number of pieces of a sum, which run in parallel; fixed, so that sums do not depend on the number of threads.
const N_PIECES: usize = 16;
/// Bias of the components that fill a row up to its width: their probability is 0.
const NEVER: f64 = -1e300;
/// Typical mean of 1 - p over the units of a component: p (1 - p) is then the curvature of the log loss in its predictor.
const CURVATURE: f64 = 0.3;

/// The mean regularised loss per unit; parameters are K weights per word, then K biases.
pub(super) struct Loss<'a> {
    pub presence: &'a Presence,
    pub k: usize,
    pub n_words: usize,
    /// Documents, each with its class (0 human, k the k-th LLM component) and the weight of its units.
    pub documents: Vec<(usize, u8, f64)>,
    /// Sum of the weights of all units.
    pub n_units: f64,
    pub l2: f64,
    /// Families of human text that should score alike, if they should; for one component.
    pub families: Option<HumanFamilies>,
}

impl Loss<'_> {
    /// Returns the loss at `point` and its gradient.
    pub fn evaluate(&self, point: &[f64]) -> (f64, Vec<f64>) {
        // Rows of a width that the compiler knows; a class is a byte, so that there are no more than 255.
        match self.k {
            1 => self.evaluate_rows::<1>(point),
            2 => self.evaluate_rows::<2>(point),
            3..=4 => self.evaluate_rows::<4>(point),
            5..=8 => self.evaluate_rows::<8>(point),
            9..=12 => self.evaluate_rows::<12>(point),
            13..=16 => self.evaluate_rows::<16>(point),
            17..=32 => self.evaluate_rows::<32>(point),
            _ => self.evaluate_rows::<256>(point),
        }
    }

    /// Returns the square roots of the loss's curvature in each parameter. At the minimum a component's probabilities sum to
    /// its number of units, with each word too, so that the number of its units with the word tells the curvature.
    pub fn scale(&self) -> Vec<f64> {
        let mut weights = vec![0.0; (self.n_words + 1) * self.k];
        for &(document, class, weight) in self.documents.iter().filter(|(_, class, _)| *class > 0) {
            let component = usize::from(class) - 1;
            for unit in self.presence.units_of(document) {
                let words = self.presence.unit(unit).iter().map(|&word| word as usize);
                words.chain([self.n_words]).for_each(|word| weights[word * self.k + component] += weight);
            }
        }
        let penalty = |at: usize| self.l2 * self.factor(at / self.k);
        let curvature = |(at, weight): (usize, f64)| CURVATURE * weight + penalty(at);
        weights.into_iter().enumerate().map(|of| (curvature(of) / self.n_units).sqrt()).collect()
    }

    /// Returns the factor of a word's penalty.
    fn factor(&self, word: usize) -> f64 {
        self.families.as_ref().map_or(1.0, |families| families.factor(word))
    }

    fn evaluate_rows<const WIDTH: usize>(&self, point: &[f64]) -> (f64, Vec<f64>) {
        let rows = self.rows::<WIDTH>(point);
        let cpu = pulp::Arch::new();
        let n_documents = self.documents.len().div_ceil(N_PIECES).max(1);
        let pieces = self.documents.par_chunks(n_documents);
        // The widest vectors that the machine has; each component has a lane, so that sums do not depend on it.
        let pieces: Vec<(f64, Vec<[f64; WIDTH]>)> =
            pieces.map(|documents| cpu.dispatch(Piece { loss: self, documents, rows: &rows })).collect();
        self.total(point, &pieces)
    }

    /// Returns the weights of each word and, last, the biases.
    fn rows<const WIDTH: usize>(&self, point: &[f64]) -> Vec<[f64; WIDTH]> {
        let mut rows = vec![[0.0; WIDTH]; self.n_words + 1];
        rows[self.n_words] = [NEVER; WIDTH];
        rows.iter_mut().zip(point.chunks_exact(self.k)).for_each(|(row, from)| row[..self.k].copy_from_slice(from));
        rows
    }

    #[inline(always)]
    fn sum_over<const WIDTH: usize>(
        &self,
        documents: &[(usize, u8, f64)],
        rows: &[[f64; WIDTH]],
    ) -> (f64, Vec<[f64; WIDTH]>) {
        let (mut loss, mut gradient) = (0.0_f64, vec![[0.0; WIDTH]; rows.len()]);
        for &(document, class, weight) in documents {
            for unit in self.presence.units_of(document) {
                let words = self.presence.unit(unit);
                let mut eta = rows[self.n_words];
                for &word in words {
                    add(&mut eta, &rows[word as usize]);
                }
                loss += weight * residuals(&mut eta, class);
                eta.iter_mut().for_each(|residual| *residual *= weight);
                for &word in words {
                    add(&mut gradient[word as usize], &eta);
                }
                add(&mut gradient[self.n_words], &eta);
            }
        }
        (loss, gradient)
    }

    /// Returns the mean of the pieces' sums, with the penalty of the weights.
    fn total<const WIDTH: usize>(&self, point: &[f64], pieces: &[(f64, Vec<[f64; WIDTH]>)]) -> (f64, Vec<f64>) {
        let (k, n_weights) = (self.k, self.n_words * self.k);
        let (mut loss, mut gradient) = (0.0, vec![0.0; point.len()]);
        for (piece_loss, piece_gradient) in pieces {
            loss += piece_loss;
            for (sums, parts) in gradient.chunks_exact_mut(k).zip(piece_gradient) {
                sums.iter_mut().zip(parts).for_each(|(sum, part)| *sum += part);
            }
        }
        let mut squares = 0.0;
        for (at, (slope, weight)) in gradient[..n_weights].iter_mut().zip(point).enumerate() {
            let factor = self.factor(at / k);
            squares += weight * weight * factor;
            *slope += self.l2 * factor * weight;
        }
        loss += self.l2 / 2.0 * squares;
        if let Some(families) = &self.families {
            loss += families.add_difference(&point[..n_weights], self.n_units, &mut gradient);
        }
        gradient.iter_mut().for_each(|slope| *slope /= self.n_units);
        (loss / self.n_units, gradient)
    }
}

/// A part of the sums; a struct, as pulp compiles the body of a closure for the narrowest vectors alone.
struct Piece<'a, const WIDTH: usize> {
    loss: &'a Loss<'a>,
    documents: &'a [(usize, u8, f64)],
    rows: &'a [[f64; WIDTH]],
}

impl<const WIDTH: usize> pulp::WithSimd for Piece<'_, WIDTH> {
    type Output = (f64, Vec<[f64; WIDTH]>);

    #[inline(always)]
    fn with_simd<S: pulp::Simd>(self, _: S) -> Self::Output {
        self.loss.sum_over(self.documents, self.rows)
    }
}

#[inline(always)]
fn add<const WIDTH: usize>(to: &mut [f64; WIDTH], row: &[f64; WIDTH]) {
    for lane in 0..WIDTH {
        to[lane] += row[lane];
    }
}

/// Turns linear predictors into p_k - [k is the class], and returns the log loss; the human predictor is 0.
#[inline(always)]
fn residuals<const WIDTH: usize>(eta: &mut [f64; WIDTH], class: u8) -> f64 {
    let top = eta.iter().copied().fold(0.0, f64::max);
    let own = if class == 0 { 0.0 } else { eta[class as usize - 1] };
    eta.iter_mut().for_each(|eta| *eta = exp(*eta - top));
    let sum = exp(-top) + eta.iter().sum::<f64>();
    for (lane, eta) in eta.iter_mut().enumerate() {
        *eta = *eta / sum - f64::from(u8::from(lane + 1 == class as usize));
    }
    top + sum.ln() - own
}
