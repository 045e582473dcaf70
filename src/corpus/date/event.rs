//! What results over time say of dates: those to mark, and documents without one.

use jiff::civil::Date;
use serde::Serialize;

/// A date to mark.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Event {
    /// When.
    pub date: Date,
    /// What happened, in a few words.
    pub label: String,
}

/// Documents without a period.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct UndatedSummary {
    /// Without any date.
    pub n_without_date: usize,
    /// With something that is no date, or names a longer time than a period.
    pub n_unreadable: usize,
    /// Some of these, as they were written.
    pub examples: Vec<String>,
}
