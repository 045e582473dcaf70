//! Variants: the same scores from fewer words, for the specification band.

use serde::{Deserialize, Serialize};

use super::calibration::Calibration;
use super::fit_options::FitOptions;
use super::lexicon::Lexicon;
use super::limits::MIN_DOCUMENTS;
use super::logistic;
use super::stored_weights::{KnownCalibration, LogisticWeights};
use super::training::{Scorer, calibrate, calibrate_documents, score_out_of_fold};
use super::training_set::TrainingSet;
use super::weights::Weights;
use crate::progress::Progress;
use crate::tokenize::UnitRule;

/// Logistic scores from a part of the vocabulary, fitted and calibrated as those from all of it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Variant {
    /// Part of the vocabulary.
    pub lexicon: Lexicon,
    /// Numbers of its words in the vocabulary, in rising order.
    pub words: Vec<u32>,
    /// Weights, one for each of these words and each component.
    pub logistic: LogisticWeights,
    /// Calibrations, one for each unit.
    pub calibrations: Vec<KnownCalibration>,
}

impl Variant {
    /// Fits the variant of `lexicon`, whose search begins at the `weights` of all words; `None` if no words are left.
    pub(super) fn fit(
        set: &TrainingSet<'_>,
        lexicon: Lexicon,
        words: Vec<u32>,
        weights: &Weights,
        options: &FitOptions,
        progress: &dyn Progress,
    ) -> Option<Variant> {
        if words.is_empty() {
            return None;
        }
        let presence = set.presence.restricted_to(&words, set.n_words);
        let set = TrainingSet { presence: &presence, n_words: words.len(), ..*set };
        progress.step(&format!("{lexicon}: weights on all folds"));
        let weights = logistic::fit(&set, options.logistic, None, Some(&weights.restricted_to(&words)));
        let step = (progress, lexicon.name());
        let scores = score_out_of_fold(&set, Scorer::Logistic, options.logistic, options.n_folds, &weights, step);
        let calibrations = calibrations_of(&set, Scorer::Logistic, &scores, options.unit);
        Some(Variant { lexicon, words, logistic: LogisticWeights::round(&weights), calibrations })
    }

    /// Returns the weights, for words numbered by their place in [`words`](Self::words).
    pub fn weights(&self) -> Weights {
        self.logistic.weights()
    }

    /// Returns the calibration for `unit`, if there is one.
    pub fn calibration(&self, unit: UnitRule) -> Option<&Calibration> {
        self.calibrations.iter().find(|of| of.unit == unit).map(|of| &of.calibration)
    }

    /// Returns whether all parts have the sizes that a vocabulary of `n_words` and K components require.
    pub(super) fn is_consistent(&self, n_words: usize, k: usize) -> bool {
        self.words.windows(2).all(|pair| pair[0] < pair[1])
            && self.words.last().is_some_and(|&last| (last as usize) < n_words)
            && self.logistic.bias.len() == k
            && self.logistic.by_word.len() == self.words.len() * k
            && self.calibrations.iter().all(|of| of.calibration.is_consistent(k))
    }
}

/// Learns the calibrations of sentences and of whole documents; if a unit is a document, both are the same.
pub(super) fn calibrations_of(
    set: &TrainingSet<'_>,
    scorer: Scorer,
    scores: &[f64],
    unit: UnitRule,
) -> Vec<KnownCalibration> {
    let mut calibrations = Vec::new();
    if unit == UnitRule::Sentence {
        let calibration = calibrate(set, scores);
        calibrations.push(KnownCalibration { scorer, unit: UnitRule::Sentence, calibration });
    }
    let has_enough = set.n_documents_of_class().iter().all(|&n| n >= MIN_DOCUMENTS);
    if unit == UnitRule::Document || has_enough {
        let calibration = calibrate_documents(set, scores);
        calibrations.push(KnownCalibration { scorer, unit: UnitRule::Document, calibration });
    }
    calibrations
}
