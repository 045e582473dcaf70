//! Counts occurrences: the number of units of a source in which each word is present.
//!
//! Occurrence is presence, not frequency: a word that is repeated in a unit occurs once there (Liang et al. 2024,
//! section 3). Counts are integers, so merging them is exact and independent of order and threads.

mod capitals;
mod count;
mod presence;
mod profile;
mod vocabulary;
mod word_table;

pub(crate) use capitals::mostly_capitalised;
pub use count::{Occurrences, count_occurrences};
pub use presence::{Presence, UnitWords};
pub(crate) use profile::text_profile;
pub use vocabulary::{Vocabulary, VocabularyRule};
