//! What a target says about alpha: the calibrated density ratio of every unit, grouped by document.

use crate::reference::{Calibration, Histogram};

/// Log ratios beyond this are cut, so that a ratio is never 0 or infinite.
const MAX_LOG_RATIO: f64 = 700.0;

/// Which of the two calibrations is used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Map {
    Histogram,
    Logistic,
}

/// The units of a target.
pub struct Evidence {
    /// f_llm / f_human - 1.
    pub excess: Vec<f64>,
    pub scores: Vec<f64>,
    pub bins: Vec<u8>,
    pub document_ends: Vec<u32>,
}

impl Evidence {
    pub fn new(scores: Vec<f64>, document_ends: Vec<u32>, calibration: &Calibration, map: Map) -> Evidence {
        let Histogram { .. } = &calibration.histogram;
        let by_bin = calibration.histogram.log_ratios();
        let bins: Vec<u8> = scores.iter().map(|&s| calibration.histogram.bin(s) as u8).collect();
        let excess = scores
            .iter()
            .zip(&bins)
            .map(|(&score, &bin)| {
                let log_ratio = match map {
                    Map::Histogram => by_bin[bin as usize],
                    Map::Logistic => calibration.logistic.log_ratio(score),
                };
                log_ratio.clamp(-MAX_LOG_RATIO, MAX_LOG_RATIO).exp_m1()
            })
            .collect();
        Evidence { excess, scores, bins, document_ends }
    }

    pub fn documents(&self) -> impl Iterator<Item = std::ops::Range<usize>> + '_ {
        let mut start = 0;
        self.document_ends.iter().map(move |&end| {
            let range = start..end as usize;
            start = end as usize;
            range
        })
    }
}
