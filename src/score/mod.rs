//! Units and reference to the score table: K log ratios per unit, and no text.

mod sample;
mod scorer;
mod side_by_side;
#[cfg(feature = "files")]
pub mod store;
mod table;
mod text_sample;
mod word_counts;

pub use sample::sample_groups;
pub use scorer::UnitScorer;
pub use table::{DocumentKey, ScoreTable, ScoredDocument, Setting, VENUE};
pub use text_sample::TextSample;
pub use word_counts::{GroupWords, WordCounts};
