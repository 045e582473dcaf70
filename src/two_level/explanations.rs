//! Explanations of a corpus: where its people and its LLMs lie, and how much is by which.

use super::columns::Likelihoods;
use super::em::em;
use super::learn::StrataModel;
use super::parameters::{Fit, Parameters, Priors};
use super::profile;
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

/// Finds explanations of the corpus: LLM text such as most strata have shown, or unlike it; much human text, or little.
pub fn modes(likelihoods: &Likelihoods, human: SidePrior, model: &StrataModel) -> [(Priors, Fit); 4] {
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
    let fit = |priors: Priors, location: f64, start: f64| {
        let mut parameters = Parameters::start(&priors, start);
        parameters.llm.location = location.max(LLM_GRID.at(0));
        (priors, em(likelihoods, &priors, 0.0, parameters, MAX_ITERATIONS))
    };
    let (usual, [many, few]) = (model.llm.mean.location, STARTS);
    let of_kind =
        |priors: Priors, location: f64| rayon::join(|| fit(priors, location, many), || fit(priors, location, few));
    let ((much, little), (unlike_much, unlike_little)) =
        rayon::join(|| of_kind(alike, usual), || of_kind(unlike, start));
    [much, little, unlike_much, unlike_little]
}

/// Returns the explanation that fits best; without a control, one of the usual LLM text unless another clearly leads.
pub fn best_of(modes: &[(Priors, Fit)], has_control: bool) -> usize {
    let best = |among: std::ops::Range<usize>| {
        let start = among.start;
        among.max_by(|&a, &b| modes[a].1.value.total_cmp(&modes[b].1.value)).unwrap_or(start)
    };
    let (alike, unlike) = (best(0..STARTS.len()), best(STARTS.len()..modes.len()));
    let ahead = 2.0 * (modes[unlike].1.value - modes[alike].1.value);
    if ahead > if has_control { 0.0 } else { CLEARLY } { unlike } else { alike }
}

/// Returns the union of the intervals of all explanations that are not much less likely than the best.
pub fn union_of_ends(
    likelihoods: &Likelihoods,
    modes: &[(Priors, Fit)],
    best: &Fit,
    critical: f64,
    has_control: bool,
) -> (f64, f64) {
    let mut union = (best.share, best.share);
    let most_likely = modes.iter().map(|(_, fit)| fit.value).fold(f64::NEG_INFINITY, f64::max);
    let mut seen: Vec<&Fit> = Vec::new();
    for (place, (priors, fit)) in modes.iter().enumerate() {
        let behind = 2.0 * (most_likely - fit.value);
        let is_same = |other: &&Fit| (other.value - fit.value).abs() < SAME && (other.share - fit.share).abs() < SAME;
        let may_be = !has_control && place < STARTS.len() && behind < CLEARLY;
        if (behind < critical || may_be) && !seen.iter().any(is_same) {
            let (lower, upper) = ends(likelihoods, priors, fit, (critical - behind).max(0.0));
            union = (union.0.min(lower), union.1.max(upper));
            seen.push(fit);
        }
    }
    union
}

fn ends(likelihoods: &Likelihoods, priors: &Priors, best: &Fit, critical: f64) -> (f64, f64) {
    let end = |sign: f64| profile::end(likelihoods, priors, best, sign, critical);
    let (lower, upper) = rayon::join(|| end(-1.0), || end(1.0));
    (lower.min(best.share), upper.max(best.share))
}

/// Returns twice the log-likelihood ratio of the best fit against a corpus without an LLM.
pub fn deviance_at_zero(likelihoods: &Likelihoods, priors: &Priors, best: &Fit) -> f64 {
    let mut clean = Parameters::start(priors, 1.0);
    clean.classes = [0.0; N_CLASSES];
    clean.classes[0] = 1.0;
    let fit = em(likelihoods, priors, 0.0, clean, MAX_ITERATIONS);
    (2.0 * (best.value - fit.value)).max(0.0)
}
