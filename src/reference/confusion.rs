//! Confusion: how well the components of a reference are told apart, pair by pair.

use super::record::Reference;
use super::training::Scorer;

/// Confusion above which two components are hardly told apart; 0.5 is chance.
pub const NOT_TOLD_APART: f64 = 0.4;

/// Two components, and how often the units of one score higher for the other.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Confusion {
    /// Names of the components.
    pub names: [String; 2],
    /// Mean share of units that score higher for the other one, out of fold: 0 to 0.5, which is chance.
    pub share: f64,
}

/// Returns every pair of components by the logistic scores of the reference's units, the hardest first.
///
/// The confusion of the components `i` and `j` is `(c_ij + c_ji) / 2`, with `c_ij` the share of units of `i` that score
/// higher for `j` than for `i`, out of fold, ties by half: a share of units, 0 if they are told apart without error, 0.5 if not at all.
/// None are returned without logistic scores of the reference's own unit. Assumed is that the texts to estimate are like
/// those of the reference; components that it does not tell apart can only be estimated together.
///
/// ```
/// use llm_prevalence::reference::{Reference, confusions};
///
/// let found = confusions(&Reference::embedded("reviews")?);
/// assert!(found.iter().all(|pair| (0.0..=0.5).contains(&pair.share)));
/// assert!(found.is_sorted_by(|harder, easier| harder.share >= easier.share));
/// # Ok::<(), llm_prevalence::reference::ReferenceError>(())
/// ```
pub fn confusions(reference: &Reference) -> Vec<Confusion> {
    let Some(calibration) = reference.calibration(Scorer::Logistic, reference.settings.unit) else { return vec![] };
    let names = reference.component_names();
    let pairs = (0..names.len()).flat_map(|a| (a + 1..names.len()).map(move |b| (a, b)));
    let mut confusions: Vec<Confusion> = pairs
        .map(|(a, b)| Confusion { names: [names[a].clone(), names[b].clone()], share: calibration.confusion_of(a, b) })
        .collect();
    confusions.sort_by(|a, b| b.share.total_cmp(&a.share).then_with(|| a.names.cmp(&b.names)));
    confusions
}
