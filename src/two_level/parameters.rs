//! The parameters that EM estimates, their priors, and its result.

use super::side::{SidePrior, Tilts};
use super::tilt::N_CLASSES;

/// The parameters that EM estimates.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Parameters {
    /// Tilts of human documents.
    pub human: Tilts,
    /// Tilts of LLM documents.
    pub llm: Tilts,
    /// Probability of each class, 0 to 1.
    pub classes: [f64; N_CLASSES],
}

impl Parameters {
    /// Returns the parameters to start from: the prior means, and the probability `human` of a human document.
    pub fn start(priors: &Priors, human: f64) -> Parameters {
        let mixed = 0.1 / (N_CLASSES - 2) as f64;
        let mut classes = [mixed; N_CLASSES];
        (classes[0], classes[1]) = (human, 0.9 - human);
        Parameters { human: priors.human.mean, llm: priors.llm.mean, classes }
    }

    /// Returns the parameters with no class below 0.0001, from where EM can still move.
    pub fn floored(&self) -> Parameters {
        let floored = self.classes.map(|class| class.max(1e-4));
        let sum: f64 = floored.iter().sum();
        Parameters { classes: floored.map(|class| class / sum), ..*self }
    }
}

/// The priors of both sides.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Priors {
    /// Prior of human documents.
    pub human: SidePrior,
    /// Prior of LLM documents.
    pub llm: SidePrior,
    /// Log probability of these priors among others, in nats.
    pub log_prior: f64,
    /// Whether mixed documents teach the tilts; not if the LLM's are nearly free: any human document could be mixed.
    pub learns_from_mixed: bool,
}

/// The point where EM stopped.
#[derive(Debug, Clone, Copy)]
pub struct Fit {
    /// Penalised log-likelihood, tilted, in nats.
    pub value: f64,
    /// LLM share of units, 0 to 1.
    pub share: f64,
    /// Part of `share` that lies in mixed documents.
    pub mixed_share: f64,
    /// Parameters at this point.
    pub parameters: Parameters,
    /// Expected number of documents in each class.
    pub n_documents: [f64; N_CLASSES],
    /// Expected number of units in documents of each class.
    pub n_units: [f64; N_CLASSES],
}

impl Fit {
    /// Returns no fit yet, of which every fit is better.
    pub fn nowhere(parameters: Parameters) -> Fit {
        let (n_documents, n_units) = ([0.0; N_CLASSES], [0.0; N_CLASSES]);
        Fit { value: f64::NEG_INFINITY, share: 0.0, mixed_share: 0.0, parameters, n_documents, n_units }
    }

    /// Returns the fit with this part of all that is by LLMs, 0 to 1, and the rest of it human.
    pub fn of_part(self, part: f64) -> Fit {
        let mut n_documents = self.n_documents.map(|n| part * n);
        n_documents[0] = self.n_documents[0] + (1.0 - part) * self.n_documents[1..].iter().sum::<f64>();
        Fit { share: part * self.share, mixed_share: part * self.mixed_share, n_documents, ..self }
    }
}
