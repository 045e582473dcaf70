//! A lower bound of the share of LLM documents that holds whatever the LLM is.
//!
//! For a target T = (1 - a) H + a G with G unknown, a >= (T(A) - H(A)) / (1 - H(A)) for any event A fixed beforehand.
//! The events are that a document's standardised mean score exceeds that of all but 2, 1 or 0.5 % of the control's
//! documents; people today may exceed it `rho` times as often as the control's people did. The breakdown is the rho at
//! which the bound falls to 0.

use serde::Serialize;
use statrs::distribution::{Beta, ContinuousCDF};

use super::bins::MAX_SCORE;

/// Shares of the control's documents beyond each threshold, if there are at least [`MANY_DOCUMENTS`] and if fewer.
const EXCEEDANCES: ([f64; 3], [f64; 3]) = ([0.02, 0.01, 0.005], [0.1, 0.05, 0.02]);
/// Number of control documents from which the small exceedances are used.
const MANY_DOCUMENTS: usize = 500;
/// Minimum number of control documents for a bound.
pub const MIN_CONTROL_DOCUMENTS: usize = 50;
/// Minimum factor by which people today may exceed a threshold more often than the control's.
pub(crate) const LEAST_RHO: f64 = 2.0;
/// Maximum number of groups of documents by length, within which means are standardised.
const LENGTH_GROUPS: usize = 5;
/// Minimum number of control documents in each of them.
const MIN_OF_LENGTH: usize = 25;

/// A document as the bound sees it.
#[derive(Debug, Clone, Copy, PartialEq)]
#[non_exhaustive]
pub struct DocumentMean {
    /// Mean clipped score of its units, in nats.
    pub mean: f64,
    /// Number of its units.
    pub n_units: usize,
}

/// Returns the mean score of a document, in nats, each unit's clipped to [-4, 4] so that none
/// decides alone.
///
/// ```
/// let found = llm_prevalence::two_level::document_mean([1.0, -2.0, 900.0].into_iter());
/// assert_eq!((found.n_units, found.mean), (3, 1.0));
/// ```
pub fn document_mean(scores: impl Iterator<Item = f64>) -> DocumentMean {
    let (sum, n_units) = scores.fold((0.0, 0), |(sum, n), score| (sum + score.clamp(-MAX_SCORE, MAX_SCORE), n + 1));
    DocumentMean { mean: sum / n_units.max(1) as f64, n_units }
}

/// The bounds of the share of LLM documents.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Bound {
    /// Lower bound of the share, 0 to 1.
    pub documents: f64,
    /// Upper bound of the share, 0 to 1, if the LLM text is generated and at least as unlike human text as that of any
    /// LLM of the reference; `None` if nothing bounds it. For an LLM that writes more like people it does not hold
    /// (reports/unseen.md), so that no table shows it.
    pub upper_generated: Option<f64>,
    /// Upper bound of the share, 0 to 1, if people wrote the text and an LLM rewrote it; `None` if nothing bounds it.
    pub upper_rewritten: Option<f64>,
    /// Factor by which people may exceed a threshold more often than the control's for the bound to hold.
    pub rho: f64,
    /// Factor by which people would have to exceed it more often for the bound to be 0.
    pub breakdown: f64,
}

/// The way an LLM made a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum TextKind {
    /// The LLM wrote the text.
    Generated,
    /// The LLM rewrote what people had written.
    Rewritten,
}

