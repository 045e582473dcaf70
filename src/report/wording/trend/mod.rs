//! Says in words what a trend shows.

mod ageing;
mod headline;
mod json;
mod sentences;
mod warnings;

pub use headline::trend_headline;
pub use sentences::trend_sentences;
pub use warnings::period_warnings;
