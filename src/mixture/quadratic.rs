//! A small convex quadratic programme over shares, as in a Newton step on the simplex or a projection to it.

use std::collections::HashMap;

use foldhash::fast::FixedState;
use nalgebra::{DMatrix, DVector};

/// Minimum length of a step, and minimum size of a negative multiplier, to count; shares are of order 1.
const TOLERANCE: f64 = 1e-12;
/// Ridge relative to the largest diagonal entry, for sources that cannot be told apart.
const RIDGE: f64 = 1e-13;

/// Shares >= 0 in blocks, each with a fixed sum.
#[derive(Debug, Clone)]
pub(crate) struct Blocks {
    /// The block of each share.
    pub block_of: Vec<usize>,
    /// The sum of each block's shares.
    pub totals: Vec<f64>,
}

impl Blocks {
    /// Returns the simplex: all `n` shares sum to 1.
    pub fn simplex(n: usize) -> Blocks {
        Blocks { block_of: vec![0; n], totals: vec![1.0] }
    }

    /// Returns the blocks in which the shares of `chosen` sum to `total`, the others to the rest.
    pub fn split(chosen: &[bool], total: f64) -> Blocks {
        let block_of = chosen.iter().map(|&is_chosen| usize::from(is_chosen)).collect();
        Blocks { block_of, totals: vec![1.0 - total, total] }
    }

    /// Returns `shares` scaled to the blocks' sums; even shares in a block where all are 0.
    pub fn near(&self, shares: &[f64]) -> Vec<f64> {
        let sum = |block: usize| -> f64 {
            shares.iter().zip(&self.block_of).filter(|(_, of)| **of == block).map(|(share, _)| share).sum()
        };
        let (sums, even): (Vec<f64>, _) = ((0..self.totals.len()).map(sum).collect(), self.even());
        let place = |(at, &block): (usize, &usize)| match sums[block] > 0.0 {
            true => shares[at] / sums[block] * self.totals[block],
            false => even[at],
        };
        self.block_of.iter().enumerate().map(place).collect()
    }

    /// Returns even shares within each block.
    pub fn even(&self) -> DVector<f64> {
        let size = |block: usize| self.block_of.iter().filter(|&&of| of == block).count() as f64;
        let share = |&block: &usize| self.totals[block] / size(block);
        DVector::from_iterator(self.block_of.len(), self.block_of.iter().map(share))
    }
}

/// The function x'Hx / 2 - b'x over shares in blocks, H positive semidefinite, for any number of b.
///
/// An interval solves many thousand small ones, so that nothing is allocated for one of them.
pub(crate) struct Quadratic<'a> {
    h: &'a DMatrix<f64>,
    blocks: &'a Blocks,
    /// Solvers of the problem with only some shares free, and their places by the free shares.
    solvers: Vec<Solver>,
    places: HashMap<Vec<usize>, usize, FixedState>,
    /// The point at hand.
    x: Vec<f64>,
    /// The shares that are free there.
    free: Vec<usize>,
    /// The minimum over these: the free shares, and the multipliers of their blocks.
    target: Vec<f64>,
    /// The slope Hx - b.
    slope: Vec<f64>,
}

