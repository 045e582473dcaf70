//! The calibration by histogram: ratios of score distributions, and how they cluster in documents.
//!
//! With one LLM component a bin is a range of its score. With K, a unit lies in the bins of the component with its
//! largest score, by range of the combined log ratio of all components in equal parts against human: so the bins tell
//! both human from LLM text and the components from each other, and K + 1 shares of units per bin are all there is to
//! learn. Shares of bins mix exactly as sources do, whatever the scores are worth; a map from scores to ratios need
//! not.

use super::known_scores::KnownScores;
use serde::{Deserialize, Serialize};

/// Number of bins with one component; their edges are at quantiles of the pooled out-of-fold scores.
pub const N_BINS: usize = 64;
/// Number of bins with several components, shared among them evenly.
pub const N_BINS_OF_SEVERAL: usize = 128;
/// Number of units added to every bin of a source's histogram, so that no ratio is 0 or infinite.
const BIN_SMOOTHING: f64 = 0.5;
/// Minimum number of human and of LLM units in a bin: a ratio of fewer is mostly noise, and its inverse is biased.
const MIN_UNITS_PER_BIN: u64 = 20;

/// Score distributions of human and LLM units on common bins.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Histogram {
    /// Edges of each component's bins, in nats, rising: of these bins, a unit with combined log ratio s lies in the one
    /// numbered by how many edges are <= s. They are fewer than planned where scores tie or bins are thin.
    pub edges: Vec<Vec<f64>>,
    /// Bins of every source, human first, then the components.
    pub sources: Vec<SourceBins>,
    /// Mean scores of the units of all sources in each bin, K for each; 0 in a bin without a unit.
    pub mean_score: Vec<f64>,
    /// Distributions of the combined log ratio alone, on a finer scale, for the misfit.
    pub profile: Profile,
}

/// The distributions of the combined log ratio, all components together.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Profile {
    /// Edges at quantiles of the pooled scores, in nats, rising.
    pub edges: Vec<f64>,
    /// Number of units between the edges, for human and every component.
    pub n_units: Vec<Vec<u64>>,
}

/// One source's units in the bins of a [`Histogram`], and how they cluster in documents.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct SourceBins {
    /// Number of units per bin.
    pub n_units: Vec<u64>,
    /// Number of documents with at least one unit.
    pub n_documents: u64,
    /// Sum over documents of the squared number of units.
    pub sum_squared_sizes: u64,
    /// Sum over documents of e e', where e is the document's counts per bin minus those expected from its size and the
    /// source's shares: the upper triangle, row after row.
    pub scatter: Vec<f64>,
}

/// Rounds a sum of squared counts to a hundredth, which changes no variance and halves the length of the file.
fn to_stored_precision(sum: f64) -> f64 {
    (sum * 100.0).round() / 100.0
}

/// Returns the log ratio of all K components in equal parts against human, in nats, and the leading component.
#[inline]
pub(crate) fn combined(scores: &[f64]) -> (f64, usize) {
    if let [only] = scores {
        return (*only, 0);
    }
    let mut leader = 0;
    for (component, score) in scores.iter().enumerate() {
        if *score > scores[leader] {
            leader = component;
        }
    }
    let top = scores[leader];
    let sum: f64 = scores.iter().map(|score| (score - top).exp()).sum();
    (top + (sum / scores.len() as f64).ln(), leader)
}

impl Histogram {
    /// Returns the bin of a unit with these K scores.
    #[inline]
    pub fn bin(&self, scores: &[f64]) -> usize {
        self.bin_and_score(scores).0
    }

    /// Returns the bin of a unit with these K scores, and its combined log ratio.
    #[inline]
    pub fn bin_and_score(&self, scores: &[f64]) -> (usize, f64) {
        let (score, leader) = combined(scores);
        let first: usize = self.edges[..leader].iter().map(|edges| edges.len() + 1).sum();
        (first + self.edges[leader].partition_point(|edge| *edge <= score), score)
    }

    /// Returns the number of bins.
    pub fn n_bins(&self) -> usize {
        self.edges.iter().map(|edges| edges.len() + 1).sum()
    }

    /// Returns the smoothed shares of every source's units in the bins, human first; each sums to 1, and none is 0.
    ///
    /// With several components, one without a unit in a bin has the share there that the others suggest.
    pub fn shares(&self) -> Vec<Vec<f64>> {
        let k = self.edges.len();
        (0..=k)
            .map(|source| {
                if source > 0 && k > 1 {
                    self.component_shares(source)
                } else {
                    even_shares(&self.sources[source].n_units)
                }
            })
            .collect()
    }

