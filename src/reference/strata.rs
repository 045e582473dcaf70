//! Learns from strata of known text: one log ratio, LLM against human, fitted so that no stratum outweighs the others, and the
//! two-level model learnt from scores of strata that the fit has not seen.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::limits::MIN_STRATUM_DOCUMENTS;
use super::stored_weights::LogisticWeights;
use super::strata_set::{Families, MIN_FAMILIES, StrataSet};
use super::usual_words::{UsualWords, usual_words};
use super::weights::Weights;
use crate::progress::Progress;
use crate::two_level::{Side, SidePrior, StrataModel, Stratum, learn_systematic};

/// Systematic error of LLM text, as a share of it, up to which LLMs that write like people may have a log ratio of their own:
/// beyond, other LLMs that the reference lacks would be found worse for it.
const MAX_SYSTEMATIC: f64 = 0.05;

/// Systematic error of human text beyond which the score is kept from telling families of human text apart.
const MAX_HUMAN: f64 = 0.005;

/// The score that strata have taught, and the model of its values.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Strata {
    /// Weights of the log ratio of LLM text against human text, in nats; a second one is of the text of LLMs that write
    /// like people, if the reference knows some. The score of a unit is then `ln((exp(p) + exp(q)) / 2)` of both.
    pub logistic: LogisticWeights,
    /// Two-level model of its values.
    pub model: StrataModel,
    /// Words that all strata use about as often.
    pub usual_words: UsualWords,
}

impl Strata {
    /// Returns the weights of the log ratio, or of two.
    pub fn weights(&self) -> Weights {
        self.logistic.weights()
    }
}

/// Learns the score and the two-level model with its systematic errors; `None` if there are too few strata.
pub(super) fn fit_strata(set: &StrataSet<'_>, progress: &dyn Progress) -> Option<Strata> {
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
    let (weights, model) = learn_strata(set, &Families::new(), &|_| true, progress)?;
    Some(Strata { logistic: LogisticWeights::round(&weights), model, usual_words: usual_words(set) })
}

/// Learns the log ratios and the two-level model from the strata that are not of the families `without`; the model is of
/// those that `is_kept`. `None` if these are too few.
///
/// The log ratio of a unit, in nats, is a logistic regression of LLM against human text with the penalty `l2/2 sum_t w_t^2`; both
/// sides weigh the same, and so does every family of LLMs. The model ([`StrataModel::learn`]) is of scores by fits
/// without a stratum's family. Assumed is that kinds of text which the reference lacks differ from its strata as these do from
/// each other.
///
/// Where human text that is left out reads as LLM text, its systematic error is large: families differ in their topics, and
/// the score takes a topic for an LLM's. It is then fitted anew with a penalty on what tells families of human text apart,
/// and the fit with the smaller error is kept.
///
/// ```
/// use llm_prevalence::corpus::Text;
/// use llm_prevalence::occurrence::{Presence, Vocabulary};
/// use llm_prevalence::progress::Silent;
/// use llm_prevalence::reference::{Families, Member, StrataSet, StratumKey, learn_strata};
/// use llm_prevalence::tokenize::UnitRule;
/// use llm_prevalence::two_level::Side;
///
/// // Invented text of four kinds by people and of four LLMs, 30 documents each: LLMs say "delve" more often.
/// let (mut texts, mut members, mut strata) = (vec![], vec![], vec![]);
/// for (side, liked) in [(Side::Human, 1), (Side::Llm, 6)] {
///     for family in 0..4 {
///         strata.push(StratumKey::new(side, family.to_string(), family.to_string()));
///         for at in 0..30 {
///             let is_liked = |sentence: usize| (sentence * 5 + at) % 12 < liked + (at + family) % 3;
///             let sentence = |n: usize| if is_liked(n) { "We delve. " } else { "We look. " };
///             texts.push(Text::prose(&(0..12).map(sentence).collect::<String>()));
///             members.push(Member::new(strata.len() - 1, format!("{side:?} {family} {at}")));
///         }
///     }
/// }
/// let vocabulary = Vocabulary::new(["delve", "look"].map(Box::from).to_vec());
/// let presence = Presence::of(&texts.iter().collect::<Vec<_>>(), UnitRule::Sentence, &vocabulary);
/// let set = StrataSet::new(&presence, 2, members, strata);
/// let (weights, model) = learn_strata(&set, &Families::new(), &|_| true, &Silent).expect("enough strata");
/// // A sentence with "delve" is evidence of an LLM, one with "look" of people.
/// assert!(weights.by_word()[0] > 0.0 && weights.by_word()[1] < 0.0);
/// assert_eq!(model.odd_families, Vec::<String>::new());
/// ```
pub fn learn_strata(
    set: &StrataSet<'_>,
    without: &Families<'_>,
    is_kept: &dyn Fn(&Stratum) -> bool,
    progress: &dyn Progress,
) -> Option<(Weights, StrataModel)> {
    let usual = learn(set, without, is_kept, progress)?;
    if usual.1.systematic.human <= MAX_HUMAN {
        return Some(usual);
    }
    progress.step("strata: again, with families of human text alike");
    let alike = learn(&set.alike(), without, is_kept, progress);
    Some(match alike.filter(|(_, model)| model.systematic.human < usual.1.systematic.human) {
        Some((weights, model)) => (weights, StrataModel { families_alike: true, ..model }),
        None => usual,
    })
}

/// Learns from the fits of `set` as they are.
fn learn(
    set: &StrataSet<'_>,
    without: &Families<'_>,
    is_kept: &dyn Fn(&Stratum) -> bool,
    progress: &dyn Progress,
) -> Option<(Weights, StrataModel)> {
    let folds = set.leave_out(without, progress, "strata: scores of each without its own kind");
    let scored = |odd: &BTreeSet<String>| -> Vec<Stratum> {
        set.out_of_stratum(&folds, without, odd).into_iter().filter(|stratum| is_kept(stratum)).collect()
    };
    let one = scored(&BTreeSet::new());
    let mut model = StrataModel::learn(&one)?;
    let odd: BTreeSet<String> = model.odd_families.iter().cloned().collect();
    let mut both = None;
    if !odd.is_empty() {
        progress.step("strata: LLMs that write like people");
        let strata = scored(&odd);
        let mut of_both = StrataModel::learn_beside(&strata, &odd)?;
        let seen = odd.iter().map(|family| set.seen_scores((Side::Llm, family), without, &odd));
        let seen: Vec<[Vec<Vec<f64>>; 2]> = seen.collect();
        let usual: Vec<Vec<f64>> = seen.iter().flat_map(|[_, usual]| usual).cloned().collect();
        let mean = model.tilts_of(Side::Llm, &usual);
        model.unlike = model.unlike.map(|unlike| SidePrior { mean, ..unlike });
        of_both.expect_unlike(odd.iter().zip(seen));
        both = Some((of_both, strata));
    }
    progress.step("strata: systematic errors");
    model.systematic = learn_systematic(&one, model.unlike, &BTreeSet::new());
    if let Some((of_both, strata)) = &mut both {
        of_both.systematic = learn_systematic(strata, of_both.unlike, &odd);
    }
    progress.step("strata: weights on all");
    let finds_others = |of: &StrataModel| of.systematic.llm <= model.systematic.llm.max(MAX_SYSTEMATIC);
    Some(match both.filter(|(of_both, _)| finds_others(of_both)) {
        Some((of_both, _)) => (set.fit(without, &odd), of_both),
        None => (set.fit(without, &BTreeSet::new()), model),
    })
}
