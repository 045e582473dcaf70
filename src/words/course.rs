//! Fits the course of a word before LLMs, and extrapolates it.
//!
//! Kobak et al. (2025, Sci. Adv. 11:eadt3813) extrapolate the last two years: q = p2 + slope (x - x2) with
//! slope = max(p2 - p1, 0). Here the line is that of least squares through all baseline periods, weighted by their
//! units; a falling one is replaced by the mean, so that q is never below it. With two periods and a rise this is their
//! q; with one it is the rate there.

use super::counts::Counts;
use super::rates::Occurrence;
use super::variance::{RelativeVariance, often};

/// Number of units added to the baseline's, one half of which has the word, so that no expected rate is 0.
const HALF: f64 = 0.5;

/// The periods of the baseline.
#[derive(Debug, Clone)]
pub(super) struct Baseline {
    /// Middle of each period, in years.
    times: Vec<f64>,
    /// Number of units of each period.
    weights: Vec<f64>,
    total: f64,
    mean_time: f64,
    /// Weighted sum of squares of the times around their mean.
    spread: f64,
}

/// A word's rates in the baseline.
#[derive(Debug, Clone)]
pub(super) struct Course {
    /// Weighted mean of the rates, half a unit added.
    pub mean: f64,
    /// Fitted change of the rate per year; negative ones are not extrapolated.
    pub slope: f64,
    /// Sampling variance of a rate times its units.
    unit_variance: f64,
    /// The observed rates.
    rates: Vec<f64>,
}

/// The usual variation of words, relative to their rate.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Usual {
    /// Standard deviation from period to period, beyond sampling.
    pub scatter: f64,
    /// Standard deviation of the change per year; `None` if it is not known.
    pub slope: Option<f64>,
}

/// An extrapolated rate.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Expected {
    /// The rate, above 0 and at most 1.
    pub rate: f64,
    /// Its variance, including the scatter of the baseline's rates, and that of the slope even if the mean is taken.
    pub variance: f64,
}

impl Baseline {
    /// Returns the baseline of these periods: the middle of each in years, and its units.
    pub fn new(periods: impl IntoIterator<Item = (f64, u64)>) -> Baseline {
        let (times, weights): (Vec<f64>, Vec<f64>) =
            periods.into_iter().map(|(time, n_units)| (time, n_units as f64)).unzip();
        let total: f64 = weights.iter().sum();
        let weighted = |value: &dyn Fn(f64) -> f64| times.iter().zip(&weights).map(|(&x, w)| w * value(x)).sum::<f64>();
        let mean_time = weighted(&|x| x) / total;
        let spread = weighted(&|x| (x - mean_time).powi(2));
        Baseline { times, weights, total, mean_time, spread }
    }

    /// Returns the number of periods.
    pub fn len(&self) -> usize {
        self.times.len()
    }

    fn has_slope(&self) -> bool {
        self.spread > 0.0
    }

    /// Returns the course of a word, from its counts in each period and the periods' sizes.
    pub fn course(&self, occurrences: &[Occurrence]) -> Course {
        let mut all = Occurrence { word: Counts::default(), size: Counts::default() };
        for of in occurrences {
            all.word.add(of.word);
            all.size.add(of.size);
        }
        let mean = (all.word.n_units as f64 + HALF) / (all.size.n_units as f64 + 1.0);
        let rates: Vec<f64> = occurrences.iter().map(Occurrence::rate).collect();
        let products = self.times.iter().zip(&self.weights).zip(&rates).map(|((x, w), p)| w * (x - self.mean_time) * p);
        let slope = if self.has_slope() { products.sum::<f64>() / self.spread } else { 0.0 };
        Course { mean, slope, unit_variance: all.design_effect() * mean * (1.0 - mean), rates }
    }

    /// Returns the rate to which `course` leads at `time`, in years.
    pub fn expected(&self, course: &Course, time: f64, usual: Usual) -> Expected {
        let ahead = time - self.mean_time;
        let rate = course.mean + course.slope.max(0.0) * ahead;
        let of_scatter = (usual.scatter * course.mean).powi(2);
        let of_mean = self.weights.iter().map(|w| (w / self.total).powi(2) * (course.unit_variance / w + of_scatter));
        let of_slope = self.slope_variance(course, of_scatter);
        let of_slope = usual.slope.map_or(of_slope, |slope| limited(of_slope, course.slope, slope * course.mean));
        Expected { rate: rate.min(1.0), variance: of_mean.sum::<f64>() + ahead * ahead * of_slope }
    }

    /// Returns the variance of a fitted slope if the rates have this variance beyond sampling; 0 without a slope.
    fn slope_variance(&self, course: &Course, beyond_sampling: f64) -> f64 {
        if !self.has_slope() {
            return 0.0;
        }
        let periods = self.times.iter().zip(&self.weights);
        let weight = |x: f64, w: f64| w * (x - self.mean_time) / self.spread;
        periods.map(|(&x, &w)| weight(x, w).powi(2) * (course.unit_variance / w + beyond_sampling)).sum()
    }

    /// Returns a word's slope as an estimate of how much words rise or fall per year, relative to their rate; `None`
    /// with one period.
    pub fn relative_slope(&self, course: &Course) -> Option<RelativeVariance> {
        let square = course.mean * course.mean;
        let sampling = self.slope_variance(course, 0.0) / square;
        let variance = course.slope * course.slope / square - sampling;
        self.has_slope().then_some(RelativeVariance { variance, sampling, n_degrees: 1 })
    }

