//! Strata of known text: one log ratio, LLM against human, fitted so that no stratum outweighs the others, and the
//! two-level model learnt from scores of strata that the fit has not seen.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::Weights;
use super::stored_weights::LogisticWeights;
use super::strata_set::{Families, MIN_FAMILIES, MIN_STRATUM_DOCUMENTS, StrataSet};
use super::usual_words::{UsualWords, usual_words};
use crate::progress::Progress;
use crate::two_level::{Side, StrataModel, learn_systematic};

/// The score that strata have taught, and the model of its values.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Strata {
    /// Weights of the log ratio of LLM text against human text, in nats.
    pub logistic: LogisticWeights,
    /// Two-level model of its values.
    pub model: StrataModel,
    /// Words that all strata use about as often.
    pub usual_words: UsualWords,
}

impl Strata {
    /// Returns the weights of the log ratio.
    pub fn weights(&self) -> Weights {
        self.logistic.weights()
    }
}

/// Learns the score and the two-level model with its systematic errors; `None` if there are too few strata.
pub fn fit_strata(set: &StrataSet<'_>, progress: &dyn Progress) -> Option<Strata> {
    let mut n_documents = vec![0; set.strata.len()];
    set.members.iter().for_each(|member| n_documents[member.stratum] += 1);
    let has_enough = |side: Side| {
        let strata =
            set.strata.iter().zip(&n_documents).filter(|(key, n)| key.side == side && **n >= MIN_STRATUM_DOCUMENTS);
        strata.map(|(key, _)| key.family.as_str()).collect::<BTreeSet<_>>().len() >= MIN_FAMILIES
    };
    if !has_enough(Side::Human) || !has_enough(Side::Llm) {
        return None;
    }
    progress.step("strata: scores of each without its own kind");
    let scored = set.out_of_stratum(&Families::new());
    let mut model = StrataModel::learn(&scored)?;
    let odd: Vec<String> = model.odd_families.clone();
    for family in &odd {
        progress.step(&format!("strata: {family}, which writes like people"));
        let tilts = set.seen_tilts((Side::Llm, family), &model);
        model.expect_unlike(tilts);
    }
    progress.step("strata: systematic errors");
    model.systematic = learn_systematic(&scored, model.unlike);
    progress.step("strata: weights on all");
    let logistic = LogisticWeights::round(&set.fit(&Families::new()));
    Some(Strata { logistic, model, usual_words: usual_words(set) })
}
