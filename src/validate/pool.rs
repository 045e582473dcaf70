//! Decides which texts a fit gets, and which are kept to examine it.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::error::ValidationError;
use crate::corpus::Text;
use crate::reference::grouping::{group_of_text, is_held_out};
use crate::reference::{HUMAN, KnownCorpus, KnownDocument};

/// The way to leave out strata in turn.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum LeaveOut {
    /// Every LLM source.
    Source,
    /// Every LLM component, with all sources that it pools; maps each source to its component.
    Component(BTreeMap<String, String>),
    /// Every value of a column.
    Column {
        /// The name that the flag uses.
        name: String,
        /// The column, one of [`KnownDocument::strata`].
        column: String,
        /// The side whose texts are left out.
        side: SideLeftOut,
    },
}

/// The side whose texts a column leaves out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SideLeftOut {
    /// Human texts.
    Human,
    /// LLM texts.
    Llm,
    /// All texts.
    Both,
}

impl LeaveOut {
    /// Returns the name that the flag uses.
    pub fn name(&self) -> &str {
        match self {
            LeaveOut::Source => "source",
            LeaveOut::Component(_) => "component",
            LeaveOut::Column { name, .. } => name,
        }
    }

    /// Returns the stratum that a document of `source` is in, if any.
    fn value<'a>(&'a self, source: &'a str, document: &'a KnownDocument) -> Option<&'a str> {
        match self {
            LeaveOut::Source => Some(source).filter(|source| *source != HUMAN),
            LeaveOut::Component(component_of) => component_of.get(source).map(String::as_str),
            LeaveOut::Column { column, side, .. } => {
                let is_of_side = match side {
                    SideLeftOut::Human => source == HUMAN,
                    SideLeftOut::Llm => source != HUMAN,
                    SideLeftOut::Both => true,
                };
                document.strata.get(column).filter(|_| is_of_side).map(String::as_str)
            }
        }
    }
}

/// A kind of text that a fit does without.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct StratumLeftOut {
    /// The way to leave it out: `source`, `component` or a column.
    pub left_out: String,
    /// The source, the component or the value in the column.
    pub value: String,
    /// Number of human documents in it.
    pub n_human: usize,
    /// Number of LLM documents in it.
    pub n_llm: usize,
}

/// Texts of groups that a fit has not seen any text of.
pub(crate) struct Pool<'a> {
    /// The human documents.
    pub human: Vec<&'a Text>,
    /// The LLM documents.
    pub llm: Vec<&'a Text>,
}

/// Returns the strata of `corpora` with at least `n_least` documents, each with the number of its way to leave out: the
/// largest first, and at most `n_most` for each way.
pub(crate) fn strata(
    corpora: &[KnownCorpus],
    ways: &[LeaveOut],
    n_least: usize,
    n_most: usize,
) -> Vec<(usize, StratumLeftOut)> {
    let of_way = |(number, way): (usize, &LeaveOut)| {
        let mut sizes: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
        for corpus in corpora {
            for document in &corpus.documents {
                if let Some(value) = way.value(&corpus.source, document) {
                    let size = sizes.entry(value).or_default();
                    if corpus.source == HUMAN { size.0 += 1 } else { size.1 += 1 }
                }
            }
        }
        let mut found: Vec<(usize, StratumLeftOut)> = (sizes.into_iter())
            .filter(|(_, (human, llm))| human + llm >= n_least)
            .map(|(value, (n_human, n_llm))| {
                (number, StratumLeftOut { left_out: way.name().to_owned(), value: value.to_owned(), n_human, n_llm })
            })
            .collect();
        found.sort_by_key(|(_, stratum)| std::cmp::Reverse(stratum.n_human + stratum.n_llm));
        found.truncate(n_most);
        found
    };
    ways.iter().enumerate().flat_map(of_way).collect()
}

/// Returns the corpora without a stratum, for a fit, and the unseen texts to examine it with: of each side those of the
/// stratum, or all if it has none. `held_out_share` is that of the fit.
pub fn without<'a>(
    corpora: &'a [KnownCorpus],
    stratum: Option<(&LeaveOut, &str)>,
    held_out_share: f64,
) -> Result<(Vec<KnownCorpus>, Pool<'a>), ValidationError> {
    let is_left_out = |source: &str, document: &KnownDocument| {
        stratum.is_some_and(|(way, value)| way.value(source, document) == Some(value))
    };
    let group_of = |document: &KnownDocument| document.group.clone().unwrap_or_else(|| group_of_text(&document.text));
    let mut fitted = Vec::new();
    let mut seen: BTreeSet<String> = BTreeSet::new();
    for corpus in corpora {
        let kept: Vec<KnownDocument> =
            corpus.documents.iter().filter(|document| !is_left_out(&corpus.source, document)).cloned().collect();
        seen.extend(kept.iter().map(group_of).filter(|group| !is_held_out(group, held_out_share)));
        if !kept.is_empty() {
            fitted.push(KnownCorpus { documents: kept, ..corpus.without_documents() });
        }
    }
    let mut pools: [Vec<(bool, &'a Text)>; 2] = [vec![], vec![]];
    for corpus in corpora {
        let side = &mut pools[usize::from(corpus.source != HUMAN)];
        let unseen = corpus.documents.iter().filter(|document| !seen.contains(&group_of(document)));
        side.extend(unseen.map(|document| (is_left_out(&corpus.source, document), &document.text)));
    }
    let of_stratum = |side: Vec<(bool, &'a Text)>| {
        let has_stratum = side.iter().any(|(is_of_stratum, _)| *is_of_stratum);
        side.into_iter().filter(|(is_of, _)| *is_of || !has_stratum).map(|(_, text)| text).collect()
    };
    let [human, llm] = pools;
    Ok((fitted, Pool { human: of_stratum(human), llm: of_stratum(llm) }))
}
