//! Systematic errors, learnt by leaving strata out in turn: a family of LLMs and a family of human text at once.
//!
//! The scores of every stratum are by fits without its family already, so only the model is learnt anew for each pair.
//! Corpora of known share are put together from the strata left out; each systematic term is the root mean square of
//! what its corpora's intervals lack to hold the truth. Only human text that reads as partly by an LLM is taken at its
//! largest: few strata do so, and to take their share for an LLM's is the worst of errors.

use std::collections::BTreeSet;

use rayon::prelude::*;

use super::bins::{BinCounts, Bins, N_BINS};
use super::columns::ShareOf;
use super::estimate::{CorpusShare, estimate};
use super::learn::{CountedStratum, ODD_DEVIATIONS, Side, StrataModel, Stratum, count};
use super::side::{SidePrior, VAGUE, fit};
use super::systematic::Systematic;

/// Level of the intervals.
const LEVEL: f64 = 0.95;
/// Number of standard errors in half an interval at [`LEVEL`].
const Z: f64 = 1.959_963_984_540_054;
/// Number of iterations of EM for the share of single units.
const UNIT_ITERATIONS: usize = 300;
/// Numbers of documents of a corpus.
const SIZES: [usize; 2] = [100, 400];
/// LLM shares of mixtures of whole documents, and of corpora with documents partly by an LLM.
const SHARES: [f64; 3] = [0.05, 0.2, 0.5];
/// Parts of mixed documents that are by an LLM, in turn.
const PARTS: [f64; 5] = [0.5, 0.2, 0.8, 0.35, 0.65];

/// The systematic term that a corpus of known share was made to teach.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Lesson {
    Human,
    Llm,
    Whole,
    Mixed,
}

/// The results of leaving out a pair of families.
#[derive(Default)]
struct Examined {
    outcomes: Vec<Outcome>,
    /// Error of the share of each stratum if units are taken one by one.
    units: Vec<(Side, f64)>,
}

struct Outcome {
    lesson: Lesson,
    truth: f64,
    n_documents: usize,
    found: CorpusShare,
}

/// Learns the systematic errors of a model of `strata`, whose scores are by fits without their own families; `unlike`
/// is the prior of LLMs that write like people, and `odd` are their families.
pub(crate) fn learn_systematic(strata: &[Stratum], unlike: Option<SidePrior>, odd: &BTreeSet<String>) -> Systematic {
    let of_side = |side: Side| -> Vec<f64> {
        let of_side = strata.iter().filter(|stratum| stratum.side == side);
        of_side.flat_map(|stratum| stratum.documents.iter().flatten().copied()).collect()
    };
    let bins = Bins::between(&of_side(Side::Human), &of_side(Side::Llm));
    let counted: Vec<CountedStratum> = strata.iter().map(|stratum| count(stratum, &bins)).collect();
    let examined: Vec<Examined> =
        pairs(strata).into_par_iter().map(|pair| examine(strata, &counted, &bins, &pair, unlike, odd)).collect();
    let of_units: Vec<(Side, f64)> = examined.iter().flat_map(|of| of.units.iter().copied()).collect();
    let outcomes: Vec<Outcome> = examined.into_iter().flat_map(|of| of.outcomes).collect();
    let of = |lesson: Lesson| outcomes.iter().filter(move |outcome| outcome.lesson == lesson);
    let mixed_of_human = of(Lesson::Human).map(|outcome| outcome.found.mixed_share);
    let mut learnt = Systematic { human_mixed: mixed_of_human.fold(0.0, f64::max), ..Systematic::default() };
    learnt.human = root_mean_square(
        of(Lesson::Human).map(|outcome| missing(outcome, &learnt) / (1.0 - outcome.found.share).max(0.5)),
    );
    learnt.llm =
        root_mean_square(of(Lesson::Llm).map(|outcome| missing(outcome, &learnt) / outcome.found.share.max(0.5)));
    let of_mixed =
        |outcome: &Outcome| missing(outcome, &learnt) / outcome.found.mixed_share.max(outcome.truth / 2.0).max(1e-3);
    learnt.mixed = root_mean_square(of(Lesson::Mixed).map(of_mixed));
    // Mixtures of whole documents may show more than corpora of one side did.
    let left = root_mean_square(
        of(Lesson::Whole).map(|outcome| missing(outcome, &learnt) / outcome.found.share.clamp(0.05, 1.0)),
    );
    learnt.llm = learnt.llm.hypot(left);
    let of_side = |side: Side| of_units.iter().filter(move |(of, _)| *of == side).map(|(_, error)| *error);
    (learnt.unit_human, learnt.unit_llm) =
        (root_mean_square(of_side(Side::Human)), root_mean_square(of_side(Side::Llm)));
    learnt.rounded()
}

