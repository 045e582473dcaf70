//! Follows the LLM share over time: estimates per period, changes between them, and whether the reference has aged.

mod ageing;
mod breaks;
mod change;
mod generators;
mod record;
mod series;
mod sign;
mod slope;
mod warning;

pub use ageing::{ageing, concerns, mark_artefacts};
pub use breaks::{break_test, sides};
pub use change::{Pair, changes, find, highest, unknown_labels};
pub use generators::{NewestGenerator, newest_generator, released};
pub use record::{Ageing, BreakTest, Change, PeriodEstimate, SlopeTest, Trend, TrendSeries};
#[cfg(test)]
pub(crate) use series::tests::by_year;
pub use series::{SMALL_DOCUMENTS, SMALL_UNITS, series_of};
pub use sign::{Artefact, Fall, SeriesSign, Sign};
pub use slope::{in_slope, slope};
pub use warning::TrendWarning;