/// Computes the bound at confidence 1 - `delta` from control documents of the target's kind; `None` if too few.
///
/// With p- the lower limit of the share of target documents beyond a threshold, and h+ the upper limit of that of the
/// control's (Clopper and Pearson 1934, Biometrika 26:404, with `delta` divided among thresholds and sides), it is the
/// largest (p- - rho h+) / (1 - rho h+) over the thresholds, 0 to 1. It assumes that people today exceed a threshold at
/// most `rho` times as often as the control's, and nothing of LLMs.
///
/// The upper ends come from `sensitivity`: the least probability that an LLM document of this kind and number of units
/// has a mean above this one.
///
/// ```
/// use llm_prevalence::two_level::{bound, document_mean};
///
/// let document = |mean: f64| document_mean(std::iter::repeat_n(mean, 20));
/// let control: Vec<_> = (0..1000).map(|at| document(f64::from(at % 100) / 50.0 - 1.0)).collect();
/// // A third of the target lies far beyond what the control's people write.
/// let target: Vec<_> = (0..900).map(|at| document(if at % 3 == 0 { 3.0 } else { f64::from(at % 100) / 50.0 - 1.0 })).collect();
/// let found = bound(&target, &control, 2.0, 0.05, &|_, _, _| None).unwrap();
/// assert!(found.documents > 0.25 && found.documents < 0.34, "{}", found.documents);
/// ```
pub fn bound(
    target: &[DocumentMean],
    control: &[DocumentMean],
    rho: f64,
    delta: f64,
    sensitivity: &dyn Fn(TextKind, f64, f64) -> Option<f64>,
) -> Option<Bound> {
    if control.len() < MIN_CONTROL_DOCUMENTS || target.is_empty() {
        return None;
    }
    let lengths = Lengths::of(control);
    let events = events(target, control, &lengths, delta);
    let lower = |of: &Event| (of.target.0 - rho * of.control.1) / (1.0 - rho * of.control.1).max(f64::MIN_POSITIVE);
    let upper = |kind: TextKind| {
        let of_event = |of: &Event| {
            let least = lengths.average(target, |mean, n_units| sensitivity(kind, mean, n_units), of.threshold)?;
            let of_human = of.control.0 / rho;
            (least > of_human).then(|| (of.target.1 - of_human) / (least - of_human))
        };
        events.iter().filter_map(of_event).min_by(f64::total_cmp).filter(|upper| *upper < 1.0)
    };
    let documents = events.iter().map(lower).fold(0.0, f64::max).min(1.0);
    Some(Bound {
        documents,
        upper_generated: upper(TextKind::Generated).map(|upper| upper.max(documents)),
        upper_rewritten: upper(TextKind::Rewritten).map(|upper| upper.max(documents)),
        rho,
        breakdown: events.iter().map(|of| of.target.0 / of.control.1).fold(0.0, f64::max),
    })
}

/// The event that a document is beyond a threshold, with confidence limits of how often it happens.
struct Event {
    /// Threshold in standard deviations of control documents of about the same length.
    threshold: f64,
    target: (f64, f64),
    control: (f64, f64),
}

fn events(target: &[DocumentMean], control: &[DocumentMean], lengths: &Lengths, delta: f64) -> Vec<Event> {
    let [target, control] = [target, control].map(|documents| lengths.standardised(documents));
    let exceedances = if control.len() >= MANY_DOCUMENTS { EXCEEDANCES.0 } else { EXCEEDANCES.1 };
    let each = delta / (2 * exceedances.len()) as f64;
    let event = |exceedance: f64| {
        let n_beyond = (exceedance * control.len() as f64).floor() as usize;
        let threshold = control[control.len() - 1 - n_beyond];
        let limits = |documents: &[f64]| {
            let n = documents.len();
            let beyond = n - documents.partition_point(|&mean| mean <= threshold);
            (lower_limit(beyond, n, each), upper_limit(beyond, n, each))
        };
        Event { threshold, target: limits(&target), control: limits(&control) }
    };
    exceedances.into_iter().map(event).collect()
}

/// The location and scale of the control's means by length of document.
struct Lengths {
    /// Largest number of units of each group but the last.
    ends: Vec<usize>,
    moments: Vec<(f64, f64)>,
}

impl Lengths {
    fn of(control: &[DocumentMean]) -> Lengths {
        let mut by_length = control.to_vec();
        by_length.sort_by(|a, b| a.n_units.cmp(&b.n_units).then(a.mean.total_cmp(&b.mean)));
        let ends = ends_of_groups(&by_length);
        let mut groups: Vec<Vec<f64>> = vec![vec![]; ends.len() + 1];
        by_length.iter().for_each(|document| groups[group_of(&ends, document.n_units)].push(document.mean));
        let moments = groups.iter().map(|means| {
            let n = means.len().max(1) as f64;
            let mean = means.iter().sum::<f64>() / n;
            let variance = means.iter().map(|value| (value - mean).powi(2)).sum::<f64>() / n;
            (mean, variance.sqrt().max(1e-3))
        });
        Lengths { moments: moments.collect(), ends }
    }

