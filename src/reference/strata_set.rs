//! Documents of known source by stratum: what the two-level model learns from.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use super::grouping::uniform;
use super::{LogisticSettings, Weights, logistic};
use crate::occurrence::Presence;
use crate::two_level::{Side, StrataModel, Stratum, Tilts};

/// Minimum number of documents of a stratum; smaller ones train the score and teach nothing else.
pub const MIN_STRATUM_DOCUMENTS: usize = 25;

/// Minimum number of families of each side; fewer do not tell how families differ.
pub const MIN_FAMILIES: usize = 3;

/// Settings of the log ratio, whose penalty has to let it carry over to text unlike any in the fit.
const SETTINGS: LogisticSettings = LogisticSettings { l2: 10.0, tolerance: 1e-5, max_iterations: 80 };

/// The name of a stratum, and where it belongs.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct StratumKey {
    /// Side that wrote it.
    pub side: Side,
    /// Family that is left out as a whole.
    pub family: String,
    /// Name of the stratum.
    pub name: String,
}

/// The stratum and the group of a document.
#[derive(Debug, Clone)]
pub struct Member {
    /// Number of its stratum.
    pub stratum: usize,
    /// Paper or thread that it is about.
    pub group: String,
}

/// Presence vectors of documents whose strata are known.
pub struct StrataSet<'a> {
    /// Presence vectors of all documents.
    pub presence: &'a Presence,
    /// Number of words in the vocabulary.
    pub n_words: usize,
    /// Stratum and group of each document.
    pub members: Vec<Member>,
    /// All strata.
    pub strata: Vec<StratumKey>,
}

/// The families that a fit leaves out.
pub type Families<'a> = BTreeSet<(Side, &'a str)>;

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

    /// Fits the log ratio without `families`, and without LLM text about the papers of their human text.
    pub fn fit(&self, families: &Families<'_>) -> Weights {
        let papers = self.papers(families);
        self.fit_on(|member| {
            let (side, _) = self.family(member.stratum);
            !(families.contains(&self.family(member.stratum))
                || side == Side::Llm && papers.contains(member.group.as_str()))
        })
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
        logistic::fit_weighted(self.presence, self.n_words, documents, SETTINGS)
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
    pub fn scores(&self, document: usize, weights: &Weights) -> Vec<f64> {
        let mut score = [0.0];
        let units = self.presence.units_of(document);
        units
            .map(|unit| {
                weights.score(self.presence.unit(unit), &mut score);
                // Single precision, as score tables keep them.
                f64::from(score[0] as f32)
            })
            .collect()
    }

    /// Returns the tilts of a family's documents under fits that have seen others of the family, but not these.
    pub fn seen_tilts(&self, family: (Side, &str), model: &StrataModel) -> Tilts {
        let half_of = |member: &Member| u8::from(uniform(format!("half {}", member.group).as_bytes()) < 0.5);
        let is_own = |member: &Member| self.family(member.stratum) == family;
        let of_half = |half: u8| {
            let weights = self.fit_on(|member| !(is_own(member) && half_of(member) == half));
            let left_out = (0..self.members.len())
                .filter(|&document| is_own(&self.members[document]) && half_of(&self.members[document]) == half);
            left_out.map(|document| self.scores(document, &weights)).filter(|scores| !scores.is_empty()).collect()
        };
        let documents: Vec<Vec<Vec<f64>>> = [0, 1].into_par_iter().map(of_half).collect();
        model.tilts_of(family.0, &documents.concat())
    }

    /// Scores every stratum but those of `without` by a fit that has seen neither these nor the stratum's own family.
    pub fn out_of_stratum(&self, without: &Families<'_>) -> Vec<Stratum> {
        let folds = self.folds(without);
        let scored: Vec<Vec<Stratum>> = folds
            .into_par_iter()
            .map(|fold| {
                let weights = self.fit(&fold.union(without).copied().collect());
                self.strata_of(&fold, &weights)
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
