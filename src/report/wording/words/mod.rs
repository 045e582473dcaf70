//! What words over time say in words.

mod headline;
mod json;
mod warnings;

pub use headline::words_headline;
