//! The likelihood of every document under every class and tilt, computed once for a corpus.

use rayon::prelude::*;

use super::bins::{BinCounts, N_BINS};
use super::tilt::{Grid, HUMAN_GRID, LLM_GRID, MIXED_HUMAN_GRID, MIXED_LLM_GRID, N_CLASSES, PARTS, tilted};

/// Documents per parallel piece of a sum; fixed, so that sums do not depend on the number of threads.
pub const DOCUMENTS_PER_PIECE: usize = 256;
/// Columns of one mixed class.
const N_MIXED: usize = MIXED_HUMAN_GRID.len() * MIXED_LLM_GRID.len();
/// Columns of all classes.
pub const N_COLUMNS: usize = HUMAN_GRID.len() + LLM_GRID.len() + PARTS.len() * N_MIXED;

/// Returns the columns of a class: its tilts, or its pairs of tilts.
pub fn columns_of(class: usize) -> std::ops::Range<usize> {
    let (human, llm) = (HUMAN_GRID.len(), LLM_GRID.len());
    match class {
        0 => 0..human,
        1 => human..human + llm,
        _ => human + llm + (class - 2) * N_MIXED..human + llm + (class - 1) * N_MIXED,
    }
}

/// Log probabilities of the bins, a row of [`N_BINS`] for each column.
#[derive(Debug, Clone)]
pub struct LogShapes(Vec<[f64; N_BINS]>);

impl LogShapes {
    /// Tilts the human and the LLM shape over their grids, and mixes them.
    pub fn new(human: &[f64], llm: &[f64], levels: &[f64]) -> LogShapes {
        let ln = |shape: [f64; N_BINS]| shape.map(f64::ln);
        let side = |shape: &[f64], grid: Grid| -> Vec<[f64; N_BINS]> {
            grid.points().map(|tilt| tilted(shape, levels, tilt)).collect()
        };
        let mut rows: Vec<[f64; N_BINS]> = side(human, HUMAN_GRID).into_iter().map(ln).collect();
        rows.extend(side(llm, LLM_GRID).into_iter().map(ln));
        let (humans, llms) = (side(human, MIXED_HUMAN_GRID), side(llm, MIXED_LLM_GRID));
        for part in PARTS {
            for human in &humans {
                for llm in &llms {
                    rows.push(std::array::from_fn(|bin| ((1.0 - part) * human[bin] + part * llm[bin]).ln()));
                }
            }
        }
        LogShapes(rows)
    }

    /// Returns the log probabilities of the columns `range`.
    pub fn rows(&self, range: std::ops::Range<usize>) -> &[[f64; N_BINS]] {
        &self.0[range]
    }

    /// Returns the tempered log likelihoods of a document in the columns `range`.
    pub fn log_likelihoods(&self, counts: &BinCounts, range: std::ops::Range<usize>) -> Vec<f64> {
        let temper = counts.temper();
        let bins: Vec<(usize, f64)> = counts
            .counts()
            .iter()
            .enumerate()
            .filter(|(_, n)| **n > 0.0)
            .map(|(bin, n)| (bin, f64::from(*n)))
            .collect();
        let of_row = |row: &[f64; N_BINS]| temper * bins.iter().map(|&(bin, n)| n * row[bin]).sum::<f64>();
        self.0[range].iter().map(of_row).collect()
    }
}

/// Relative likelihoods, a row of [`N_COLUMNS`] for each document; the largest of a row is 1.
pub struct Likelihoods {
    values: Vec<f32>,
    n_units: Vec<f64>,
}

/// What alpha is a share of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ShareOf {
    /// Units: a document counts as often as it has units.
    Units,
    /// Documents: each counts once, a mixed one by its LLM part.
    Documents,
}

impl Likelihoods {
    /// Computes the rows of all `documents`.
    pub fn new(documents: &[BinCounts], shapes: &LogShapes, of: ShareOf) -> Likelihoods {
        let rows: Vec<Vec<f32>> = documents
            .par_iter()
            .map(|counts| {
                let log = shapes.log_likelihoods(counts, 0..N_COLUMNS);
                let top = log.iter().copied().fold(f64::NEG_INFINITY, f64::max);
                log.iter().map(|value| (value - top).exp() as f32).collect()
            })
            .collect();
        let weight = |counts: &BinCounts| match of {
            ShareOf::Units => counts.n_units(),
            ShareOf::Documents => 1.0,
        };
        Likelihoods { values: rows.concat(), n_units: documents.iter().map(weight).collect() }
    }

    /// Returns the number of units, or of documents where these are what counts.
    pub fn n_units(&self) -> f64 {
        self.n_units.iter().sum()
    }

    /// Iterates over pieces of documents: each document's row and its number of units.
    pub fn pieces(&self) -> impl IndexedParallelIterator<Item = impl Iterator<Item = (&[f32], f64)>> {
        let rows = self.values.par_chunks(DOCUMENTS_PER_PIECE * N_COLUMNS);
        let sizes = self.n_units.par_chunks(DOCUMENTS_PER_PIECE);
        rows.zip(sizes).map(|(rows, sizes)| rows.chunks_exact(N_COLUMNS).zip(sizes.iter().copied()))
    }
}

/// Returns the weighted likelihood of a document in each class.
pub fn class_likelihoods(row: &[f32], weights: &ColumnWeights) -> [f64; N_CLASSES] {
    std::array::from_fn(|class| dot(&row[columns_of(class)], weights.of(class)).max(1e-300))
}

fn dot(values: &[f32], weights: &[f32]) -> f64 {
    // Eight running sums, in a fixed order, which the compiler turns into vector code.
    let mut sums = [0.0f32; 8];
    let (chunks, weight_chunks) = (values.chunks_exact(8), weights.chunks_exact(8));
    let rest: f32 = chunks.remainder().iter().zip(weight_chunks.remainder()).map(|(a, b)| a * b).sum();
    for (values, weights) in chunks.zip(weight_chunks) {
        for lane in 0..8 {
            sums[lane] += values[lane] * weights[lane];
        }
    }
    f64::from(sums.iter().sum::<f32>() + rest)
}

/// The probability of each tilt within its class, for given locations and spreads.
pub struct ColumnWeights {
    human: Vec<f32>,
    llm: Vec<f32>,
    mixed: Vec<f32>,
}

/// Smallest log spreads in mixed documents, whose tilts lie on coarse grids.
const MIN_MIXED_SPREAD: (f64, f64) = (0.08, 0.12);

impl ColumnWeights {
    /// Computes the weights for the location and log spread of each side.
    pub fn new(human: (f64, f64), llm: (f64, f64)) -> ColumnWeights {
        let narrow = |weights: Vec<f64>| weights.into_iter().map(|weight| weight as f32).collect::<Vec<f32>>();
        let of_human = MIXED_HUMAN_GRID.normal(human.0, human.1.max(MIN_MIXED_SPREAD.0.ln()));
        let of_llm = MIXED_LLM_GRID.normal(llm.0, llm.1.max(MIN_MIXED_SPREAD.1.ln()));
        let mixed = of_human.iter().flat_map(|human| of_llm.iter().map(move |llm| human * llm)).collect();
        ColumnWeights {
            human: narrow(HUMAN_GRID.normal(human.0, human.1)),
            llm: narrow(LLM_GRID.normal(llm.0, llm.1)),
            mixed: narrow(mixed),
        }
    }

    /// Returns the weights of the columns of a class.
    pub fn of(&self, class: usize) -> &[f32] {
        match class {
            0 => &self.human,
            1 => &self.llm,
            _ => &self.mixed,
        }
    }
}
