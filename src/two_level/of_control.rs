//! The share that a control itself reads as an LLM's: what the model gets wrong about this kind of human text.

use super::bins::BinCounts;
use super::columns::{Likelihoods, LogShapes, ShareOf};
use super::explanations::explain;
use super::learn::StrataModel;
use super::side::SidePrior;

/// Returns the share, 0 to 1, that the model sees in the `control`, whose tilts the prior `human` has learnt; 0 if it may be 0, that
/// is if twice the log-likelihood ratio against no LLM is at most `critical`.
///
/// The shape of human text is that of the strata, tilted. Where it does not fit, an LLM's explains the difference.
pub fn share_of_control(
    model: &StrataModel,
    control: &[BinCounts],
    shapes: &LogShapes,
    human: SidePrior,
    of: ShareOf,
    critical: f64,
) -> f64 {
    let likelihoods = Likelihoods::new(control, shapes, of);
    let explanations = explain(&likelihoods, human, model);
    let best = explanations.modes[explanations.best(true)].1;
    let is_some = explanations.deviance_at_zero(&best) > critical;
    if is_some { best.share } else { 0.0 }
}

/// Returns the part, 0 to 1, that is kept of a `share` if so much of human text `of_control` reads so: by an LLM are then
/// `(share - of_control) / (1 - of_control)` of the units.
pub fn part_kept(share: f64, of_control: f64) -> f64 {
    let by_llm = if of_control < 1.0 { (share - of_control) / (1.0 - of_control) } else { 0.0 };
    if share > 0.0 { (by_llm / share).clamp(0.0, 1.0) } else { 1.0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_share_without_that_of_the_control() {
        let without = |share: f64, of_control: f64| share * part_kept(share, of_control);
        for share in [0.0, 0.2, 1.0] {
            assert_eq!(without(share, 0.0), share);
            // Human text reads 30 %, LLM text 100 %.
            assert!((without(share + (1.0 - share) * 0.3, 0.3) - share).abs() < 1e-12);
        }
        assert_eq!((without(0.2, 0.3), without(1.0, 1.0)), (0.0, 0.0));
    }
}
