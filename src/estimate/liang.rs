//! Estimates as the published code does (Liang et al. 2024), to the digit, for comparison: `--method liang`.
//!
//! Occurrence probabilities are unsmoothed, words as if independent, scores uncalibrated; the interval is a percentile
//! bootstrap over units as if independent. The maximum is exact where the published code rounds it.

use super::error::EstimateError;
use super::estimator::require_enough;
use super::evidence::N_REPLICATES;
use super::group::Group;
use super::record::{GroupEstimate, ShareEstimate};
use super::sources::SourceShare;
use crate::interval::bootstrap;
use crate::mixture;
use crate::reference::HUMAN;
use crate::tokenize::UnitRule;

/// Maximum absolute log ratio, in nats, so that no density ratio is 0 or infinite.
const MAX_LOG_RATIO: f64 = 700.0;

/// Estimates every group as the published code does, from scores by a [`Distribution`](crate::reference::Distribution):
/// alpha, 0 to 1, at the maximum of the log-likelihood of sentences that are independent (Liang et al. 2024, equation 6),
/// with a percentile interval at `level` from a bootstrap of sentences.
///
/// # Errors
/// Fails if no group has enough sentences.
///
/// # Examples
///
/// ```
/// use llm_prevalence::estimate::{groups, liang};
/// use llm_prevalence::score::{DocumentKey, ScoreTable, ScoredDocument};
///
/// // The log ratio of each of two sentences a document.
/// let mut table = ScoreTable::new(vec![]);
/// for n in 0..100 {
///     let scores = if n < 20 { vec![3.0, 2.0] } else { vec![-3.0, -2.0] };
///     table.push(ScoredDocument::new(DocumentKey(n), vec![], scores, 1));
/// }
/// let found = liang::estimate_groups(groups(&table, &[])?, 0.95, 0)?;
/// assert!((found[0].alpha().unwrap() - 0.14).abs() < 0.02);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn estimate_groups(groups: Vec<Group<'_>>, level: f64, seed: u64) -> Result<Vec<GroupEstimate>, EstimateError> {
    require_enough(&groups, UnitRule::Sentence, |group| group.n_units())?;
    Ok(groups.into_iter().map(|group| estimate_group(group, level, seed)).collect())
}

fn estimate_group(group: Group<'_>, level: f64, seed: u64) -> GroupEstimate {
    let (n_documents, n_units) = (group.documents.len(), group.n_units());
    if let Some(without) = GroupEstimate::without_share(&group, n_units, UnitRule::Sentence) {
        return without;
    }
    let scores = group.documents.iter().flat_map(|document| document.scores());
    let excess: Vec<f64> =
        scores.map(|&score| f64::from(score).clamp(-MAX_LOG_RATIO, MAX_LOG_RATIO).exp_m1()).collect();
    let alpha = mixture::alpha(&excess);
    let resampled = bootstrap(n_units, N_REPLICATES, seed, level, |draw| {
        let drawn: Vec<f64> = draw.iter().map(|&unit| excess[unit as usize]).collect();
        mixture::alpha(&drawn)
    });
    let name =
        |name: &str, share| SourceShare { name: name.to_owned(), share: Some(share), interval: None, identified: true };
    let found = ShareEstimate {
        sources: vec![name(HUMAN, 1.0 - alpha), name("llm", alpha)],
        ..ShareEstimate::new(alpha, resampled.standard_error, resampled.interval)
    };
    GroupEstimate {
        outcome: Some(found),
        warnings: vec![],
        ..GroupEstimate::too_small(group.values, n_documents, n_units, UnitRule::Sentence)
    }
}
