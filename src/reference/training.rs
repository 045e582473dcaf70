//! Fits a scorer on documents, and scores them out of fold, by models that have not seen a unit's document.

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::calibration::{Calibration, document_score};
use super::known_scores::KnownScores;
use super::logistic::LogisticSettings;
pub use super::training_set::TrainingSet;
use super::weights::Weights;
use super::{logistic, naive_bayes};
use crate::progress::{Parts, Progress};

/// A way to turn words into a score.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Scorer {
    /// The published likelihood: words as if independent, with add-one-half smoothing.
    NaiveBayes,
    /// L2-regularised multinomial logistic regression on the same presence vectors; tells sources apart better.
    #[default]
    Logistic,
}

impl Scorer {
    /// Every scorer, in the order of reference files.
    pub const ALL: [Scorer; 2] = [Scorer::NaiveBayes, Scorer::Logistic];

    /// Returns the name in files and flags.
    pub fn name(self) -> &'static str {
        match self {
            Scorer::NaiveBayes => "naive-bayes",
            Scorer::Logistic => "logistic",
        }
    }
}

impl std::fmt::Display for Scorer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.pad(self.name())
    }
}

/// Fits the weights of `scorer` on all documents.
pub fn fit_weights(set: &TrainingSet<'_>, scorer: Scorer, settings: LogisticSettings) -> Weights {
    match scorer {
        Scorer::NaiveBayes => naive_bayes::fit(set, None),
        Scorer::Logistic => logistic::fit(set, settings, None, None),
    }
}

/// Returns K log ratios for every unit, in nats, by the model fitted without the unit's fold; `all` are the weights of all documents.
/// Progress says `what` is scored.
pub fn score_out_of_fold(
    set: &TrainingSet<'_>,
    scorer: Scorer,
    settings: LogisticSettings,
    n_folds: u8,
    all: &Weights,
    (progress, what): (&dyn Progress, &str),
) -> Vec<f64> {
    let k = set.n_components;
    let parts = Parts::begin(progress, &format!("{what}: {n_folds}-fold out-of-fold scores"), n_folds.into());
    let fit = |fold: u8| match scorer {
        Scorer::NaiveBayes => naive_bayes::fit(set, Some(fold)),
        Scorer::Logistic => logistic::fit(set, settings, Some(fold), Some(all)),
    };
    let models: Vec<Weights> = (0..n_folds).into_par_iter().map(|fold| parts.done(fit(fold))).collect();
    let mut scores = vec![0.0; set.presence.n_units() * k];
    for document in 0..set.presence.n_documents() {
        let model = &models[set.fold_of[document] as usize];
        for unit in set.presence.units_of(document) {
            model.score(set.presence.unit(unit), &mut scores[unit * k..(unit + 1) * k]);
        }
    }
    scores
}

/// Learns the calibration of the set's units from their out-of-fold `scores`.
pub fn calibrate(set: &TrainingSet<'_>, scores: &[f64]) -> Calibration {
    let documents: Vec<_> = (0..set.presence.n_documents())
        .map(|document| (set.presence.units_of(document), set.class_of[document]))
        .collect();
    Calibration::fit(&KnownScores { k: set.n_components, scores, documents: &documents })
}

/// Learns the calibration of whole documents from the out-of-fold `scores` of the set's units: that of a document is the
/// mean over the quarter of its units that look least like LLM text.
pub(super) fn calibrate_documents(set: &TrainingSet<'_>, scores: &[f64]) -> Calibration {
    let k = set.n_components;
    let (mut of_documents, mut documents) = (Vec::new(), Vec::new());
    for document in 0..set.presence.n_documents() {
        let units = set.presence.units_of(document);
        if !units.is_empty() {
            of_documents.extend(document_score(k, &scores[units.start * k..units.end * k]));
            documents.push((documents.len()..documents.len() + 1, set.class_of[document]));
        }
    }
    Calibration::fit(&KnownScores { k, scores: &of_documents, documents: &documents })
}
