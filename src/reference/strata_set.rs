//! Fits and scores documents of known source by stratum: what the two-level model learns from.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use super::grouping::uniform;
use super::human_families::HumanFamilies;
use super::limits::MIN_STRATUM_DOCUMENTS;
use super::logistic::{self, LogisticSettings};
use super::weights::Weights;
use crate::occurrence::Presence;
use crate::progress::{Parts, Progress};
use crate::two_level::{Side, Stratum};

/// Minimum number of families of each side; fewer do not tell how families differ.
pub const MIN_FAMILIES: usize = 3;

/// Settings of the log ratio, whose penalty has to let it carry over to text unlike any in the fit.
const SETTINGS: LogisticSettings = LogisticSettings { l2: 10.0, tolerance: 1e-5, max_iterations: 80 };

/// The name of a stratum, and where it belongs.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub struct StratumKey {
    /// Side that wrote it.
    pub side: Side,
    /// Family that is left out as a whole.
    pub family: String,
    /// Name of the stratum.
    pub name: String,
}

impl StratumKey {
    /// Returns the key of the stratum `name`.
    pub fn new(side: Side, family: impl Into<String>, name: impl Into<String>) -> StratumKey {
        StratumKey { side, family: family.into(), name: name.into() }
    }
}

/// The stratum and the group of a document.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Member {
    /// Number of its stratum.
    pub stratum: usize,
    /// Paper or thread that it is about.
    pub group: String,
}

impl Member {
    /// Returns a document of the stratum with this number.
    pub fn new(stratum: usize, group: impl Into<String>) -> Member {
        Member { stratum, group: group.into() }
    }
}

/// Presence vectors of documents whose strata are known.
#[non_exhaustive]
pub struct StrataSet<'a> {
    /// Presence vectors of all documents.
    pub presence: &'a Presence,
    /// Number of words in the vocabulary.
    pub n_words: usize,
    /// Stratum and group of each document.
    pub members: Vec<Member>,
    /// All strata.
    pub strata: Vec<StratumKey>,
    /// Whether fits are kept from telling families of human text apart.
    is_alike: bool,
}

/// The families that a fit leaves out.
pub type Families<'a> = BTreeSet<(Side, &'a str)>;

/// Returns the log ratio of text by an LLM against human text, from log ratios of one or two kinds of LLMs, in nats: an
/// LLM is of either kind with the same probability.
#[inline]
pub(crate) fn of_kinds(log_ratios: &[f64]) -> f64 {
    match *log_ratios {
        [usual, odd] => usual.max(odd) + (-(usual - odd).abs()).exp().ln_1p() - std::f64::consts::LN_2,
        [usual] => usual,
        _ => 0.0,
    }
}

/// A fold of families, and the log ratio of the usual LLMs that is fitted without them.
pub(super) struct Fold<'a> {
    left_out: Families<'a>,
    usual: Weights,
}

impl<'a> StrataSet<'a> {
    /// Returns the set of documents with these presence vectors; members point into `strata`.
    pub fn new(presence: &'a Presence, n_words: usize, members: Vec<Member>, strata: Vec<StratumKey>) -> StrataSet<'a> {
        StrataSet { presence, n_words, members, strata, is_alike: false }
    }

    /// Returns the same set, whose fits are kept from telling families of human text apart.
    pub(super) fn alike(&self) -> StrataSet<'a> {
        let (members, strata) = (self.members.clone(), self.strata.clone());
        StrataSet { members, strata, is_alike: true, ..*self }
    }
}