    /// Returns how much a word's rates scatter beyond sampling, from the residuals of the line (of two periods: from
    /// their difference, as if none rose or fell); `None` with one period.
    pub fn residual_scatter(&self, course: &Course) -> Option<RelativeVariance> {
        let (n_parameters, slope) = match self.len() {
            0 | 1 => return None,
            2 => (1, 0.0),
            _ => (2, course.slope),
        };
        let (mut squares, mut weight) = (0.0, 0.0);
        let mean = self.weights.iter().zip(&course.rates).map(|(w, p)| w * p).sum::<f64>() / self.total;
        for ((x, w), p) in self.times.iter().zip(&self.weights).zip(&course.rates) {
            let from_mean = x - self.mean_time;
            squares += w * (p - mean - slope * from_mean).powi(2);
            let of_slope = if n_parameters == 2 { w * from_mean * from_mean / self.spread } else { 0.0 };
            weight += w * (1.0 - w / self.total - of_slope);
        }
        let n_degrees = self.len() - n_parameters;
        let weight = weight * course.mean * course.mean;
        let sampling = n_degrees as f64 * course.unit_variance;
        Some(RelativeVariance { variance: (squares - sampling) / weight, sampling: sampling / weight, n_degrees })
    }
}

/// Returns the variance of a slope, given that words usually have one of this size: a rare word is not expected to rise
/// as steeply as its few units would allow. It is not limited if the slope found is unusual, as then the word may be.
fn limited(variance: f64, slope: f64, usual: f64) -> f64 {
    let usual = usual * usual;
    let is_usual = slope * slope <= often(1) * (variance + usual);
    if is_usual && variance > 0.0 { variance * usual / (variance + usual) } else { variance }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Returns periods of one document per unit, all alike, with the counts of a word.
    fn occurrences(counts: &[u64], n_units: u64) -> Vec<Occurrence> {
        let of = |n: u64| Counts { n_documents: n, n_units: n, sum_squares: n, sum_products: n };
        counts.iter().map(|&count| Occurrence { word: of(count), size: of(n_units) }).collect()
    }

    fn expected(counts: &[u64], time: f64) -> Expected {
        let occurrences = occurrences(counts, 100_000);
        let baseline = Baseline::new((0..counts.len()).map(|year| (2020.0 + year as f64, 100_000)));
        baseline.expected(&baseline.course(&occurrences), time, Usual { scatter: 0.0, slope: None })
    }

    #[test]
    fn two_years_are_extrapolated_as_published() {
        // q = p2 + 2 max(p2 - p1, 0), and half a unit of 200,000 added.
        let rising = expected(&[100, 130], 2023.0);
        assert!((rising.rate - (0.0013 + 2.0 * 0.0003)).abs() < 3e-6, "{rising:?}");
        let falling = expected(&[130, 100], 2023.0);
        assert!((falling.rate - 0.00115).abs() < 3e-6, "the mean, which is above the last: {falling:?}");
    }

    #[test]
    fn the_variance_is_that_of_the_linear_combination() {
        // Weights at 2023 of 2020 and 2021: -2 and 3.
        let found = expected(&[100, 130], 2023.0);
        let variance = |rate: f64| rate * (1.0 - rate) / 1e5;
        assert!((found.variance / (13.0 * variance(0.00115)) - 1.0).abs() < 0.01, "{found:?}");
        let one = expected(&[100], 2023.0);
        assert!((one.rate - 0.001).abs() < 6e-6 && (one.variance / variance(0.001) - 1.0).abs() < 0.01, "{one:?}");
    }

    #[test]
    fn a_usual_slope_is_not_expected_to_be_steeper_than_usual() {
        // A slope of 3 with a standard error of 4, where 1 is usual: 16 / 17. One of 9 is not usual.
        assert!((limited(16.0, 3.0, 1.0) - 16.0 / 17.0).abs() < 1e-12);
        assert_eq!(limited(16.0, 9.0, 1.0), 16.0);
        assert_eq!(limited(0.0, 0.0, 0.0), 0.0);
    }

    #[test]
    fn a_straight_course_leaves_no_scatter_and_a_crooked_one_its_own() {
        let periods = (0..4).map(|year| (2018.0 + f64::from(year), 1_000_000));
        let baseline = Baseline::new(periods);
        let scatter = |counts: &[u64]| {
            let course = baseline.course(&occurrences(counts, 1_000_000));
            baseline.residual_scatter(&course).unwrap()
        };
        assert!(scatter(&[1000, 2000, 3000, 4000]).variance <= 0.0);
        // Residuals of 1000, 1400, 1000, 1400 from their line: squares sum to 128,000, with 2 degrees of freedom, of
        // 1200^2.
        let crooked = scatter(&[1000, 1400, 1000, 1400]);
        let expected = (128_000.0 / 2.0 - 1200.0) / 1200f64.powi(2);
        assert!((crooked.variance / expected - 1.0).abs() < 0.01, "{crooked:?} {expected}");
    }

    #[test]
    fn a_word_never_seen_has_an_expected_rate() {
        let found = expected(&[0, 0, 0], 2024.0);
        assert!(found.rate > 0.0 && found.rate < 1e-5 && found.variance > 0.0, "{found:?}");
    }
}
