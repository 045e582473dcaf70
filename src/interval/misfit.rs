//! Whether the target looks like any mixture of the reference's human and LLM text at all.

use serde::{Deserialize, Serialize};

use super::Evidence;
use crate::reference::{Profile, combined};

/// Distance that is taken for a fit: texts of the reference's own kind stay below it (0.01 to 0.035 in measurements).
const TOLERANCE: f64 = 0.05;
/// Standard errors of the target's own distribution that are added to the tolerance.
const STANDARD_ERRORS: f64 = 2.0;

/// How far the target's scores are from the fitted mixture.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Misfit {
    /// Largest difference of cumulative score distributions, 0 to 1 (Kolmogorov-Smirnov distance at bin edges).
    pub distance: f64,
    /// Largest distance that is not flagged, sampling error included.
    pub tolerance: f64,
    /// Whether distance exceeds tolerance: the reference does not fit, and the estimate may be far off.
    pub flagged: bool,
}

/// Compares the target's combined log ratios with those of the mixture with these `shares`, human first.
pub fn misfit(evidence: &Evidence, profile: &Profile, shares: &[f64]) -> Misfit {
    let of_source = profile.shares();
    let n_units = evidence.n_units() as f64;
    let places: Vec<u8> = (evidence.scores().chunks_exact(evidence.n_components()))
        .map(|scores| profile.place(combined(scores).0) as u8)
        .collect();
    let mut n_in_place = vec![0u64; profile.edges.len() + 1];
    places.iter().for_each(|&place| n_in_place[place as usize] += 1);
    let (mut target, mut mixture, mut distance, mut worst_edge) = (0.0, 0.0, 0.0, 0);
    for (place, n) in n_in_place.iter().enumerate() {
        target += *n as f64 / n_units;
        mixture += of_source.iter().zip(shares).map(|(of_place, share)| share * of_place[place]).sum::<f64>();
        let here: f64 = target - mixture;
        if here.abs() > distance {
            (distance, worst_edge) = (here.abs(), place as u8);
        }
    }
    let tolerance = TOLERANCE + STANDARD_ERRORS * standard_error_at(evidence, &places, worst_edge);
    Misfit { distance, tolerance, flagged: distance > tolerance }
}

/// Standard error of the share of units up to `edge`, clustered by document.
fn standard_error_at(evidence: &Evidence, places: &[u8], edge: u8) -> f64 {
    let below: Vec<(f64, f64)> = evidence
        .documents()
        .map(|units| {
            let n_below = places[units.clone()].iter().filter(|&&place| place <= edge).count();
            (n_below as f64, units.len() as f64)
        })
        .collect();
    let n_units = evidence.n_units() as f64;
    let share = below.iter().map(|(n_below, _)| n_below).sum::<f64>() / n_units;
    below.iter().map(|(n_below, size)| (n_below - share * size).powi(2)).sum::<f64>().sqrt() / n_units
}
