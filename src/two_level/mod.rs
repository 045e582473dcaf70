//! Estimates shares by a two-level model: a corpus of documents, documents made of units, and strata as random effects.
//!
//! An unknown form of human text or LLM is taken to differ from known ones as these differ from each other, and which
//! units come together in one document tells most. A document is human, LLM or mixed (a part b of its units is by an
//! LLM). Units fall into [`N_BINS`] bins of their score; human units as `h(j) exp(u t_j)`, LLM units as
//! `g(j) exp(v t_j)`, normalised, with `t_j` the mean clipped score of the bin. The tilts `u ~ N(m_h, tau_h)` and
//! `v ~ N(m_g, tau_g)` belong to the document; locations and spreads belong to the corpus, with normal priors learnt
//! from strata: venue and year for people, generator and kind of text for LLMs ([`StrataModel::learn`]). A control
//! narrows the prior of the human side.
//!
//! alpha is the posterior share of the corpus's own units, found by EM ([`estimate`]); its interval is the profile of
//! that realised share (`profile`), widened by systematic terms that are learnt by leaving strata out ([`Systematic`]).
//!
//! docs/method.md has the formulas and their sources; nothing here knows of text, files or references.

mod bins;
mod bound;
mod columns;
mod damage;
mod em;
mod estimate;
mod expect;
mod explanations;
mod learn;
mod leave_out;
mod misfit;
mod of_control;
mod parameters;
mod profile;
mod side;
mod simulate;
mod systematic;
#[cfg(test)]
mod tests;
mod tilt;
mod whole;

pub use bins::{BinCounts, Bins, N_BINS};
pub(crate) use bound::LEAST_RHO;
pub use bound::{Bound, DocumentMean, MIN_CONTROL_DOCUMENTS, TextKind, bound, document_mean};
pub use columns::ShareOf;
pub use estimate::{CorpusShare, HumanText, estimate};
pub use learn::{Side, StrataModel, Stratum, StratumCard};
pub(crate) use leave_out::learn_systematic;
pub use misfit::Distance;
pub use side::{SidePrior, Tilts};
pub use simulate::simulate;
pub use systematic::Systematic;
