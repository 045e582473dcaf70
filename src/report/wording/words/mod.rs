//! Says in words what words over time show.

mod headline;
mod json;
mod warnings;

pub use headline::words_headline;