impl<'a> Quadratic<'a> {
    /// Returns the problem with this H, symmetric, over `blocks`.
    pub fn new(h: &'a DMatrix<f64>, blocks: &'a Blocks) -> Quadratic<'a> {
        let (places, slope) = (HashMap::default(), vec![0.0; h.nrows()]);
        Quadratic { h, blocks, solvers: vec![], places, x: vec![], free: vec![], target: vec![], slope }
    }

    /// Returns the minimum for `b`, from the feasible `start`.
    ///
    /// Primal active-set method (Nocedal and Wright 2006, algorithm 16.3): shares at 0 are held there until their
    /// multiplier says that they should grow.
    pub fn minimise(&mut self, b: &[f64], start: &[f64]) -> &[f64] {
        let n = start.len();
        self.x.clear();
        self.x.extend_from_slice(start);
        self.free.clear();
        self.free.extend((0..n).filter(|&share| start[share] > 0.0));
        for _ in 0..20 * n {
            let solver = self.solver();
            let solver = &self.solvers[solver];
            solver.solve(b, &self.free, &self.blocks.totals, &mut self.target);
            let wanted = self.free.iter().zip(&self.target);
            let longest = wanted.map(|(&share, wanted)| (wanted - self.x[share]).abs()).fold(0.0, f64::max);
            if longest > TOLERANCE && step_towards(&mut self.x, &mut self.free, &self.target) {
                continue;
            }
            set_slope(&mut self.slope, self.h, &self.x, b);
            let multipliers = &self.target[self.free.len()..];
            let pull = |share: usize| {
                let of_block = solver.blocks.iter().position(|block| *block == self.blocks.block_of[share])?;
                Some((share, self.slope[share] - multipliers[of_block]))
            };
            let held = (0..n).filter(|share| !self.free.contains(share));
            let wants = held.filter_map(pull).min_by(|a, b| a.1.total_cmp(&b.1));
            let steepest = self.slope.iter().fold(0.0, |most: f64, slope| most.max(slope.abs()));
            match wants {
                Some((share, pull)) if pull < -TOLERANCE * (1.0 + steepest) => {
                    self.free.push(share);
                    self.free.sort_unstable();
                }
                _ => break,
            }
        }
        &self.x
    }

    /// Returns the place of the solver for the free shares.
    fn solver(&mut self) -> usize {
        self.places.get(&self.free).copied().unwrap_or_else(|| {
            self.solvers.push(Solver::new(self.h, self.blocks, &self.free));
            self.places.insert(self.free.clone(), self.solvers.len() - 1);
            self.solvers.len() - 1
        })
    }

    /// Returns the function at its minimum for `b`, which is sought from the feasible `start`.
    pub fn minimum(&mut self, b: &[f64], start: &[f64]) -> f64 {
        self.minimise(b, start);
        set_slope(&mut self.slope, self.h, &self.x, b);
        self.x.iter().zip(&self.slope).zip(b).map(|((x, slope), b)| 0.5 * x * (slope - b)).sum()
    }
}

/// Sets `slope` to Hx - b.
fn set_slope(slope: &mut [f64], h: &DMatrix<f64>, x: &[f64], b: &[f64]) {
    slope.iter_mut().zip(b).for_each(|(slope, b)| *slope = -b);
    for (column, x) in h.as_slice().chunks_exact(x.len()).zip(x).filter(|(_, x)| **x != 0.0) {
        slope.iter_mut().zip(column).for_each(|(slope, h)| *slope += h * x);
    }
}

/// The factorised equations for some free shares and for the multipliers of the blocks that have any.
struct Solver {
    /// Rows of both factors, the diagonal of the lower one being 1; `None` if the equations have no solution.
    factors: Option<Vec<f64>>,
    /// Place of each row among the equations.
    places: Vec<usize>,
    blocks: Vec<usize>,
}

impl Solver {
    fn new(h: &DMatrix<f64>, Blocks { block_of, totals }: &Blocks, free: &[usize]) -> Solver {
        let blocks: Vec<usize> =
            (0..totals.len()).filter(|block| free.iter().any(|&share| block_of[share] == *block)).collect();
        let (n, size) = (free.len(), free.len() + blocks.len());
        let ridge = RIDGE * (0..h.nrows()).map(|i| h[(i, i)]).fold(f64::MIN_POSITIVE, f64::max);
        let mut system = DMatrix::zeros(size, size);
        for (i, &share) in free.iter().enumerate() {
            free.iter().enumerate().for_each(|(j, &other)| system[(i, j)] = h[(share, other)]);
            system[(i, i)] += ridge;
        }
        for (row, &block) in blocks.iter().enumerate() {
            for (i, _) in free.iter().enumerate().filter(|(_, share)| block_of[**share] == block) {
                (system[(n + row, i)], system[(i, n + row)]) = (1.0, -1.0);
            }
        }
        let lu = system.lu();
        let mut places = DVector::from_iterator(size, 0..size);
        lu.p().permute_rows(&mut places);
        let rows = lu.lu_internal();
        let is_solvable = (0..size).all(|i| rows[(i, i)] != 0.0);
        let factors = is_solvable.then(|| rows.transpose().as_slice().to_vec());
        Solver { factors, places: places.as_slice().to_vec(), blocks }
    }

