//! The test of a share with several sources: as if estimates were normal around the tested shares, and could not leave the
//! simplex.
//!
//! With one LLM component the statistic and its critical value are those of [`boundary`](super::boundary). With several, the
//! shares within the LLM text are unknown too, and those that are 0 make the estimate of alpha the largest of several: its
//! statistic at alpha = 0 is a mixture of chi-squares with more than one degree of freedom (Self and Liang 1987, J. Am.
//! Stat. Assoc. 82:605), and at small alpha something between. So the critical value is read off draws (as Feldman and
//! Cousins 1998 do): quasi-random, so that the same target always gives the same interval.

use nalgebra::{DMatrix, DVector};
use statrs::distribution::{ChiSquared, ContinuousCDF, Normal};

use crate::mixture::{Blocks, Quadratic};

/// Draws that a critical value is read off.
const N_DRAWS: usize = 1000;
/// Ridge of a covariance relative to its largest entry, for components that nothing tells apart.
const RIDGE: f64 = 1e-9;

/// Shares with normal estimates: the log-likelihood around the tested shares, and the constraint under test.
pub struct LocalTest {
    /// The tested shares of all sources, human first.
    shares: DVector<f64>,
    /// Second derivative in the shares of all sources; 0 for human.
    curvature: DMatrix<f64>,
    /// From standard normal draws to gradients.
    root: DMatrix<f64>,
    /// The observed gradient, as a standard normal draw.
    observed: DVector<f64>,
    tested: Blocks,
}

impl LocalTest {
    /// The test that shares are in `tested`, at the best of such `shares`: with the `mean` score there, its
    /// `covariance`, and the `information` per unit.
    pub fn new(
        shares: &[f64],
        mean: &DVector<f64>,
        mut covariance: DMatrix<f64>,
        information: &DMatrix<f64>,
        tested: Blocks,
    ) -> LocalTest {
        let k = mean.len();
        let ridge = RIDGE * (0..k).map(|i| covariance[(i, i)]).fold(f64::MIN_POSITIVE, f64::max);
        (0..k).for_each(|i| covariance[(i, i)] += ridge);
        let lower = covariance.cholesky().map_or_else(|| DMatrix::identity(k, k), |of| of.l());
        let observed = lower.solve_lower_triangular(mean).unwrap_or_else(|| DVector::zeros(k));
        let half = lower.solve_lower_triangular(information).unwrap_or_else(|| DMatrix::zeros(k, k));
        let mut curvature = DMatrix::zeros(k + 1, k + 1);
        curvature.view_mut((1, 1), (k, k)).copy_from(&(half.transpose() * &half));
        let mut root = DMatrix::zeros(k + 1, k);
        root.view_mut((1, 0), (k, k)).copy_from(&half.transpose());
        LocalTest { shares: DVector::from_row_slice(shares), curvature, root, observed, tested }
    }

    /// Twice the log-likelihood that the tested constraint costs.
    pub fn statistic(&self) -> f64 {
        self.statistics(std::iter::once(&self.observed))[0]
    }

    /// The statistic that a share `level` of draws around the tested shares does not exceed.
    pub fn critical_value(&self, draws: &[DVector<f64>], level: f64) -> f64 {
        let mut statistics = self.statistics(draws.iter());
        let at = ((level * statistics.len() as f64).ceil() as usize).clamp(1, statistics.len()) - 1;
        *statistics.select_nth_unstable_by(at, f64::total_cmp).1
    }

    /// Probability of a statistic at least as large as the one observed, where the tested shares are an end of the
    /// simplex: a mixture of chi-squares, by the number of shares that draws free from 0.
    pub fn p_value_at_end(&self, draws: &[DVector<f64>]) -> f64 {
        let statistic = self.statistic().max(0.0);
        let tail = |n: usize| ChiSquared::new(n as f64).map_or(0.0, |chi| chi.sf(statistic));
        let tails: Vec<f64> = (0..=self.observed.len()).map(tail).collect();
        let simplex = Blocks::simplex(self.shares.len());
        let free = Quadratic::new(&self.curvature, &simplex);
        let n_free = |draw: &DVector<f64>| {
            free.minimise(&self.gradient(draw), &self.shares).iter().skip(1).filter(|share| **share > 0.0).count()
        };
        draws.iter().map(|draw| tails[n_free(draw)]).sum::<f64>() / draws.len() as f64
    }

    fn gradient(&self, draw: &DVector<f64>) -> DVector<f64> {
        &self.curvature * &self.shares + &self.root * draw
    }

    fn statistics<'a>(&self, draws: impl Iterator<Item = &'a DVector<f64>>) -> Vec<f64> {
        let simplex = Blocks::simplex(self.shares.len());
        let (tested, free) = (Quadratic::new(&self.curvature, &self.tested), Quadratic::new(&self.curvature, &simplex));
        let statistic = |draw: &DVector<f64>| {
            let gradient = self.gradient(draw);
            let cost = |x: &DVector<f64>| 0.5 * x.dot(&(&self.curvature * x)) - gradient.dot(x);
            2.0 * (cost(&tested.minimise(&gradient, &self.shares)) - cost(&free.minimise(&gradient, &self.shares)))
        };
        draws.map(statistic).collect()
    }
}

/// Standard normal draws in `k` dimensions, evenly spread (the additive sequence of Roberts 2018, by the inverse normal).
pub fn draws(k: usize) -> Vec<DVector<f64>> {
    let normal = Normal::standard();
    // The root above 1 of x^(k+1) = x + 1, by iteration.
    let phi = (0..60).fold(2.0f64, |x, _| (1.0 + x).powf(1.0 / (k as f64 + 1.0)));
    let coordinate = |draw: usize, i: usize| (0.5 + (draw + 1) as f64 * phi.powi(-(i as i32 + 1))).fract();
    (0..N_DRAWS)
        .map(|draw| DVector::from_fn(k, |i, _| normal.inverse_cdf(coordinate(draw, i).clamp(1e-9, 1.0 - 1e-9))))
        .collect()
}
