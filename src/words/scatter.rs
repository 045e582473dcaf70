//! Estimates the scatter and the slope of the rates of words beyond sampling that are typical of words in general.

use super::variance::{OFTEN, RelativeVariance, often};

/// Relative scatter assumed if the baseline does not show it, as with a single period. Where it shows, it is smaller
/// (from year to year 0.07 in reviews of ICLR 2019 and 2020, 0.04 to 0.08 in abstracts), but there a slope is allowed
/// for as well.
pub const ASSUMED_SCATTER: f64 = 0.2;
/// Maximum relative scatter by sampling alone of words that tell something of the typical scatter.
const MAX_SAMPLING_SCATTER: f64 = 0.1;
/// Minimum number of such words.
const MIN_TELLING_WORDS: usize = 20;

/// Returns the typical relative standard deviation of words, from the residuals or slopes of all; `None` if too few
/// words are frequent enough to tell.
///
/// It is the standard deviation at which the upper quartile of a normal deviate's squares equals that of the words'
/// squares: words differ, and the median word would represent too few.
pub(super) fn typical_deviation(words: impl Iterator<Item = RelativeVariance>) -> Option<f64> {
    let telling: Vec<RelativeVariance> =
        words.filter(|of| of.sampling <= MAX_SAMPLING_SCATTER * MAX_SAMPLING_SCATTER).collect();
    let n_degrees = telling.first().filter(|_| telling.len() >= MIN_TELLING_WORDS)?.n_degrees;
    let variance = |of: &RelativeVariance| (of.variance + of.sampling) / often(n_degrees) - of.sampling;
    let mut variances: Vec<f64> = telling.iter().map(variance).collect();
    variances.sort_by(f64::total_cmp);
    let quartile = (variances.len() as f64 * OFTEN) as usize;
    Some(variances[quartile].max(0.0).sqrt())
}

/// Returns the scatter to assume for a word: the typical one, and the part of its own residuals beyond what chance
/// makes of it in the share [`OFTEN`] of words. With all of them, half of all words would have the noise of their
/// residuals added to their own.
pub(super) fn scatter_of(own: Option<RelativeVariance>, has_own: bool, typical: f64) -> f64 {
    let Some(own) = own.filter(|_| has_own) else { return typical };
    let beyond = own.variance + own.sampling - often(own.n_degrees) * (own.sampling + typical * typical);
    (typical * typical + beyond.max(0.0)).sqrt()
}

#[cfg(test)]
mod tests {
    use rand::{RngExt, SeedableRng};
    use rand_pcg::Pcg64Mcg;
    use statrs::distribution::{ContinuousCDF, Normal};

    use super::*;

    #[test]
    fn the_typical_deviation_is_recovered_whatever_the_degrees_of_freedom() {
        let mut generator = Pcg64Mcg::seed_from_u64(1);
        let mut normal = || Normal::standard().inverse_cdf(generator.random_range(0.0..1.0));
        for n_degrees in [1, 2, 5] {
            let (truth, sampling) = (0.15f64, 0.005);
            let mut word = || {
                let squares = (0..n_degrees).map(|_| normal().powi(2)).sum::<f64>() / n_degrees as f64;
                let variance = (truth.powi(2) + sampling) * squares - sampling;
                RelativeVariance { variance, sampling, n_degrees }
            };
            let words: Vec<RelativeVariance> = (0..5000).map(|_| word()).collect();
            let found = typical_deviation(words.into_iter()).unwrap();
            assert!((found - truth).abs() < 0.01, "{n_degrees}: {found}");
        }
    }

    #[test]
    fn a_word_that_jumps_has_a_scatter_of_its_own() {
        let own = |variance: f64| Some(RelativeVariance { variance, sampling: 0.01, n_degrees: 2 });
        assert_eq!(scatter_of(own(0.0), true, 0.1), 0.1);
        assert_eq!(scatter_of(own(0.015), true, 0.1), 0.1, "less than chance makes of it");
        // The upper quartile of a chi-square of two degrees is 2 ln 4, so that 0.02 ln 4 of 0.26 are expected.
        let found = scatter_of(own(0.25), true, 0.1);
        assert!((found.powi(2) - (0.01 + 0.26 - 0.02 * 4f64.ln())).abs() < 1e-9, "{found}");
        assert_eq!(scatter_of(own(0.25), false, 0.1), 0.1);
        assert_eq!(scatter_of(None, true, 0.1), 0.1);
    }

    #[test]
    fn rare_words_tell_nothing() {
        let word = RelativeVariance { variance: 1.0, sampling: 0.5, n_degrees: 2 };
        assert_eq!(typical_deviation(std::iter::repeat_n(word, 1000)), None);
    }
}
