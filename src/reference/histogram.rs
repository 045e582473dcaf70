//! The calibration by histogram: the ratio of two score distributions, and how they cluster in documents.

use serde::{Deserialize, Serialize};

use super::calibration::KnownScores;

/// Bins of the score histograms; their edges are at quantiles of the pooled out-of-fold scores.
pub const N_BINS: usize = 64;
/// Units added to every bin of a source's histogram, so that no ratio is 0 or infinite.
const BIN_SMOOTHING: f64 = 0.5;
/// Fewest units of either source in a bin: a ratio of fewer is mostly noise, and its inverse is biased.
const MIN_UNITS_PER_BIN: u64 = 20;

/// Score distributions of human and LLM units on common bins.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Histogram {
    /// Rising; a score s lies in the bin numbered by how many edges are <= s. At most [`N_BINS`] - 1, fewer where scores tie.
    pub edges: Vec<f64>,
    /// The human source.
    pub human: SourceBins,
    /// The LLM component.
    pub llm: SourceBins,
}

/// One source's units in the bins of a [`Histogram`], and how they cluster in documents.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SourceBins {
    /// Units per bin.
    pub n_units: Vec<u64>,
    /// Documents with at least one unit.
    pub n_documents: u64,
    /// Sum over documents of the squared number of units.
    pub sum_squared_sizes: u64,
    /// Mean score of the units in each bin (the bin's middle edge where it has none).
    pub mean_score: Vec<f64>,
    /// Sum over documents of e e', e = counts of the document's units per bin less what its size and the
    /// source's shares let expect: the upper triangle, row after row.
    pub scatter: Vec<f64>,
}

impl Histogram {
    /// The bin of a score.
    #[inline]
    pub fn bin(&self, score: f64) -> usize {
        self.edges.partition_point(|edge| *edge <= score)
    }

    /// Number of bins.
    pub fn n_bins(&self) -> usize {
        self.edges.len() + 1
    }

    /// Whether counts, means and scatter have the sizes that the edges ask for.
    pub(super) fn is_consistent(&self) -> bool {
        let n_bins = self.n_bins();
        n_bins <= N_BINS
            && [&self.human, &self.llm].iter().all(|bins| {
                bins.n_units.len() == n_bins
                    && bins.mean_score.len() == n_bins
                    && bins.scatter.len() == n_bins * (n_bins + 1) / 2
            })
    }

    /// log(f_llm / f_human) per bin, in nats.
    pub fn log_ratios(&self) -> Vec<f64> {
        self.human.shares().iter().zip(self.llm.shares()).map(|(human, llm)| (llm / human).ln()).collect()
    }

    pub(super) fn fit(known: &KnownScores<'_>) -> Histogram {
        let edges = merge_thin_bins(known, quantile_edges(known.scores));
        let mut histogram = Histogram { edges, human: SourceBins::empty(), llm: SourceBins::empty() };
        histogram.human = SourceBins::count(known, &histogram, false);
        histogram.llm = SourceBins::count(known, &histogram, true);
        histogram
    }
}

fn quantile_edges(scores: &[f64]) -> Vec<f64> {
    let mut sorted = scores.to_vec();
    sorted.sort_unstable_by(f64::total_cmp);
    let mut edges: Vec<f64> = (1..N_BINS).map(|cut| sorted[cut * (sorted.len() - 1) / N_BINS]).collect();
    edges.dedup();
    edges
}

/// Drops edges until every bin has enough units of both sources, from the lowest bin up.
///
/// The edge that separates the sources best is always kept: where they hardly overlap, as whole documents do, every bin
/// is thin in one of them, and all would become one.
fn merge_thin_bins(known: &KnownScores<'_>, edges: Vec<f64>) -> Vec<f64> {
    let n_units = units_per_bin(known, &edges);
    let Some(crossing) = best_separation(&n_units) else { return edges };
    let thin = |n: [u64; 2]| n.iter().any(|&n| n < MIN_UNITS_PER_BIN);
    let (mut kept, mut open, mut first_of_side) = (Vec::new(), [0; 2], 0);
    for (bin, n) in n_units.iter().enumerate() {
        (0..2).for_each(|source| open[source] += n[source]);
        let ends_side = bin == crossing || bin == edges.len();
        if ends_side && thin(open) && kept.len() > first_of_side {
            kept.pop();
        }
        if bin < edges.len() && (ends_side || !thin(open)) {
            kept.push(edges[bin]);
            open = [0; 2];
        }
        if bin == crossing {
            first_of_side = kept.len();
        }
    }
    kept
}