/// Returns the standard error that the interval lacks to hold the truth, beside the terms that are already known.
fn missing(outcome: &Outcome, known: &Systematic) -> f64 {
    let CorpusShare { share, mixed_share, sampling, .. } = &outcome.found;
    let (share, mixed_share) = (*share, *mixed_share);
    let half = match outcome.truth < share {
        true => (share - sampling.0).hypot(known.may_be_human(mixed_share, 1.0)),
        false => sampling.1 - share,
    };
    let systematic = Z * known.at(share, mixed_share, outcome.n_documents);
    ((share - outcome.truth).powi(2) - half * half - systematic * systematic).max(0.0).sqrt() / Z
}

/// Returns the root mean square of what corpora ask for: a standard error, as one of few strata that fails should not
/// widen every interval by as much as its own would need.
fn root_mean_square(asked: impl Iterator<Item = f64>) -> f64 {
    let asked: Vec<f64> = asked.collect();
    (asked.iter().map(|asked| asked * asked).sum::<f64>() / asked.len().max(1) as f64).sqrt()
}

/// Returns pairs of a human family and an LLM family such that every family is in at least one.
fn pairs(strata: &[Stratum]) -> Vec<[(Side, &str); 2]> {
    let families = |side: Side| -> Vec<&str> {
        let of_side = strata.iter().filter(|stratum| stratum.side == side);
        of_side.map(|stratum| stratum.family.as_str()).collect::<BTreeSet<_>>().into_iter().collect()
    };
    let (human, llm) = (families(Side::Human), families(Side::Llm));
    if human.is_empty() || llm.is_empty() {
        return vec![];
    }
    let n = human.len().max(llm.len());
    (0..n).map(|at| [(Side::Human, human[at % human.len()]), (Side::Llm, llm[at % llm.len()])]).collect()
}

fn examine(
    strata: &[Stratum],
    counted: &[CountedStratum],
    bins: &Bins,
    pair: &[(Side, &str); 2],
    unlike: Option<SidePrior>,
    odd: &BTreeSet<String>,
) -> Examined {
    let is_left_out = |side: Side, family: &str| pair.contains(&(side, family));
    let kept: Vec<&CountedStratum> =
        counted.iter().filter(|stratum| !is_left_out(stratum.side, &stratum.family)).collect();
    let Some(mut model) = StrataModel::of_counted(bins.clone(), &kept, odd) else { return Examined::default() };
    model.unlike = model.unlike.and(unlike);
    let shapes = model.log_shapes();
    // An LLM that writes more like people than the others suggest is not found without its kind, whatever the width.
    let is_unlike = |stratum: &Stratum| {
        let documents: Vec<BinCounts> = stratum.documents.iter().map(|scores| bins.count(scores)).collect();
        let location = fit(&documents, &shapes, 1, &VAGUE).location;
        odd.contains(&stratum.family)
            || location < model.llm.mean.location - ODD_DEVIATIONS * model.llm.location_variance.sqrt()
    };
    let all_left =
        |side: Side| strata.iter().filter(move |stratum| stratum.side == side && is_left_out(side, &stratum.family));
    let left_llms: Vec<&Stratum> = all_left(Side::Llm).filter(|stratum| !is_unlike(stratum)).collect();
    let left_humans: Vec<&Stratum> = all_left(Side::Human).collect();
    let mut outcomes = Vec::new();
    let of_human = left_humans.iter().map(|stratum| (Side::Human, unit_share(&model, &stratum.documents)));
    let of_llm = left_llms.iter().map(|stratum| (Side::Llm, 1.0 - unit_share(&model, &stratum.documents)));
    let units = of_human.chain(of_llm).collect();
    for n in SIZES {
        for human in &left_humans {
            outcomes.push(judge(&model, Lesson::Human, spread(&human.documents, n), 0.0));
        }
        for llm in &left_llms {
            outcomes.push(judge(&model, Lesson::Llm, spread(&llm.documents, n), 1.0));
        }
        for (human, llm) in left_humans.iter().flat_map(|human| left_llms.iter().map(move |llm| (human, llm))) {
            for share in SHARES {
                let (documents, truth) = whole(human, llm, n, share);
                outcomes.push(judge(&model, Lesson::Whole, documents, truth));
                let (documents, truth) = partly(human, llm, n, share);
                outcomes.push(judge(&model, Lesson::Mixed, documents, truth));
            }
        }
    }
    Examined { outcomes, units }
}

