//! The test of a share with several sources: as if estimates were normal around the tested shares, and could not leave the
//! simplex.
//!
//! With one LLM component the statistic and its critical value are those of [`boundary`](super::boundary). With several, the
//! shares within the LLM text are unknown too, and those that are 0 make the estimate of alpha the largest of several: its
//! statistic at alpha = 0 is a mixture of chi-squares with more than one degree of freedom (Self and Liang 1987, J. Am.
//! Stat. Assoc. 82:605), and at small alpha something between. So the critical value is read off draws (as Feldman and
//! Cousins 1998 do), which are always the same, so that the same target always gives the same interval.

use nalgebra::{DMatrix, DVector};
use rand::RngExt;
use statrs::distribution::{ChiSquared, ContinuousCDF, Normal};

use super::generator::generator_of;
use crate::mixture::{Blocks, Quadratic, root};

/// Number of draws that a critical value is read off.
const N_DRAWS: usize = 2000;
/// Minimum number of draws beyond a critical value; for higher levels, as with many groups at once, it is extrapolated.
const N_BEYOND: f64 = 20.0;
/// Minimum critical value, in squared standard errors.
const LEAST_CRITICAL_VALUE: f64 = 1e-3;
/// Seed of the draws; independent of the user's, so that it does not change an interval.
const SEED: u64 = 1998;
/// Ridge of a covariance relative to its largest entry, for components that cannot be told apart.
const RIDGE: f64 = 1e-9;

/// Shares with normal estimates: the log-likelihood around the tested shares, and the constraint under test.
pub struct LocalTest {
    /// The tested shares of all sources, human first.
    shares: DVector<f64>,
    /// Second derivative in the shares of all sources; 0 for human.
    curvature: DMatrix<f64>,
    /// The gradient of the quadratic part at the tested shares.
    at_shares: DVector<f64>,
    /// Map from standard normal draws to gradients.
    root: DMatrix<f64>,
    /// The observed gradient, as a standard normal draw.
    observed: DVector<f64>,
    tested: Blocks,
    free: Blocks,
}

impl LocalTest {
    /// Returns the test that shares are in `tested`, at the best of such `shares`: with the `mean` score there, its
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
        let (free, shares) = (Blocks::simplex(shares.len()), DVector::from_row_slice(shares));
        LocalTest { at_shares: &curvature * &shares, shares, curvature, root, observed, tested, free }
    }

    /// Returns twice the log-likelihood that the tested constraint costs.
    pub fn statistic(&self) -> f64 {
        self.statistics(std::iter::once(&self.observed)).next().unwrap_or_default()
    }

    /// Returns the statistic that a share `level` of draws around the tested shares does not exceed; never 0, at which rounding
    /// errors would decide if two components cannot be told apart.
    pub fn critical_value(&self, draws: &[DVector<f64>], level: f64) -> f64 {
        critical_value(&mut self.statistics(draws.iter()).collect::<Vec<_>>(), level, self.observed.len())
    }

    /// Returns the critical value if the statistic exceeds it. Stops drawing as soon as enough draws exceed the statistic.
    pub fn critical_value_exceeded(&self, draws: &[DVector<f64>], level: f64) -> Option<f64> {
        let statistic = self.statistic();
        let n_to_accept = draws.len() - place_of(level, draws.len());
        let (mut drawn, mut n_above) = (Vec::with_capacity(draws.len()), 0);
        for value in self.statistics(draws.iter()) {
            n_above += usize::from(value >= statistic);
            if n_above == n_to_accept {
                return None;
            }
            drawn.push(value);
        }
        Some(critical_value(&mut drawn, level, self.observed.len())).filter(|critical| statistic > *critical)
    }

    /// Returns the probability of a statistic at least as large as the observed one, if the tested shares are an end of the
    /// simplex: a mixture of chi-squares, by the number of shares that draws free from 0.
    pub fn p_value_at_end(&self, draws: &[DVector<f64>]) -> f64 {
        let statistic = self.statistic().max(0.0);
        let tail = |n: usize| ChiSquared::new(n as f64).map_or(0.0, |chi| chi.sf(statistic));
        let tails: Vec<f64> = (0..=self.observed.len()).map(tail).collect();
        let mut free = Quadratic::new(&self.curvature, &self.free);
        let mut gradient = self.no_gradient();
        let n_free = |draw: &DVector<f64>| {
            self.set_gradient(&mut gradient, draw);
            let shares = free.minimise(gradient.as_slice(), self.shares.as_slice());
            shares.iter().skip(1).filter(|share| **share > 0.0).count()
        };
        draws.iter().map(n_free).map(|n| tails[n]).sum::<f64>() / draws.len() as f64
    }

    fn no_gradient(&self) -> DVector<f64> {
        DVector::zeros(self.shares.len())
    }

    fn set_gradient(&self, gradient: &mut DVector<f64>, draw: &DVector<f64>) {
        gradient.copy_from(&self.at_shares);
        gradient.gemv(1.0, &self.root, draw, 1.0);
    }

    fn statistics<'a>(&'a self, draws: impl Iterator<Item = &'a DVector<f64>>) -> impl Iterator<Item = f64> {
        let mut of_tested = Quadratic::new(&self.curvature, &self.tested);
        let mut of_free = Quadratic::new(&self.curvature, &self.free);
        let mut gradient = self.no_gradient();
        draws.map(move |draw| {
            self.set_gradient(&mut gradient, draw);
            let (b, start) = (gradient.as_slice(), self.shares.as_slice());
            2.0 * (of_tested.minimum(b, start) - of_free.minimum(b, start))
        })
    }
}

