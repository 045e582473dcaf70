//! Tilted shapes on grids: the distributions that units of a document may have.

use super::bins::N_BINS;

/// Parts of a mixed document that are by an LLM, 0 to 1.
pub const PARTS: [f64; 5] = [0.1, 0.25, 0.5, 0.75, 0.9];
/// Number of document classes: human, LLM, and mixed by each of [`PARTS`].
pub const N_CLASSES: usize = 2 + PARTS.len();
/// Share of a document's units that are by an LLM, by class.
pub const PART_OF_CLASS: [f64; N_CLASSES] = [0.0, 1.0, 0.1, 0.25, 0.5, 0.75, 0.9];

/// Evenly spaced tilts.
#[derive(Debug, Clone, Copy)]
pub struct Grid {
    first: f64,
    last: f64,
    n: usize,
}

/// Tilts of human documents.
pub const HUMAN_GRID: Grid = Grid { first: -0.6, last: 0.9, n: 31 };
/// Tilts of LLM documents.
pub const LLM_GRID: Grid = Grid { first: -1.0, last: 0.7, n: 35 };
/// Coarse tilts of the human part of mixed documents.
pub const MIXED_HUMAN_GRID: Grid = Grid { first: -0.3, last: 0.3, n: 5 };
/// Coarse tilts of the LLM part of mixed documents.
pub const MIXED_LLM_GRID: Grid = Grid { first: -0.7, last: 0.4, n: 8 };

/// Minimum spread of tilts.
const MIN_SPREAD: f64 = 0.03;

impl Grid {
    /// Returns the number of points.
    pub const fn len(self) -> usize {
        self.n
    }

    /// Returns the point numbered `at`.
    pub fn at(self, at: usize) -> f64 {
        self.first + (self.last - self.first) * at as f64 / (self.n - 1) as f64
    }

    /// Iterates over the points.
    pub fn points(self) -> impl Iterator<Item = f64> {
        (0..self.n).map(move |at| self.at(at))
    }

    /// Returns the weights of a normal distribution on the points, which sum to 1.
    pub fn normal(self, location: f64, log_spread: f64) -> Vec<f64> {
        let spread = spread_of(log_spread);
        let mut weights: Vec<f64> =
            self.points().map(|point| (-0.5 * ((point - location) / spread).powi(2)).exp()).collect();
        let sum: f64 = weights.iter().sum();
        if sum > 0.0 {
            weights.iter_mut().for_each(|weight| *weight /= sum);
        } else {
            let nearest = if location < self.first { 0 } else { self.n - 1 };
            weights[nearest] = 1.0;
        }
        weights
    }
}

/// Returns the spread whose logarithm this is, or the minimum if that is larger.
pub fn spread_of(log_spread: f64) -> f64 {
    log_spread.exp().max(MIN_SPREAD)
}

/// Returns `shape` tilted by `tilt` along the bins' `levels`, normalised.
pub fn tilted(shape: &[f64], levels: &[f64], tilt: f64) -> [f64; N_BINS] {
    let mut tilted = [0.0; N_BINS];
    for ((to, p), level) in tilted.iter_mut().zip(shape).zip(levels) {
        *to = p * (level * tilt).exp();
    }
    let sum: f64 = tilted.iter().sum();
    tilted.iter_mut().for_each(|p| *p /= sum);
    tilted
}
