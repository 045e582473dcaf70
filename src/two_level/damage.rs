//! Finds damage in a model that was read from a file: what estimates take for granted and the file may have otherwise.

use super::bins::{Bins, MAX_SCORE, N_BINS};
use super::learn::StrataModel;
use super::side::{SidePrior, Tilts};
use super::systematic::Systematic;

/// Largest difference from 1 of the sum of a shape that rounding may leave.
const TOLERANCE: f64 = 1e-6;

impl StrataModel {
    /// Describes the first part that no model learnt from strata has; `None` if all of it can be so.
    pub(crate) fn damage(&self) -> Option<String> {
        let priors = [Some(self.human), Some(self.llm), self.unlike];
        let mut tilts = self.strata.iter().map(|stratum| stratum.tilts);
        let parts = [
            (has_edges(&self.bins), format!("the strata's bins do not have {} rising edges", N_BINS - 1)),
            (has_levels(&self.bins), format!("the strata's bins do not have {N_BINS} levels within {MAX_SCORE} nats")),
            (is_shape(&self.human_shape), no_shape("human text")),
            (is_shape(&self.llm_shape), no_shape("LLM text")),
            (
                priors.into_iter().flatten().all(is_prior),
                "a prior of the strata has no mean or a variance that is not above 0".to_owned(),
            ),
            (tilts.all(are_finite), "a tilt of the strata is not a number".to_owned()),
            (are_errors(self.systematic), "a systematic error of the strata is not a number from 0 on".to_owned()),
        ];
        parts.into_iter().find(|(holds, _)| !holds).map(|(_, what)| what)
    }
}

/// Returns whether the edges never fall; two are the same where many units have one score.
fn has_edges(bins: &Bins) -> bool {
    let edges = &bins.edges;
    edges.len() == N_BINS - 1
        && edges.iter().all(|edge| edge.is_finite())
        && edges.windows(2).all(|pair| pair[0] <= pair[1])
}

fn has_levels(bins: &Bins) -> bool {
    bins.levels.len() == N_BINS && bins.levels.iter().all(|level| level.abs() <= MAX_SCORE)
}

fn is_shape(shape: &[f64]) -> bool {
    let is_probability = |p: &f64| *p > 0.0 && *p <= 1.0;
    shape.len() == N_BINS && shape.iter().all(is_probability) && (shape.iter().sum::<f64>() - 1.0).abs() <= TOLERANCE
}

fn no_shape(of: &str) -> String {
    format!("the strata's shape of {of} is not {N_BINS} probabilities that sum to 1")
}

fn is_prior(prior: SidePrior) -> bool {
    let is_variance = |variance: f64| variance.is_finite() && variance > 0.0;
    are_finite(prior.mean) && is_variance(prior.location_variance) && is_variance(prior.log_spread_variance)
}

fn are_finite(tilts: Tilts) -> bool {
    tilts.location.is_finite() && tilts.log_spread.is_finite()
}

fn are_errors(systematic: Systematic) -> bool {
    let Systematic { human, llm, mixed, human_mixed, unit_human, unit_llm } = systematic;
    [human, llm, mixed, human_mixed, unit_human, unit_llm].iter().all(|term| term.is_finite() && *term >= 0.0)
}
