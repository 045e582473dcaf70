//! Chooses the side that a paper's texts are taken from if both have some.

use std::collections::BTreeSet;

use super::component::HUMAN;
use super::grouping::uniform;
use super::known::KnownCorpus;
use super::strata_set::MIN_FAMILIES;

/// Share of such papers whose human text is kept, as it is rarer than LLM text.
const HUMAN_SHARE: f64 = 0.7;

/// Papers with texts on both sides, each dealt to one by hash: otherwise a paper's topic is learnt as LLM words.
pub(super) struct PaperSides(BTreeSet<String>);

impl PaperSides {
    /// Finds the papers of `corpora` that both sides have; documents without a paper stand alone. With too few human
    /// strata there are none: such references are made as ever.
    pub fn of(corpora: &[KnownCorpus]) -> PaperSides {
        let human = corpora.iter().filter(|corpus| corpus.source == HUMAN).flat_map(|corpus| &corpus.documents);
        let strata: BTreeSet<&String> = human.filter_map(|document| document.stratum.as_ref()).collect();
        if strata.len() < MIN_FAMILIES {
            return PaperSides(BTreeSet::new());
        }
        let papers = |human: bool| -> BTreeSet<&String> {
            let of_side = corpora.iter().filter(move |corpus| (corpus.source == HUMAN) == human);
            of_side.flat_map(|corpus| corpus.documents.iter().filter_map(|document| document.group.as_ref())).collect()
        };
        PaperSides(papers(true).intersection(&papers(false)).map(|group| (*group).clone()).collect())
    }

    /// Returns whether the paper `group` is dealt to the other side than this one.
    pub fn is_of_other(&self, group: &str, human: bool) -> bool {
        self.0.contains(group) && (uniform(format!("side {group}").as_bytes()) < HUMAN_SHARE) != human
    }
}
