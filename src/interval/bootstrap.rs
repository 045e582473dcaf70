//! A seeded bootstrap over documents: the cross-check of the interval, and the published interval over units.

use rand::RngExt;
use rayon::prelude::*;

use super::ends::Interval;
use super::generator::generator_of;

/// Result of a bootstrap.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Bootstrap {
    /// Percentile interval.
    pub interval: Interval,
    /// Standard deviation of the replicates.
    pub standard_error: f64,
    /// Number of replicates whose statistic was not a number; they are left out.
    pub n_failed: usize,
}

/// Draws `n_replicates` times `n` numbers below `n` with replacement, and computes `statistic` of each draw: the percentile
/// bootstrap (Efron 1979, Ann. Statist. 7:1).
///
/// The interval goes from the quantile `(1 - level) / 2` of the replicates to that at `(1 + level) / 2`, in the unit of the
/// statistic. Assumed is that the `n` items are independent draws from one population: documents, not the units in them.
///
/// Replicate i has its own generator, seeded with `seed` and i, so the result does not depend on the number of threads.
///
/// ```
/// let sizes = [3.0, 5.0, 4.0, 8.0, 6.0];
/// let mean = |draw: &[u32]| draw.iter().map(|&at| sizes[at as usize]).sum::<f64>() / draw.len() as f64;
/// let found = llm_prevalence::interval::bootstrap(sizes.len(), 1000, 0, 0.95, mean);
/// assert!(found.interval.lower < 5.2 && 5.2 < found.interval.upper);
/// ```
pub fn bootstrap(
    n: usize,
    n_replicates: usize,
    seed: u64,
    level: f64,
    statistic: impl Fn(&[u32]) -> f64 + Sync,
) -> Bootstrap {
    let values: Vec<f64> = (0..n_replicates)
        .into_par_iter()
        .map(|replicate| {
            let mut generator = generator_of(seed, replicate as u64);
            let draw: Vec<u32> = (0..n).map(|_| generator.random_range(0..n as u32)).collect();
            statistic(&draw)
        })
        .collect();
    let mut sorted: Vec<f64> = values.into_iter().filter(|value| value.is_finite()).collect();
    sorted.sort_unstable_by(f64::total_cmp);
    let n_failed = n_replicates - sorted.len();
    let interval =
        Interval { lower: quantile(&sorted, (1.0 - level) / 2.0), upper: quantile(&sorted, (1.0 + level) / 2.0) };
    Bootstrap { interval, standard_error: standard_deviation(&sorted), n_failed }
}

/// Returns the quantile of sorted values at `probability` in \[0, 1\], linear between order statistics (numpy's default).
fn quantile(sorted: &[f64], probability: f64) -> f64 {
    let Some(last) = sorted.len().checked_sub(1) else { return f64::NAN };
    let at = probability * last as f64;
    let below = at.floor() as usize;
    let above = (below + 1).min(last);
    sorted[below] + (at - below as f64) * (sorted[above] - sorted[below])
}

fn standard_deviation(values: &[f64]) -> f64 {
    let n = values.len() as f64;
    let mean = values.iter().sum::<f64>() / n;
    (values.iter().map(|value| (value - mean).powi(2)).sum::<f64>() / (n - 1.0)).sqrt()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantiles_are_numpys() {
        let sorted = [1.0, 2.0, 4.0, 8.0, 16.0];
        // numpy.percentile(x, [2.5, 50, 97.5]); a fork of the published code passed fractions and got percents.
        assert!((quantile(&sorted, 0.025) - 1.1).abs() < 1e-12);
        assert_eq!(quantile(&sorted, 0.5), 4.0);
        assert!((quantile(&sorted, 0.975) - 15.2).abs() < 1e-12);
    }

    #[test]
    fn standard_error_of_a_mean_is_recovered_and_seeded() {
        let data: Vec<f64> = (0..400).map(|i| f64::from(i % 20)).collect();
        let mean = |draw: &[u32]| draw.iter().map(|&i| data[i as usize]).sum::<f64>() / draw.len() as f64;
        let result = bootstrap(data.len(), 2000, 7, 0.95, mean);
        let expected = standard_deviation(&data) / 20.0;
        assert!((result.standard_error / expected - 1.0).abs() < 0.06, "{result:?} {expected}");
        assert_eq!(result, bootstrap(data.len(), 2000, 7, 0.95, mean));
        assert_ne!(result, bootstrap(data.len(), 2000, 8, 0.95, mean));
    }

    #[test]
    fn failed_replicates_are_counted() {
        let result = bootstrap(10, 50, 1, 0.95, |draw| if draw[0] < 5 { f64::NAN } else { 1.0 });
        assert!(result.n_failed > 5 && result.n_failed < 45, "{result:?}");
    }
}
