//! EM for the classes of documents and the tilts of a corpus, with the realised share tilted where a profile asks for it.

use super::columns::Likelihoods;
use super::expect::{Sums, expect};
use super::side::{SidePrior, Tilts, maximise};
use super::tilt::{HUMAN_GRID, LLM_GRID, MIXED_HUMAN_GRID, MIXED_LLM_GRID, N_CLASSES};

/// Standard deviations that a location may lie from its prior mean.
pub const MAX_DEVIATIONS: f64 = 4.0;
/// Stops when an iteration gains less than this in log likelihood.
const TOLERANCE: f64 = 1e-4;

/// What EM estimates.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Parameters {
    /// Tilts of human documents.
    pub human: Tilts,
    /// Tilts of LLM documents.
    pub llm: Tilts,
    /// Probability of each class.
    pub classes: [f64; N_CLASSES],
}

impl Parameters {
    /// Starts from the prior means, with this probability of a human document.
    pub fn start(priors: &Priors, human: f64) -> Parameters {
        let mixed = 0.1 / (N_CLASSES - 2) as f64;
        let mut classes = [mixed; N_CLASSES];
        (classes[0], classes[1]) = (human, 0.9 - human);
        Parameters { human: priors.human.mean, llm: priors.llm.mean, classes }
    }

    /// Returns the same with no class below 0.0001, from where EM can still move.
    pub fn floored(&self) -> Parameters {
        let floored = self.classes.map(|class| class.max(1e-4));
        let sum: f64 = floored.iter().sum();
        Parameters { classes: floored.map(|class| class / sum), ..*self }
    }
}

/// The priors of both sides.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Priors {
    /// Of human documents.
    pub human: SidePrior,
    /// Of LLM documents.
    pub llm: SidePrior,
    /// Log probability of these priors, beside others.
    pub log_prior: f64,
    /// Whether mixed documents teach where the LLM's tilts lie; not where these are nearly free, as any human document could then be a mixed one.
    pub learns_from_mixed: bool,
}

/// Where EM stopped.
#[derive(Debug, Clone, Copy)]
pub struct Fit {
    /// Penalised log likelihood, tilted.
    pub value: f64,
    /// LLM share of units, 0 to 1.
    pub share: f64,
    /// The part of `share` that lies in mixed documents.
    pub mixed_share: f64,
    /// Where.
    pub parameters: Parameters,
    /// Expected number of documents in each class.
    pub n_documents: [f64; N_CLASSES],
    /// Expected number of units in documents of each class.
    pub n_units: [f64; N_CLASSES],
}

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
    // A class that is 0 stays so: that is a corpus without it.
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
