//! Estimates a corpus's LLM share, its part in mixed documents, and its interval.

use serde::Serialize;
use statrs::distribution::{ContinuousCDF, Normal};

use super::bins::BinCounts;
use super::columns::{Likelihoods, ShareOf};
use super::explanations::{STARTS, explain};
use super::learn::StrataModel;
use super::misfit::{Distance, distance};
use super::of_control::{part_kept, share_of_control};
use super::parameters::Fit;
use super::side::{SidePrior, Tilts, fit};
use super::whole::{of_all, sample, units_of_classes};

/// Part of the variance between strata by which a target may have drifted from its control. Years of one venue differ
/// by about as much as venues do, controls of the same time hardly at all.
const DRIFT: f64 = 0.25;
/// Maximum number of standard deviations between strata by which human text may lie closer to LLM text than theirs.
const MAX_DISTANCE: f64 = 2.5;

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
    /// Share that the control itself reads, which is taken off the target's; 0 without a control, or if the control's may be 0.
    pub of_control: f64,
    /// Ends of the profile interval.
    pub sampling: (f64, f64),
    /// Ends of the interval, including the systematic error.
    pub interval: (f64, f64),
    /// Standard error of the systematic part, in units of the share.
    pub systematic_error: f64,
    /// Part of the share that may be human text of a form missing from the reference, or such as the control's that reads as an LLM's;
    /// it takes the lower end down.
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
    let control = control.map(sample);
    let human = control
        .as_ref()
        .map_or(model.human, |known| model.human.after(fit(known, &shapes, 0, &model.human), known.len(), DRIFT));
    let fitted = sample(documents);
    let likelihoods = Likelihoods::new(&fitted, &shapes, of);
    let normal = Normal::standard().inverse_cdf((1.0 + level) / 2.0);
    let explanations = explain(&likelihoods, human, model);
    let at = explanations.best(control.is_some());
    let (best, is_unlike) = (explanations.modes[at].1, at >= STARTS.len() && model.odd_families.is_empty());
    let mut sampling = explanations.union_of_ends(&likelihoods, &best, normal * normal, control.is_some());
    let human_text = human_text(control.is_some(), &best, &human);
    if human_text.is_beyond() {
        sampling.1 = 1.0;
    }
    let deviance_at_zero = explanations.deviance_at_zero(&best);
    let found = if fitted.len() < documents.len() { of_all(&best, documents, &shapes, of) } else { best };
    let moved = found.share - best.share;
    sampling = (moved_end(sampling.0, moved), moved_end(sampling.1, moved));
    let known = control.as_ref().filter(|_| found.share > 0.0);
    let of_control = known.map_or(0.0, |known| share_of_control(model, known, &shapes, human, of, normal * normal));
    let kept = part_kept(found.share, of_control);
    let best = found.of_part(kept);
    sampling.0 *= part_kept(sampling.0, of_control);
    let systematic_error = model.systematic.at(best.share, best.mixed_share, documents.len());
    let drift = if control.is_some() { DRIFT } else { 1.0 };
    let may_be_human = model.systematic.may_be_human(best.mixed_share, drift).hypot(of_control);
    let reach = |end: f64| (best.share - end).hypot(normal * systematic_error);
    let lower = best.share - reach(sampling.0).hypot(may_be_human);
    let n = documents.len().max(1) as f64;
    CorpusShare {
        share: best.share,
        mixed_share: best.mixed_share,
        of_control,
        sampling,
        interval: (lower.max(0.0), (best.share + reach(sampling.1)).min(1.0)),
        systematic_error,
        may_be_human,
        deviance_at_zero: deviance_at_zero * kept * kept,
        human_text,
        llm_documents: best.n_documents[1] / n,
        mixed_documents: best.n_documents[2..].iter().sum::<f64>() / n,
        is_unlike,
        misfit: distance(documents, &shapes, &found, &units_of_classes(&found, documents, &shapes, of)),
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
