//! Dates in results over time: events to mark, and documents without a date.

use jiff::civil::Date;
use serde::Serialize;

/// A date to mark.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[non_exhaustive]
pub struct Event {
    /// The date of the event.
    pub date: Date,
    /// A short name of the event.
    pub label: String,
}

/// Counts of the documents without a period.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct UndatedSummary {
    /// Number of documents without any date.
    pub n_without_date: usize,
    /// Number of documents whose date is unreadable or covers more time than a period.
    pub n_unreadable: usize,
    /// Examples of such dates, as they were written.
    pub examples: Vec<String>,
}
