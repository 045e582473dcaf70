//! Explanations of a corpus: where its people and its LLMs lie, and how much is by which.

use super::columns::Likelihoods;
use super::em::{Run, em};
use super::learn::StrataModel;
use super::parameters::{Fit, Parameters, Priors};
use super::profile::{Search, ends};
use super::side::SidePrior;
use super::tilt::{LLM_GRID, N_CLASSES};

/// Maximum number of iterations of EM for the estimate.
const MAX_ITERATIONS: usize = 150;
/// Probabilities of a human document that EM starts from.
pub const STARTS: [f64; 2] = [0.6, 0.02];
/// Probability that the corpus's LLM text is unlike any stratum's.
const P_UNLIKE: f64 = 0.01;
/// Probability of such text if the reference has LLMs that write like people, of which any corpus may have text.
const P_UNLIKE_KNOWN: f64 = 0.02;
/// Twice the log-likelihood ratio by which another explanation must lead before LLM text such as most strata have shown
/// is ruled out, if no control tells what people write like.
const CLEARLY: f64 = 13.8;
/// Factor by which LLM text unlike any stratum's may lie further from the mean.
const UNLIKE: f64 = 3.0;
/// Difference in share and in log-likelihood below which fits count as the same.
const SAME: f64 = 1e-3;

/// The explanations of a corpus.
pub struct Explanations {
    /// Fits with their priors: LLM text such as most strata have shown, or unlike it; much human text, or little.
    pub modes: Vec<(Priors, Fit)>,
    /// Log-likelihood without an LLM.
    human: f64,
}

/// Finds explanations of the corpus.
pub fn explain(likelihoods: &Likelihoods, human: SidePrior, model: &StrataModel) -> Explanations {
    let p_unlike = if model.unlike.is_some() { P_UNLIKE_KNOWN } else { P_UNLIKE };
    let alike = Priors { human, llm: model.llm, log_prior: (1.0 - p_unlike).ln(), learns_from_mixed: true };
    let (far, start, spread) = match model.unlike {
        Some(known) => (known, known.mean.location, (known.location_variance / model.llm.location_variance).sqrt()),
        None => {
            let location_variance = UNLIKE.powi(2) * model.llm.location_variance;
            (SidePrior { location_variance, ..model.llm }, LLM_GRID.at(0), UNLIKE)
        }
    };
    let unlike = Priors { human, llm: far, log_prior: (p_unlike / spread.max(1.0)).ln(), learns_from_mixed: false };
    let start_at = |priors: &Priors, location: f64, human: f64| {
        let mut parameters = Parameters::start(priors, human);
        parameters.llm.location = location.max(LLM_GRID.at(0));
        parameters
    };
    let usual = model.llm.mean.location;
    let kinds = [(&alike, usual), (&unlike, start)];
    let starts = kinds.into_iter().flat_map(|(priors, location)| {
        STARTS.map(|human| Run {
            priors,
            tilt: 0.0,
            start: start_at(priors, location, human),
            max_iterations: MAX_ITERATIONS,
        })
    });
    let without_llm = Run { priors: &alike, tilt: 0.0, start: without_llm(&alike), max_iterations: MAX_ITERATIONS };
    let runs: Vec<Run<'_>> = starts.chain([without_llm]).collect();
    let mut modes: Vec<(Priors, Fit)> = runs.iter().map(|run| *run.priors).zip(em(likelihoods, &runs)).collect();
    let human = modes.pop().map_or(f64::NEG_INFINITY, |(_, fit)| fit.value);
    Explanations { modes, human }
}

/// Returns the parameters to start from of a corpus without an LLM.
fn without_llm(priors: &Priors) -> Parameters {
    let mut parameters = Parameters::start(priors, 1.0);
    parameters.classes = [0.0; N_CLASSES];
    parameters.classes[0] = 1.0;
    parameters
}

impl Explanations {
    /// Returns the place of the mode that fits best; without a control, of one of the usual LLM text unless another clearly leads.
    pub fn best(&self, has_control: bool) -> usize {
        let best = |among: std::ops::Range<usize>| {
            let start = among.start;
            among.max_by(|&a, &b| self.value(a).total_cmp(&self.value(b))).unwrap_or(start)
        };
        let (alike, unlike) = (best(0..STARTS.len()), best(STARTS.len()..self.modes.len()));
        let ahead = 2.0 * (self.value(unlike) - self.value(alike));
        if ahead > if has_control { 0.0 } else { CLEARLY } { unlike } else { alike }
    }

    fn value(&self, mode: usize) -> f64 {
        self.modes[mode].1.value
    }

    /// Returns twice the log-likelihood ratio of the best fit against a corpus without an LLM.
    pub fn deviance_at_zero(&self, best: &Fit) -> f64 {
        (2.0 * (best.value - self.human)).max(0.0)
    }

    /// Returns the union of the intervals of all modes that are not much less likely than the best.
    pub fn union_of_ends(&self, likelihoods: &Likelihoods, best: &Fit, critical: f64, has_control: bool) -> (f64, f64) {
        let most_likely = self.modes.iter().map(|(_, fit)| fit.value).fold(f64::NEG_INFINITY, f64::max);
        let mut searches: Vec<(&Fit, [Search<'_>; 2])> = Vec::new();
        for (place, (priors, fit)) in self.modes.iter().enumerate() {
            let behind = 2.0 * (most_likely - fit.value);
            let is_same = |(other, _): &(&Fit, _)| {
                (other.value - fit.value).abs() < SAME && (other.share - fit.share).abs() < SAME
            };
            let may_be = !has_control && place < STARTS.len() && behind < CLEARLY;
            if (behind < critical || may_be) && !searches.iter().any(is_same) {
                let critical = (critical - behind).max(0.0);
                searches.push((fit, [-1.0, 1.0].map(|sign| Search::new(priors, fit, sign, critical))));
            }
        }
        let (fits, searches): (Vec<&Fit>, Vec<_>) = searches.into_iter().unzip();
        let ends = ends(likelihoods, searches.into_iter().flatten().collect());
        let union = |(lower, upper): (f64, f64), (fit, ends): (&Fit, &[f64; 2])| {
            (lower.min(ends[0].min(fit.share)), upper.max(ends[1].max(fit.share)))
        };
        fits.into_iter().zip(ends.as_chunks().0).fold((best.share, best.share), union)
    }
}