/// Returns the highest level that this number of draws tells.
fn highest_level(n_draws: usize) -> f64 {
    (1.0 - N_BEYOND / n_draws as f64).max(0.0)
}

/// Returns the place of the critical value among the sorted draws.
fn place_of(level: f64, n_draws: usize) -> usize {
    ((level.min(highest_level(n_draws)) * n_draws as f64).ceil() as usize).clamp(1, n_draws) - 1
}

/// Returns the critical value that the `drawn` statistics of `k` components show.
fn critical_value(drawn: &mut [f64], level: f64, k: usize) -> f64 {
    let (place, highest) = (place_of(level, drawn.len()), highest_level(drawn.len()));
    let at_place = drawn.select_nth_unstable_by(place, f64::total_cmp).1.max(LEAST_CRITICAL_VALUE);
    if level > highest { beyond_the_draws(at_place, highest, level, k) } else { at_place }
}

/// Returns the critical value at `level`, given that it is `drawn` at the lower level `drawn_level`: the tail falls as that of a
/// chi-square with `k` degrees of freedom, and no mixture of chi-squares with at most as many falls more slowly, so it is not too small.
fn beyond_the_draws(drawn: f64, drawn_level: f64, level: f64, k: usize) -> f64 {
    let Ok(chi) = ChiSquared::new(k as f64) else { return drawn };
    let tail = (chi.sf(drawn) * (1.0 - level) / (1.0 - drawn_level)).ln();
    let mut far = 2.0 * drawn + 10.0;
    while chi.sf(far).ln() > tail {
        far *= 2.0;
    }
    root(|value| chi.sf(value).ln() - tail, drawn, far)
}

