//! Estimates a corpus's LLM share, its part in mixed documents, and its interval.

use serde::Serialize;
use statrs::distribution::{ContinuousCDF, Normal};

use super::bins::BinCounts;
use super::columns::{Likelihoods, ShareOf};
use super::em::em;
use super::learn::StrataModel;
use super::misfit::{Distance, distance};
use super::parameters::{Fit, Parameters, Priors};
use super::profile;
use super::side::{SidePrior, Tilts, fit};
use super::tilt::{LLM_GRID, N_CLASSES};
use super::whole::{of_all, sample};

/// Part of the variance between strata by which a target may have drifted from its control. Years of one venue differ
/// by about as much as venues do, controls of the same time hardly at all.
const DRIFT: f64 = 0.25;
/// Maximum number of iterations of EM for the estimate.
const MAX_ITERATIONS: usize = 150;
/// Probabilities of a human document that EM starts from.
const STARTS: [f64; 2] = [0.6, 0.02];
/// Probability that the corpus's LLM text is unlike any stratum's.
const P_UNLIKE: f64 = 0.01;
/// Probability of such text if the reference has LLMs that write like people, of which any corpus may have text.
const P_UNLIKE_KNOWN: f64 = 0.02;
/// Twice the log-likelihood ratio by which another explanation must lead before LLM text such as most strata have shown
/// is ruled out, if no control tells what people write like.
const CLEARLY: f64 = 13.8;
/// Factor by which LLM text unlike any stratum's may lie further from the mean.
const UNLIKE: f64 = 3.0;
/// Maximum number of standard deviations between strata by which human text may lie closer to LLM text than theirs.
const MAX_DISTANCE: f64 = 2.5;
/// Difference in share and in log-likelihood below which fits count as the same.
const SAME: f64 = 1e-3;

/// The position of the corpus's human text relative to what is known of such text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum HumanText {
    /// It lies where the control says.
    OfControl,
    /// It lies closer to LLM text than the control suggests, if the estimate is right: people write otherwise than the
    /// control's did, or an LLM writes like people. The interval is open upwards.
    BeyondControl,
    /// It lies within what human strata have shown.
    WithinStrata,
    /// It lies closer to LLM text than human strata suggest, if the estimate is right: people are of a kind that the
    /// reference lacks, or an LLM writes like people. The interval is open upwards.
    BeyondStrata,
}

impl HumanText {
    /// Returns the name in JSON and CSV.
    pub fn name(self) -> &'static str {
        match self {
            HumanText::OfControl => "of-control",
            HumanText::BeyondControl => "beyond-control",
            HumanText::WithinStrata => "within-strata",
            HumanText::BeyondStrata => "beyond-strata",
        }
    }

    /// Returns whether the corpus's human text would lie beyond what is known of such text.
    pub fn is_beyond(self) -> bool {
        matches!(self, HumanText::BeyondControl | HumanText::BeyondStrata)
    }
}

/// The LLM share of a corpus.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct CorpusShare {
    /// LLM share of units or documents, 0 to 1.
    pub share: f64,
    /// Part of the share that lies in documents partly by an LLM, 0 to 1.
    pub mixed_share: f64,
    /// Ends of the profile interval.
    pub sampling: (f64, f64),
    /// Ends of the interval, including the systematic error.
    pub interval: (f64, f64),
    /// Standard error of the systematic part, in units of the share.
    pub systematic_error: f64,
    /// Part of the share that may be human text of a form missing from the reference, and takes the lower end down.
    pub may_be_human: f64,
    /// Twice the log-likelihood ratio against a share of 0.
    pub deviance_at_zero: f64,
    /// Position of the human text relative to what is known of such text.
    pub human_text: HumanText,
    /// Expected share of documents that are wholly by an LLM, 0 to 1.
    pub llm_documents: f64,
    /// Expected share of documents that are partly by an LLM, 0 to 1.
    pub mixed_documents: f64,
    /// Whether the LLM text is unlike that of the strata: the best explanation has it further off than they suggest.
    pub is_unlike: bool,
    /// Distance of the scores from what the fitted model predicts.
    pub misfit: Distance,
    /// Tilts of the human documents.
    pub human: Tilts,
    /// Tilts of the LLM documents.
    pub llm: Tilts,
}

