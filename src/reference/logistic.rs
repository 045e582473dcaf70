//! The logistic score: L2-regularised multinomial logistic regression on sparse presence vectors, by argmin's L-BFGS.

use std::cell::RefCell;

use argmin::core::{CostFunction, Error, Executor, Gradient};
use argmin::solver::linesearch::MoreThuenteLineSearch;
use argmin::solver::quasinewton::LBFGS;
use serde::{Deserialize, Serialize};

use super::human_families::HumanFamilies;
use super::logistic_loss::Loss;
use super::training_set::TrainingSet;
use super::weights::Weights;
use crate::occurrence::Presence;

/// Number of pairs of steps and gradients that L-BFGS remembers: with ten it needs four tenths more passes over the units.
const MEMORY: usize = 30;

/// The regularisation and the stopping rule of the regression.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct LogisticSettings {
    /// Factor of half the squared weights, added to the log loss summed over all units; the biases are free. Fits on a
    /// part of the units use that part of it, so that their scores are on the scale of the fit on all.
    pub l2: f64,
    /// Length of the gradient of the mean loss per unit, in parameters in which the loss is about as curved everywhere, below
    /// which the fit stops: the loss is then within half its square of the smallest.
    pub tolerance: f64,
    /// Maximum number of iterations of L-BFGS.
    pub max_iterations: u64,
}

impl Default for LogisticSettings {
    fn default() -> Self {
        LogisticSettings { l2: 1.0 / 0.3, tolerance: 1e-4, max_iterations: 300 }
    }
}

impl LogisticSettings {
    /// Sets the factor of half the squared weights.
    pub fn l2(self, l2: f64) -> LogisticSettings {
        LogisticSettings { l2, ..self }
    }

    /// Sets the length of the gradient below which the fit stops.
    pub fn tolerance(self, tolerance: f64) -> LogisticSettings {
        LogisticSettings { tolerance, ..self }
    }

    /// Sets the maximum number of iterations of L-BFGS.
    pub fn max_iterations(self, max_iterations: u64) -> LogisticSettings {
        LogisticSettings { max_iterations, ..self }
    }
}

/// Fits the weights on the documents outside the fold `left_out`: l_k = (eta_k - eta_0) - log(N_k / N_0).
///
/// The search begins at `start`, such as the weights of all documents, or at 0. It ends so close to the only minimum that nothing of
/// the fold's documents remains in it.
pub(super) fn fit(
    set: &TrainingSet<'_>,
    settings: LogisticSettings,
    left_out: Option<u8>,
    start: Option<&Weights>,
) -> Weights {
    let n_units = set.n_units_of_class(left_out);
    let documents = set.documents(left_out).map(|(document, class)| (document, class, 1.0)).collect();
    let n_fitted = n_units.iter().sum::<u64>().max(1) as f64;
    let share_fitted = n_fitted / set.presence.n_units().max(1) as f64;
    let (presence, k, n_words) = (set.presence, set.n_components, set.n_words);
    let l2 = settings.l2 * share_fitted;
    let loss = Loss { presence, k, n_words, documents, n_units: n_fitted, l2, families: None };
    let class_sizes: Vec<f64> = n_units.iter().map(|&n| n as f64).collect();
    let scale = loss.scale();
    fit_loss(loss, scale, &class_sizes, settings, start)
}

/// Fits the weights of one log ratio, LLM against human, on documents with their side (0 human, 1 LLM) and the weight
/// of each of their units; the weights of both sides should add up to the same. Differences between `families` of human text
/// are penalised. Parameters are as they are and the search is short: to the end, mean errors of corpora left out changed by
/// 0.01 points.
pub(super) fn fit_weighted(
    presence: &Presence,
    n_words: usize,
    documents: Vec<(usize, u8, f64)>,
    families: Option<HumanFamilies>,
    settings: LogisticSettings,
) -> Weights {
    let mut class_sizes = [0.0; 2];
    for &(document, side, weight) in &documents {
        class_sizes[usize::from(side)] += weight * presence.units_of(document).len() as f64;
    }
    let n_units = class_sizes.iter().sum::<f64>().max(1.0);
    let loss = Loss { presence, k: 1, n_words, documents, n_units, l2: settings.l2, families };
    fit_loss(loss, vec![1.0; n_words + 1], &class_sizes, settings, None)
}

