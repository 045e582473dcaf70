//! The E step: what the documents of a corpus say of classes and tilts, summed.

use rayon::prelude::*;

use super::columns::{ColumnWeights, Likelihoods, N_HUMAN, N_LLM, N_MIXED, Row};
use super::parameters::Parameters;
use super::tilt::{HUMAN_GRID, LLM_GRID, MIXED_HUMAN_GRID, MIXED_LLM_GRID, N_CLASSES, PART_OF_CLASS};

/// Mixed classes below this responsibility teach nothing of the tilts.
const LEAST_RESPONSIBILITY: f64 = 1e-3;
/// Number of documents that are summed at one point before the next: their rows fit into the nearest cache.
const DOCUMENTS_AT_A_TIME: usize = 16;
/// Largest factor of a likelihood, so that no sum is infinite where every class is next to impossible.
const MAX_SCALE: f64 = 1e30;

/// Sums over documents.
pub struct Sums {
    /// Log likelihood.
    pub value: f64,
    /// Units by an LLM.
    pub share: f64,
    /// Units by an LLM in mixed documents.
    pub mixed_share: f64,
    /// Documents in each class.
    pub classes: [f64; N_CLASSES],
    /// Units in documents of each class.
    pub units: [f64; N_CLASSES],
    /// Human documents at each tilt.
    pub human: Vec<f64>,
    /// LLM documents at each tilt.
    pub llm: Vec<f64>,
    /// Mixed documents at each tilt of their human part.
    pub mixed_human: Vec<f64>,
    /// Mixed documents at each tilt of their LLM part.
    pub mixed_llm: Vec<f64>,
}

/// A point to sum at. Class k of a document of n units is weighted by exp(tilt n b_k), b_k its LLM part, or where the tilt is positive
/// by exp(tilt n (b_k - 1)), so that none is infinite.
pub struct Point {
    weights: ColumnWeights,
    classes: [f64; N_CLASSES],
    tilt: f64,
    /// Responsibility from which a mixed class of a document counts for the tilts.
    least: f64,
}

impl Point {
    /// Returns the point at these parameters; the tilts of mixed documents are summed only if the fit `learns_from_mixed`.
    pub fn new(Parameters { human, llm, classes }: Parameters, tilt: f64, learns_from_mixed: bool) -> Point {
        let weights = ColumnWeights::new((human.location, human.log_spread), (llm.location, llm.log_spread));
        let least = if learns_from_mixed { LEAST_RESPONSIBILITY } else { f64::INFINITY };
        Point { weights, classes, tilt, least }
    }
}

/// Sums the classes and tilts of all documents at each of the points.
pub fn expect(likelihoods: &Likelihoods, points: &[Point]) -> Vec<Sums> {
    let cpu = pulp::Arch::new();
    let pieces: Vec<Vec<Piece>> =
        likelihoods.pieces().map(|(rows, sizes)| cpu.dispatch(Documents { rows, sizes, points })).collect();
    let of_point = |(at, point): (usize, &Point)| {
        let pieces: Vec<&Piece> = pieces.iter().map(|of_points| &of_points[at]).collect();
        Sums::of(&pieces, &point.weights)
    };
    points.iter().enumerate().map(of_point).collect()
}

/// Some documents, summed with the widest vectors that the machine has; lanes and their order are fixed, so that no sum depends on
/// it. A struct, as pulp compiles the body of a closure for the narrowest vectors alone.
struct Documents<'a> {
    rows: &'a [Row],
    sizes: &'a [f64],
    points: &'a [Point],
}

impl pulp::WithSimd for Documents<'_> {
    type Output = Vec<Piece>;

    #[inline(always)]
    fn with_simd<S: pulp::Simd>(self, _: S) -> Vec<Piece> {
        let mut sums: Vec<Piece> = self.points.iter().map(|_| Piece::zero()).collect();
        let some = self.rows.chunks(DOCUMENTS_AT_A_TIME).zip(self.sizes.chunks(DOCUMENTS_AT_A_TIME));
        for (rows, sizes) in some {
            for (sums, point) in sums.iter_mut().zip(self.points) {
                for (row, n) in rows.iter().zip(sizes) {
                    sums.add(row, *n, point);
                }
            }
        }
        sums
    }
}

/// Sums over some documents; columns without their weights, which all documents share.
struct Piece {
    value: f64,
    classes: [f64; N_CLASSES],
    units: [f64; N_CLASSES],
    human: [f32; N_HUMAN],
    llm: [f32; N_LLM],
    mixed: [f32; N_MIXED],
}

