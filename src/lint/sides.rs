//! The documents of human and LLM text that take part, as in a fit.

use crate::reference::grouping::{group_of_text, is_held_out};
use crate::reference::{FitError, HUMAN, KnownCorpus, KnownDocument, components};

use rayon::prelude::*;

use super::options::LintOptions;

/// The texts of one source, or of several LLM sources together.
pub(super) struct Side<'a> {
    pub name: String,
    pub documents: Vec<&'a KnownDocument>,
    pub n_held_out: usize,
}

/// Human text and the LLM texts that it is compared with.
pub(super) struct Sides<'a> {
    pub human: Side<'a>,
    pub llms: Vec<Side<'a>>,
}

impl<'a> Sides<'a> {
    pub fn gather(corpora: &'a [KnownCorpus], options: &LintOptions) -> Result<Sides<'a>, FitError> {
        let mut llms: Vec<String> = Vec::new();
        for corpus in corpora.iter().filter(|corpus| corpus.source != HUMAN) {
            if !llms.contains(&corpus.source) {
                llms.push(corpus.source.clone());
            }
        }
        let has_human = corpora.iter().any(|corpus| corpus.source == HUMAN);
        if !has_human || llms.is_empty() {
            return Err(FitError::MissingSide { missing: if has_human { "LLM" } else { "human" } });
        }
        let held_out_share = options.reference.map_or(0.0, |(reference, _)| reference.settings.held_out_share);
        let side = |name: &str, sources: &[&str]| {
            let of = corpora.iter().filter(|corpus| sources.contains(&corpus.source.as_str()));
            let all: Vec<&KnownDocument> = of.flat_map(|corpus| &corpus.documents).collect();
            let n_read = all.len();
            let documents: Vec<&KnownDocument> =
                all.into_par_iter().filter(|document| takes_part(document, held_out_share)).collect();
            Side { name: name.to_owned(), n_held_out: n_read - documents.len(), documents }
        };
        let of_component = |component: &crate::reference::Component| {
            let sources: Vec<&str> = component.sources.iter().map(|&number| llms[number - 1].as_str()).collect();
            side(&component.name, &sources)
        };
        let llms = components(&llms, &options.groups)?.iter().map(of_component).collect();
        Ok(Sides { human: side(HUMAN, &[HUMAN]), llms })
    }

    /// Returns all sides, human text first.
    pub fn all(&self) -> impl Iterator<Item = &Side<'a>> {
        std::iter::once(&self.human).chain(&self.llms)
    }
}

fn takes_part(document: &KnownDocument, held_out_share: f64) -> bool {
    let is_out = |group: &str| is_held_out(group, held_out_share);
    held_out_share == 0.0 || !document.group.as_deref().map_or_else(|| is_out(&group_of_text(&document.text)), is_out)
}
