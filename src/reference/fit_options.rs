//! The choices of a fit.

use super::card::Card;
use super::component::Grouping;
use super::logistic::LogisticSettings;
use crate::occurrence::VocabularyRule;
use crate::tokenize::UnitRule;

/// The choices of a fit.
#[derive(Debug, Clone)]
#[non_exhaustive]
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

impl FitOptions {
    /// Sets the card of the reference.
    pub fn card(self, card: Card) -> FitOptions {
        FitOptions { card, ..self }
    }

    /// Sets the LLM sources to group.
    pub fn groups(self, groups: Vec<Grouping>) -> FitOptions {
        FitOptions { groups, ..self }
    }

    /// Sets the kind of unit.
    pub fn unit(self, unit: UnitRule) -> FitOptions {
        FitOptions { unit, ..self }
    }

    /// Sets the rule that chooses the words of the vocabulary.
    pub fn vocabulary_rule(self, vocabulary_rule: VocabularyRule) -> FitOptions {
        FitOptions { vocabulary_rule, ..self }
    }

    /// Sets the regularisation of the logistic scorer.
    pub fn logistic(self, logistic: LogisticSettings) -> FitOptions {
        FitOptions { logistic, ..self }
    }

    /// Sets the seed of the folds.
    pub fn seed(self, seed: u64) -> FitOptions {
        FitOptions { seed, ..self }
    }

    /// Sets the number of folds, at least 2.
    pub fn n_folds(self, n_folds: u8) -> FitOptions {
        FitOptions { n_folds, ..self }
    }

    /// Sets the columns that the groups came from, for the record.
    pub fn split_by(self, split_by: Vec<String>) -> FitOptions {
        FitOptions { split_by, ..self }
    }

    /// Sets the share of groups held out, 0 to below 1.
    pub fn held_out_share(self, held_out_share: f64) -> FitOptions {
        FitOptions { held_out_share, ..self }
    }

    /// Sets whether to learn the scores from fewer words too.
    pub fn variants(self, variants: bool) -> FitOptions {
        FitOptions { variants, ..self }
    }
}
