//! EM for the classes of documents and the tilts of a corpus; a profile has it tilt the realised share.

use super::columns::Likelihoods;
use super::expect::{Sums, expect};
use super::parameters::{Fit, Parameters, Priors};
use super::side::maximise;
use super::tilt::{HUMAN_GRID, LLM_GRID, MIXED_HUMAN_GRID, MIXED_LLM_GRID, N_CLASSES};

/// Maximum number of standard deviations between a location and its prior mean.
pub const MAX_DEVIATIONS: f64 = 4.0;
/// Gain in log-likelihood per iteration below which EM stops, in nats.
const TOLERANCE: f64 = 1e-4;

/// Runs EM from `start`; class k of a document of n units is weighted by exp(tilt n b_k), b_k its LLM part.
pub fn em(likelihoods: &Likelihoods, priors: &Priors, tilt: f64, start: Parameters, max_iterations: usize) -> Fit {
    let (mut parameters, mut last) = (start, f64::NEG_INFINITY);
    let n_units = likelihoods.n_units();
    let mut iteration = 0;
    loop {
        let sums = expect(likelihoods, &parameters, tilt);
        let shift = if tilt > 0.0 { tilt * n_units } else { 0.0 };
        let value = sums.value
            + shift
            + priors.human.log_density(parameters.human)
            + priors.llm.log_density(parameters.llm)
            + priors.log_prior;
        iteration += 1;
        if (value - last < TOLERANCE && iteration > 4) || iteration > max_iterations {
            let (share, mixed_share) = (sums.share / n_units, sums.mixed_share / n_units);
            return Fit { value, share, mixed_share, parameters, n_documents: sums.classes, n_units: sums.units };
        }
        last = value;
        parameters = step(&sums, &parameters, priors);
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