/// Estimates the share of the corpus's own units or documents, with an interval at `level`; `control` is human text of
/// the corpus's kind.
///
/// The share, 0 to 1, is `sum_i n_i E(z_i) / sum_i n_i` over documents `i` of `n_i` units (1 for a share of documents), with
/// `E(z_i)` the expected part by LLMs. The ends are where the profile of the realised share falls by half the chi-squared
/// quantile of `level`, moved outwards by the [systematic terms](super::Systematic). Assumed is that unknown text differs
/// from the strata as these differ from each other.
///
/// ```
/// use llm_prevalence::two_level::{ShareOf, Side, StrataModel, Stratum, estimate};
///
/// // Invented scores: strata differ in their means, and so do documents and sentences.
/// let document = |mean: f64, at: usize| -> Vec<f64> {
///     (0..12).map(|unit| mean + ((at * 37 + unit * 11) % 23) as f64 / 5.0 - 2.2).collect()
/// };
/// let stratum = |side: Side, name: String, mean: f64| {
///     let documents = (0..60).map(|at| document(mean, at)).collect();
///     Stratum::new(side, name.clone(), name, documents)
/// };
/// let human = (0..4).map(|i| stratum(Side::Human, format!("venue {i}"), -1.6 - 0.1 * f64::from(i)));
/// let llm = (0..4).map(|i| stratum(Side::Llm, format!("vendor {i}"), 1.6 + 0.1 * f64::from(i)));
/// let model = StrataModel::learn(&human.chain(llm).collect::<Vec<_>>()).unwrap();
/// // Of 100 documents every fifth is by an LLM.
/// let corpus: Vec<_> = (0..100).map(|at| model.bins.count(&document(if at % 5 == 0 { 1.7 } else { -1.7 }, at))).collect();
/// let found = estimate(&model, &corpus, None, ShareOf::Units, 0.95);
/// assert!((found.share - 0.2).abs() < 0.03, "{}", found.share);
/// assert!(found.interval.0 <= 0.2 && 0.2 <= found.interval.1);
/// ```
pub fn estimate(
    model: &StrataModel,
    documents: &[BinCounts],
    control: Option<&[BinCounts]>,
    of: ShareOf,
    level: f64,
) -> CorpusShare {
    let shapes = model.log_shapes();
    let human = control.map_or(model.human, |control| {
        let known = sample(control);
        model.human.after(fit(&known, &shapes, 0, &model.human), known.len(), DRIFT)
    });
    let fitted = sample(documents);
    let likelihoods = Likelihoods::new(&fitted, &shapes, of);
    let normal = Normal::standard().inverse_cdf((1.0 + level) / 2.0);
    let modes = modes(&likelihoods, human, model);
    let at = best_of(&modes, control.is_some());
    let (best, is_unlike) = (modes[at].1, at >= STARTS.len() && model.odd_families.is_empty());
    let mut sampling = union_of_ends(&likelihoods, &modes, &best, normal * normal, control.is_some());
    let human_text = human_text(control.is_some(), &best, &human);
    if human_text.is_beyond() {
        sampling.1 = 1.0;
    }
    let deviance_at_zero = deviance_at_zero(&likelihoods, &modes[0].0, &best);
    let best = if fitted.len() < documents.len() {
        let whole = of_all(&best, documents, &shapes, of);
        let moved = whole.share - best.share;
        sampling = (moved_end(sampling.0, moved), moved_end(sampling.1, moved));
        whole
    } else {
        best
    };
    let systematic_error = model.systematic.at(best.share, best.mixed_share, documents.len());
    let may_be_human = model.systematic.may_be_human(best.mixed_share, if control.is_some() { DRIFT } else { 1.0 });
    let reach = |end: f64| (best.share - end).hypot(normal * systematic_error);
    let lower = best.share - reach(sampling.0).hypot(may_be_human);
    let n = documents.len().max(1) as f64;
    CorpusShare {
        share: best.share,
        mixed_share: best.mixed_share,
        sampling,
        interval: (lower.max(0.0), (best.share + reach(sampling.1)).min(1.0)),
        systematic_error,
        may_be_human,
        deviance_at_zero,
        human_text,
        llm_documents: best.n_documents[1] / n,
        mixed_documents: best.n_documents[2..].iter().sum::<f64>() / n,
        is_unlike,
        misfit: distance(documents, &shapes, &best),
        human: best.parameters.human,
        llm: best.parameters.llm,
    }
}

/// Moves an end of an interval along with its share; an end that is open stays so.
fn moved_end(end: f64, by: f64) -> f64 {
    if end <= 0.0 || end >= 1.0 { end } else { (end + by).clamp(0.0, 1.0) }
}

fn human_text(has_control: bool, best: &Fit, prior: &SidePrior) -> HumanText {
    let Tilts { location, log_spread } = best.parameters.human;
    let up = ((location - prior.mean.location) / prior.location_variance.sqrt()).max(0.0);
    let wide = ((log_spread - prior.mean.log_spread) / prior.log_spread_variance.sqrt()).max(0.0);
    let has_human_text = best.n_documents[0] >= 1.0;
    match (has_human_text && up.hypot(wide) > MAX_DISTANCE, has_control) {
        (true, true) => HumanText::BeyondControl,
        (true, false) => HumanText::BeyondStrata,
        (false, true) => HumanText::OfControl,
        (false, false) => HumanText::WithinStrata,
    }
}

/// Finds explanations of the corpus: LLM text such as most strata have shown, or unlike it; much human text, or little.
fn modes(likelihoods: &Likelihoods, human: SidePrior, model: &StrataModel) -> [(Priors, Fit); 4] {
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
fn best_of(modes: &[(Priors, Fit)], has_control: bool) -> usize {
    let best = |among: std::ops::Range<usize>| {
        let start = among.start;
        among.max_by(|&a, &b| modes[a].1.value.total_cmp(&modes[b].1.value)).unwrap_or(start)
    };
    let (alike, unlike) = (best(0..STARTS.len()), best(STARTS.len()..modes.len()));
    let ahead = 2.0 * (modes[unlike].1.value - modes[alike].1.value);
    if ahead > if has_control { 0.0 } else { CLEARLY } { unlike } else { alike }
}

/// Returns the union of the intervals of all explanations that are not much less likely than the best.
fn union_of_ends(
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
fn deviance_at_zero(likelihoods: &Likelihoods, priors: &Priors, best: &Fit) -> f64 {
    let mut clean = Parameters::start(priors, 1.0);
    clean.classes = [0.0; N_CLASSES];
    clean.classes[0] = 1.0;
    let fit = em(likelihoods, priors, 0.0, clean, MAX_ITERATIONS);
    (2.0 * (best.value - fit.value)).max(0.0)
}
