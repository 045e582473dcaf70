//! The clustered score test of a share: mean scores at the tested share, and their uncertainty.

use nalgebra::{DMatrix, DVector};
use statrs::distribution::{ContinuousCDF, Normal};

use super::boundary::{constrained_square, critical_value};
use super::evidence::Moments;
use super::local::LocalTest;
use super::model::ScoreModel;
use super::shares::ShareTests;
use crate::mixture::Blocks;

/// Power of the ratio of observed to expected information by which the variance grows, with several components. 0 covers
/// alpha = 0 in 30 documents in 89 % of trials and 1/2 in 99 % (ICLR 2019, not the report's text).
const SURPLUS_POWER: f64 = 0.25;
/// Ridge of an information matrix relative to its largest entry, for components that cannot be told apart.
const RIDGE: f64 = 1e-9;

/// The test that some components together have a given share.
pub(super) struct ShareTest<'a> {
    of: &'a ShareTests<'a>,
    /// Whether each source, human first, is one of those tested.
    chosen: Vec<bool>,
    direction: DVector<f64>,
    pub(super) estimate: f64,
    rho: f64,
}

/// The mean scores at a tested share, and their covariance.
pub(super) struct Tested<'a> {
    test: &'a ShareTest<'a>,
    share: f64,
    /// The best shares of all sources with it, human first.
    shares: Vec<f64>,
    mean: DVector<f64>,
    /// Covariance of the mean scores, including the reference's part.
    covariance: DMatrix<f64>,
    /// Expected information per unit.
    information: DMatrix<f64>,
    /// Observed information per unit: the slope of the mean scores, where the target has enough of all sources.
    seen_information: DMatrix<f64>,
    pub(super) design_effect: f64,
}

impl<'a> ShareTest<'a> {
    pub(super) fn new(of: &'a ShareTests<'a>, components: &[usize]) -> ShareTest<'a> {
        let k = of.evidence.n_components();
        let chosen: Vec<bool> = (0..=k).map(|source| source > 0 && components.contains(&(source - 1))).collect();
        let direction = DVector::from_fn(k, |component, _| f64::from(u8::from(chosen[component + 1])));
        // Without human text the shares sum to 1, but for rounding; without LLM text they are 0 to the bit.
        let sum: f64 = components.iter().map(|component| of.shares[component + 1]).sum();
        let estimate = if components.len() == k && of.shares[0] <= 0.0 { 1.0 } else { sum.min(1.0) };
        let mut test = ShareTest { of, chosen, direction, estimate, rho: 1.0 };
        test.rho = test.common_source_share();
        test
    }

    /// Returns how far the units of a document share being of a tested source or not, 0 to 1.
    fn common_source_share(&self) -> f64 {
        let n_rare = self.of.evidence.n_documents() as f64 * self.estimate.min(1.0 - self.estimate);
        if n_rare <= 0.0 || self.of.n_pairs <= 0.0 {
            return 1.0;
        }
        let expected = self.of.model.expected(self.of.evidence, &self.of.shares);
        let weights = self.efficient_weights(&expected.information);
        let score_of_kind = self.efficient_scores(&self.of.shares, &weights);
        let seen = self.of.evidence.pair_product(&score_of_kind);
        let along = |matrix: &DMatrix<f64>| weights.dot(&(matrix * &weights));
        ScoreModel::common_source_share(seen, along(&expected.pair), along(&expected.between_sources), n_rare)
    }

    /// Returns the mean scores at `share` with their covariance: the expected one times the larger of the design effects seen in the
    /// target and expected from the reference, plus the reference's own.
    pub(super) fn at(&self, share: f64) -> Tested<'_> {
        let of = self.of;
        let shares = self.shares_with(share);
        let n_units = of.evidence.n_units() as f64;
        let expected = of.model.expected(of.evidence, &shares);
        let target = expected.target_covariance(n_units, of.n_pairs, self.rho);
        let of_model = |weights: &DVector<f64>| {
            weights.dot(&(&target * weights)) * n_units / weights.dot(&(&expected.information * weights))
        };
        let weights = self.efficient_weights(&expected.information);
        let scores = |weights: &DVector<f64>| self.efficient_scores(&shares, weights);
        let inflated = |weights: &DVector<f64>, seen: Moments| {
            seen.clustered_variance * n_units / seen.information / of_model(weights)
        };
        let towards = self.towards_estimate(&shares);
        let ratios = match &towards {
            Some(towards) => {
                let [of_towards, seen] = of.evidence.moments([&scores(towards), &scores(&weights)]);
                [inflated(towards, of_towards), inflated(&weights, seen)]
            }
            None => [1.0, inflated(&weights, of.evidence.moments([&scores(&weights)])[0])],
        };
        // Not f64::max: a target without any information gives NaN, and the model then decides.
        let inflation = ratios.into_iter().fold(1.0, |largest, ratio| if ratio > largest { ratio } else { largest });
        let here = of.evidence.ratios().derivatives(&shares);
        let surplus = towards.map_or(1.0, |towards| surplus(&towards, &here.information, &expected.information));
        Tested {
            test: self,
            share,
            mean: here.gradient,
            covariance: &target * (inflation * surplus) + &expected.of_reference,
            seen_information: here.information,
            design_effect: of_model(&weights) * inflation,
            information: expected.information,
            shares,
        }
    }

    /// Returns the direction of the estimate, with several components: the few units that have pulled it there also make it
    /// uncertain there.
    fn towards_estimate(&self, shares: &[f64]) -> Option<DVector<f64>> {
        let k = shares.len() - 1;
        let direction = DVector::from_fn(k, |component, _| self.of.shares[component + 1] - shares[component + 1]);
        (k > 1 && direction.amax() > 0.0).then_some(direction)
    }

    /// Returns the most likely shares of all sources, given that the tested ones have `share`.
    fn shares_with(&self, share: f64) -> Vec<f64> {
        if self.of.evidence.n_components() == 1 {
            return vec![1.0 - share, share];
        }
        if share == self.estimate {
            return self.of.shares.clone();
        }
        let blocks = Blocks::split(&self.chosen, share);
        self.of.evidence.ratios().shares_within(&blocks, &blocks.near(&self.of.shares))
    }

    /// Returns weights of the K scores whose sum is the score for the tested share alone, whatever the other shares; 1 for K = 1.
    fn efficient_weights(&self, information: &DMatrix<f64>) -> DVector<f64> {
        let solved = solve(information, &self.direction);
        let scale = self.direction.dot(&solved);
        solved / scale
    }

    fn efficient_scores(&self, shares: &[f64], weights: &DVector<f64>) -> Vec<f64> {
        let scores = self.of.evidence.ratios().unit_scores(shares);
        let combine = |of_kind: &[f64]| of_kind.iter().zip(weights.iter()).map(|(score, weight)| score * weight).sum();
        scores.chunks_exact(weights.len()).map(combine).collect()
    }
}

