//! A lower bound of the share of LLM documents that holds whatever the LLM is.
//!
//! For a target T = (1 - a) H + a G with G unknown, a >= (T(A) - H(A)) / (1 - H(A)) for any event A fixed beforehand. The events
//! are "the document's standardised mean score exceeds what 2, 1 or 0.5 % of the control's documents do"; people today may exceed
//! it `rho` times as often as the control's people did. The breakdown is the rho at which the bound falls to 0.

use serde::Serialize;
use statrs::distribution::{Beta, ContinuousCDF};

use super::bins::MAX_SCORE;

/// Shares of the control's documents beyond a threshold, and below how many control documents the larger ones are used.
const EXCEEDANCES: ([f64; 3], [f64; 3]) = ([0.02, 0.01, 0.005], [0.1, 0.05, 0.02]);
/// Control documents from which on the small exceedances are used.
const MANY_DOCUMENTS: usize = 500;
/// Fewest control documents that a bound can rest on.
pub const MIN_CONTROL_DOCUMENTS: usize = 50;
/// Least factor by which people today may exceed a threshold more often than the control's.
pub const LEAST_RHO: f64 = 2.0;
/// Groups of documents by length, by which means are standardised.
const LENGTH_GROUPS: usize = 5;

/// A document as the bound sees it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct DocumentMean {
    /// Mean clipped score of its units, in nats.
    pub mean: f64,
    /// Its units.
    pub n_units: usize,
}

/// Returns the mean clipped score of a document.
pub fn document_mean(scores: impl Iterator<Item = f64>) -> DocumentMean {
    let (sum, n_units) = scores.fold((0.0, 0), |(sum, n), score| (sum + score.clamp(-MAX_SCORE, MAX_SCORE), n + 1));
    DocumentMean { mean: sum / n_units.max(1) as f64, n_units }
}

/// A lower bound of the share of LLM documents.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Bound {
    /// At least this share of documents, 0 to 1.
    pub documents: f64,
    /// How many times as often as the control's people may exceed a threshold for the bound to hold.
    pub rho: f64,
    /// How many times as often people would have to exceed it for the share to be 0.
    pub breakdown: f64,
}

/// Computes the bound at confidence 1 - `delta` from control documents of the target's kind; `None` if there are too few.
pub fn bound(target: &[DocumentMean], control: &[DocumentMean], rho: f64, delta: f64) -> Option<Bound> {
    if control.len() < MIN_CONTROL_DOCUMENTS || target.is_empty() {
        return None;
    }
    let lengths = Lengths::of(control);
    let [target, control] = [target, control].map(|documents| lengths.standardised(documents));
    let exceedances = if control.len() >= MANY_DOCUMENTS { EXCEEDANCES.0 } else { EXCEEDANCES.1 };
    let each = delta / (2 * exceedances.len()) as f64;
    let mut bound = Bound { documents: 0.0, rho, breakdown: 0.0 };
    for exceedance in exceedances {
        let n_beyond = (exceedance * control.len() as f64).floor() as usize;
        let threshold = control[control.len() - 1 - n_beyond];
        let beyond = |documents: &[f64]| documents.len() - documents.partition_point(|&mean| mean <= threshold);
        let lower = lower_limit(beyond(&target), target.len(), each);
        let upper = upper_limit(beyond(&control), control.len(), each);
        bound.documents = bound.documents.max((lower - rho * upper) / (1.0 - rho * upper).max(f64::MIN_POSITIVE));
        bound.breakdown = bound.breakdown.max(lower / upper);
    }
    bound.documents = bound.documents.clamp(0.0, 1.0);
    Some(bound)
}

/// Location and scale of the control's means by length of document.
struct Lengths {
    /// Largest number of units of each group but the last.
    ends: Vec<usize>,
    moments: Vec<(f64, f64)>,
}

