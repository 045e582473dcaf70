//! Tests whether the target looks like any mixture of the reference's human and LLM text at all.

use std::sync::OnceLock;

use nalgebra::{DMatrix, DVector};
use rand::RngExt;
use serde::{Deserialize, Serialize};
use statrs::distribution::{ContinuousCDF, Normal};

use super::evidence::Evidence;
use super::generator::generator_of;
use crate::reference::{Histogram, N_BINS, SourceBins};

/// Maximum distance that counts as a fit: texts of the reference's own kind stay below it (0.01 to 0.035 in measurements).
const TOLERANCE: f64 = 0.05;
/// Maximum p-value, over samples of documents, at which a larger distance is flagged.
const SIGNIFICANCE: f64 = 0.01;
/// Number of samples that the p-value is read off.
const N_DRAWS: usize = 999;
/// Seed of these samples; independent of the user's, so that it does not change a p-value.
const SEED: u64 = 1933;
/// Number of documents below which the similarity of their units cannot be told.
const FEW_DOCUMENTS: usize = 10;
/// Ridge of a covariance relative to its largest entry, for places without units.
const RIDGE: f64 = 1e-9;

/// The misfit of the target's scores from the fitted mixture.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Misfit {
    /// Largest difference of cumulative score distributions, 0 to 1 (Kolmogorov-Smirnov distance at bin edges).
    pub distance: f64,
    /// Largest distance that counts as a fit, however certain it is.
    pub tolerance: f64,
    /// Probability of a distance at least as large if the mixture were right, over samples of documents like these and the reference's.
    pub p_value: f64,
    /// Whether distance exceeds tolerance, and not by chance: the reference does not fit, and the estimate may be far off.
    pub flagged: bool,
}

impl Misfit {
    /// Returns the misfit of this `distance`, flagged if it exceeds the tolerance and not by chance.
    pub(crate) fn of_distance(distance: f64, p_value: f64) -> Misfit {
        let flagged = distance > TOLERANCE && p_value <= SIGNIFICANCE;
        Misfit { distance, tolerance: TOLERANCE, p_value, flagged }
    }
}

/// Compares the target's combined log ratios with those of the mixture with these `shares`, human first.
pub(crate) fn misfit(evidence: &Evidence, histogram: &Histogram, shares: &[f64]) -> Misfit {
    let profile = &histogram.profile;
    let n_places = profile.edges.len() + 1;
    let places: Vec<u8> = evidence.combined().iter().map(|&score| profile.place(score) as u8).collect();
    let mut target = vec![0.0; n_places];
    places.iter().for_each(|&place| target[place as usize] += 1.0 / evidence.n_units() as f64);
    let of_source = profile.shares();
    let mixture: Vec<f64> = (0..n_places)
        .map(|place| of_source.iter().zip(shares).map(|(of_place, share)| share * of_place[place]).sum())
        .collect();
    let distance = largest_sum(target.iter().zip(&mixture).map(|(seen, expected)| seen - expected));
    let mut covariance = of_target(evidence, &places, &target);
    for ((source, of_place), share) in histogram.sources.iter().zip(&of_source).zip(shares) {
        let design_effect = design_effect(source);
        covariance += multinomial(of_place) * (share * share * design_effect / source.total().max(1.0));
        if evidence.n_documents() < FEW_DOCUMENTS {
            covariance += multinomial(of_place) * (share * design_effect / evidence.n_units() as f64);
        }
    }
    let p_value = p_value(distance, covariance);
    Misfit { distance, tolerance: TOLERANCE, p_value, flagged: distance > TOLERANCE && p_value <= SIGNIFICANCE }
}

/// Returns the largest absolute cumulative sum.
fn largest_sum(differences: impl Iterator<Item = f64>) -> f64 {
    let (mut sum, mut largest) = (0.0f64, 0.0f64);
    for difference in differences {
        sum += difference;
        largest = largest.max(sum.abs());
    }
    largest
}

