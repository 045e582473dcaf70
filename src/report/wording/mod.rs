//! Says in words what records found: headlines, sentences, reasons and warnings, the same in their JSON as on their pages.

#[cfg(feature = "files")]
mod check;
mod lint;
#[cfg(feature = "files")]
pub(super) mod phrases;
#[cfg(feature = "files")]
mod text;
#[cfg(feature = "files")]
mod trend;
#[cfg(feature = "files")]
mod words;

#[cfg(feature = "files")]
pub use check::{deciding_reasons, group_message};
pub use lint::lint_advice;
#[cfg(feature = "files")]
pub use trend::{period_warnings, trend_headline, trend_sentences};
#[cfg(feature = "files")]
pub use words::words_headline;