impl Lengths {
    fn of(control: &[DocumentMean]) -> Lengths {
        let mut by_length = control.to_vec();
        by_length.sort_by(|a, b| a.n_units.cmp(&b.n_units).then(a.mean.total_cmp(&b.mean)));
        let n_groups = LENGTH_GROUPS.min(control.len() / MIN_CONTROL_DOCUMENTS).max(1);
        let ends: Vec<usize> =
            (1..n_groups).map(|group| by_length[group * by_length.len() / n_groups].n_units).collect();
        let mut groups: Vec<Vec<f64>> = vec![vec![]; n_groups];
        by_length.iter().for_each(|document| groups[group_of(&ends, document.n_units)].push(document.mean));
        let moments = groups.iter().map(|means| {
            let n = means.len().max(1) as f64;
            let mean = means.iter().sum::<f64>() / n;
            let variance = means.iter().map(|value| (value - mean).powi(2)).sum::<f64>() / n;
            (mean, variance.sqrt().max(1e-3))
        });
        Lengths { moments: moments.collect(), ends }
    }

    /// Returns the means in standard deviations of control documents of about the same length, in rising order.
    fn standardised(&self, documents: &[DocumentMean]) -> Vec<f64> {
        let standardise = |document: &DocumentMean| {
            let (mean, deviation) = self.moments[group_of(&self.ends, document.n_units)];
            (document.mean - mean) / deviation
        };
        let mut means: Vec<f64> = documents.iter().map(standardise).collect();
        means.sort_unstable_by(f64::total_cmp);
        means
    }
}

fn group_of(ends: &[usize], n_units: usize) -> usize {
    ends.partition_point(|&end| end < n_units)
}

/// Returns the lower Clopper-Pearson limit of a share at one-sided error `delta`.
fn lower_limit(n_beyond: usize, n: usize, delta: f64) -> f64 {
    if n_beyond == 0 {
        return 0.0;
    }
    beta(n_beyond as f64, (n - n_beyond) as f64 + 1.0, delta)
}

/// Returns the upper Clopper-Pearson limit of a share at one-sided error `delta`.
fn upper_limit(n_beyond: usize, n: usize, delta: f64) -> f64 {
    if n_beyond == n {
        return 1.0;
    }
    beta(n_beyond as f64 + 1.0, (n - n_beyond) as f64, 1.0 - delta)
}

/// Returns a quantile of the beta distribution; statrs is right for shapes up to 100,000, beyond which the normal is exact enough.
fn beta(a: f64, b: f64, probability: f64) -> f64 {
    const LARGEST: f64 = 1e5;
    if a.max(b) > LARGEST {
        let (mean, n) = (a / (a + b), a + b + 1.0);
        let z = statrs::distribution::Normal::standard().inverse_cdf(probability);
        return (mean + z * (mean * (1.0 - mean) / n).sqrt()).clamp(0.0, 1.0);
    }
    Beta::new(a, b).map_or(0.0, |distribution| distribution.inverse_cdf(probability))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn limits_are_those_of_clopper_and_pearson() {
        // scipy.stats.beta.ppf(.025, 5, 96), ppf(.975, 6, 95): 5 of 100.
        assert!((lower_limit(5, 100, 0.025) - 0.016_431_879).abs() < 1e-6, "{}", lower_limit(5, 100, 0.025));
        assert!((upper_limit(5, 100, 0.025) - 0.112_834_92).abs() < 1e-6, "{}", upper_limit(5, 100, 0.025));
        assert_eq!((lower_limit(0, 9, 0.025), upper_limit(9, 9, 0.025)), (0.0, 1.0));
    }

    #[test]
    fn is_zero_on_the_control_itself_and_near_the_share_of_documents_far_beyond_it() {
        let human = |at: usize| DocumentMean { mean: ((at * 7919) % 1000) as f64 / 500.0 - 1.0, n_units: 10 + at % 30 };
        let control: Vec<DocumentMean> = (0..1000).map(human).collect();
        let clean: Vec<DocumentMean> = (1000..2000).map(human).collect();
        assert_eq!(bound(&clean, &control, 2.0, 0.05).unwrap().documents, 0.0);
        let mut mixed = clean[..700].to_vec();
        mixed.extend((0..300).map(|at| DocumentMean { mean: 3.5, n_units: 10 + at % 30 }));
        let found = bound(&mixed, &control, 2.0, 0.05).unwrap();
        assert!(found.documents > 0.22 && found.documents <= 0.3, "{found:?}");
        assert!(found.breakdown > 10.0, "{found:?}");
        assert_eq!(bound(&clean, &control[..49], 2.0, 0.05), None);
    }
}