impl Piece {
    fn zero() -> Piece {
        Piece {
            value: 0.0,
            classes: [0.0; N_CLASSES],
            units: [0.0; N_CLASSES],
            human: [0.0; N_HUMAN],
            llm: [0.0; N_LLM],
            mixed: [0.0; N_MIXED],
        }
    }

    #[inline(always)]
    fn add(&mut self, row: &Row, n: f64, Point { weights, classes, tilt, least }: &Point) {
        let tilts = class_tilts(tilt * n);
        let weight: [f64; N_CLASSES] = std::array::from_fn(|class| classes[class] * tilts[class]);
        let likelihood = row.of_classes(weights, &weight);
        let mut sum = 0.0;
        for class in 0..N_CLASSES {
            sum += likelihood[class] * weight[class];
        }
        let sum = f64::max(sum, 1e-300);
        self.value += sum.ln();
        let per_sum = 1.0 / sum;
        for class in 0..N_CLASSES {
            let scale = weight[class] * per_sum;
            let responsibility = likelihood[class] * scale;
            self.classes[class] += responsibility;
            self.units[class] += responsibility * n;
            let scale = scale.min(MAX_SCALE) as f32;
            match class {
                0 => add_scaled(&mut self.human, &row.human, scale),
                1 => add_scaled(&mut self.llm, &row.llm, scale),
                _ if responsibility > *least => {
                    add_scaled(&mut self.mixed, &row.mixed[class - 2], scale);
                }
                _ => {}
            }
        }
    }
}

/// Returns the weights of the classes, given the tilt of a whole document: powers of one exponential, as every part is a
/// multiple of 0.05 and its complement is a part as well.
#[inline(always)]
fn class_tilts(tilt: f64) -> [f64; N_CLASSES] {
    if tilt == 0.0 {
        return [1.0; N_CLASSES];
    }
    let one = (-0.05 * tilt.abs()).exp();
    let two = one * one;
    let five = two * two * one;
    let ten = five * five;
    let (fifteen, eighteen, twenty) = (ten * five, ten * five * two * one, ten * ten);
    if tilt < 0.0 {
        [1.0, twenty, two, five, ten, fifteen, eighteen]
    } else {
        [twenty, 1.0, eighteen, fifteen, ten, five, two]
    }
}

#[inline(always)]
fn add_scaled<const N: usize>(sums: &mut [f32; N], values: &[f32; N], scale: f32) {
    for at in 0..N {
        sums[at] += scale * values[at];
    }
}

impl Sums {
    fn of(pieces: &[&Piece], weights: &ColumnWeights) -> Sums {
        let classes: [f64; N_CLASSES] =
            std::array::from_fn(|class| pieces.iter().map(|piece| piece.classes[class]).sum());
        let units: [f64; N_CLASSES] = std::array::from_fn(|class| pieces.iter().map(|piece| piece.units[class]).sum());
        let of_llm = |class: usize| units[class] * PART_OF_CLASS[class];
        let mixed_share = (2..N_CLASSES).map(of_llm).sum();
        let total = |of: &dyn Fn(&Piece) -> f32| pieces.iter().map(|piece| f64::from(of(piece))).sum::<f64>();
        let weighted = |class: usize, n: usize, of: &dyn Fn(&Piece, usize) -> f32| -> Vec<f64> {
            (0..n).map(|at| total(&|piece| of(piece, at)) * f64::from(weights.of(class)[at])).collect()
        };
        let n_llm = MIXED_LLM_GRID.len();
        let pairs = weighted(2, MIXED_HUMAN_GRID.len() * n_llm, &|piece, at| piece.mixed[at]);
        Sums {
            value: pieces.iter().map(|piece| piece.value).sum(),
            share: of_llm(1) + mixed_share,
            mixed_share,
            classes,
            units,
            human: weighted(0, HUMAN_GRID.len(), &|piece, at| piece.human[at]),
            llm: weighted(1, LLM_GRID.len(), &|piece, at| piece.llm[at]),
            mixed_human: pairs.chunks_exact(n_llm).map(|of_human| of_human.iter().sum()).collect(),
            mixed_llm: (0..n_llm).map(|llm| pairs[llm..].iter().step_by(n_llm).sum()).collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weights_of_classes_are_the_exponentials_of_their_parts() {
        for tilt in [0.0, 0.3, -0.3, 40.0, -40.0, 5000.0, -5000.0] {
            let least = f64::from(u8::from(tilt > 0.0));
            for (weight, part) in class_tilts(tilt).into_iter().zip(PART_OF_CLASS) {
                let expected = (tilt * (part - least)).exp();
                assert!((weight - expected).abs() <= 1e-12 * expected, "{tilt} {part}: {weight} {expected}");
            }
        }
    }
}