/// Returns standard normal draws in `k` dimensions, always the same: a Latin hypercube, which has every quantile of each
/// dimension once, and so needs fewer draws than independent ones.
pub fn draws(k: usize) -> Vec<DVector<f64>> {
    let normal = Normal::standard();
    let quantile = |place: usize| normal.inverse_cdf((place as f64 + 0.5) / N_DRAWS as f64);
    let mut generator = generator_of(SEED, k as u64);
    let orders: Vec<Vec<usize>> = (0..k)
        .map(|_| {
            let mut order: Vec<usize> = (0..N_DRAWS).collect();
            (1..N_DRAWS).rev().for_each(|last| order.swap(last, generator.random_range(0..last + 1)));
            order
        })
        .collect();
    (0..N_DRAWS).map(|draw| DVector::from_fn(k, |i, _| quantile(orders[i][draw]))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::interval::boundary::{constrained_square, critical_value};

    /// Builds a test of one component with information 1 per unit and a standard error of 0.1 at the tested share.
    fn alone(share: f64, z: f64) -> LocalTest {
        let (mean, information) = (DVector::from_element(1, z * 0.1), DMatrix::identity(1, 1));
        let tested = Blocks::split(&[false, true], share);
        LocalTest::new(&[1.0 - share, share], &mean, DMatrix::from_element(1, 1, 0.01), &information, tested)
    }

    #[test]
    fn with_one_component_it_is_the_closed_form() {
        let normal = Normal::standard();
        let draws = draws(1);
        for share in [0.0, 0.03, 0.1, 0.25, 0.5] {
            for z in [-3.0, -1.5, 0.4, 2.2] {
                let expected = if z < 0.0 { constrained_square(-z, share * 10.0) } else { z * z };
                let found = alone(share, z).statistic();
                assert!((found - expected).abs() < 1e-6, "{share} {z}: {found} {expected}");
            }
            let (drawn, exact) = (
                alone(share, 0.0).critical_value(&draws, 0.95),
                critical_value(0.95, share * 10.0, (1.0 - share) * 10.0),
            );
            assert!((drawn - exact).abs() < 0.06, "{share}: {drawn} {exact}");
        }
        let p_value = alone(0.0, 1.7).p_value_at_end(&draws);
        assert!((p_value - normal.sf(1.7)).abs() < 1e-4, "{p_value}");
    }

    #[test]
    fn draws_that_end_early_decide_as_all_of_them_do() {
        let (k, draws) = (3, draws(3));
        let information = DMatrix::from_fn(k, k, |i, j| if i == j { 1.0 } else { 0.4 });
        let mut n_exceeded = 0;
        for share in [0.0, 0.02, 0.1, 0.3] {
            let shares = [1.0 - share - 0.1, share, 0.1, 0.0];
            for step in 0..12 {
                let mean = DVector::from_element(k, f64::from(step) * 0.04 - 0.2);
                let tested = Blocks::split(&[false, true, false, false], share);
                let test = LocalTest::new(&shares, &mean, DMatrix::identity(k, k) * 0.01, &information, tested);
                for level in [0.5, 0.95, 0.9999] {
                    let all = test.critical_value(&draws, level);
                    let expected = Some(all).filter(|critical| test.statistic() > *critical);
                    assert_eq!(test.critical_value_exceeded(&draws, level), expected, "{share} {step} {level}");
                    n_exceeded += usize::from(expected.is_some());
                }
            }
        }
        assert!((20..124).contains(&n_exceeded), "{n_exceeded}");
    }

    /// Tests levels that 2,000 draws cannot tell: never below the exact value, and not far above it.
    #[test]
    fn levels_beyond_the_draws_are_at_least_the_exact_ones() {
        for (n_free, k) in [(1, 5), (3, 5), (5, 5), (1, 1)] {
            let chi = ChiSquared::new(n_free as f64).unwrap();
            for level in [0.995, 0.9975, 0.9999, 0.999_999] {
                let (exact, drawn) = (chi.inverse_cdf(level), chi.inverse_cdf(0.99));
                let found = beyond_the_draws(drawn, 0.99, level, k);
                assert!(found > exact - 1e-6 && found < 1.3 * exact, "{n_free} {k} {level}: {found} {exact}");
            }
        }
        let far = [0.99, 0.999, 0.9999].map(|level| alone(0.0, 0.0).critical_value(&draws(1), level));
        let exact = [0.99, 0.999, 0.9999].map(|level| critical_value(level, 0.0, 10.0));
        assert!(far[0] < far[1] && far[1] < far[2], "{far:?}");
        assert!(far.iter().zip(exact).all(|(far, exact)| (far - exact).abs() < 0.1 * exact), "{far:?} {exact:?}");
    }

    #[test]
    fn draws_are_standard_normal_and_independent() {
        for k in [1, 2, 4, 8] {
            let draws = draws(k);
            let mean = |f: &dyn Fn(&DVector<f64>) -> f64| draws.iter().map(f).sum::<f64>() / draws.len() as f64;
            for i in 0..k {
                assert!(mean(&|x| x[i]).abs() < 0.02 && (mean(&|x| x[i] * x[i]) - 1.0).abs() < 0.04, "{k} {i}");
                (0..i).for_each(|j| assert!(mean(&|x| x[i] * x[j]).abs() < 0.05, "{k} {i} {j}"));
            }
        }
    }

    /// Tests K independent components, none of which is in the target: the estimate of alpha is the sum of their positive parts.
    #[test]
    fn at_zero_the_test_of_several_components_has_its_level() {
        let (k, level) = (4, 0.95);
        let mut shares = vec![0.0; k + 1];
        shares[0] = 1.0;
        let chosen: Vec<bool> = (0..=k).map(|source| source > 0).collect();
        let test = |mean: DVector<f64>| {
            let covariance = DMatrix::identity(k, k) * 1e-6;
            LocalTest::new(&shares, &mean, covariance, &DMatrix::identity(k, k), Blocks::split(&chosen, 0.0))
        };
        let critical = test(DVector::zeros(k)).critical_value(&draws(k), level);
        // Chi-square mixture with binomial weights: P(T <= c) = sum_j C(4, j) / 16 P(chi2_j <= c).
        let cdf = |j: usize| ChiSquared::new(j as f64).unwrap().cdf(critical);
        let exact = (1.0 + 4.0 * cdf(1) + 6.0 * cdf(2) + 4.0 * cdf(3) + cdf(4)) / 16.0;
        assert!((exact - level).abs() < 0.006, "{critical} {exact}");
        let mut generator = crate::interval::generator_of(5, 0);
        let normal = Normal::standard();
        let (n, few) = (2000, &draws(k)[..200]);
        let mut n_small_p = 0;
        for _ in 0..n {
            let mean = DVector::from_fn(k, |_, _| {
                1e-3 * normal.inverse_cdf(rand::RngExt::random_range(&mut generator, 1e-12..1.0f64))
            });
            n_small_p += usize::from(test(mean).p_value_at_end(few) <= 0.05);
        }
        assert!((n_small_p as f64 / n as f64 - 0.05).abs() < 0.015, "{n_small_p} of {n}");
    }
}