    fn component_shares(&self, source: usize) -> Vec<f64> {
        let others = (1..self.sources.len()).filter(|other| *other != source);
        let n_of_others: Vec<u64> =
            (0..self.n_bins()).map(|bin| others.clone().map(|other| self.sources[other].n_units[bin]).sum()).collect();
        let expected = even_shares(&n_of_others);
        let own = &self.sources[source].n_units;
        let n_added = BIN_SMOOTHING * own.len() as f64;
        let total = own.iter().sum::<u64>() as f64 + n_added;
        own.iter().zip(expected).map(|(&n, share)| (n as f64 + n_added * share) / total).collect()
    }

    /// Returns whether counts, means and scatter have the sizes that the edges require.
    pub(super) fn is_consistent(&self, k: usize) -> bool {
        let n_bins = self.n_bins();
        let profile = &self.profile;
        self.edges.len() == k
            && n_bins <= usize::from(u8::MAX)
            && self.sources.len() == k + 1
            && self.mean_score.len() == n_bins * k
            && self
                .sources
                .iter()
                .all(|bins| bins.n_units.len() == n_bins && bins.scatter.len() == n_bins * (n_bins + 1) / 2)
            && profile.n_units.len() == k + 1
            && profile.n_units.iter().all(|n_units| n_units.len() == profile.edges.len() + 1)
    }

    /// Returns log(f_k / f_human) of the K components in each bin, in nats, bin after bin.
    pub fn log_ratios(&self) -> Vec<f64> {
        let shares = self.shares();
        let of_bin = |bin: usize| shares[1..].iter().map(move |of| (bin, of));
        (0..self.n_bins()).flat_map(of_bin).map(|(bin, of)| (of[bin] / shares[0][bin]).ln()).collect()
    }

    /// Learns the human side from other text, given as documents of class 0; bins that become thin are merged.
    pub(super) fn with_human(&self, human: &KnownScores<'_>) -> Histogram {
        let k = self.edges.len();
        let mut n_human = vec![0; self.n_bins()];
        human.units().for_each(|(scores, _)| n_human[self.bin(scores)] += 1);
        let n_llm = |bin: usize| self.sources[1..].iter().map(|source| source.n_units[bin]).sum();
        let (mut edges, mut new_bin_of, mut first) = (Vec::new(), Vec::new(), 0);
        for of_leader in &self.edges {
            let n_units: Vec<[u64; 2]> =
                (first..=first + of_leader.len()).map(|bin| [n_human[bin], n_llm(bin)]).collect();
            first += n_units.len();
            let kept = kept_edges(&n_units);
            let n_before = new_bin_of.last().map_or(0, |last| last + 1);
            new_bin_of.extend((0..n_units.len()).map(|bin| n_before + kept.partition_point(|&edge| edge < bin)));
            edges.push(kept.into_iter().map(|edge| of_leader[edge]).collect());
        }
        let mut profile = self.profile.clone();
        profile.n_units[0] = vec![0; profile.edges.len() + 1];
        human.units().for_each(|(scores, _)| profile.n_units[0][self.profile.place(combined(scores).0)] += 1);
        let mean_score = merged_means(self, &new_bin_of, k);
        let mut histogram = Histogram { edges, sources: vec![], mean_score, profile };
        histogram.sources.push(SourceBins::count(human, &histogram, 0));
        histogram.sources.extend(self.sources[1..].iter().map(|source| source.merged(&new_bin_of)));
        histogram
    }

    pub(super) fn fit(known: &KnownScores<'_>) -> Histogram {
        let units: Vec<(f64, usize, bool)> = known
            .units()
            .map(|(scores, class)| {
                let (score, leader) = combined(scores);
                (score, leader, class > 0)
            })
            .collect();
        let n_bins = if known.k == 1 { N_BINS } else { (N_BINS_OF_SEVERAL / known.k).max(2) };
        let led_by = |leader: usize| -> Vec<(f64, bool)> {
            units.iter().filter(|unit| unit.1 == leader).map(|&(score, _, is_llm)| (score, is_llm)).collect()
        };
        let edges_of = |leader: usize| {
            let led = led_by(leader);
            let edges = quantile_edges(led.iter().map(|unit| unit.0).collect(), n_bins);
            merge_thin_bins(&led, edges)
        };
        let edges: Vec<Vec<f64>> = (0..known.k).map(edges_of).collect();
        let profile = Profile::fit(known, profile_edges(&edges, || units.iter().map(|unit| unit.0).collect()));
        let mut histogram = Histogram { edges, sources: vec![], mean_score: vec![], profile };
        histogram.sources = (0..=known.k).map(|class| SourceBins::count(known, &histogram, class as u8)).collect();
        histogram.mean_score = mean_scores(known, &histogram);
        histogram
    }
}

