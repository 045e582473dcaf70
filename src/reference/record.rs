//! The reference itself: everything that `fit` learnt, and its provenance.

use serde::{Deserialize, Serialize};

use super::calibration::Calibration;
use super::card::{Card, CorpusCard};
use super::component::Component;
use super::lexicon::Lexicon;
use super::logistic::LogisticSettings;
use super::naive_bayes;
use super::stored_weights::{KnownCalibration, LogisticWeights};
use super::strata::Strata;
use super::systematic::SystematicError;
use super::training::Scorer;
use super::variants::Variant;
use super::weights::Weights;
use crate::occurrence::{Vocabulary, VocabularyRule};
use crate::tokenize::{TextProfile, UnitRule};

/// The reference that `fit` makes and `estimate` uses, serialised as one JSON object.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Reference {
    /// Name of the format, always [`FORMAT`](super::store::FORMAT).
    pub format: String,
    /// Version of the file's layout.
    pub version: u32,
    /// Name, purpose and limits.
    pub card: Card,
    /// Settings of the fit.
    pub settings: Settings,
    /// Sources, human first, then the LLMs.
    pub sources: Vec<Source>,
    /// Components that the scores tell from human text; each pools one or more LLM sources.
    pub components: Vec<Component>,
    /// Words of the vocabulary, in byte order.
    pub vocabulary: Vec<Box<str>>,
    /// Number of units with each word, per source, in the order of the vocabulary.
    pub occurrences: Vec<Vec<u64>>,
    /// Logistic weights; those of naive Bayes follow from the occurrences.
    pub logistic: LogisticWeights,
    /// Calibrations, one for each scorer and unit.
    pub calibrations: Vec<KnownCalibration>,
    /// Scores from fewer words, if `fit` has learnt them.
    pub variants: Vec<Variant>,
    /// Score and model learnt from strata; `None` if these were too few to show how other forms and LLMs may look.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub strata: Option<Strata>,
    /// Errors on other kinds of text that `validate` has learnt; `None` if it has not been run for that.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub systematic_error: Option<SystematicError>,
    /// Length of its texts' units, and share of their words in the vocabulary; `None` if made before this was kept.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text_profile: Option<TextProfile>,
}

/// The choices of a fit; two references with the same settings and input are equal to the byte.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Settings {
    /// Version of the tool that made the reference.
    pub tool_version: String,
    /// Tokeniser: [`TOKENIZER`](crate::tokenize::TOKENIZER) at the time.
    pub tokenizer: String,
    /// Kind of unit.
    pub unit: UnitRule,
    /// Rule that chose the words of the vocabulary.
    pub vocabulary_rule: VocabularyRule,
    /// Regularisation of the logistic scorer.
    pub logistic: LogisticSettings,
    /// Seed of the folds.
    pub seed: u64,
    /// Number of folds of the out-of-fold scores.
    pub n_folds: u8,
    /// Columns that keep documents together: a document's group is the value of the first that it has.
    pub split_by: Vec<String>,
    /// Share of groups that were held out of the fit, 0 to below 1, see [`grouping`](super::grouping).
    pub held_out_share: f64,
}

/// One author of text: human, or a named LLM.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Source {
    /// Name of the source: `human`, or the LLM's.
    pub name: String,
    /// Number of documents that the fit has used.
    pub n_documents: u64,
    /// Number of units that the fit has used.
    pub n_units: u64,
    /// Number of documents without a unit, which were passed over.
    pub n_documents_without_units: u64,
    /// Corpora that they came from.
    pub corpora: Vec<CorpusCard>,
}

impl Reference {
    /// Returns the weights of `scorer`.
    pub fn weights(&self, scorer: Scorer) -> Weights {
        match scorer {
            Scorer::NaiveBayes => {
                let (counts, n_units) = self.counts_by_class();
                naive_bayes::weights_from_counts(&counts, &n_units)
            }
            Scorer::Logistic => self.logistic.weights(),
        }
    }

    /// Returns the calibration of `scorer` for `unit`; a checked reference has one for every scorer and its own unit.
    pub fn calibration(&self, scorer: Scorer, unit: UnitRule) -> Option<&Calibration> {
        let wanted = |of: &&KnownCalibration| of.scorer == scorer && of.unit == unit;
        self.calibrations.iter().find(wanted).map(|of| &of.calibration)
    }

    /// Returns the scores from the words of `lexicon`, if there are any.
    pub fn variant(&self, lexicon: Lexicon) -> Option<&Variant> {
        self.variants.iter().find(|variant| variant.lexicon == lexicon)
    }

    /// Returns the names of the components, in the order of the scores.
    pub fn component_names(&self) -> Vec<String> {
        self.components.iter().map(|component| component.name.clone()).collect()
    }

    /// Returns the vocabulary, ready for look-up.
    pub fn vocabulary(&self) -> Vocabulary {
        Vocabulary::new(self.vocabulary.clone())
    }

    /// Returns occurrences and numbers of units per class: human, then each component's sources together.
    pub fn counts_by_class(&self) -> (Vec<Vec<u64>>, Vec<u64>) {
        let mut counts = vec![self.occurrences[0].clone()];
        let mut n_units = vec![self.sources[0].n_units];
        for component in &self.components {
            let pooled = |word: usize| component.sources.iter().map(|&source| self.occurrences[source][word]).sum();
            counts.push((0..self.vocabulary.len()).map(pooled).collect());
            n_units.push(component.sources.iter().map(|&source| self.sources[source].n_units).sum());
        }
        (counts, n_units)
    }
}