/// Returns the maximum-likelihood share of LLM units, each taken for itself.
fn unit_share(model: &StrataModel, documents: &[Vec<f64>]) -> f64 {
    let mut counts = [0.0; N_BINS];
    documents.iter().flatten().for_each(|&score| counts[model.bins.of(score)] += 1.0);
    let total: f64 = counts.iter().sum();
    let mut share = 0.5;
    for _ in 0..UNIT_ITERATIONS {
        let of_bin = |bin: usize| {
            let (human, llm) = ((1.0 - share) * model.human_shape[bin], share * model.llm_shape[bin]);
            counts[bin] * llm / (human + llm).max(f64::MIN_POSITIVE)
        };
        share = (0..N_BINS).map(of_bin).sum::<f64>() / total.max(1.0);
    }
    share
}

fn judge(model: &StrataModel, lesson: Lesson, documents: Vec<Vec<f64>>, truth: f64) -> Outcome {
    let counts: Vec<_> = documents.iter().map(|scores| model.bins.count(scores)).collect();
    let found = estimate(model, &counts, None, ShareOf::Units, LEVEL);
    Outcome { lesson, truth, n_documents: counts.len(), found }
}

/// Returns at most `n` documents, evenly spread over all.
fn spread(documents: &[Vec<f64>], n: usize) -> Vec<Vec<f64>> {
    let n = n.min(documents.len());
    (0..n).map(|at| documents[at * documents.len() / n].clone()).collect()
}

/// Mixes whole documents to about this share of units.
fn whole(human: &Stratum, llm: &Stratum, n: usize, share: f64) -> (Vec<Vec<f64>>, f64) {
    let n_llm = ((n.min((human.documents.len() as f64 / (1.0 - share)) as usize) as f64) * share).round().max(1.0);
    let n_human = (n_llm * (1.0 - share) / share).round() as usize;
    let (mut documents, of_llm) = (spread(&human.documents, n_human), spread(&llm.documents, n_llm as usize));
    let n_units = |of: &[Vec<f64>]| of.iter().map(Vec::len).sum::<usize>() as f64;
    let truth = n_units(&of_llm) / (n_units(&of_llm) + n_units(&documents));
    documents.extend(of_llm);
    (documents, truth)
}

/// Replaces a part of some human documents by LLM text, so that about this share of all units is by an LLM.
fn partly(human: &Stratum, llm: &Stratum, n: usize, share: f64) -> (Vec<Vec<f64>>, f64) {
    let mut documents = spread(&human.documents, n);
    let n_mixed = ((documents.len() as f64 * share / 0.5).round() as usize).min(documents.len());
    let (mut of_llm, mut n_units) = (0, 0);
    for (place, document) in documents.iter_mut().enumerate() {
        if place < n_mixed {
            let part = PARTS[place % PARTS.len()];
            let n_llm = (document.len() as f64 * part).round() as usize;
            let source = &llm.documents[place % llm.documents.len()];
            document.truncate(document.len() - n_llm);
            document.extend(source.iter().cycle().take(n_llm));
            of_llm += n_llm;
        }
        n_units += document.len();
    }
    (documents, f64::from(of_llm as u32) / f64::from(n_units.max(1) as u32))
}