impl Profile {
    fn fit(known: &KnownScores<'_>, edges: Vec<f64>) -> Profile {
        let mut n_units = vec![vec![0; edges.len() + 1]; known.k + 1];
        for (scores, class) in known.units() {
            n_units[class as usize][edges.partition_point(|edge| *edge <= combined(scores).0)] += 1;
        }
        Profile { edges, n_units }
    }

    /// Returns the place of a combined log ratio between the edges.
    pub fn place(&self, score: f64) -> usize {
        self.edges.partition_point(|edge| *edge <= score)
    }

    /// Returns the smoothed shares of every source's units between the edges, human first.
    pub fn shares(&self) -> Vec<Vec<f64>> {
        self.n_units.iter().map(|n_units| even_shares(n_units)).collect()
    }
}

/// Returns the edges of one component's bins; quantiles of the scores with several, or if most bins were too thin.
fn profile_edges(edges: &[Vec<f64>], scores: impl Fn() -> Vec<f64>) -> Vec<f64> {
    match edges {
        [only] if only.len() >= N_BINS / 2 => only.clone(),
        _ => quantile_edges(scores(), N_BINS),
    }
}

/// Returns shares with the same smoothing in every bin.
fn even_shares(n_units: &[u64]) -> Vec<f64> {
    let total = n_units.iter().sum::<u64>() as f64 + BIN_SMOOTHING * n_units.len() as f64;
    n_units.iter().map(|&n| (n as f64 + BIN_SMOOTHING) / total).collect()
}

fn quantile_edges(mut scores: Vec<f64>, n_bins: usize) -> Vec<f64> {
    if scores.is_empty() {
        return vec![];
    }
    scores.sort_unstable_by(f64::total_cmp);
    let mut edges: Vec<f64> = (1..n_bins).map(|cut| scores[cut * (scores.len() - 1) / n_bins]).collect();
    edges.dedup();
    edges
}

/// Drops edges until every bin has enough units of human and of LLM text, from the lowest bin up.
///
/// The edge that separates the two best is always kept: where they hardly overlap, as whole documents do, every bin
/// is thin in one of them, and all would become one.
fn merge_thin_bins(units: &[(f64, bool)], edges: Vec<f64>) -> Vec<f64> {
    let n_units = units_per_bin(units, &edges);
    kept_edges(&n_units).into_iter().map(|edge| edges[edge]).collect()
}

/// Returns the numbers of the edges that [`merge_thin_bins`] keeps, given the human and LLM units in each bin.
fn kept_edges(n_units: &[[u64; 2]]) -> Vec<usize> {
    let n_edges = n_units.len() - 1;
    let Some(crossing) = best_separation(n_units) else { return (0..n_edges).collect() };
    let thin = |n: [u64; 2]| n.iter().any(|&n| n < MIN_UNITS_PER_BIN);
    let (mut kept, mut open, mut first_of_side) = (Vec::new(), [0; 2], 0);
    for (bin, n) in n_units.iter().enumerate() {
        (0..2).for_each(|source| open[source] += n[source]);
        let ends_side = bin == crossing || bin == n_edges;
        if ends_side && thin(open) && kept.len() > first_of_side {
            kept.pop();
        }
        if bin < n_edges && (ends_side || !thin(open)) {
            kept.push(bin);
            open = [0; 2];
        }
        if bin == crossing {
            first_of_side = kept.len();
        }
    }
    kept
}

/// Counts human and LLM units in each bin.
fn units_per_bin(units: &[(f64, bool)], edges: &[f64]) -> Vec<[u64; 2]> {
    let mut n_units = vec![[0; 2]; edges.len() + 1];
    for (score, is_llm) in units {
        n_units[edges.partition_point(|edge| edge <= score)][usize::from(*is_llm)] += 1;
    }
    n_units
}

/// Returns the bin whose upper edge has the largest difference of cumulative shares; `None` if there is one bin only.
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

/// Adds a multiple of a row.
#[inline(always)]
pub(crate) fn add_times<const WIDTH: usize>(to: &mut [f64; WIDTH], factor: f64, row: &[f64; WIDTH]) {
    for at in 0..WIDTH {
        to[at] += factor * row[at];
    }
}

impl SourceBins {
    /// Returns the number of units in all bins.
    pub fn total(&self) -> f64 {
        self.n_units.iter().sum::<u64>() as f64
    }

