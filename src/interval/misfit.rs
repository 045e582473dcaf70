//! Whether the target looks like any mixture of the reference's human and LLM text at all.

use serde::{Deserialize, Serialize};

use super::Evidence;
use crate::reference::Histogram;

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

/// Compares the target's scores with the mixture at `alpha`.
pub fn misfit(evidence: &Evidence, histogram: &Histogram, alpha: f64) -> Misfit {
    let (human, llm) = (histogram.human.shares(), histogram.llm.shares());
    let n_units = evidence.n_units() as f64;
    let mut n_in_bin = vec![0u64; histogram.n_bins()];
    evidence.bins().iter().for_each(|&bin| n_in_bin[bin as usize] += 1);
    let (mut target, mut mixture, mut distance, mut worst_edge) = (0.0, 0.0, 0.0, 0);
    for bin in 0..histogram.n_bins() {
        target += n_in_bin[bin] as f64 / n_units;
        mixture += (1.0 - alpha) * human[bin] + alpha * llm[bin];
        let here: f64 = target - mixture;
        if here.abs() > distance {
            (distance, worst_edge) = (here.abs(), bin);
        }
    }
    let tolerance = TOLERANCE + STANDARD_ERRORS * standard_error_at(evidence, worst_edge as u8);
    Misfit { distance, tolerance, flagged: distance > tolerance }
}

/// Standard error of the share of units up to `edge`, clustered by document.
fn standard_error_at(evidence: &Evidence, edge: u8) -> f64 {
    let below: Vec<(f64, f64)> = evidence
        .documents()
        .map(|units| {
            let n_below = evidence.bins()[units.clone()].iter().filter(|&&bin| bin <= edge).count();
            (n_below as f64, units.len() as f64)
        })
        .collect();
    let n_units = evidence.n_units() as f64;
    let share = below.iter().map(|(n_below, _)| n_below).sum::<f64>() / n_units;
    below.iter().map(|(n_below, size)| (n_below - share * size).powi(2)).sum::<f64>().sqrt() / n_units
}
