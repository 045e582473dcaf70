//! Systematic errors: those beyond sampling that show when strata are left out in turn.

use serde::{Deserialize, Serialize};

/// Number of documents by which any share is uncertain, for a corpus's one odd document.
const ODD_DOCUMENTS: f64 = 0.5;
/// Reciprocal of the precision of the terms as a reference keeps them.
const PRECISION: f64 = 1e6;

/// The standard errors that do not shrink with the size of a corpus, each as a share of what it belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Systematic {
    /// Error of human text: outlying human documents that read as LLM text.
    pub human: f64,
    /// Error of LLM text: LLM documents that read as human.
    pub llm: f64,
    /// Error of LLM text in mixed documents: half a document by a strong LLM looks like a whole one by a weak LLM.
    pub mixed: f64,
    /// Largest share in mixed documents that human text of a stratum left out has read, though an LLM wrote none of it.
    pub human_mixed: f64,
    /// Error of human text if units are taken one by one: the LLM share that a stratum left out reads.
    pub unit_human: f64,
    /// Error of LLM text if units are taken one by one: by how much a stratum left out reads too low.
    pub unit_llm: f64,
}

impl Systematic {
    /// Returns the terms to six decimals, so that a reference made on another machine, whose last digits differ, has the same bytes.
    pub(crate) fn rounded(self) -> Systematic {
        let [human, llm, mixed, human_mixed, unit_human, unit_llm] =
            [self.human, self.llm, self.mixed, self.human_mixed, self.unit_human, self.unit_llm]
                .map(|term| (term * PRECISION).round() / PRECISION);
        Systematic { human, llm, mixed, human_mixed, unit_human, unit_llm }
    }

    /// Returns the standard error of a `share` of which `mixed_share` lies in mixed documents.
    pub fn at(&self, share: f64, mixed_share: f64, n_documents: usize) -> f64 {
        let human = self.human * (1.0 - share);
        let one = ODD_DOCUMENTS / n_documents.max(1) as f64;
        [human, self.llm * share, self.mixed * mixed_share, one].iter().map(|term| term * term).sum::<f64>().sqrt()
    }

    /// Returns the part of a `mixed_share` that may be human text of a form missing from the reference: documents of which a
    /// part reads as if by an LLM. `drift` is the part of the variance between strata that a control leaves, 0 to 1.
    pub fn may_be_human(&self, mixed_share: f64, drift: f64) -> f64 {
        mixed_share.min(self.human_mixed * drift.sqrt())
    }
}