    /// Returns the product of the scatter matrix with the columns of `x`, which has a row for each bin, as has the product.
    #[inline(always)]
    pub fn scatter_times<const WIDTH: usize>(&self, x: &[[f64; WIDTH]]) -> Vec<[f64; WIDTH]> {
        let mut rest = self.scatter.as_slice();
        let mut product = vec![[0.0; WIDTH]; x.len()];
        for (i, &own) in x.iter().enumerate() {
            let (row, next) = rest.split_at(x.len() - i);
            // The columns side by side: no sum waits for another.
            let mut sums = product[i];
            add_times(&mut sums, row[0], &own);
            for (value, (x, product)) in row[1..].iter().zip(x[i + 1..].iter().zip(&mut product[i + 1..])) {
                add_times(&mut sums, *value, x);
                add_times(product, *value, &own);
            }
            product[i] = sums;
            rest = next;
        }
        product
    }

    /// Merges the bins of a source into fewer.
    fn merged(&self, new_bin_of: &[usize]) -> SourceBins {
        let n_bins = new_bin_of.last().map_or(0, |last| last + 1);
        let mut n_units = vec![0; n_bins];
        self.n_units.iter().zip(new_bin_of).for_each(|(n, &bin)| n_units[bin] += n);
        let mut scatter = vec![0.0; n_bins * (n_bins + 1) / 2];
        let mut rest = self.scatter.iter();
        for (i, &row) in new_bin_of.iter().enumerate() {
            for (j, &column) in new_bin_of.iter().enumerate().skip(i) {
                // Off the diagonal an entry stands for two; those that fall on it count twice there.
                let times = if row == column && i != j { 2.0 } else { 1.0 };
                let at = row * n_bins - row * (row + 1) / 2 + column;
                scatter[at] += times * rest.next().copied().unwrap_or_default();
            }
        }
        SourceBins { n_units, scatter, ..self.clone() }
    }

    fn count(known: &KnownScores<'_>, histogram: &Histogram, class: u8) -> SourceBins {
        let n_bins = histogram.n_bins();
        let of_class = |document: &&(std::ops::Range<usize>, u8)| document.1 == class && !document.0.is_empty();
        let documents: Vec<Vec<u32>> = known
            .documents
            .iter()
            .filter(of_class)
            .map(|(units, _)| {
                let mut counts = vec![0; n_bins];
                known.of(units).for_each(|scores| counts[histogram.bin(scores)] += 1);
                counts
            })
            .collect();
        let n_units: Vec<u64> =
            (0..n_bins).map(|bin| documents.iter().map(|counts| u64::from(counts[bin])).sum()).collect();
        let size = |counts: &Vec<u32>| counts.iter().map(|&n| u64::from(n)).sum::<u64>();
        SourceBins {
            n_documents: documents.len() as u64,
            sum_squared_sizes: documents.iter().map(|counts| size(counts).pow(2)).sum(),
            scatter: scatter(&documents, &even_shares(&n_units)).into_iter().map(to_stored_precision).collect(),
            n_units,
        }
    }
}

/// Returns the mean scores in merged bins, weighted by the units that the reference had there.
fn merged_means(histogram: &Histogram, new_bin_of: &[usize], k: usize) -> Vec<f64> {
    let n_bins = new_bin_of.last().map_or(0, |last| last + 1);
    let (mut sums, mut weights) = (vec![0.0; n_bins * k], vec![0.0; n_bins]);
    for (bin, &new) in new_bin_of.iter().enumerate() {
        let weight = histogram.sources.iter().map(|source| source.n_units[bin]).sum::<u64>() as f64;
        weights[new] += weight;
        (0..k).for_each(|i| sums[new * k + i] += weight * histogram.mean_score[bin * k + i]);
    }
    sums.iter().enumerate().map(|(at, sum)| sum / f64::max(weights[at / k], 1.0)).collect()
}

fn mean_scores(known: &KnownScores<'_>, histogram: &Histogram) -> Vec<f64> {
    let k = known.k;
    let (mut sums, mut n_units) = (vec![0.0; histogram.n_bins() * k], vec![0.0; histogram.n_bins()]);
    for (scores, _) in known.units() {
        let bin = histogram.bin(scores);
        sums[bin * k..][..k].iter_mut().zip(scores).for_each(|(sum, score)| *sum += score);
        n_units[bin] += 1.0;
    }
    sums.iter().enumerate().map(|(at, sum)| sum / f64::max(n_units[at / k], 1.0)).collect()
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