    /// Averages `of` over the target's lengths, at a mean of `threshold` standard deviations and a group's mean length.
    fn average(&self, target: &[DocumentMean], of: impl Fn(f64, f64) -> Option<f64>, threshold: f64) -> Option<f64> {
        let mut sizes = vec![(0.0, 0.0); self.moments.len()];
        for document in target {
            let (n, n_units) = &mut sizes[group_of(&self.ends, document.n_units)];
            (*n, *n_units) = (*n + 1.0, *n_units + document.n_units as f64);
        }
        let mut sum = 0.0;
        for ((n, n_units), (mean, deviation)) in sizes.into_iter().zip(&self.moments).filter(|((n, _), _)| *n > 0.0) {
            sum += n * of(mean + threshold * deviation, n_units / n)?;
        }
        Some(sum / target.len() as f64)
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

/// Returns the ends of groups of about as many documents, which are in the order of their lengths. Many have the same length, so
/// that a group may be larger, and an end that leaves too few on either side of it is none.
fn ends_of_groups(by_length: &[DocumentMean]) -> Vec<usize> {
    let n_groups = LENGTH_GROUPS.min(by_length.len() / MIN_CONTROL_DOCUMENTS).max(1);
    let (mut ends, mut n_before) = (Vec::new(), 0);
    for group in 1..n_groups {
        let end = by_length[group * by_length.len() / n_groups].n_units;
        let n_up_to = by_length.partition_point(|document| document.n_units <= end);
        if n_up_to >= n_before + MIN_OF_LENGTH && by_length.len() >= n_up_to + MIN_OF_LENGTH {
            ends.push(end);
            n_before = n_up_to;
        }
    }
    ends
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

/// Returns a quantile of the beta distribution: by statrs up to shapes of 100,000; beyond, the normal is exact enough.
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
        assert_eq!(bound(&clean, &control, 2.0, 0.05, &|_, _, _| None).unwrap().documents, 0.0);
        let mut mixed = clean[..700].to_vec();
        mixed.extend((0..300).map(|at| DocumentMean { mean: 3.5, n_units: 10 + at % 30 }));
        let found = bound(&mixed, &control, 2.0, 0.05, &|_, _, _| None).unwrap();
        assert!(found.documents > 0.22 && found.documents <= 0.3, "{found:?}");
        assert!(found.breakdown > 10.0, "{found:?}");
        assert_eq!(bound(&clean, &control[..49], 2.0, 0.05, &|_, _, _| None), None);
    }

    /// Of 300 documents of one length and two longer ones none is beyond what people write.
    #[test]
    fn lengths_that_the_control_hardly_has_are_no_group_of_their_own() {
        let human = |at: usize, n_units| DocumentMean { mean: ((at * 7919) % 1000) as f64 / 500.0 - 0.5, n_units };
        let target: Vec<DocumentMean> = (1000..1300).map(|at| human(at, 6)).collect();
        for n_longer in [0, 2] {
            let control: Vec<_> = (0..300).map(|at| human(at, if at < n_longer { 6 } else { 5 })).collect();
            let found = bound(&target, &control, 2.0, 0.05, &|_, _, _| None).unwrap();
            assert!(found.documents == 0.0 && found.breakdown < 1.0, "{n_longer}: {found:?}");
        }
    }

    #[test]
    fn upper_ends_hold_the_share_where_llms_are_told_well_and_are_none_where_they_are_not() {
        let human = |at: usize| DocumentMean { mean: ((at * 7919) % 1000) as f64 / 500.0 - 1.0, n_units: 10 + at % 30 };
        let control: Vec<DocumentMean> = (0..1000).map(human).collect();
        let mut mixed: Vec<DocumentMean> = (1000..1700).map(human).collect();
        mixed.extend((0..300).map(|at| DocumentMean { mean: 3.5, n_units: 10 + at % 30 }));
        let sensitivity = |kind: TextKind, _: f64, _: f64| Some(if kind == TextKind::Generated { 0.9 } else { 0.2 });
        let found = bound(&mixed, &control, 2.0, 0.05, &sensitivity).unwrap();
        assert!(found.upper_generated.is_some_and(|upper| (0.3..0.45).contains(&upper)), "{found:?}");
        assert_eq!(found.upper_rewritten, None);
    }
}
