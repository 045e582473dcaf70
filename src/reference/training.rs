//! What a scorer is fitted on, and out-of-fold scores: those of units by models that have not seen their document.

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::calibration::{Calibration, KnownScores, document_score};
use super::{LogisticSettings, Weights, logistic, naive_bayes};
use crate::occurrence::Presence;

/// How words become a score.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
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

    /// The name in files and flags.
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

/// Units of known source: presence vectors, the class of each document (0 human, k the k-th LLM component) and its fold.
pub struct TrainingSet<'a> {
    /// Presence vectors of all documents.
    pub presence: &'a Presence,
    /// The class of each document.
    pub class_of: &'a [u8],
    /// The fold of each document; documents that belong together share it.
    pub fold_of: &'a [u8],
    /// Number of LLM components, K.
    pub n_components: usize,
    /// Number of words in the vocabulary.
    pub n_words: usize,
}

impl TrainingSet<'_> {
    /// Documents outside `left_out`, with their class.
    pub(super) fn documents(&self, left_out: Option<u8>) -> impl Iterator<Item = (usize, u8)> {
        (0..self.presence.n_documents())
            .filter(move |&document| left_out != Some(self.fold_of[document]))
            .map(|document| (document, self.class_of[document]))
    }

    /// Documents with at least one unit, per class.
    pub(super) fn n_documents_of_class(&self) -> Vec<u64> {
        let mut n_documents = vec![0; self.n_components + 1];
        let has_units = |(document, _): &(usize, u8)| !self.presence.units_of(*document).is_empty();
        self.documents(None).filter(has_units).for_each(|(_, class)| n_documents[class as usize] += 1);
        n_documents
    }

    /// Units per class outside `left_out`.
    pub(super) fn n_units_of_class(&self, left_out: Option<u8>) -> Vec<u64> {
        let mut n_units = vec![0; self.n_components + 1];
        for (document, class) in self.documents(left_out) {
            n_units[class as usize] += self.presence.units_of(document).len() as u64;
        }
        n_units
    }
}

/// Fits the weights of `scorer` on all documents but those of the fold `left_out`.
pub fn fit_weights(set: &TrainingSet<'_>, scorer: Scorer, settings: LogisticSettings, left_out: Option<u8>) -> Weights {
    match scorer {
        Scorer::NaiveBayes => naive_bayes::fit(set, left_out),
        Scorer::Logistic => logistic::fit(set, settings, left_out),
    }
}

/// K log ratios for every unit, by the model fitted without the unit's fold.
pub fn score_out_of_fold(set: &TrainingSet<'_>, scorer: Scorer, settings: LogisticSettings, n_folds: u8) -> Vec<f64> {
    let k = set.n_components;
    let models: Vec<Weights> =
        (0..n_folds).into_par_iter().map(|fold| fit_weights(set, scorer, settings, Some(fold))).collect();
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

/// Learns the calibration of whole documents, see [`document_score`], from the out-of-fold `scores` of the set's units.
pub fn calibrate_documents(set: &TrainingSet<'_>, scores: &[f64]) -> Calibration {
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