fn fit_loss(
    loss: Loss<'_>,
    scale: Vec<f64>,
    class_sizes: &[f64],
    settings: LogisticSettings,
    start: Option<&Weights>,
) -> Weights {
    let (k, n_words) = (loss.k, loss.n_words);
    let log_prior = |llm: usize| (class_sizes[llm + 1].max(1.0) / class_sizes[0].max(1.0)).ln();
    let mut from = start.map_or_else(|| vec![0.0; n_words * k], |start| start.by_word().to_vec());
    from.extend((0..k).map(|llm| start.map_or(0.0, |start| start.bias()[llm]) + log_prior(llm)));
    from.iter_mut().zip(&scale).for_each(|(at, scale)| *at *= scale);
    let mut solution = minimise(Problem { loss, scale: &scale, last: RefCell::default() }, from, settings);
    solution.iter_mut().zip(&scale).for_each(|(at, scale)| *at /= scale);
    let mut bias = solution.split_off(n_words * k);
    bias.iter_mut().enumerate().for_each(|(llm, bias)| *bias -= log_prior(llm));
    Weights::new(bias, solution)
}

fn minimise(problem: Problem<'_>, start: Vec<f64>, settings: LogisticSettings) -> Vec<f64> {
    let solver = LBFGS::new(MoreThuenteLineSearch::new(), MEMORY)
        .with_tolerance_grad(settings.tolerance)
        .and_then(|solver| solver.with_tolerance_cost(f64::EPSILON));
    let run = solver.and_then(|solver| {
        Executor::new(problem, solver)
            .configure(|state| state.param(start.clone()).max_iters(settings.max_iterations))
            .ctrlc(false)
            .run()
    });
    // argmin fails only on settings out of range; the start is then all there is.
    run.ok().and_then(|mut result| result.state.take_best_param()).unwrap_or(start)
}

/// A loss and its gradient.
type LossAndGradient = (f64, Vec<f64>);

/// The loss as argmin sees it. It asks for loss and gradient separately; one pass gives both, so the last is kept.
///
/// Its parameters are multiplied by `scale`, so that the loss is about as curved in all of them: of rare and frequent words,
/// whose curvatures differ ten thousandfold.
struct Problem<'a> {
    loss: Loss<'a>,
    scale: &'a [f64],
    last: RefCell<Option<(Vec<f64>, LossAndGradient)>>,
}

impl Problem<'_> {
    fn evaluate(&self, point: &[f64]) -> LossAndGradient {
        let unscaled: Vec<f64> = point.iter().zip(self.scale).map(|(at, scale)| at / scale).collect();
        let (loss, mut gradient) = self.loss.evaluate(&unscaled);
        gradient.iter_mut().zip(self.scale).for_each(|(slope, scale)| *slope /= scale);
        (loss, gradient)
    }

    fn at<T>(&self, point: &[f64], take: impl Fn(&LossAndGradient) -> T) -> T {
        let mut last = self.last.borrow_mut();
        match &*last {
            Some((at, known)) if at == point => take(known),
            _ => take(&last.insert((point.to_vec(), self.evaluate(point))).1),
        }
    }
}

impl CostFunction for Problem<'_> {
    type Param = Vec<f64>;
    type Output = f64;

    fn cost(&self, point: &Vec<f64>) -> Result<f64, Error> {
        Ok(self.at(point, |(loss, _)| *loss))
    }
}

impl Gradient for Problem<'_> {
    type Param = Vec<f64>;
    type Gradient = Vec<f64>;

    fn gradient(&self, point: &Vec<f64>) -> Result<Vec<f64>, Error> {
        Ok(self.at(point, |(_, gradient)| gradient.clone()))
    }
}

#[cfg(test)]
mod tests {
    use rand::{RngExt, SeedableRng};
    use rand_pcg::Pcg64Mcg;

    use super::*;