/// Returns the covariance of the target's shares of units in each place, clustered by document.
fn of_target(evidence: &Evidence, places: &[u8], shares: &[f64]) -> DMatrix<f64> {
    let n_places = shares.len();
    let shares = DVector::from_column_slice(shares);
    let (mut products, mut times_size) = (DMatrix::<f64>::zeros(n_places, n_places), DVector::<f64>::zeros(n_places));
    let mut squared_sizes = 0.0;
    let mut counts: Vec<(usize, f64)> = Vec::new();
    for units in evidence.documents() {
        let size = units.len() as f64;
        let mut sorted = places[units].to_vec();
        sorted.sort_unstable();
        counts.clear();
        counts.extend(sorted.chunk_by(|a, b| a == b).map(|same| (same[0] as usize, same.len() as f64)));
        for &(i, n) in &counts {
            counts.iter().for_each(|&(j, m)| products[(i, j)] += n * m);
            times_size[i] += n * size;
        }
        squared_sizes += size * size;
    }
    let crossed: DMatrix<f64> = &times_size * shares.transpose();
    let scatter: DMatrix<f64> =
        products - &crossed - crossed.transpose() + &shares * shares.transpose() * squared_sizes;
    let (n_units, n_documents) = (evidence.n_units() as f64, evidence.n_documents() as f64);
    scatter * (n_documents / (n_documents - 1.0).max(1.0) / (n_units * n_units))
}

/// Returns the covariance of the place of one unit.
fn multinomial(shares: &[f64]) -> DMatrix<f64> {
    let shares = DVector::from_column_slice(shares);
    DMatrix::from_diagonal(&shares) - &shares * shares.transpose()
}

/// Returns the variance of a source's shares of units in bins over that of as many independent units.
fn design_effect(source: &SourceBins) -> f64 {
    let n_bins = source.n_units.len();
    let diagonal = (0..n_bins).map(|bin| source.scatter[bin * n_bins - bin * (bin + 1) / 2 + bin]);
    let total = source.total().max(1.0);
    let independent: f64 = source.n_units.iter().map(|&n| n as f64 * (1.0 - n as f64 / total)).sum();
    (diagonal.sum::<f64>() / independent.max(f64::MIN_POSITIVE)).max(1.0)
}

/// Returns the share of draws with this covariance whose largest cumulative sum reaches `distance`.
fn p_value(distance: f64, mut covariance: DMatrix<f64>) -> f64 {
    let n_places = covariance.nrows();
    let ridge = RIDGE * (0..n_places).map(|i| covariance[(i, i)]).fold(f64::MIN_POSITIVE, f64::max);
    (0..n_places).for_each(|i| covariance[(i, i)] += ridge);
    let Some(root) = covariance.cholesky() else { return 1.0 };
    let root = root.unpack();
    let reaches = |draw: &&DVector<f64>| {
        let drawn = &root * draw.rows(0, n_places);
        largest_sum(drawn.iter().copied()) >= distance
    };
    (1 + draws().iter().filter(reaches).count()) as f64 / (1 + N_DRAWS) as f64
}

/// Returns standard normal draws, always the same.
fn draws() -> &'static [DVector<f64>] {
    static DRAWS: OnceLock<Vec<DVector<f64>>> = OnceLock::new();
    DRAWS.get_or_init(|| {
        let normal = Normal::standard();
        let mut generator = generator_of(SEED, 0);
        let mut one = || normal.inverse_cdf(generator.random_range(f64::EPSILON..1.0));
        (0..N_DRAWS).map(|_| DVector::from_fn(N_BINS, |_, _| one())).collect()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn p_values_are_uniform_where_the_mixture_is_right() {
        let shares = [0.1, 0.2, 0.05, 0.4, 0.25];
        let n_units = 400.0;
        let covariance = multinomial(&shares) / n_units;
        let mut generator = generator_of(9, 9);
        let n_trials = 1000;
        let mut n_small = [0; 2];
        for _ in 0..n_trials {
            let mut seen = [0.0; 5];
            for _ in 0..n_units as usize {
                let at: f64 = generator.random_range(0.0..1.0);
                let mut sum = 0.0;
                let place = shares.iter().position(|share| {
                    sum += share;
                    at < sum
                });
                seen[place.unwrap_or(4)] += 1.0 / n_units;
            }
            let distance = largest_sum(seen.iter().zip(&shares).map(|(seen, share)| seen - share));
            let p_value = p_value(distance, covariance.clone());
            n_small[0] += usize::from(p_value <= 0.05);
            n_small[1] += usize::from(p_value <= 0.5);
        }
        // Three standard errors of a binomial, and the lattice of 400 units.
        assert!((n_small[0] as f64 / 1000.0 - 0.05).abs() < 0.025, "{n_small:?}");
        assert!((n_small[1] as f64 / 1000.0 - 0.5).abs() < 0.07, "{n_small:?}");
    }
}
