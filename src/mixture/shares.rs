//! The maximum-likelihood shares of K + 1 sources.

use nalgebra::{DMatrix, DVector};

use super::quadratic::{Blocks, Quadratic};
use super::weighted_alpha;

/// Maximum number of Newton steps, after which the search ends whatever the slope; it takes about ten.
const MAX_STEPS: usize = 200;
/// Minimum gain in log-likelihood per unit that a step must promise.
const LEAST_GAIN: f64 = 1e-17;
/// Rounding error of a log-likelihood per unit.
const ROUNDING: f64 = 1e-15;

/// Units by their density ratios: `n_units[i]` units have the ratios f_k / f_human - 1 = `excess[i * k..][..k]`.
#[derive(Debug, Clone, Copy)]
pub struct Ratios<'a> {
    /// Number of LLM components, K.
    pub(crate) k: usize,
    /// The K ratios less one of each kind of unit.
    pub(crate) excess: &'a [f64],
    /// Number of units of each kind.
    pub(crate) n_units: &'a [f64],
}

/// Minimum ratio of mixture to human density; its square does not vanish.
const LEAST_RATIO: f64 = 1e-100;

/// The log-likelihood's first two derivatives per unit in the K LLM shares.
pub(crate) struct Derivatives {
    /// First derivatives: the mean unit scores.
    pub gradient: DVector<f64>,
    /// Minus the second derivative.
    pub information: DMatrix<f64>,
}

impl<'a> Ratios<'a> {
    /// Returns the kinds of units with these ratios less one, K for each kind, and these numbers of units.
    pub fn new(excess: &'a [f64], n_units: &'a [f64]) -> Ratios<'a> {
        Ratios { k: (excess.len() / n_units.len().max(1)).max(1), excess, n_units }
    }
}

impl Ratios<'_> {
    /// Returns the log-likelihood per unit relative to human text alone, in nats; `shares` of all K + 1 sources, human first.
    pub fn log_likelihood(&self, shares: &[f64]) -> f64 {
        let kinds = self.excess.chunks_exact(self.k).zip(self.n_units);
        let sum: f64 = kinds.map(|(excess, n)| n * mixture(excess, shares).ln()).sum();
        sum / self.total()
    }

    /// Returns the maximum-likelihood shares, human first (Liang et al. 2024, equation 6, for more than two sources).
    ///
    /// The log-likelihood is concave, so the maximum is unique up to sources with the same ratios.
    ///
    /// ```
    /// use llm_prevalence::mixture::Ratios;
    ///
    /// // Two kinds of units, 30 and 10 of them: the first is half as likely by the LLM, the second twice.
    /// let shares = Ratios::new(&[-0.5, 1.0], &[30.0, 10.0]).shares();
    /// assert_eq!(shares, [1.0, 0.0]);
    /// ```
    pub fn shares(&self) -> Vec<f64> {
        if self.k == 1 {
            let alpha = weighted_alpha(self.excess, self.n_units);
            return vec![1.0 - alpha, alpha];
        }
        let simplex = Blocks::simplex(self.k + 1);
        self.shares_within(&simplex, simplex.even().as_slice())
    }

    /// Returns the maximum-likelihood shares of all sources within `blocks`, human first, searched from `start`, which is within.
    ///
    /// Takes Newton steps, each a quadratic programme, with a line search (Kim et al. 2020, J. Comput. Graph. Stat. 29:261).
    pub(crate) fn shares_within(&self, blocks: &Blocks, start: &[f64]) -> Vec<f64> {
        let mut all = DVector::from_row_slice(start);
        for _ in 0..MAX_STEPS {
            let here = self.derivatives(all.as_slice());
            let (mut h, mut slope) = (DMatrix::zeros(self.k + 1, self.k + 1), DVector::zeros(self.k + 1));
            h.view_mut((1, 1), (self.k, self.k)).copy_from(&here.information);
            slope.rows_mut(1, self.k).copy_from(&here.gradient);
            let b = &h * &all + &slope;
            let step =
                DVector::from_row_slice(Quadratic::new(&h, blocks).minimise(b.as_slice(), all.as_slice())) - &all;
            let gain = slope.dot(&step);
            if gain.is_nan() || gain <= LEAST_GAIN {
                break;
            }
            let before = self.log_likelihood(all.as_slice());
            let mut length = 1.0;
            let mut next = &all + &step;
            while self.log_likelihood(next.as_slice()) < before + 1e-4 * length * gain - ROUNDING && length > 1e-9 {
                length /= 2.0;
                next = &all + &step * length;
            }
            if length <= 1e-9 {
                break;
            }
            all = next.map(|share| share.clamp(0.0, 1.0));
        }
        all.as_slice().to_vec()
    }

    /// Returns the number of units.
    pub fn total(&self) -> f64 {
        self.n_units.iter().sum()
    }

    /// Returns the derivatives of a unit's log-likelihood in the K LLM shares, (f_k - f_human) / mixture, for every kind of unit.
    pub fn unit_scores(&self, shares: &[f64]) -> Vec<f64> {
        let mut scores = self.excess.to_vec();
        for of_kind in scores.chunks_exact_mut(self.k) {
            let mixture = mixture(of_kind, shares);
            of_kind.iter_mut().for_each(|w| *w /= mixture);
        }
        scores
    }

    /// Returns the gradient and observed information per unit, at the shares of all sources.
    pub(crate) fn derivatives(&self, shares: &[f64]) -> Derivatives {
        let (k, total) = (self.k, self.total());
        let (mut sums, mut products) = (vec![0.0; k], vec![0.0; k * k]);
        for (scores, n) in self.unit_scores(shares).chunks_exact(k).zip(self.n_units) {
            for (i, score) in scores.iter().enumerate() {
                let weighted = n * score;
                sums[i] += weighted;
                let row = &mut products[i * k..][..=i];
                row.iter_mut().zip(scores).for_each(|(sum, other)| *sum += weighted * other);
            }
        }
        let gradient = DVector::from_iterator(k, sums.iter().map(|sum| sum / total));
        let mut information = DMatrix::from_row_slice(k, k, &products) / total;
        information.fill_upper_triangle_with_lower_triangle();
        Derivatives { gradient, information }
    }
}

