//! The reference itself: everything `fit` learnt, and from what.

use serde::{Deserialize, Serialize};

use super::{Calibration, Lexicon, LogisticSettings, Scorer, Strata, SystematicError, Variant, Weights, naive_bayes};
use crate::occurrence::{Vocabulary, VocabularyRule};
use crate::tokenize::{TextProfile, UnitRule};

/// What `fit` makes and `estimate` uses; serialised as one JSON object.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reference {
    /// Always [`FORMAT`](super::store::FORMAT).
    pub format: String,
    /// Version of the file's layout.
    pub version: u32,
    /// Name, purpose and limits.
    pub card: Card,
    /// How it was made.
    pub settings: Settings,
    /// Human first, then the LLMs.
    pub sources: Vec<Source>,
    /// What scores distinguish from human: each component pools one or more LLM sources.
    pub components: Vec<Component>,
    /// Words in byte order.
    pub vocabulary: Vec<Box<str>>,
    /// Units with the word: per source, in the order of the vocabulary.
    pub occurrences: Vec<Vec<u64>>,
    /// Logistic weights; those of naive Bayes follow from the occurrences.
    pub logistic: LogisticWeights,
    /// One for each scorer and unit.
    pub calibrations: Vec<KnownCalibration>,
    /// Scores from fewer words, where `fit` has learnt them.
    pub variants: Vec<Variant>,
    /// What strata have taught; none: there were too few, and nobody knows what other forms and other LLMs look like.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub strata: Option<Strata>,
    /// What `validate` has learnt of its errors on other kinds of text; none: nobody has looked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub systematic_error: Option<SystematicError>,
    /// How long the units of its texts are, and how many of their words are in the vocabulary; none: made before this was kept.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text_profile: Option<TextProfile>,
}

/// What people should know of a reference before they use it.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Card {
    /// Short name.
    pub name: String,
    /// One sentence.
    pub description: String,
    /// What it is good for.
    pub good_for: Vec<String>,
    /// What it is not.
    pub not_for: Vec<String>,
}

/// The choices of a fit; two references with the same settings and input are equal to the byte.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    /// Version of this tool.
    pub tool_version: String,
    /// [`TOKENIZER`](crate::tokenize::TOKENIZER) at the time.
    pub tokenizer: String,
    /// What a unit is.
    pub unit: UnitRule,
    /// Which words are in the vocabulary.
    pub vocabulary_rule: VocabularyRule,
    /// Regularisation of the logistic scorer.
    pub logistic: LogisticSettings,
    /// Seed of the folds.
    pub seed: u64,
    /// Folds of the out-of-fold scores.
    pub n_folds: u8,
    /// The columns that keep documents together: a document's group is the value of the first that it has.
    pub split_by: Vec<String>,
    /// Share of groups that the fit has not seen, see [`grouping`](super::grouping).
    pub held_out_share: f64,
}

/// One author of text: human, or a named LLM.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Source {
    /// `human`, or the LLM's name.
    pub name: String,
    /// Documents that the fit has used.
    pub n_documents: u64,
    /// Units that the fit has used.
    pub n_units: u64,
    /// Documents without a unit, passed over.
    pub n_documents_without_units: u64,
    /// Where they came from.
    pub corpora: Vec<CorpusCard>,
}

/// Provenance of one corpus.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CorpusCard {
    /// The files, by name.
    pub files: Vec<FileCard>,
    /// Documents read, those held out or without words included.
    pub n_documents_read: u64,
    /// Documents held out.
    pub n_documents_held_out: u64,
    /// First and last date (or year), where the documents have one.
    pub dates: Option<(String, String)>,
    /// Documents left out because the other side has their papers.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub n_documents_of_other_side: u64,
    /// Distinct values of the generator column.
    pub generators: Vec<String>,
}

fn is_zero(n: &u64) -> bool {
    *n == 0
}

/// Name and content of a file.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FileCard {
    /// File name without folders.
    pub name: String,
    /// SHA-256 of the file as stored.
    pub sha256: String,
}

/// LLM sources that are told from human text together.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Component {
    /// Name of the score's column.
    pub name: String,
    /// Numbers of the sources pooled.
    pub sources: Vec<usize>,
}

/// Weights of the logistic scorer, rounded to single precision.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LogisticWeights {
    /// One per component.
    pub bias: Vec<f32>,
    /// One per word and component, word after word.
    pub by_word: Vec<f32>,
}

/// The calibration of one scorer's scores, for one unit.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct KnownCalibration {
    /// Whose scores it is for.
    pub scorer: Scorer,
    /// What the scores are of: sentences, or whole documents (the mean of their sentences' scores).
    pub unit: UnitRule,
    /// What was learnt.
    pub calibration: Calibration,
}

/// Steps per nat of stored weights.
const STEPS: f64 = 1e4;

impl LogisticWeights {
    /// Rounds weights for storage: to a ten thousandth of a nat, which no sum over a unit's words can tell.
    pub(super) fn round(weights: &Weights) -> LogisticWeights {
        let round = |values: &[f64]| values.iter().map(|&value| ((value * STEPS).round() / STEPS) as f32).collect();
        LogisticWeights { bias: round(weights.bias()), by_word: round(weights.by_word()) }
    }

    pub(super) fn weights(&self) -> Weights {
        let widen = |values: &[f32]| values.iter().map(|&value| f64::from(value)).collect();
        Weights::new(widen(&self.bias), widen(&self.by_word))
    }
}

impl Reference {
    /// The weights of `scorer`.
    pub fn weights(&self, scorer: Scorer) -> Weights {
        match scorer {
            Scorer::NaiveBayes => {
                let (counts, n_units) = self.counts_by_class();
                naive_bayes::weights_from_counts(&counts, &n_units)
            }
            Scorer::Logistic => self.logistic.weights(),
        }
    }

    /// The calibration of `scorer` for `unit`; a checked reference has one for every scorer and the unit that it was made with.
    pub fn calibration(&self, scorer: Scorer, unit: UnitRule) -> Option<&Calibration> {
        let wanted = |of: &&KnownCalibration| of.scorer == scorer && of.unit == unit;
        self.calibrations.iter().find(wanted).map(|of| &of.calibration)
    }

    /// The scores from the words of `lexicon`, if there are such.
    pub fn variant(&self, lexicon: Lexicon) -> Option<&Variant> {
        self.variants.iter().find(|variant| variant.lexicon == lexicon)
    }

    /// Names of the components, in the order of the scores.
    pub fn component_names(&self) -> Vec<String> {
        self.components.iter().map(|component| component.name.clone()).collect()
    }

    /// The vocabulary, ready for look-up.
    pub fn vocabulary(&self) -> Vocabulary {
        Vocabulary::new(self.vocabulary.clone())
    }

    /// Occurrences and units per class: human, then each component's sources together.
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
