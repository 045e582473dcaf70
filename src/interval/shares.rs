//! The shares of one target, and what tests of them rest on.

use nalgebra::DVector;

use super::evidence::Evidence;
use super::local::draws;
use super::model::ScoreModel;

/// Tests of the shares of one target.
pub(crate) struct ShareTests<'a> {
    pub(super) evidence: &'a Evidence,
    pub(super) model: &'a ScoreModel<'a>,
    /// The maximum-likelihood shares of all sources, human first.
    pub(super) shares: Vec<f64>,
    pub(super) n_pairs: f64,
    pub(super) draws: Vec<DVector<f64>>,
}

impl<'a> ShareTests<'a> {
    /// Finds the shares; `evidence` needs at least one unit. With one document the clustered variance rests on `model`
    /// alone.
    pub fn new(evidence: &'a Evidence, model: &'a ScoreModel<'a>) -> ShareTests<'a> {
        let k = evidence.n_components();
        let draws = if k > 1 { draws(k) } else { vec![] };
        ShareTests { evidence, model, shares: evidence.ratios().shares(), n_pairs: evidence.n_pairs(), draws }
    }

    /// Returns the maximum-likelihood shares of all sources, human first.
    pub fn shares(&self) -> &[f64] {
        &self.shares
    }
}