impl Tested<'_> {
    /// Lets the mean scores also vary as if alpha were off by a normal error of standard deviation `tau`, spread over the
    /// components as the estimate is.
    pub(super) fn with_systematic_error(mut self, tau: f64) -> Self {
        let k = self.mean.len();
        let found = &self.test.of.shares[1..];
        let alpha: f64 = found.iter().sum();
        let spread = DVector::from_fn(k, |i, _| if alpha > 0.0 { found[i] / alpha } else { 1.0 / k as f64 });
        let shift = &self.information * spread * tau;
        self.covariance += &shift * shift.transpose();
        self
    }

    /// Returns the standard error of the share, at its estimate: of those components that are not held at 0.
    pub(super) fn standard_error(&self) -> f64 {
        let k = self.mean.len();
        let is_inside = self.share > 0.0 && self.share < 1.0;
        let inside: Vec<usize> = (0..k).filter(|component| self.shares[component + 1] > 0.0).collect();
        let kept: Vec<usize> = if inside.is_empty() { (0..k).collect() } else { inside };
        let part = |matrix: &DMatrix<f64>| matrix.select_rows(&kept).select_columns(&kept);
        let information = part(if is_inside { &self.seen_information } else { &self.information });
        let direction = DVector::from_fn(kept.len(), |i, _| self.test.direction[kept[i]]);
        let influence = solve(&information, &direction);
        influence.dot(&(part(&self.covariance) * &influence)).sqrt()
    }

    /// Returns whether the share is within the interval at `level`.
    pub(super) fn accepts(&self, level: f64) -> bool {
        match self.mean.len() {
            1 => self.beyond_alone(level) <= 0.0,
            _ => self.critical_value_exceeded(level).is_none(),
        }
    }

    /// Returns the statistic with several components, of an estimate that cannot leave the simplex.
    pub(super) fn statistic(&self) -> f64 {
        self.local().statistic()
    }

    /// Returns the critical value of the statistic with several components.
    pub(super) fn critical_value(&self, level: f64) -> f64 {
        self.local().critical_value(&self.test.of.draws, level)
    }

    /// Returns the critical value of the statistic with several components, if the statistic exceeds it.
    pub(super) fn critical_value_exceeded(&self, level: f64) -> Option<f64> {
        self.local().critical_value_exceeded(&self.test.of.draws, level)
    }

    /// Returns by how much the statistic with one component, of an estimate that cannot leave the simplex, exceeds its
    /// critical value.
    pub(super) fn beyond_alone(&self, level: f64) -> f64 {
        let standard_error = self.covariance[(0, 0)].sqrt() / self.information[(0, 0)];
        let (to_zero, to_one) = (self.share / standard_error, (1.0 - self.share) / standard_error);
        let z = self.z();
        let square = if z < 0.0 { constrained_square(-z, to_zero) } else { constrained_square(z, to_one) };
        square - critical_value(level, to_zero, to_one)
    }

    fn z(&self) -> f64 {
        self.mean[0] / self.covariance[(0, 0)].sqrt()
    }

    pub(super) fn p_zero(&self) -> f64 {
        if self.mean.len() == 1 {
            return Normal::standard().sf(self.z());
        }
        self.local().p_value_at_end(&self.test.of.draws)
    }

    fn local(&self) -> LocalTest {
        let tested = Blocks::split(&self.test.chosen, self.share);
        LocalTest::new(&self.shares, &self.mean, self.covariance.clone(), &self.information, tested)
    }
}

/// Returns the factor of the variance if the target shows more information than expected at the tested shares, that is if few
/// units with large density ratios have pulled the estimate away: their number is not normally distributed.
fn surplus(towards: &DVector<f64>, seen: &DMatrix<f64>, expected: &DMatrix<f64>) -> f64 {
    let along = |matrix: &DMatrix<f64>| towards.dot(&(matrix * towards));
    (along(seen) / along(expected)).powf(SURPLUS_POWER).max(1.0)
}

fn solve(matrix: &DMatrix<f64>, right: &DVector<f64>) -> DVector<f64> {
    let mut ridged = matrix.clone();
    if matrix.nrows() > 1 {
        let ridge = RIDGE * (0..matrix.nrows()).map(|i| matrix[(i, i)]).fold(f64::MIN_POSITIVE, f64::max);
        (0..matrix.nrows()).for_each(|i| ridged[(i, i)] += ridge);
    }
    ridged.lu().solve(right).unwrap_or_else(|| right.map(|_| f64::NAN))
}
