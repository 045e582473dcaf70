//! Puts units into bins of their score, document by document.

use serde::{Deserialize, Serialize};

/// Number of bins of the score, at equal mass of the reference's units, half of them human and half by LLMs.
pub const N_BINS: usize = 20;
/// Maximum distance from 0 at which a score counts, in nats.
pub const MAX_SCORE: f64 = 4.0;
/// Maximum number of units of a document that is counted with repeats even if fewer than [`LOOP_SHARE`] are distinct:
/// an LLM that loops one sentence would otherwise weigh as much as a hundred documents.
const LOOP_UNITS: usize = 10;
/// Share of distinct scores below which a document loops.
const LOOP_SHARE: f64 = 0.6;

/// The bins: their edges and the mean clipped score in each.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Bins {
    /// Edges in nats, rising; a score lies in the bin numbered by how many edges are below it.
    pub edges: Vec<f64>,
    /// Mean clipped score of the reference's units in each bin, in nats.
    pub levels: Vec<f64>,
}

/// The number of units of a document in each bin.
#[derive(Debug, Clone, PartialEq)]
pub struct BinCounts {
    counts: [f32; N_BINS],
    n: f64,
}

impl BinCounts {
    /// Returns a document with these numbers of units per bin.
    pub fn new(counts: [f32; N_BINS]) -> BinCounts {
        BinCounts { counts, n: counts.iter().map(|n| f64::from(*n)).sum() }
    }

    /// Returns the number of units per bin.
    pub fn counts(&self) -> &[f32; N_BINS] {
        &self.counts
    }

    /// Returns the number of units that count.
    pub fn n_units(&self) -> f64 {
        self.n
    }

    /// Returns the factor of a document's log-likelihood, 0.6 + 0.4 / n: its units are not independent even given its
    /// tilt, and a document of one unit is exact.
    pub fn temper(&self) -> f64 {
        0.6 + 0.4 / self.n.max(1.0)
    }
}

impl Bins {
    /// Finds bins at equal mass of the two sides, each counting half.
    pub fn between(human: &[f64], llm: &[f64]) -> Bins {
        let mut weighted: Vec<(f64, f64)> = Vec::with_capacity(human.len() + llm.len());
        weighted.extend(human.iter().map(|&score| (score, 0.5 / human.len() as f64)));
        weighted.extend(llm.iter().map(|&score| (score, 0.5 / llm.len() as f64)));
        weighted.sort_unstable_by(|a, b| a.0.total_cmp(&b.0).then(a.1.total_cmp(&b.1)));
        let (mut edges, mut mass) = (Vec::with_capacity(N_BINS - 1), 0.0);
        for (score, weight) in weighted {
            mass += weight;
            if edges.len() < N_BINS - 1 && mass >= (edges.len() + 1) as f64 / N_BINS as f64 {
                edges.push(score);
            }
        }
        edges.resize(N_BINS - 1, f64::MAX);
        let mut bins = Bins { edges, levels: vec![0.0; N_BINS] };
        bins.levels = bins.mean_scores(human.iter().chain(llm));
        bins
    }

    /// Returns the bin that `score` lies in.
    pub fn of(&self, score: f64) -> usize {
        self.edges.partition_point(|&edge| edge < score)
    }

    /// Counts the units of one document by their `scores`, in any order.
    pub fn count(&self, scores: &[f64]) -> BinCounts {
        let mut sorted = scores.to_vec();
        sorted.sort_unstable_by(f64::total_cmp);
        let n_all = sorted.len();
        let mut distinct = sorted.clone();
        distinct.dedup();
        if n_all > LOOP_UNITS && (distinct.len() as f64) < LOOP_SHARE * n_all as f64 {
            sorted = distinct;
        }
        let mut counts = [0.0; N_BINS];
        sorted.iter().for_each(|&score| counts[self.of(score)] += 1.0);
        BinCounts { counts, n: sorted.len() as f64 }
    }

    fn mean_scores<'a>(&self, scores: impl Iterator<Item = &'a f64>) -> Vec<f64> {
        let (mut sums, mut counts) = (vec![0.0; N_BINS], vec![0.0; N_BINS]);
        for &score in scores {
            let bin = self.of(score);
            sums[bin] += score.clamp(-MAX_SCORE, MAX_SCORE);
            counts[bin] += 1.0;
        }
        let middle = |bin: usize| {
            let edge = |at: Option<usize>| at.and_then(|at| self.edges.get(at)).copied().unwrap_or(MAX_SCORE);
            (edge(bin.checked_sub(1)).clamp(-MAX_SCORE, MAX_SCORE) + edge(Some(bin)).clamp(-MAX_SCORE, MAX_SCORE)) / 2.0
        };
        (0..N_BINS).map(|bin| if counts[bin] > 0.0 { sums[bin] / counts[bin] } else { middle(bin) }).collect()
    }
}
