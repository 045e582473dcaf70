//! The likelihood of every document under every class and tilt, computed once for a corpus.

use std::hint::black_box;

use rayon::prelude::*;

use super::bins::{BinCounts, N_BINS};
use super::tilt::{Grid, HUMAN_GRID, LLM_GRID, MIXED_HUMAN_GRID, MIXED_LLM_GRID, N_CLASSES, PARTS, tilted};

/// Number of documents per parallel piece of a sum; fixed, so that sums do not depend on the number of threads.
pub const DOCUMENTS_PER_PIECE: usize = 256;
/// Number of pairs of tilts of one mixed class.
pub const N_PAIRS: usize = MIXED_HUMAN_GRID.len() * MIXED_LLM_GRID.len();
/// Number of columns of all classes.
pub const N_COLUMNS: usize = HUMAN_GRID.len() + LLM_GRID.len() + PARTS.len() * N_PAIRS;

/// Returns the columns of a class: its tilts, or its pairs of tilts.
pub fn columns_of(class: usize) -> std::ops::Range<usize> {
    let (human, llm) = (HUMAN_GRID.len(), LLM_GRID.len());
    match class {
        0 => 0..human,
        1 => human..human + llm,
        _ => human + llm + (class - 2) * N_PAIRS..human + llm + (class - 1) * N_PAIRS,
    }
}

/// The log probabilities of the bins, for each bin those in all columns.
#[derive(Debug, Clone)]
pub struct LogShapes([Vec<f64>; N_BINS]);

impl LogShapes {
    /// Tilts the human and the LLM shape over their grids, and mixes them.
    pub fn new(human: &[f64], llm: &[f64], levels: &[f64]) -> LogShapes {
        let side = |shape: &[f64], grid: Grid| -> Vec<[f64; N_BINS]> {
            grid.points().map(|tilt| tilted(shape, levels, tilt)).collect()
        };
        let mut columns: Vec<[f64; N_BINS]> = side(human, HUMAN_GRID);
        columns.extend(side(llm, LLM_GRID));
        let (humans, llms) = (side(human, MIXED_HUMAN_GRID), side(llm, MIXED_LLM_GRID));
        for part in PARTS {
            for human in &humans {
                for llm in &llms {
                    columns.push(std::array::from_fn(|bin| (1.0 - part) * human[bin] + part * llm[bin]));
                }
            }
        }
        LogShapes(std::array::from_fn(|bin| columns.iter().map(|column| column[bin].ln()).collect()))
    }

    /// Returns the log probability of a bin in a column.
    pub fn at(&self, bin: usize, column: usize) -> f64 {
        self.0[bin][column]
    }

    /// Returns the tempered log-likelihoods of a document in the columns `range`. The columns side by side: no sum waits for another.
    pub fn log_likelihoods(&self, counts: &BinCounts, range: std::ops::Range<usize>) -> Vec<f64> {
        let mut sums = vec![0.0; range.len()];
        for (of_bin, n) in self.0.iter().zip(counts.counts()).filter(|(_, n)| **n > 0.0) {
            sums.iter_mut().zip(&of_bin[range.clone()]).for_each(|(sum, log)| *sum += f64::from(*n) * log);
        }
        let temper = counts.temper();
        sums.iter_mut().for_each(|sum| *sum *= temper);
        sums
    }
}

/// Part of the sum over classes below which a mixed class is left out; sums are in single precision, whose rounding is larger.
const NEGLIGIBLE: f64 = 1e-12;
/// Number of lanes of the vectors that a row is cut into.
const LANES: usize = 8;
/// Numbers of columns of human documents, of LLM documents and of one mixed class, filled up to whole vectors.
pub const N_HUMAN: usize = HUMAN_GRID.len().next_multiple_of(LANES);
pub const N_LLM: usize = LLM_GRID.len().next_multiple_of(LANES);
pub const N_MIXED: usize = N_PAIRS.next_multiple_of(LANES);

/// The relative likelihoods of a document: 1 for the tilt that explains it best, 0 for columns that only fill up. Aligned as the
/// widest vectors are.
#[derive(Debug, Clone, Copy)]
#[repr(align(32))]
pub struct Row {
    /// Likelihood as a human document, for each tilt.
    pub human: [f32; N_HUMAN],
    /// Likelihood as an LLM document, for each tilt.
    pub llm: [f32; N_LLM],
    /// Likelihood as a document of each mixed class, for each pair of tilts.
    pub mixed: [[f32; N_MIXED]; PARTS.len()],
    /// The largest of these for each mixed class.
    most_mixed: [f32; PARTS.len()],
}

/// The rows of all documents, and how much each counts.
pub struct Likelihoods {
    rows: Vec<Row>,
    n_units: Vec<f64>,
}

/// The unit that alpha is a share of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ShareOf {
    /// Units: a document counts as many times as it has units.
    Units,
    /// Documents: each counts once, a mixed one by its LLM part.
    Documents,
}

impl ShareOf {
    /// Returns how much a document counts.
    pub fn weight(self, counts: &BinCounts) -> f64 {
        match self {
            ShareOf::Units => counts.n_units(),
            ShareOf::Documents => 1.0,
        }
    }
}

