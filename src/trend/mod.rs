//! Follows the LLM share over time: estimates per period, changes between them, and whether the reference has aged.

mod ageing;
mod breaks;
mod change;
mod generators;
mod headline;
mod record;
mod sentences;
mod series;
mod slope;

pub use ageing::{ageing, concerns, mark_artefacts};
pub use breaks::break_test;
pub use change::{Pair, changes, find, unknown_labels};
pub use generators::{newest_generator, released};
pub use headline::headline;
pub use record::{Ageing, BreakTest, Change, NewestGenerator, PeriodEstimate, SlopeTest, Trend, TrendSeries};
pub use sentences::sentences;
pub use series::{SMALL_DOCUMENTS, SMALL_UNITS, series_of};
pub use slope::slope;
