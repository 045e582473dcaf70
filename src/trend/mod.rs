//! The LLM share over time: estimates per period, what changed between them, and whether the reference has aged.

mod record;

pub use record::{
    Ageing, BreakTest, Change, Event, NewestGenerator, PeriodEstimate, SlopeTest, Trend, TrendSeries, UndatedSummary,
};
