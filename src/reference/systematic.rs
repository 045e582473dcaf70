//! Systematic error: how far estimates are off, beyond sampling, on kinds of text that the reference has not seen.

use serde::{Deserialize, Serialize};

use crate::tokenize::UnitRule;

/// Standard deviations of the systematic error of alpha, in units of alpha (0.01 is one percentage point).
///
/// Human text of another kind shifts the estimate wherever there is human text, LLM text of another kind wherever there is LLM
/// text. DESIGN section 3 has one number; measured errors near alpha = 0 and at 0.5 differ a hundred times. And LLM text of another kind
/// errs to one side: it can pass for human, but hardly be more than LLM text. So errors are two halves of normal distributions.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Tau {
    /// Where all text is human.
    pub human: f64,
    /// Where all text is by LLMs: of estimates that are too low.
    pub llm_below: f64,
    /// Where all text is by LLMs: of estimates that are too high.
    pub llm_above: f64,
}

impl Tau {
    /// tau where the true share is `alpha`, of estimates below it: the larger side, which is what results print as tau.
    ///
    /// The part of LLM text grows as alpha to the power 3/4: an LLM left out of `reviews` reads 2.1, 3.4, 6.9 and 10.4 points too low at
    /// 5, 10, 25 and 50 %, because the less there is of it, the more of it passes for human.
    pub fn below(self, alpha: f64) -> f64 {
        self.with(self.llm_below, alpha)
    }

    /// tau where the true share is `alpha`, of estimates above it.
    pub fn above(self, alpha: f64) -> f64 {
        self.with(self.llm_above, alpha)
    }

    fn with(self, llm: f64, alpha: f64) -> f64 {
        (self.human * (1.0 - alpha)).hypot(llm * alpha.powf(0.75))
    }
}

/// What `validate` has learnt of a reference's systematic error, and how.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SystematicError {
    /// tau, as added to intervals.
    pub tau: Tau,
    /// tau where the human side of the calibration is learnt from a control.
    pub with_control: Tau,
    /// Of which unit's shares.
    pub unit: UnitRule,
    /// What was left out in turn: `source`, or columns.
    pub left_out: Vec<String>,
    /// Strata left out, one after another.
    pub n_strata: usize,
    /// Mixtures estimated.
    pub n_mixtures: usize,
    /// Share of these whose 95 % interval holds the truth without tau.
    pub coverage_without: f64,
    /// Share of these whose 95 % interval holds the truth with the tau that the other strata teach.
    pub coverage_with: f64,
    /// Version of the tool that learnt it.
    pub tool_version: String,
    /// Seed of the mixtures.
    pub seed: u64,
}
