//! A small convex quadratic programme over shares: what a Newton step on the simplex, and a projection to it, solve.

use nalgebra::{DMatrix, DVector};

/// Steps are at least this long, multipliers at least this negative, to count; shares are of order 1.
const TOLERANCE: f64 = 1e-12;
/// Ridge relative to the largest diagonal entry, for sources that nothing tells apart.
const RIDGE: f64 = 1e-13;

/// Shares >= 0 that fall into blocks, each with a fixed sum.
#[derive(Debug, Clone)]
pub struct Blocks {
    /// The block of each share.
    pub block_of: Vec<usize>,
    /// The sum of each block's shares.
    pub totals: Vec<f64>,
}

impl Blocks {
    /// All `n` shares sum to 1.
    pub fn simplex(n: usize) -> Blocks {
        Blocks { block_of: vec![0; n], totals: vec![1.0] }
    }

    /// Those of `chosen` sum to `total`, the others to the rest.
    pub fn split(chosen: &[bool], total: f64) -> Blocks {
        let block_of = chosen.iter().map(|&is_chosen| usize::from(is_chosen)).collect();
        Blocks { block_of, totals: vec![1.0 - total, total] }
    }

    /// Even shares within each block.
    pub fn even(&self) -> DVector<f64> {
        let size = |block: usize| self.block_of.iter().filter(|&&of| of == block).count() as f64;
        let share = |&block: &usize| self.totals[block] / size(block);
        DVector::from_iterator(self.block_of.len(), self.block_of.iter().map(share))
    }
}

/// Where x'Hx / 2 - b'x is least over `blocks`, from the feasible `start`; H positive semidefinite.
///
/// Primal active-set method (Nocedal and Wright 2006, algorithm 16.3): shares at 0 are held there until their
/// multiplier says that they should grow.
pub fn minimise_quadratic(h: &DMatrix<f64>, b: &DVector<f64>, blocks: &Blocks, start: DVector<f64>) -> DVector<f64> {
    let n = start.len();
    let mut x = start;
    let mut free: Vec<usize> = (0..n).filter(|&share| x[share] > 0.0).collect();
    for _ in 0..20 * n {
        let (target, multipliers) = minimise_free(h, b, blocks, &free);
        let longest = free.iter().zip(&target).map(|(&share, wanted)| (wanted - x[share]).abs()).fold(0.0, f64::max);
        if longest > TOLERANCE {
            step_towards(&mut x, &mut free, &target);
            continue;
        }
        let slope = h * &x - b;
        let pull = |share: usize| multipliers[blocks.block_of[share]].map(|multiplier| slope[share] - multiplier);
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

/// The minimum over the free shares, with the multiplier of each block that has one.
fn minimise_free(h: &DMatrix<f64>, b: &DVector<f64>, blocks: &Blocks, free: &[usize]) -> (Vec<f64>, Vec<Option<f64>>) {
    let n_blocks = blocks.totals.len();
    let with_free: Vec<usize> =
        (0..n_blocks).filter(|&block| free.iter().any(|&share| blocks.block_of[share] == block)).collect();
    let (n, size) = (free.len(), free.len() + with_free.len());
    let ridge = RIDGE * (0..h.nrows()).map(|i| h[(i, i)]).fold(f64::MIN_POSITIVE, f64::max);
    let mut system = DMatrix::zeros(size, size);
    let mut right = DVector::zeros(size);
    for (i, &share) in free.iter().enumerate() {
        for (j, &other) in free.iter().enumerate() {
            system[(i, j)] = h[(share, other)];
        }
        system[(i, i)] += ridge;
        right[i] = b[share];
    }
    for (row, &block) in with_free.iter().enumerate() {
        for (i, _) in free.iter().enumerate().filter(|(_, share)| blocks.block_of[**share] == block) {
            (system[(n + row, i)], system[(i, n + row)]) = (1.0, -1.0);
        }
        right[n + row] = blocks.totals[block];
    }
    let solution = system.lu().solve(&right).unwrap_or_else(|| DVector::zeros(size));
    let mut multipliers = vec![None; n_blocks];
    with_free.iter().enumerate().for_each(|(row, &block)| multipliers[block] = Some(solution[n + row]));
    (solution.iter().take(n).copied().collect(), multipliers)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn projects_to_the_simplex() {
        let identity = DMatrix::identity(3, 3);
        let project = |point: [f64; 3], blocks: &Blocks| {
            minimise_quadratic(&identity, &DVector::from_row_slice(&point), blocks, blocks.even())
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
            let solution = minimise_quadratic(&h, &b, &blocks, blocks.even());
            assert!((solution.sum() - 1.0).abs() < 1e-9 && solution.min() >= 0.0, "{solution}");
            for _ in 0..50 {
                let other = DVector::from_fn(n, |_, _| -(uniform().abs().ln()));
                let between = &solution * 0.99 + &other / other.sum() * 0.01;
                assert!(value(&between) >= value(&solution) - 1e-10, "{solution} {between}");
            }
        }
    }
}
