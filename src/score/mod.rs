//! Scores units with a reference; the score table has K log ratios per unit, and no text.

mod document;
mod draw;
mod field_names;
mod repeated;
mod sample;
mod scorer;
mod side_by_side;
#[cfg(feature = "files")]
pub mod store;
mod table;
mod text_sample;
mod usual_counts;
mod word_counts;

pub use document::{DocumentKey, ScoredDocument, Setting, VENUE};
pub use draw::GroupSize;
pub use repeated::Repeated;
pub use sample::sample_groups;
pub use scorer::UnitScorer;
pub use table::ScoreTable;
pub use text_sample::TextSample;
pub use usual_counts::UsualCounts;
pub use word_counts::{GroupWords, WordCounts};
