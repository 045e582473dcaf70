//! Dates of documents: read as people write them, and gathered into periods.

mod event;
mod period;
mod span;

pub use event::{CHATGPT, Event, UndatedSummary};
pub use period::{Period, PeriodRule};
pub(crate) use span::first_and_last;
pub use span::{Span, is_ambiguous, span};
