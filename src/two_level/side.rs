//! The tilts of one side: location and log spread of a corpus's documents, and the prior that strata teach.

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::bins::BinCounts;
use super::columns::{DOCUMENTS_PER_PIECE, LogShapes, columns_of};
use super::tilt::{Grid, HUMAN_GRID, LLM_GRID, spread_of};

/// Number of iterations of EM for documents of one known side.
const N_ITERATIONS: usize = 80;
/// Sampling variance that a document adds to the location beside its tilt's own, which is only seen through its units.
const SEEN_THROUGH_UNITS: f64 = 1.0 / 80.0;
/// Sampling variance of a log spread, times the number of documents.
const SAMPLING_OF_LOG_SPREAD: f64 = 1.5;
/// Maximum step of a log spread in one Newton iteration.
const MAX_STEP: f64 = 0.3;

/// The location and log spread of the tilts of a corpus's documents, per nat of score.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Tilts {
    /// Mean of the tilts.
    pub location: f64,
    /// Natural logarithm of their standard deviation.
    pub log_spread: f64,
}

/// The normal priors of [`Tilts`], learnt from strata.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct SidePrior {
    /// Prior means.
    pub mean: Tilts,
    /// Variance of the location.
    pub location_variance: f64,
    /// Variance of the log spread.
    pub log_spread_variance: f64,
}

/// Prior of a stratum's own fit, before anything is known.
pub const VAGUE: SidePrior = SidePrior {
    mean: Tilts { location: 0.0, log_spread: -2.525_728_644_308_255 },
    location_variance: 1.0,
    log_spread_variance: 1.0,
};

impl SidePrior {
    /// Returns the log density at `tilts`, up to a constant.
    pub fn log_density(&self, tilts: Tilts) -> f64 {
        let location = (tilts.location - self.mean.location).powi(2) / self.location_variance;
        let spread = (tilts.log_spread - self.mean.log_spread).powi(2) / self.log_spread_variance;
        -0.5 * (location + spread)
    }

    /// Returns `tilts` with the location at most `n` standard deviations from the mean: otherwise a corpus wholly by an
    /// LLM could pass as an odd kind of human text.
    pub fn clip(&self, tilts: Tilts, n: f64) -> Tilts {
        let reach = n * self.location_variance.sqrt();
        let location = tilts.location.clamp(self.mean.location - reach, self.mean.location + reach);
        Tilts { location, ..tilts }
    }

    /// Returns the prior after `n` documents whose tilts lie at `found`, if the target may have drifted from them by
    /// the part `drift` of the variance between strata.
    pub fn after(&self, found: Tilts, n: usize, drift: f64) -> SidePrior {
        let sampling = sampling_variance(found, n);
        let narrowed = |variance: f64, sampling: f64| 1.0 / (1.0 / sampling + 1.0 / variance) + drift * variance;
        SidePrior {
            mean: found,
            location_variance: narrowed(self.location_variance, sampling.0),
            log_spread_variance: narrowed(self.log_spread_variance, sampling.1),
        }
    }
}

/// Returns the sampling variances of location and log spread estimated from `n` documents.
pub fn sampling_variance(found: Tilts, n: usize) -> (f64, f64) {
    let n = n.max(1) as f64;
    (((2.0 * found.log_spread).exp() + SEEN_THROUGH_UNITS) / n, SAMPLING_OF_LOG_SPREAD / n)
}

/// Updates location and log spread, given the mass of documents at each tilt of some grids (the M step).
pub fn maximise(masses: &[(&[f64], Grid)], at: Tilts, prior: &SidePrior) -> Tilts {
    let precision = spread_of(at.log_spread).powi(-2);
    let points = || masses.iter().flat_map(|(mass, grid)| mass.iter().copied().zip(grid.points()));
    let n: f64 = points().map(|(mass, _)| mass).sum();
    let sum: f64 = points().map(|(mass, tilt)| mass * tilt).sum();
    let location = (sum * precision + prior.mean.location / prior.location_variance)
        / (n * precision + 1.0 / prior.location_variance);
    let squares: f64 = points().map(|(mass, tilt)| mass * (tilt - location).powi(2)).sum();
    let mut log_spread = at.log_spread;
    for _ in 0..4 {
        let scaled = squares * (-2.0 * log_spread).exp();
        let slope = -n + scaled - (log_spread - prior.mean.log_spread) / prior.log_spread_variance;
        log_spread += (slope / (2.0 * scaled + 1.0 / prior.log_spread_variance)).clamp(-MAX_STEP, MAX_STEP);
    }
    Tilts { location, log_spread }
}

/// Fits location and log spread of documents that are all human (`class` 0) or all by LLMs (1).
pub fn fit(documents: &[BinCounts], shapes: &LogShapes, class: usize, prior: &SidePrior) -> Tilts {
    let grid = if class == 0 { HUMAN_GRID } else { LLM_GRID };
    let rows: Vec<Vec<f64>> = documents
        .par_iter()
        .map(|counts| {
            let log = shapes.log_likelihoods(counts, columns_of(class));
            let top = log.iter().copied().fold(f64::NEG_INFINITY, f64::max);
            log.into_iter().map(|value| (value - top).exp()).collect()
        })
        .collect();
    let mut tilts = prior.mean;
    for _ in 0..N_ITERATIONS {
        let weights = grid.normal(tilts.location, tilts.log_spread);
        tilts = maximise(&[(&posterior_mass(&rows, &weights), grid)], tilts, prior);
    }
    tilts
}

fn posterior_mass(rows: &[Vec<f64>], weights: &[f64]) -> Vec<f64> {
    let pieces: Vec<Vec<f64>> = rows
        .par_chunks(DOCUMENTS_PER_PIECE)
        .map(|piece| {
            let mut mass = vec![0.0; weights.len()];
            for row in piece {
                let sum: f64 = row.iter().zip(weights).map(|(value, weight)| value * weight).sum();
                let scale = 1.0 / sum.max(1e-300);
                mass.iter_mut()
                    .zip(row.iter().zip(weights))
                    .for_each(|(sum, (value, weight))| *sum += value * weight * scale);
            }
            mass
        })
        .collect();
    let mut mass = vec![0.0; weights.len()];
    pieces.iter().for_each(|piece| mass.iter_mut().zip(piece).for_each(|(sum, part)| *sum += part));
    mass
}
