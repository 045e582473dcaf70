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

pub use ageing::ageing;
pub(crate) use ageing::{concerns, mark_artefacts};
pub use breaks::break_test;
pub(crate) use breaks::sides;
pub use change::{Pair, changes, find, highest};
pub use generators::{NewestGenerator, newest_generator, released};
pub use record::{Ageing, BreakTest, Change, PeriodEstimate, SlopeTest, Trend, TrendSeries};
#[cfg(test)]
pub(crate) use series::tests::by_year;
pub use series::{SMALL_DOCUMENTS, SMALL_UNITS, series_of};
pub use sign::{Artefact, Fall, SeriesSign, Sign};
pub(crate) use slope::in_slope;
pub use slope::slope;
pub use warning::TrendWarning;
