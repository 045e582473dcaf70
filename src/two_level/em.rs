//! EM for the classes of documents and the tilts of a corpus; a profile has it tilt the realised share.

use super::columns::Likelihoods;
use super::expect::{Point, Sums, expect};
use super::parameters::{Fit, Parameters, Priors};
use super::side::maximise;
use super::tilt::{HUMAN_GRID, LLM_GRID, MIXED_HUMAN_GRID, MIXED_LLM_GRID, N_CLASSES};

/// Maximum number of standard deviations between a location and its prior mean.
pub const MAX_DEVIATIONS: f64 = 4.0;
/// Gain in log-likelihood per iteration below which EM stops, in nats.
const TOLERANCE: f64 = 1e-4;

/// A search for the most likely parameters.
#[derive(Clone, Copy)]
pub struct Run<'a> {
    /// Priors of the parameters.
    pub priors: &'a Priors,
    /// Tilt of the realised share: class k of a document of n units is weighted by exp(tilt n b_k), b_k its LLM part.
    pub tilt: f64,
    /// Parameters to start from.
    pub start: Parameters,
    /// Maximum number of iterations.
    pub max_iterations: usize,
}

/// Runs EM several times, side by side: a pass takes long because documents have to be taken out of memory, which is done once for
/// all runs. Each run ends as it would alone.
pub fn em(likelihoods: &Likelihoods, runs: &[Run<'_>]) -> Vec<Fit> {
    let n_units = likelihoods.n_units();
    let mut states: Vec<State<'_>> = runs.iter().map(State::new).collect();
    loop {
        let mut active: Vec<&mut State<'_>> = states.iter_mut().filter(|state| !state.has_ended).collect();
        if active.is_empty() {
            return states.into_iter().map(|state| state.fit).collect();
        }
        let points: Vec<Point> = active.iter().map(|state| state.point()).collect();
        let sums = expect(likelihoods, &points);
        active.iter_mut().zip(&sums).for_each(|(state, sums)| state.take(sums, n_units));
    }
}

/// A run on its way.
struct State<'a> {
    run: &'a Run<'a>,
    /// The point that was last looked at.
    fit: Fit,
    /// The point to look at next.
    parameters: Parameters,
    iteration: usize,
    has_ended: bool,
}

impl<'a> State<'a> {
    fn new(run: &'a Run<'a>) -> State<'a> {
        State { run, fit: Fit::nowhere(run.start), parameters: run.start, iteration: 0, has_ended: false }
    }

    fn point(&self) -> Point {
        Point::new(self.parameters, self.run.tilt, self.run.priors.learns_from_mixed)
    }

    /// Takes the sums at the point, and ends there or goes on to another.
    fn take(&mut self, sums: &Sums, n_units: f64) {
        let (Run { priors, tilt, max_iterations, .. }, parameters) = (self.run, self.parameters);
        let shift = if *tilt > 0.0 { tilt * n_units } else { 0.0 };
        let value = sums.value
            + shift
            + priors.human.log_density(parameters.human)
            + priors.llm.log_density(parameters.llm)
            + priors.log_prior;
        let gain = value - self.fit.value;
        self.iteration += 1;
        self.fit = Fit {
            value,
            share: sums.share / n_units,
            mixed_share: sums.mixed_share / n_units,
            parameters,
            n_documents: sums.classes,
            n_units: sums.units,
        };
        self.has_ended = (gain < TOLERANCE && self.iteration > 4) || self.iteration > *max_iterations;
        if !self.has_ended {
            self.parameters = step(sums, &parameters, priors);
        }
    }
}

fn step(sums: &Sums, at: &Parameters, priors: &Priors) -> Parameters {
    // A class of probability 0 stays so: the corpus is one without it.
    let classes: [f64; N_CLASSES] =
        std::array::from_fn(|class| if at.classes[class] > 0.0 { sums.classes[class].max(1e-12) } else { 0.0 });
    let total: f64 = classes.iter().sum();
    let of_human: &[(&[f64], _)] = &[(&sums.human, HUMAN_GRID), (&sums.mixed_human, MIXED_HUMAN_GRID)];
    let of_human = if priors.learns_from_mixed { of_human } else { &of_human[..1] };
    let human = priors.human.clip(maximise(of_human, at.human, &priors.human), MAX_DEVIATIONS);
    let of_llm: &[(&[f64], _)] = &[(&sums.llm, LLM_GRID), (&sums.mixed_llm, MIXED_LLM_GRID)];
    let of_llm = if priors.learns_from_mixed { of_llm } else { &of_llm[..1] };
    let llm = priors.llm.clip(maximise(of_llm, at.llm, &priors.llm), MAX_DEVIATIONS);
    Parameters { human, llm, classes: classes.map(|n| n / total) }
}