impl Row {
    /// Computes the likelihoods of a document.
    pub fn new(counts: &BinCounts, shapes: &LogShapes) -> Row {
        let log = shapes.log_likelihoods(counts, 0..N_COLUMNS);
        let top = log.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let likelihood = |class: usize, at: usize| (log[columns_of(class)][at] - top).exp() as f32;
        let of_pair = |class: usize, at: usize| if at < N_PAIRS { likelihood(class, at) } else { 0.0 };
        let mixed: [[f32; N_MIXED]; PARTS.len()] =
            std::array::from_fn(|part| std::array::from_fn(|at| of_pair(part + 2, at)));
        Row {
            human: std::array::from_fn(|at| if at < HUMAN_GRID.len() { likelihood(0, at) } else { 0.0 }),
            llm: std::array::from_fn(|at| if at < LLM_GRID.len() { likelihood(1, at) } else { 0.0 }),
            most_mixed: mixed.map(|of_pairs| of_pairs.into_iter().fold(0.0, f32::max)),
            mixed,
        }
    }

    /// Returns the weighted likelihood of the document in each class, given the classes' `probabilities` up to a factor; 0 for
    /// one that cannot be or whose part of the sum over classes is negligible.
    #[inline(always)]
    pub fn of_classes(&self, weights: &ColumnWeights, probabilities: &[f64; N_CLASSES]) -> [f64; N_CLASSES] {
        let mut likelihoods = [0.0; N_CLASSES];
        if probabilities[0] > 0.0 {
            likelihoods[0] = dot(&self.human, &weights.human);
        }
        if probabilities[1] > 0.0 {
            likelihoods[1] = dot(&self.llm, &weights.llm);
        }
        let whole = likelihoods[0] * probabilities[0] + likelihoods[1] * probabilities[1];
        for part in 0..PARTS.len() {
            let most = probabilities[part + 2] * f64::from(self.most_mixed[part]);
            if most > NEGLIGIBLE * whole {
                likelihoods[part + 2] = dot(&self.mixed[part], &weights.mixed);
            }
        }
        likelihoods
    }
}

impl Likelihoods {
    /// Computes the rows of all `documents`.
    pub fn new(documents: &[BinCounts], shapes: &LogShapes, of: ShareOf) -> Likelihoods {
        Likelihoods {
            rows: documents.par_iter().map(|counts| Row::new(counts, shapes)).collect(),
            n_units: documents.iter().map(|counts| of.weight(counts)).collect(),
        }
    }

    /// Returns the number of units, or of documents where these are what counts.
    pub fn n_units(&self) -> f64 {
        self.n_units.iter().sum()
    }

    /// Iterates over pieces of documents: their rows, and how much each counts.
    pub fn pieces(&self) -> impl IndexedParallelIterator<Item = (&[Row], &[f64])> {
        self.rows.par_chunks(DOCUMENTS_PER_PIECE).zip(self.n_units.par_chunks(DOCUMENTS_PER_PIECE))
    }
}

/// Returns a sum of products, or 1e-300 if it is smaller. Loops over fixed lanes become vector instructions if inlined.
#[inline(always)]
fn dot<const N: usize>(values: &[f32; N], weights: &[f32; N]) -> f64 {
    let mut sums = [0.0f32; LANES];
    for chunk in 0..N / LANES {
        for lane in 0..LANES {
            sums[lane] += values[chunk * LANES + lane] * weights[chunk * LANES + lane];
        }
    }
    // A compiler that sees how lanes are summed makes vectors of two lanes, which take twice as long.
    let sum = black_box(sums).iter().fold(0.0, |sum, lane| sum + lane);
    f64::from(sum).max(1e-300)
}

/// The probability of each tilt within its class, for given locations and spreads.
pub struct ColumnWeights {
    human: [f32; N_HUMAN],
    llm: [f32; N_LLM],
    mixed: [f32; N_MIXED],
}

/// Minimum spreads of human and LLM tilts in mixed documents, which lie on coarse grids.
const MIN_MIXED_SPREAD: (f64, f64) = (0.08, 0.12);

impl ColumnWeights {
    /// Computes the weights for the location and log spread of each side.
    pub fn new(human: (f64, f64), llm: (f64, f64)) -> ColumnWeights {
        let of_human = MIXED_HUMAN_GRID.normal(human.0, human.1.max(MIN_MIXED_SPREAD.0.ln()));
        let of_llm = MIXED_LLM_GRID.normal(llm.0, llm.1.max(MIN_MIXED_SPREAD.1.ln()));
        let of_pairs: Vec<f64> = of_human.iter().flat_map(|human| of_llm.iter().map(move |llm| human * llm)).collect();
        ColumnWeights {
            human: filled_up(&HUMAN_GRID.normal(human.0, human.1)),
            llm: filled_up(&LLM_GRID.normal(llm.0, llm.1)),
            mixed: filled_up(&of_pairs),
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

fn filled_up<const N: usize>(weights: &[f64]) -> [f32; N] {
    std::array::from_fn(|at| weights.get(at).map_or(0.0, |&weight| weight as f32))
}
