//! Words over time: in which share of units each occurs, and which rise beyond the course they had before LLMs.

mod record;

pub use record::{Excess, Rate, WordGroup, WordPeriod, WordSeries, Words};
