//! Decides whether the LLM share of a batch is above what is allowed, without false alarms: the gate for CI.
//!
//! In the order of the data:
//!
//! 1. a [`Policy`] says what is allowed;
//! 2. a [`Plan`] says which groups are judged, and at which level their intervals must be so that all of them are right
//!    together;
//! 3. [`judge`] turns the estimates at that level into verdicts: an interval above the limit fails, one that ends at or
//!    below it passes, and one that contains it is inconclusive, as is a group that is too small, that the reference
//!    does not fit, or that the [`Baseline`] lacks.
//!
//! [`PowerModel`] computes the smallest share that a check of this size would notice.

mod baseline;
mod group_name;
mod judge;
mod plan;
mod policy;
mod power;
mod reason;
mod record;
mod verdict;
mod warning;

pub(crate) use baseline::MadeWith;
pub use baseline::{Baseline, BaselineError, BaselineGroup};
pub use judge::judge;
pub(crate) use judge::set_aside;
pub use plan::{Needed, Plan, PlannedGroup, Standing};
pub use policy::{Exemption, OnInconclusive, OnMisfit, Policy, PolicyError, PolicySettings};
pub use power::{NOTICED_WITH, Power, PowerModel};
pub use reason::{Basis, JudgedShare, Reason, ReasonCode};
pub use record::{Check, GroupCheck, PolicyInForce, PolicyValue};
pub use verdict::Verdict;
pub use warning::CheckWarning;
