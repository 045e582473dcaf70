//! Dates in results over time: events to mark, and documents without a date.

use jiff::civil::Date;
use serde::Serialize;

/// The release date of ChatGPT; later text may be by an LLM.
pub const CHATGPT: Date = jiff::civil::date(2022, 11, 30);

/// A date to mark.
///
/// ```
/// use jiff::civil::date;
/// use llm_prevalence::corpus::Event;
///
/// let event = Event::new(date(2023, 3, 14), "GPT-4");
/// assert_eq!(event.label, "GPT-4");
/// ```
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[non_exhaustive]
pub struct Event {
    /// The date of the event.
    pub date: Date,
    /// A short name of the event.
    pub label: String,
}

impl Event {
    /// Returns the event `label` of this date.
    pub fn new(date: Date, label: impl Into<String>) -> Event {
        Event { date, label: label.into() }
    }
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