impl StrataSet<'_> {
    fn family(&self, stratum: usize) -> (Side, &str) {
        (self.strata[stratum].side, &self.strata[stratum].family)
    }

    /// Returns the papers that human text of `families` is about.
    fn papers(&self, families: &Families<'_>) -> BTreeSet<&str> {
        let of_families = self.members.iter().filter(|member| families.contains(&self.family(member.stratum)));
        let human = of_families.filter(|member| self.strata[member.stratum].side == Side::Human);
        human.map(|member| member.group.as_str()).collect()
    }

    /// Fits the log ratio without `families`, and without LLM text about the papers of their human text. Where `odd` are
    /// families of LLMs that write like people, a second log ratio is of their text alone against human text.
    pub(super) fn fit(&self, families: &Families<'_>, odd: &BTreeSet<String>) -> Weights {
        let usual = self.fit_usual(families);
        if odd.is_empty() { usual } else { beside(&usual, &self.fit_odd(families, odd)) }
    }

    fn fit_usual(&self, families: &Families<'_>) -> Weights {
        let papers = self.papers(families);
        self.fit_on(|member| self.is_kept(member, families, &papers))
    }

    fn fit_odd(&self, families: &Families<'_>, odd: &BTreeSet<String>) -> Weights {
        let papers = self.papers(families);
        self.fit_on(|member| self.is_human_or(member, odd) && self.is_kept(member, families, &papers))
    }

    fn is_kept(&self, member: &Member, without: &Families<'_>, papers: &BTreeSet<&str>) -> bool {
        let family = self.family(member.stratum);
        !(without.contains(&family) || family.0 == Side::Llm && papers.contains(member.group.as_str()))
    }

    fn is_human_or(&self, member: &Member, odd: &BTreeSet<String>) -> bool {
        let (side, family) = self.family(member.stratum);
        side == Side::Human || odd.contains(family)
    }

    /// Fits the log ratio on the documents that `is_kept`.
    fn fit_on(&self, is_kept: impl Fn(&Member) -> bool) -> Weights {
        let kept: Vec<usize> = (0..self.members.len()).filter(|&document| is_kept(&self.members[document])).collect();
        let weights = self.unit_weights(&kept);
        let side_of = |document: usize| u8::from(self.strata[self.members[document].stratum].side == Side::Llm);
        let documents = kept
            .iter()
            .map(|&document| (document, side_of(document), weights[self.members[document].stratum]))
            .collect();
        let families = self.is_alike.then(|| HumanFamilies::of(self.presence, self.n_words, self.human(&kept)));
        logistic::fit_weighted(self.presence, self.n_words, documents, families, SETTINGS)
    }

    /// Returns the human documents among these, each with its family.
    fn human<'a>(&'a self, documents: &'a [usize]) -> impl Iterator<Item = (usize, &'a str)> {
        let with_family = documents.iter().map(|&document| (document, self.family(self.members[document].stratum)));
        with_family.filter(|(_, (side, _))| *side == Side::Human).map(|(document, (_, family))| (document, family))
    }

    /// Returns the weight of a unit of each stratum. Strata weigh as the square roots of their numbers of units; every
    /// family of LLMs weighs the same, and so does each side; all weights sum to the number of units.
    fn unit_weights(&self, documents: &[usize]) -> Vec<f64> {
        let mut n_units = vec![0.0; self.strata.len()];
        for &document in documents {
            n_units[self.members[document].stratum] += self.presence.units_of(document).len() as f64;
        }
        let total: f64 = n_units.iter().sum();
        let of_family = |family: (Side, &str)| -> f64 {
            let strata = (0..self.strata.len()).filter(|&stratum| self.family(stratum) == family);
            strata.map(|stratum| n_units[stratum].sqrt()).sum::<f64>().max(1.0)
        };
        let of_human = (0..self.strata.len()).filter(|&stratum| self.strata[stratum].side == Side::Human);
        let human: f64 = of_human.map(|stratum| n_units[stratum].sqrt()).sum::<f64>().max(1.0);
        let llms: BTreeSet<(Side, &str)> = (0..self.strata.len())
            .filter(|&stratum| n_units[stratum] > 0.0 && self.strata[stratum].side == Side::Llm)
            .map(|stratum| self.family(stratum))
            .collect();
        let weight = |stratum: usize| {
            let side = match self.strata[stratum].side {
                Side::Human => human,
                Side::Llm => llms.len().max(1) as f64 * of_family(self.family(stratum)),
            };
            total / 2.0 / side / n_units[stratum].max(1.0).sqrt()
        };
        (0..self.strata.len()).map(weight).collect()
    }

    /// Returns the scores of a document's units by `weights`.
    fn scores(&self, document: usize, weights: &Weights) -> Vec<f64> {
        let mut log_ratios = vec![0.0; weights.n_components()];
        let units = self.presence.units_of(document);
        units
            .map(|unit| {
                weights.score(self.presence.unit(unit), &mut log_ratios);
                // Single precision, as score tables keep them.
                f64::from(of_kinds(&log_ratios) as f32)
            })
            .collect()
    }

    /// Returns the scores of a family's documents by fits that have seen others of the family, but neither these nor the
    /// families `without`: with a log ratio of the families `odd`, and without one.
    pub(super) fn seen_scores(
        &self,
        family: (Side, &str),
        without: &Families<'_>,
        odd: &BTreeSet<String>,
    ) -> [Vec<Vec<f64>>; 2] {
        let papers = self.papers(without);
        let half_of = |member: &Member| u8::from(uniform(format!("half {}", member.group).as_bytes()) < 0.5);
        let is_own = |member: &Member| self.family(member.stratum) == family;
        let of_half = |half: u8| {
            let is_half = |member: &Member| is_own(member) && half_of(member) == half;
            let is_kept = |member: &Member| !is_half(member) && self.is_kept(member, without, &papers);
            let usual = self.fit_on(is_kept);
            let both = beside(&usual, &self.fit_on(|member| self.is_human_or(member, odd) && is_kept(member)));
            let documents: Vec<usize> = (0..self.members.len())
                .filter(|&document| is_half(&self.members[document]) && !self.presence.units_of(document).is_empty())
                .collect();
            [both, usual].map(|weights| -> Vec<Vec<f64>> {
                documents.iter().map(|&document| self.scores(document, &weights)).collect()
            })
        };
        let ([first, first_usual], [second, second_usual]) = rayon::join(|| of_half(0), || of_half(1));
        [[first, second].concat(), [first_usual, second_usual].concat()]
    }

    /// Deals the families but those of `without` into folds, and fits the log ratio of the usual LLMs without each.
    pub(super) fn leave_out(&self, without: &Families<'_>, progress: &dyn Progress, what: &str) -> Vec<Fold<'_>> {
        let folds = self.folds(without);
        let parts = Parts::begin(progress, what, folds.len());
        let fit = |left_out: &Families<'_>| self.fit_usual(&left_out.union(without).copied().collect());
        folds.into_par_iter().map(|left_out| Fold { usual: parts.done(fit(&left_out)), left_out }).collect()
    }

    /// Scores every stratum of the `folds` by fits that have seen neither these nor the families `without`. The log ratio
    /// of `odd` families is left out for these families themselves: so any other LLM that writes like people would score.
    pub(super) fn out_of_stratum(
        &self,
        folds: &[Fold<'_>],
        without: &Families<'_>,
        odd: &BTreeSet<String>,
    ) -> Vec<Stratum> {
        let is_human = |family: &&(Side, &str)| family.0 == Side::Human;
        let people =
            |fold: &Fold<'_>| fold.left_out.iter().filter(is_human).map(|(_, name)| (*name).to_owned()).collect();
        let groups: BTreeSet<BTreeSet<String>> = folds.iter().map(people).collect();
        let of_odd: BTreeMap<BTreeSet<String>, Weights> = groups
            .into_par_iter()
            .filter(|_| !odd.is_empty())
            .map(|people| {
                let left_out = people.iter().map(|name| (Side::Human, name.as_str()));
                let weights = self.fit_odd(&left_out.chain(without.iter().copied()).collect(), odd);
                (people, weights)
            })
            .collect();
        let scored: Vec<Vec<Stratum>> = folds
            .par_iter()
            .map(|fold| {
                let (odd, others): (Families<'_>, Families<'_>) =
                    fold.left_out.iter().partition(|(side, family)| *side == Side::Llm && odd.contains(*family));
                let mut strata = self.strata_of(&odd, &fold.usual);
                let both = of_odd.get(&people(fold)).map(|of_odd| beside(&fold.usual, of_odd));
                strata.extend(self.strata_of(&others, both.as_ref().unwrap_or(&fold.usual)));
                strata
            })
            .collect();
        let mut strata: Vec<Stratum> = scored.into_iter().flatten().collect();
        strata.sort_by(|a, b| (a.side, &a.family, &a.name).cmp(&(b.side, &b.family, &b.name)));
        strata
    }

    /// Returns the strata of `families` with at least [`MIN_STRATUM_DOCUMENTS`] documents, scored by `weights`.
    pub fn strata_of(&self, families: &Families<'_>, weights: &Weights) -> Vec<Stratum> {
        let mut documents: BTreeMap<usize, Vec<Vec<f64>>> = BTreeMap::new();
        for (document, member) in self.members.iter().enumerate() {
            // A document of one unit says nothing of which units come together.
            if families.contains(&self.family(member.stratum)) && self.presence.units_of(document).len() > 1 {
                documents.entry(member.stratum).or_default().push(self.scores(document, weights));
            }
        }
        let enough = documents.into_iter().filter(|(_, documents)| documents.len() >= MIN_STRATUM_DOCUMENTS);
        let stratum = |(stratum, documents): (usize, Vec<Vec<f64>>)| {
            let StratumKey { side, family, name } = self.strata[stratum].clone();
            Stratum { name, side, family, documents }
        };
        enough.map(stratum).collect()
    }

    /// Returns the families to leave out together: one of LLMs each, and the human ones dealt out, the largest apart.
    fn folds(&self, without: &Families<'_>) -> Vec<Families<'_>> {
        let mut sizes: BTreeMap<(Side, &str), usize> = BTreeMap::new();
        for member in &self.members {
            *sizes.entry(self.family(member.stratum)).or_default() += 1;
        }
        sizes.retain(|family, _| !without.contains(family));
        let mut human: Vec<((Side, &str), usize)> =
            sizes.iter().filter(|((side, _), _)| *side == Side::Human).map(|(family, n)| (*family, *n)).collect();
        human.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(&b.0)));
        let llm = sizes.keys().filter(|(side, _)| *side == Side::Llm);
        let mut folds: Vec<Families<'_>> = llm.map(|family| Families::from([*family])).collect();
        let n_folds = folds.len().max(1);
        for (place, (family, _)) in human.into_iter().enumerate() {
            folds[place % n_folds].insert(family);
        }
        folds
    }
}