    /// Sets `solution` to the free shares and the multipliers of their blocks; to zeros if there is no solution.
    fn solve(&self, b: &[f64], free: &[usize], totals: &[f64], solution: &mut Vec<f64>) {
        let (n, size) = (free.len(), self.places.len());
        let right = |place: usize| if place < n { b[free[place]] } else { totals[self.blocks[place - n]] };
        solution.clear();
        let Some(factors) = &self.factors else { return solution.resize(size, 0.0) };
        for (row, &place) in factors.chunks_exact(size).zip(&self.places) {
            let known: f64 = row.iter().zip(solution.iter()).map(|(factor, value)| factor * value).sum();
            solution.push(right(place) - known);
        }
        for (at, row) in factors.chunks_exact(size).enumerate().rev() {
            let known: f64 = row[at + 1..].iter().zip(&solution[at + 1..]).map(|(factor, value)| factor * value).sum();
            solution[at] = (solution[at] - known) / row[at];
        }
    }
}

/// Moves the free shares to `target`, or towards it until one is 0 and no longer free; returns whether one is.
fn step_towards(x: &mut [f64], free: &mut Vec<usize>, target: &[f64]) -> bool {
    let (mut length, mut blocking) = (1.0, None);
    for (place, (&share, wanted)) in free.iter().zip(target).enumerate() {
        let towards_zero = x[share] / (x[share] - wanted);
        if *wanted < 0.0 && towards_zero < length {
            (length, blocking) = (towards_zero, Some(place));
        }
    }
    for (&share, wanted) in free.iter().zip(target) {
        x[share] = (x[share] + length * (wanted - x[share])).max(0.0);
    }
    if let Some(place) = blocking {
        x[free.remove(place)] = 0.0;
    }
    blocking.is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn projects_to_the_simplex() {
        let identity = DMatrix::identity(3, 3);
        let project = |point: [f64; 3], blocks: &Blocks| {
            DVector::from_row_slice(Quadratic::new(&identity, blocks).minimise(&point, blocks.even().as_slice()))
        };
        let simplex = Blocks::simplex(3);
        assert!((project([0.2, 0.3, 0.5], &simplex) - DVector::from_row_slice(&[0.2, 0.3, 0.5])).amax() < 1e-12);
        assert!((project([1.2, 0.4, -3.0], &simplex) - DVector::from_row_slice(&[0.9, 0.1, 0.0])).amax() < 1e-12);
        assert!((project([9.0, 0.0, 0.0], &simplex) - DVector::from_row_slice(&[1.0, 0.0, 0.0])).amax() < 1e-12);
        let split = Blocks::split(&[false, true, true], 0.4);
        assert!((project([9.0, 0.0, 0.6], &split) - DVector::from_row_slice(&[0.6, 0.0, 0.4])).amax() < 1e-12);
        let nothing = Blocks::split(&[false, true, true], 0.0);
        assert!((project([0.1, 5.0, 5.0], &nothing) - DVector::from_row_slice(&[1.0, 0.0, 0.0])).amax() < 1e-12);
    }

    #[test]
    fn no_point_near_the_solution_is_better() {
        let mut generator = crate::interval::generator_of(3, 0);
        let mut uniform = || rand::RngExt::random_range(&mut generator, -1.0..1.0f64);
        for _ in 0..200 {
            let n = 5;
            let root = DMatrix::from_fn(n, n, |_, _| uniform());
            let (h, b) = (root.transpose() * &root, DVector::from_fn(n, |_, _| 3.0 * uniform()));
            let blocks = Blocks::simplex(n);
            let value = |x: &DVector<f64>| 0.5 * x.dot(&(&h * x)) - b.dot(x);
            let mut quadratic = Quadratic::new(&h, &blocks);
            let solution = DVector::from_row_slice(quadratic.minimise(b.as_slice(), blocks.even().as_slice()));
            assert!((quadratic.minimum(b.as_slice(), blocks.even().as_slice()) - value(&solution)).abs() < 1e-12);
            assert!((solution.sum() - 1.0).abs() < 1e-9 && solution.min() >= 0.0, "{solution}");
            for _ in 0..50 {
                let other = DVector::from_fn(n, |_, _| -(uniform().abs().ln()));
                let between = &solution * 0.99 + &other / other.sum() * 0.01;
                assert!(value(&between) >= value(&solution) - 1e-10, "{solution} {between}");
            }
        }
    }
}
