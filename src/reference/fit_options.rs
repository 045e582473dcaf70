//! The choices of a fit.

use super::LogisticSettings;
use super::card::Card;
use super::component::Grouping;
use crate::occurrence::VocabularyRule;
use crate::tokenize::UnitRule;

/// The choices of a fit.
#[derive(Debug, Clone)]
pub struct FitOptions {
    /// Card of the reference.
    pub card: Card,
    /// LLM sources to group; each of the others is a component of its own.
    pub groups: Vec<Grouping>,
    /// Kind of unit.
    pub unit: UnitRule,
    /// Rule that chooses the words of the vocabulary.
    pub vocabulary_rule: VocabularyRule,
    /// Regularisation of the logistic scorer.
    pub logistic: LogisticSettings,
    /// Seed of the folds.
    pub seed: u64,
    /// Number of folds, at least 2.
    pub n_folds: u8,
    /// Columns that the groups came from, for the record.
    pub split_by: Vec<String>,
    /// Share of groups held out, 0 to below 1.
    pub held_out_share: f64,
    /// Whether to learn the scores from fewer words too, which the specification band needs.
    pub variants: bool,
}

impl Default for FitOptions {
    fn default() -> Self {
        FitOptions {
            card: Card::default(),
            groups: vec![],
            unit: UnitRule::default(),
            vocabulary_rule: VocabularyRule::default(),
            logistic: LogisticSettings::default(),
            seed: 0,
            n_folds: 5,
            split_by: vec![],
            held_out_share: 0.0,
            variants: false,
        }
    }
}