    const N_WORDS: usize = 40;
    const N_FOLDS: u8 = 5;

    /// A set of invented documents of K + 1 classes that prefer words of their own, a unit of some words a line.
    fn with_set(k: usize, run: impl Fn(&TrainingSet<'_>)) {
        let mut generator = Pcg64Mcg::seed_from_u64(k as u64);
        let (mut presence, mut class_of, mut fold_of) = (Presence::default(), Vec::new(), Vec::new());
        for document in 0..60 * (k + 1) {
            let class = document % (k + 1);
            for _ in 0..4 {
                let mut unit: Vec<u32> = (0..6)
                    .map(|_| {
                        let rank = (N_WORDS as f64).powf(generator.random::<f64>()) as usize - 1;
                        if generator.random::<f64>() < 0.3 { (rank / 2 + class) % N_WORDS } else { rank }
                    })
                    .map(|word| word as u32)
                    .collect();
                unit.sort_unstable();
                unit.dedup();
                presence.push_unit(&unit);
            }
            presence.end_document();
            class_of.push(class as u8);
            fold_of.push((document / (k + 1)) as u8 % N_FOLDS);
        }
        run(&TrainingSet {
            presence: &presence,
            class_of: &class_of,
            fold_of: &fold_of,
            n_components: k,
            n_words: N_WORDS,
        });
    }

    /// The penalised loss summed over units, computed anew from its formula.
    fn loss(set: &TrainingSet<'_>, l2: f64, bias: &[f64], by_word: &[f64]) -> f64 {
        let weights = Weights::new(bias.to_vec(), by_word.to_vec());
        let sizes = set.n_units_of_class(None);
        let of_unit = |unit: usize, class: u8| {
            let mut eta = vec![0.0; bias.len()];
            weights.score(set.presence.unit(unit), &mut eta);
            for (llm, eta) in eta.iter_mut().enumerate() {
                *eta += (sizes[llm + 1] as f64 / sizes[0] as f64).ln();
            }
            let own = if class == 0 { 0.0 } else { eta[class as usize - 1] };
            (1.0 + eta.iter().map(|eta| eta.exp()).sum::<f64>()).ln() - own
        };
        let of_document =
            |(document, class)| -> f64 { set.presence.units_of(document).map(|unit| of_unit(unit, class)).sum() };
        let squares: f64 = by_word.iter().map(|weight| weight * weight).sum();
        l2 / 2.0 * squares + set.documents(None).map(of_document).sum::<f64>()
    }

    /// Whatever the width of rows.
    #[test]
    fn weights_are_at_the_minimum_of_the_loss() {
        for k in [1, 2, 3, 5, 9, 13, 17, 33] {
            with_set(k, |set| {
                let settings = LogisticSettings { tolerance: 1e-7, ..LogisticSettings::default() };
                let weights = fit(set, settings, None, None);
                let at = |by_word: &[f64]| loss(set, settings.l2, weights.bias(), by_word);
                let least = at(weights.by_word());
                for weight in (0..N_WORDS * k).step_by(k * 3 + 1) {
                    for step in [-1e-3, 1e-3] {
                        let mut moved = weights.by_word().to_vec();
                        moved[weight] += step;
                        assert!(at(&moved) > least, "{k} components, weight {weight}");
                    }
                }
            });
        }
    }

    #[test]
    fn the_start_of_a_fold_leaves_no_trace() {
        with_set(3, |set| {
            let settings = LogisticSettings::default();
            let all = fit(set, settings, None, None);
            for fold in 0..N_FOLDS {
                let (cold, warm) = (fit(set, settings, Some(fold), None), fit(set, settings, Some(fold), Some(&all)));
                let pairs = || cold.by_word().iter().zip(warm.by_word()).zip(all.by_word());
                let apart = pairs().map(|((cold, warm), _)| (cold - warm).abs()).fold(0.0, f64::max);
                let moved = pairs().map(|((cold, _), all)| (cold - all).abs()).fold(0.0, f64::max);
                assert!(apart < 0.02 * moved, "fold {fold}: {apart} of {moved}");
            }
        });
    }
}