/// Returns f_mixture / f_human of a unit; kept above 0 where the human share is 0 and every ratio vanishes.
fn mixture(excess: &[f64], shares: &[f64]) -> f64 {
    let of_llms: f64 = excess.iter().zip(&shares[1..]).map(|(w, share)| share * (1.0 + w)).sum();
    (shares[0] + of_llms).max(LEAST_RATIO)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::interval::generator_of;
    use rand::RngExt;

    /// Finds the shares in the slow, obvious way: share of each source in each unit, averaged, until nothing moves.
    fn expectation_maximisation(ratios: Ratios<'_>, n_steps: usize) -> Vec<f64> {
        let mut shares = vec![1.0 / (ratios.k + 1) as f64; ratios.k + 1];
        for _ in 0..n_steps {
            let mut sums = vec![0.0; ratios.k + 1];
            for (excess, n) in ratios.excess.chunks_exact(ratios.k).zip(ratios.n_units) {
                let weighted: Vec<f64> = std::iter::once(shares[0])
                    .chain(excess.iter().zip(&shares[1..]).map(|(w, share)| share * (w + 1.0)))
                    .collect();
                let total: f64 = weighted.iter().sum();
                sums.iter_mut().zip(weighted).for_each(|(sum, part)| *sum += n * part / total);
            }
            shares = sums.iter().map(|sum| sum / ratios.total()).collect();
        }
        shares
    }

    /// Returns kinds of units of K sources, some of which have no share in the target.
    fn target(k: usize, case: u64) -> (Vec<f64>, Vec<f64>) {
        let mut generator = generator_of(case, k as u64);
        let n_kinds = 60;
        let mut density = |spread: f64| {
            let raw: Vec<f64> = (0..n_kinds).map(|_| (spread * generator.random_range(-1.0..1.0f64)).exp()).collect();
            let total: f64 = raw.iter().sum();
            raw.into_iter().map(|value| value / total).collect::<Vec<f64>>()
        };
        let densities: Vec<Vec<f64>> = (0..=k).map(|source| density(1.0 + source as f64)).collect();
        let weights: Vec<f64> =
            (0..=k).map(|source| if (source as u64 + case).is_multiple_of(3) { 0.0 } else { 1.0 }).collect();
        let excess = (0..n_kinds).flat_map(|kind| densities[1..].iter().map(move |f| (kind, f)).collect::<Vec<_>>());
        let excess = excess.map(|(kind, f)| f[kind] / densities[0][kind] - 1.0).collect();
        let expected = |kind: usize| densities.iter().zip(&weights).map(|(f, weight)| weight * f[kind]).sum::<f64>();
        let n_units = (0..n_kinds).map(|kind| (expected(kind) * generator.random_range(500.0..1500.0f64)).round());
        (excess, n_units.collect())
    }

    #[test]
    fn agrees_with_slow_expectation_maximisation_also_where_shares_are_0() {
        for k in 1..=6 {
            for case in 0..9 {
                let (excess, n_units) = target(k, case);
                let ratios = Ratios { k, excess: &excess, n_units: &n_units };
                let (fast, slow) = (ratios.shares(), expectation_maximisation(ratios, 20_000));
                let (best, obvious) = (ratios.log_likelihood(&fast), ratios.log_likelihood(&slow));
                assert!((best - obvious).abs() < 1e-8 || best > obvious, "K {k} case {case}: {best} {obvious}");
                assert!(best > obvious - 1e-12, "K {k} case {case}: {best} {obvious}");
                for corner in 0..=k {
                    let start: Vec<f64> = (0..=k).map(|source| f64::from(u8::from(source == corner))).collect();
                    let elsewhere = ratios.log_likelihood(&ratios.shares_within(&Blocks::simplex(k + 1), &start));
                    assert!((best - elsewhere).abs() < 1e-12, "K {k} case {case} from {corner}: {best} {elsewhere}");
                }
                assert!((fast.iter().sum::<f64>() - 1.0).abs() < 1e-12 && fast.iter().all(|share| *share >= 0.0));
                // No direction towards a source raises it: the maximum of a concave function.
                let slopes = ratios.derivatives(&fast).gradient;
                let mean: f64 = slopes.iter().zip(&fast[1..]).map(|(slope, share)| slope * share).sum();
                assert!(slopes.iter().all(|slope| slope - mean < 1e-8) && -mean < 1e-8, "K {k} case {case}: {slopes}");
            }
        }
    }

    #[test]
    fn equal_sources_share_what_they_explain_together() {
        let (one, n_units) = target(1, 1);
        let twice: Vec<f64> = one.iter().flat_map(|w| [*w, *w]).collect();
        let alone = Ratios { k: 1, excess: &one, n_units: &n_units }.shares();
        let both = Ratios { k: 2, excess: &twice, n_units: &n_units }.shares();
        assert!((alone[0] - both[0]).abs() < 1e-9, "{alone:?} {both:?}");
    }

    #[test]
    fn a_fixed_total_is_kept_and_its_parts_are_the_best() {
        let (excess, n_units) = target(3, 4);
        let ratios = Ratios { k: 3, excess: &excess, n_units: &n_units };
        let llms = [false, true, true, true];
        let free = ratios.shares();
        let likelihood = |total: f64| {
            let blocks = Blocks::split(&llms, total);
            let shares = ratios.shares_within(&blocks, blocks.even().as_slice());
            let elsewhere = ratios.shares_within(&blocks, &blocks.near(&[0.1, 0.0, 0.9, 0.0]));
            assert!((ratios.log_likelihood(&shares) - ratios.log_likelihood(&elsewhere)).abs() < 1e-12);
            assert!((shares[0] - (1.0 - total)).abs() < 1e-12);
            ratios.log_likelihood(&shares)
        };
        assert!((likelihood(1.0 - free[0]) - ratios.log_likelihood(&free)).abs() < 1e-12);
        let at = |step: i32| likelihood((1.0 - free[0] + f64::from(step) * 0.05).clamp(0.0, 1.0));
        assert!(at(-2) <= at(-1) && at(-1) <= at(0) && at(1) <= at(0) && at(2) <= at(1));
        let none = Blocks::split(&llms, 0.0);
        assert_eq!(ratios.shares_within(&none, none.even().as_slice()), [1.0, 0.0, 0.0, 0.0]);
    }
}
