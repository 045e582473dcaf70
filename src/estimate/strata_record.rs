//! The results of the two-level model beside the share.

use serde::Serialize;

use crate::interval::Interval;
use crate::two_level::{Bound, HumanText};

/// The part of alpha that lies in documents partly by an LLM.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[non_exhaustive]
pub struct MixedShare {
    /// Share of all units or documents, 0 to 1.
    pub share: f64,
    /// Interval for the share: how strong the LLM is in such documents is only weakly known.
    pub interval: Interval,
    /// Share of documents that are partly by an LLM, 0 to 1.
    pub documents: f64,
}

/// Results of the two-level model beside alpha.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[non_exhaustive]
pub struct StrataShare {
    /// Part of alpha in documents partly by an LLM.
    pub mixed: MixedShare,
    /// Share of documents that are wholly by an LLM, 0 to 1.
    pub llm_documents: f64,
    /// Position of the corpus's human text relative to what is known of such text.
    pub human_text: HumanText,
    /// Whether the corpus's LLM text is unlike that of every stratum.
    pub is_unlike: bool,
    /// Number of control documents of the group's kind.
    pub n_control: usize,
    /// Share that the control itself reads, 0 to 1, which is taken off alpha; 0 if it may be 0.
    pub control_share: f64,
    /// Whether the control is large enough, but too little of it is of the group's venue.
    pub control_lacks_venue: bool,
    /// Lower bound of the share of LLM documents, whatever the LLM; `None` without a large enough control.
    pub bound: Option<Bound>,
}

impl StrataShare {
    /// Returns whether more documents lie beyond the control than the model finds by LLMs, wholly or in part, and than the share
    /// with this `upper` end explains. The share of documents is the larger where these are shorter, and has no interval.
    pub fn is_beyond_share(&self, upper: f64) -> bool {
        let found = upper.max(self.llm_documents + self.mixed.documents);
        self.bound.is_some_and(|bound| bound.documents > found)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Of short documents a larger share is by an LLM than of sentences.
    #[test]
    fn a_bound_is_beyond_the_share_only_if_it_exceeds_the_documents_that_are_found() {
        let interval = Interval { lower: 0.12, upper: 0.15 };
        let bound = Bound { documents: 0.27, upper_generated: None, upper_rewritten: None, rho: 2.0, breakdown: 9.0 };
        let strata = |llm_documents: f64, mixed: f64, bound: Option<Bound>| StrataShare {
            mixed: MixedShare { share: 0.01, interval, documents: mixed },
            llm_documents,
            human_text: HumanText::OfControl,
            is_unlike: false,
            n_control: 600,
            control_share: 0.0,
            control_lacks_venue: false,
            bound,
        };
        assert!(!strata(0.33, 0.0, Some(bound)).is_beyond_share(0.15));
        assert!(!strata(0.20, 0.08, Some(bound)).is_beyond_share(0.15));
        assert!(!strata(0.10, 0.0, Some(bound)).is_beyond_share(0.30));
        assert!(strata(0.20, 0.05, Some(bound)).is_beyond_share(0.15));
        assert!(!strata(0.0, 0.0, None).is_beyond_share(0.0));
    }
}