/// Puts one log ratio beside another.
fn beside(usual: &Weights, odd: &Weights) -> Weights {
    let by_word = usual.by_word().iter().zip(odd.by_word()).flat_map(|(usual, odd)| [*usual, *odd]).collect();
    Weights::new([usual.bias(), odd.bias()].concat(), by_word)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::Text;
    use crate::occurrence::Vocabulary;
    use crate::progress::Silent;
    use crate::reference::learn_strata;
    use crate::tokenize::UnitRule;

    #[test]
    fn an_llm_is_of_either_kind_with_the_same_probability() {
        assert_eq!(of_kinds(&[1.5]), 1.5);
        let mean = (((2.0_f64).exp() + (-1.0_f64).exp()) / 2.0).ln();
        assert!((of_kinds(&[2.0, -1.0]) - mean).abs() < 1e-12);
        assert_eq!(of_kinds(&[2.0, -1.0]), of_kinds(&[-1.0, 2.0]));
        assert_eq!(of_kinds(&[700.0, -700.0]), 700.0 - std::f64::consts::LN_2);
    }

    /// Invented sentences: every tenth word of people is one that some LLMs like, and of these LLMs every third.
    fn text(seed: &mut u64, llm: f64, odd: f64) -> Text {
        let mut uniform = || {
            *seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (*seed >> 11) as f64 / (1_u64 << 53) as f64
        };
        let mut sentence = || {
            let words = (0..8).map(|_| {
                let (kind, word) = (uniform(), (uniform() * 6.0) as usize);
                let words = match kind {
                    _ if kind < llm => ["delve", "crucial", "robust", "intricate", "notable", "pivotal"],
                    _ if kind < llm + odd => ["sketch", "exactly", "rests", "carries", "settle", "honest"],
                    _ => ["paper", "results", "authors", "method", "table", "section"],
                };
                words[word]
            });
            format!("We {}.", words.collect::<Vec<_>>().join(" "))
        };
        Text::prose(&(0..12).map(|_| sentence()).collect::<Vec<_>>().join(" "))
    }

    #[test]
    fn llms_that_write_like_people_have_a_log_ratio_of_their_own() {
        let llm = |family: &str| (Side::Llm, family.to_owned(), 0.3, 0.1);
        let mut families: Vec<(Side, String, f64, f64)> = ["a", "b", "c", "d", "e"].map(llm).to_vec();
        for (place, family) in families.iter_mut().enumerate() {
            family.2 += 0.01 * place as f64;
        }
        families.push((Side::Llm, "odd".to_owned(), 0.1, 0.3));
        families.extend((0..4).map(|year| (Side::Human, year.to_string(), 0.1 + 0.005 * f64::from(year), 0.1)));
        let strata: Vec<StratumKey> = (families.iter())
            .map(|(side, family, ..)| StratumKey { side: *side, family: family.clone(), name: family.clone() })
            .collect();
        let (mut seed, mut texts, mut members) = (7, Vec::new(), Vec::new());
        for (stratum, (.., llm, odd)) in families.iter().enumerate() {
            for at in 0..60 {
                texts.push(text(&mut seed, *llm, *odd));
                members.push(Member { stratum, group: format!("{stratum} {at}") });
            }
        }
        let words = ["delve", "crucial", "robust", "intricate", "notable", "pivotal", "sketch", "exactly", "rests"];
        let words = words.iter().chain(&["carries", "settle", "honest", "paper", "results", "authors", "method"]);
        let words = words.map(|word| Box::from(*word)).collect();
        let vocabulary = Vocabulary::new(words);
        let presence = Presence::of(&texts.iter().collect::<Vec<_>>(), UnitRule::Sentence, &vocabulary);
        let set = StrataSet::new(&presence, vocabulary.len(), members, strata);
        let (weights, model) = learn_strata(&set, &Families::new(), &|_| true, &Silent).unwrap();
        assert_eq!(weights.n_components(), 2);
        // The log ratio of its own finds it like any other; another such LLM would still be of a kind of its own.
        assert!(model.odd_families.is_empty());
        assert!(model.unlike.is_some());
        let mean = |stratum: usize, weights: &Weights| {
            let scores: Vec<f64> = (stratum * 60..stratum * 60 + 60).flat_map(|at| set.scores(at, weights)).collect();
            scores.iter().sum::<f64>() / scores.len() as f64
        };
        let usual = set.fit(&Families::new(), &BTreeSet::new());
        let [human, llm, odd] = [6, 0, 5].map(|stratum| mean(stratum, &weights));
        assert!(odd - human > 0.8 * (llm - human), "{human} {odd} {llm}");
        assert!(odd - human > 1.5 * (mean(5, &usual) - mean(6, &usual)), "{human} {odd} {llm}");
    }
}
