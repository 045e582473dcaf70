//! A small convex quadratic programme over shares, as in a Newton step on the simplex or a projection to it.

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

use foldhash::fast::FixedState;
use nalgebra::linalg::LU;
use nalgebra::{DMatrix, DVector, Dyn};

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
pub(crate) struct Quadratic<'a> {
    h: &'a DMatrix<f64>,
    blocks: &'a Blocks,
    /// Solvers of the problem with only some shares free, for every set of free shares that has come up.
    solvers: RefCell<HashMap<Vec<usize>, Rc<Solver>, FixedState>>,
}

/// The factorised equations for some free shares and for the multipliers of the blocks that have any.
struct Solver {
    factors: LU<f64, Dyn, Dyn>,
    blocks: Vec<usize>,
}

impl<'a> Quadratic<'a> {
    /// Returns the problem with this H, symmetric, over `blocks`.
    pub fn new(h: &'a DMatrix<f64>, blocks: &'a Blocks) -> Quadratic<'a> {
        Quadratic { h, blocks, solvers: RefCell::default() }
    }

    /// Returns the minimum for `b`, from the feasible `start`.
    ///
    /// Primal active-set method (Nocedal and Wright 2006, algorithm 16.3): shares at 0 are held there until their
    /// multiplier says that they should grow.
    pub fn minimise(&self, b: &DVector<f64>, start: &DVector<f64>) -> DVector<f64> {
        let n = start.len();
        let mut x = start.clone();
        let mut free: Vec<usize> = (0..n).filter(|&share| x[share] > 0.0).collect();
        for _ in 0..20 * n {
            let (target, multipliers) = self.minimise_free(b, &free);
            let longest =
                free.iter().zip(&target).map(|(&share, wanted)| (wanted - x[share]).abs()).fold(0.0, f64::max);
            if longest > TOLERANCE {
                step_towards(&mut x, &mut free, &target);
                continue;
            }
            let slope = self.h * &x - b;
            let pull =
                |share: usize| multipliers[self.blocks.block_of[share]].map(|multiplier| slope[share] - multiplier);
            let held = (0..n).filter(|share| !free.contains(share));
            let wants = held.filter_map(|share| Some((share, pull(share)?))).min_by(|a, b| a.1.total_cmp(&b.1));
            match wants {
                Some((share, pull)) if pull < -TOLERANCE * (1.0 + slope.amax()) => {
                    free.push(share);
                    free.sort_unstable();
                }
                _ => break,
            }
        }
        x
    }

    /// Returns the minimum over the free shares, with the multiplier of each block that has one.
    fn minimise_free(&self, b: &DVector<f64>, free: &[usize]) -> (Vec<f64>, Vec<Option<f64>>) {
        let known = self.solvers.borrow().get(free).cloned();
        let solver = known.unwrap_or_else(|| {
            let new = Rc::new(self.solver(free));
            self.solvers.borrow_mut().insert(free.to_vec(), Rc::clone(&new));
            new
        });
        let right =
            free.iter().map(|&share| b[share]).chain(solver.blocks.iter().map(|&block| self.blocks.totals[block]));
        let mut solution = DVector::from_iterator(free.len() + solver.blocks.len(), right);
        if !solver.factors.solve_mut(&mut solution) {
            solution.fill(0.0);
        }
        let mut multipliers = vec![None; self.blocks.totals.len()];
        let of_blocks = solution.iter().skip(free.len());
        solver.blocks.iter().zip(of_blocks).for_each(|(&block, &multiplier)| multipliers[block] = Some(multiplier));
        (solution.iter().take(free.len()).copied().collect(), multipliers)
    }

    fn solver(&self, free: &[usize]) -> Solver {
        let block_of = &self.blocks.block_of;
        let blocks: Vec<usize> =
            (0..self.blocks.totals.len()).filter(|block| free.iter().any(|&share| block_of[share] == *block)).collect();
        let (n, size) = (free.len(), free.len() + blocks.len());
        let ridge = RIDGE * (0..self.h.nrows()).map(|i| self.h[(i, i)]).fold(f64::MIN_POSITIVE, f64::max);
        let mut system = DMatrix::zeros(size, size);
        for (i, &share) in free.iter().enumerate() {
            free.iter().enumerate().for_each(|(j, &other)| system[(i, j)] = self.h[(share, other)]);
            system[(i, i)] += ridge;
        }
        for (row, &block) in blocks.iter().enumerate() {
            for (i, _) in free.iter().enumerate().filter(|(_, share)| block_of[**share] == block) {
                (system[(n + row, i)], system[(i, n + row)]) = (1.0, -1.0);
            }
        }
        Solver { factors: system.lu(), blocks }
    }
}

/// Moves the free shares towards `target` until there, or until one is 0 and no longer free.
fn step_towards(x: &mut DVector<f64>, free: &mut Vec<usize>, target: &[f64]) {
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
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn projects_to_the_simplex() {
        let identity = DMatrix::identity(3, 3);
        let project = |point: [f64; 3], blocks: &Blocks| {
            Quadratic::new(&identity, blocks).minimise(&DVector::from_row_slice(&point), &blocks.even())
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
            let solution = Quadratic::new(&h, &blocks).minimise(&b, &blocks.even());
            assert!((solution.sum() - 1.0).abs() < 1e-9 && solution.min() >= 0.0, "{solution}");
            for _ in 0..50 {
                let other = DVector::from_fn(n, |_, _| -(uniform().abs().ln()));
                let between = &solution * 0.99 + &other / other.sum() * 0.01;
                assert!(value(&between) >= value(&solution) - 1e-10, "{solution} {between}");
            }
        }
    }
}
