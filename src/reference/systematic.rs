//! Systematic error: how far estimates are off, beyond sampling, on kinds of text that the reference has not seen.

use serde::{Deserialize, Serialize};

use crate::tokenize::UnitRule;

/// Standard deviations of the systematic error of alpha, in units of alpha (0.01 is one percentage point).
///
/// Human text of another kind shifts the estimate wherever there is human text, LLM text of another kind wherever there
/// is LLM text. One number would not do: measured errors near alpha = 0 and at 0.5 differ a hundredfold.
/// LLM text of another kind errs to one side, as it can pass for human, but hardly be more than LLM text: so errors are
/// two halves of normal distributions.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Tau {
    /// tau where all text is human.
    pub human: f64,
    /// tau where all text is by LLMs, of estimates that are too low.
    pub llm_below: f64,
    /// tau where all text is by LLMs, of estimates that are too high.
    pub llm_above: f64,
}

impl Tau {
    /// Returns tau where the true share is `alpha`, of estimates below it: the larger side, which results print as tau.
    ///
    /// The part of LLM text grows as alpha to the power 3/4: an LLM left out of `reviews` reads 2.1, 3.4, 6.9 and 10.4
    /// points too low at 5, 10, 25 and 50 %, because the less there is of it, the more of it passes for human.
    pub fn below(self, alpha: f64) -> f64 {
        self.with(self.llm_below, alpha)
    }

    /// Returns tau where the true share is `alpha`, of estimates above it.
    pub fn above(self, alpha: f64) -> f64 {
        self.with(self.llm_above, alpha)
    }

    fn with(self, llm: f64, alpha: f64) -> f64 {
        (self.human * (1.0 - alpha)).hypot(llm * alpha.powf(0.75))
    }
}

/// The systematic error of a reference that `validate` has learnt, and how.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct SystematicError {
    /// tau, as added to intervals.
    pub tau: Tau,
    /// tau where the human side of the calibration is learnt from a control.
    pub with_control: Tau,
    /// Unit of the shares.
    pub unit: UnitRule,
    /// Names of what was left out in turn: `source`, or columns.
    pub left_out: Vec<String>,
    /// Number of strata left out, one after another.
    pub n_strata: usize,
    /// Number of mixtures estimated.
    pub n_mixtures: usize,
    /// Share of these whose 95 % interval without tau holds the truth, 0 to 1.
    pub coverage_without: f64,
    /// Share of these whose 95 % interval with the tau that the other strata teach holds the truth, 0 to 1.
    pub coverage_with: f64,
    /// Version of the tool that learnt it.
    pub tool_version: String,
    /// Seed of the mixtures.
    pub seed: u64,
}
