//! Corpora of known share, put together of what was left out.

use llm_prevalence::two_level::{
    BinCounts, Bound, CorpusShare, DocumentMean, ShareOf, Side, StrataModel, Stratum, bound, document_mean, estimate,
};
use rand::RngExt;
use rand_pcg::Pcg64Mcg;
use rayon::prelude::*;

use super::{DELTA, LEVEL, RHO, SEED, common};

pub const ALPHAS: [f64; 5] = [0.0, 0.05, 0.2, 0.5, 1.0];
const SIZES: [usize; 3] = [100, 400, 1500];
/// Documents of a control; 0: none.
pub const CONTROLS: [usize; 4] = [0, 100, 500, 2000];
/// LLM strata of a family that are mixed, the largest first.
const MAX_LLMS: usize = 3;

/// A corpus of known share, and what was found of it.
pub struct Mixture {
    pub human: String,
    pub llm: String,
    pub mode: &'static str,
    pub control: usize,
    pub alpha: f64,
    pub truth: f64,
    /// Documents with any LLM text.
    pub n_llm_documents: usize,
    pub n: usize,
    pub found: CorpusShare,
    pub bound: Option<Bound>,
}

/// What to put together.
struct Plan<'a> {
    human: &'a Stratum,
    llm: &'a Stratum,
    n_control: usize,
    size: usize,
    mode: &'static str,
    alpha: f64,
}

/// Documents as their scores, and what of them is by an LLM.
#[derive(Default)]
struct Drawn {
    documents: Vec<Vec<f64>>,
    n_llm_units: usize,
    n_llm_documents: usize,
}

/// Estimates the corpora of all shares, sizes and controls that the strata left out suffice for.
pub fn grid(model: &StrataModel, target: &[Stratum], number: u64) -> Vec<Mixture> {
    let of = |side: Side| target.iter().filter(|stratum| stratum.side == side).collect::<Vec<_>>();
    let (humans, mut llms) = (of(Side::Human), of(Side::Llm));
    llms.sort_by_key(|stratum| std::cmp::Reverse(stratum.documents.len()));
    llms.truncate(MAX_LLMS);
    let mut plans = vec![];
    for human in &humans {
        for llm in &llms {
            for n_control in CONTROLS {
                for size in SIZES {
                    for mode in ["whole", "partly"] {
                        for alpha in ALPHAS {
                            plans.push(Plan { human, llm, n_control, size, mode, alpha });
                        }
                    }
                }
            }
        }
    }
    let estimated = |(at, plan): (usize, Plan<'_>)| {
        let mut generator = common::stream(SEED + 1, number * 100_000 + at as u64);
        plan.is_possible().then(|| plan.estimate(model, &mut generator)).flatten()
    };
    plans.into_par_iter().enumerate().filter_map(estimated).collect()
}

impl Plan<'_> {
    fn is_possible(&self) -> bool {
        let n_human = self.human.documents.len();
        let is_small = n_human < 2 * self.n_control || (self.size == 1500 && n_human < 250);
        let is_mixed = self.alpha > 0.0 && self.alpha < 1.0 && self.size < 1500;
        !is_small && (self.mode == "whole" || is_mixed)
    }

    fn estimate(&self, model: &StrataModel, generator: &mut Pcg64Mcg) -> Option<Mixture> {
        let order = common::shuffled(self.human.documents.len(), generator);
        let (control, rest) = order.split_at(self.n_control);
        let drawn = if self.mode == "whole" { self.whole(rest, generator)? } else { self.partly(rest, generator)? };
        let control: Vec<&Vec<f64>> = control.iter().map(|&at| &self.human.documents[at]).collect();
        let counts: Vec<BinCounts> = drawn.documents.iter().map(|scores| model.bins.count(scores)).collect();
        let control_counts: Vec<BinCounts> = control.iter().map(|scores| model.bins.count(scores)).collect();
        let known = (self.n_control > 0).then_some(&control_counts[..]);
        let mean = |scores: &Vec<f64>| document_mean(scores.iter().copied());
        let means: Vec<DocumentMean> = drawn.documents.iter().map(mean).collect();
        let control_means: Vec<DocumentMean> = control.iter().map(|scores| mean(scores)).collect();
        let n_units = drawn.documents.iter().map(Vec::len).sum::<usize>().max(1);
        Some(Mixture {
            human: self.human.name.clone(),
            llm: self.llm.name.clone(),
            mode: self.mode,
            control: self.n_control,
            alpha: self.alpha,
            truth: drawn.n_llm_units as f64 / n_units as f64,
            n_llm_documents: drawn.n_llm_documents,
            n: counts.len(),
            found: estimate(model, &counts, known, ShareOf::Units, LEVEL),
            bound: bound(&means, &control_means, RHO, DELTA, &|kind, mean, n| model.sensitivity(kind, mean, n)),
        })
    }

    /// Puts whole documents of both sides together.
    fn whole(&self, rest: &[usize], generator: &mut Pcg64Mcg) -> Option<Drawn> {
        let (alpha, size) = (self.alpha, self.size);
        let n_human = rest.len().min((size as f64 * (1.0 - alpha)).round() as usize);
        if alpha < 1.0 && n_human == 0 {
            return None;
        }
        let n_llm = match alpha {
            1.0.. => size,
            0.0 => 0,
            _ => ((n_human as f64 * alpha / (1.0 - alpha)).round() as usize).max(1),
        };
        let llm = &self.llm.documents;
        let mut picks = common::shuffled(llm.len(), generator);
        while picks.len() < n_llm {
            picks.push(generator.random_range(0..llm.len()));
        }
        let of_human = rest[..n_human].iter().map(|&at| &self.human.documents[at]);
        let documents = of_human.chain(picks[..n_llm].iter().map(|&at| &llm[at])).cloned().collect();
        let n_llm_units = picks[..n_llm].iter().map(|&at| llm[at].len()).sum();
        Some(Drawn { documents, n_llm_units, n_llm_documents: n_llm })
    }

    /// Replaces the ends of some human documents by an LLM's.
    fn partly(&self, rest: &[usize], generator: &mut Pcg64Mcg) -> Option<Drawn> {
        let n = rest.len().min(self.size);
        let n_mixed = (n as f64 * self.alpha / 0.5).round() as usize;
        if n_mixed > n {
            return None;
        }
        let mut drawn = Drawn::default();
        for (place, &at) in rest[..n].iter().enumerate() {
            let mut document = self.human.documents[at].clone();
            if place < n_mixed {
                let part: f64 = generator.random_range(0.0..1.0);
                let n_replaced = ((document.len() as f64 * part).round() as usize).min(document.len());
                let source = &self.llm.documents[generator.random_range(0..self.llm.documents.len())];
                document.truncate(document.len() - n_replaced);
                document.extend(source.iter().rev().cycle().take(n_replaced));
                drawn.n_llm_units += n_replaced;
                drawn.n_llm_documents += usize::from(n_replaced > 0);
            }
            drawn.documents.push(document);
        }
        Some(drawn)
    }
}
