//! Names the ways to leave out strata in turn.

use std::fmt;

use crate::validate::SideLeftOut;

/// A way to leave out strata in turn.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum LeaveOutBy {
    /// Every LLM source.
    Source,
    /// Every LLM component, with all sources that it pools.
    Component,
    /// Every value of a column, in the texts of a side.
    Column(String, SideLeftOut),
}

impl LeaveOutBy {
    /// Returns the column, if it is a way by column.
    pub(super) fn column(&self) -> Option<&str> {
        match self {
            LeaveOutBy::Column(column, _) => Some(column),
            LeaveOutBy::Source | LeaveOutBy::Component => None,
        }
    }
}

/// Writes the name that records use: `source`, `component`, or a column, with the side in front if it is one.
impl fmt::Display for LeaveOutBy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            LeaveOutBy::Source => f.write_str("source"),
            LeaveOutBy::Component => f.write_str("component"),
            LeaveOutBy::Column(column, SideLeftOut::Both) => f.write_str(column),
            LeaveOutBy::Column(column, SideLeftOut::Human) => write!(f, "human:{column}"),
            LeaveOutBy::Column(column, SideLeftOut::Llm) => write!(f, "llm:{column}"),
        }
    }
}
