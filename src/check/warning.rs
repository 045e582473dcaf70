//! The warnings about a check as a whole.

use super::policy::Exemption;

/// A warning about a check as a whole.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum CheckWarning {
    /// The exemption has ended and no longer holds.
    Ended(Exemption),
    /// The exemption is of groups by columns that the check is not by.
    OfNoGroup(Exemption),
    /// The exemption is of a value that no group has; also holds the names of the groups.
    Unmatched(Exemption, Vec<String>),
    /// Groups of the baseline, by their names, that are not in the input.
    Gone(Vec<String>),
    /// The reference does not fit the text of the group of this name, which the policy ignores.
    MisfitIgnored(String),
    /// Documents of the control itself read above 0.
    ControlAboveZero,
    /// Something about the input or the control, as [`RunSummary::notes`](crate::estimate::RunSummary::notes) says it.
    Input(String),
}
