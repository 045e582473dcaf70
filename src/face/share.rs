//! A share that can be printed.

use std::fmt;

use crate::estimate::{GroupEstimate, ShareEstimate};
use crate::interval::Interval;
use crate::numbers::{level, percent};
use crate::tokenize::UnitRule;

/// The LLM share of some texts, with its interval.
///
/// It prints as one line, such as `13.7 % of sentences (95 % interval 11.2 to 16.4 %)`, which also says if the
/// reference does not fit.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Share {
    /// The whole estimate.
    pub found: ShareEstimate,
    /// Number of texts with at least one unit.
    pub n_documents: usize,
    /// Number of units.
    pub n_units: usize,
    /// The unit that it is a share of.
    pub unit: UnitRule,
    /// Nominal coverage of the interval, 0 to 1.
    pub level: f64,
    /// Warnings to read before using the number.
    pub warnings: Vec<String>,
}

impl Share {
    /// Returns the share of a group; `None` if it has too little text.
    pub(super) fn of(group: GroupEstimate, unit: UnitRule, level: f64) -> Option<Share> {
        let GroupEstimate { n_documents, n_units, outcome, warnings, .. } = group;
        Some(Share { found: outcome?, n_documents, n_units, unit, level, warnings })
    }

    /// Returns alpha, the LLM share of units, 0 to 1.
    pub fn alpha(&self) -> f64 {
        self.found.alpha
    }

    /// Returns the interval for alpha at [`level`](Share::level).
    pub fn interval(&self) -> Interval {
        self.found.interval
    }
}

impl fmt::Display for Share {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Interval { lower, upper } = self.found.interval;
        write!(
            f,
            "{} % of {}s ({} % interval {} to {} %)",
            percent(self.found.alpha, 1),
            self.unit,
            level(self.level),
            percent(lower, 1),
            percent(upper, 1)
        )?;
        if self.found.is_misfit() { f.write_str("; the reference does not fit this text") } else { Ok(()) }
    }
}
