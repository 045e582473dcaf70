//! Summary of the texts of known source that were read.

#[cfg(feature = "files")]
use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

#[cfg(feature = "files")]
use super::summary::CutSummary;
use super::summary::InputSummary;
#[cfg(feature = "files")]
use crate::prose::Tally;

/// The input of one source, or of one file of known alpha.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[non_exhaustive]
pub struct SourceInput {
    /// Name of the source, or of the file if a column or its name tells the rest.
    pub name: String,
    /// Summary of what was read, and what of it could not be used; documents without units are those without text.
    #[serde(flatten)]
    pub input: InputSummary,
}

#[cfg(feature = "files")]
impl InputSummary {
    /// Returns the summary of all `sources` together; their remarks stay with each of them.
    pub(crate) fn of_sources(sources: &[SourceInput]) -> InputSummary {
        let all = || sources.iter().map(|source| &source.input);
        let union = |names: fn(&InputSummary) -> &Vec<String>| -> Vec<String> {
            all().flat_map(names).cloned().collect::<BTreeSet<_>>().into_iter().collect()
        };
        let sums = |counts: fn(&InputSummary) -> &BTreeMap<String, u64>| {
            let mut sums = BTreeMap::new();
            all().flat_map(counts).for_each(|(name, n)| *sums.entry(name.clone()).or_default() += n);
            sums
        };
        let mut tally = Tally::default();
        all().filter_map(|input| input.cut.as_ref()).for_each(|cut| tally.merge(&cut.tally));
        let n_documents: usize = all().map(|input| input.n_documents).sum();
        let other_languages = sums(|input| &input.other_languages);
        let n_other = other_languages.values().sum::<u64>() as f64;
        InputSummary {
            files: union(|input| &input.files),
            n_documents,
            n_documents_without_units: all().map(|input| input.n_documents_without_units).sum(),
            n_documents_invalid_utf8: all().map(|input| input.n_documents_invalid_utf8).sum(),
            cut: CutSummary::new(&tally),
            text_fields: union(|input| &input.text_fields),
            n_same_text: all().map(|input| input.n_same_text).sum(),
            layouts: union(|input| &input.layouts),
            unlisted_text_fields: union(|input| &input.unlisted_text_fields),
            columns: union(|input| &input.columns),
            skipped: sums(|input| &input.skipped),
            other_language_share: (n_other > 0.0).then(|| n_other / (n_documents as f64).max(n_other)),
            other_languages,
            ..InputSummary::default()
        }
    }
}