/// Human and LLM units in each bin.
fn units_per_bin(known: &KnownScores<'_>, edges: &[f64]) -> Vec<[u64; 2]> {
    let mut n_units = vec![[0; 2]; edges.len() + 1];
    for (units, is_llm) in known.documents {
        for score in &known.scores[units.clone()] {
            n_units[edges.partition_point(|edge| edge <= score)][usize::from(*is_llm)] += 1;
        }
    }
    n_units
}

/// The bin whose upper edge has the largest difference of cumulative shares below it; `None` if there is one bin only.
fn best_separation(n_units: &[[u64; 2]]) -> Option<usize> {
    let total = |source: usize| n_units.iter().map(|n| n[source]).sum::<u64>().max(1) as f64;
    let (n_human, n_llm) = (total(0), total(1));
    let (mut below, mut best) = (0.0, None);
    for (bin, [human, llm]) in n_units.iter().enumerate().take(n_units.len() - 1) {
        below += *human as f64 / n_human - *llm as f64 / n_llm;
        if best.is_none_or(|(_, largest)| below > largest) {
            best = Some((bin, below));
        }
    }
    best.map(|(bin, _)| bin)
}

impl SourceBins {
    /// Smoothed share of the source's units in each bin; sums to 1, never 0.
    pub fn shares(&self) -> Vec<f64> {
        let total = self.n_units.iter().sum::<u64>() as f64 + BIN_SMOOTHING * self.n_units.len() as f64;
        self.n_units.iter().map(|&n| (n as f64 + BIN_SMOOTHING) / total).collect()
    }

    /// Number of units in all bins.
    pub fn total(&self) -> f64 {
        self.n_units.iter().sum::<u64>() as f64
    }

    /// x' scatter x.
    pub fn scatter_of(&self, x: &[f64]) -> f64 {
        let mut rest = self.scatter.as_slice();
        let mut sum = 0.0;
        for (i, xi) in x.iter().enumerate() {
            let (row, next) = rest.split_at(x.len() - i);
            let off_diagonal: f64 = row[1..].iter().zip(&x[i + 1..]).map(|(value, xj)| value * xj).sum();
            sum += xi * (row[0] * xi + 2.0 * off_diagonal);
            rest = next;
        }
        sum
    }

    fn empty() -> SourceBins {
        SourceBins { n_units: vec![], n_documents: 0, sum_squared_sizes: 0, mean_score: vec![], scatter: vec![] }
    }

    fn count(known: &KnownScores<'_>, histogram: &Histogram, llm: bool) -> SourceBins {
        let n_bins = histogram.n_bins();
        let documents: Vec<Vec<u32>> = known
            .documents
            .iter()
            .filter(|(units, is_llm)| *is_llm == llm && !units.is_empty())
            .map(|(units, _)| {
                let mut counts = vec![0; n_bins];
                known.scores[units.clone()].iter().for_each(|&score| counts[histogram.bin(score)] += 1);
                counts
            })
            .collect();
        let mut bins = SourceBins { n_documents: documents.len() as u64, ..SourceBins::empty() };
        bins.n_units = (0..n_bins).map(|bin| documents.iter().map(|counts| u64::from(counts[bin])).sum()).collect();
        bins.sum_squared_sizes =
            documents.iter().map(|counts| counts.iter().map(|&n| u64::from(n)).sum::<u64>().pow(2)).sum();
        bins.mean_score = mean_scores(known, histogram, llm, &bins.n_units);
        bins.scatter = scatter(&documents, &bins.shares());
        bins
    }
}

fn mean_scores(known: &KnownScores<'_>, histogram: &Histogram, llm: bool, n_units: &[u64]) -> Vec<f64> {
    let mut sums = vec![0.0; n_units.len()];
    for (units, _) in known.documents.iter().filter(|(_, is_llm)| *is_llm == llm) {
        known.scores[units.clone()].iter().for_each(|&score| sums[histogram.bin(score)] += score);
    }
    let edge = |at: usize| histogram.edges.get(at.min(histogram.edges.len().saturating_sub(1))).copied().unwrap_or(0.0);
    let mean = |bin: usize| if n_units[bin] > 0 { sums[bin] / n_units[bin] as f64 } else { edge(bin) };
    (0..n_units.len()).map(mean).collect()
}

fn scatter(documents: &[Vec<u32>], shares: &[f64]) -> Vec<f64> {
    let n_bins = shares.len();
    let mut sum = vec![0.0; n_bins * (n_bins + 1) / 2];
    let mut deviation = vec![0.0; n_bins];
    for counts in documents {
        let size = counts.iter().sum::<u32>() as f64;
        (0..n_bins).for_each(|bin| deviation[bin] = f64::from(counts[bin]) - size * shares[bin]);
        let mut at = 0;
        for i in 0..n_bins {
            for other in &deviation[i..] {
                sum[at] += deviation[i] * other;
                at += 1;
            }
        }
    }
    sum
}
