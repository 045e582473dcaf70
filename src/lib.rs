//! Which fraction of a corpus was written by large language models, with an interval that deserves its name.
//!
//! The stages, in the order of the data; a stage imports only from those above it:
//!
//! 1. [`prose`]: what of a text is its writer's: no quotes, code, math, bibliographies
//! 2. [`corpus`]: files to documents
//! 3. [`tokenize`]: text to units (sentences) to words
//! 4. [`occurrence`]: in how many units of a source each word is present
//! 5. [`reference`](mod@reference): what `fit` learns from texts of known source
//! 6. [`score`]: log ratios per unit, a table without text
//! 7. [`mixture`]: the shares that explain the scores best
//! 8. [`interval`]: how sure that is, and whether the reference fits
//! 9. [`estimate`]: all of it, per group
//! 10. `trend`, `words`: the same over time, with the feature `files`
//! 11. `check`: whether the share is above what is allowed, with the feature `files`
//! 12. [`validate`]: mixtures of known alpha, to see whether it holds
//!
//! Beside them, [`lint`](mod@lint) looks for what poisons texts of known source before a reference is made of them.
//!
//! With the cargo feature `cli`, `report` turns results into tables, JSON, CSV and Markdown, and `cli` is the tool.

#![forbid(unsafe_code)]
#![warn(missing_docs)]
#![warn(clippy::print_stdout, clippy::print_stderr, clippy::unwrap_used)]
#![cfg_attr(test, allow(clippy::unwrap_used))]

#[cfg(feature = "files")]
pub mod check;
#[cfg(feature = "cli")]
pub mod cli;
pub mod corpus;
pub mod estimate;
#[cfg(feature = "files")]
mod guard;
pub mod interval;
pub mod lint;
pub mod mixture;
pub mod occurrence;
#[cfg(feature = "files")]
mod parquet;
#[cfg(feature = "cli")]
pub mod plot;
pub mod progress;
pub mod prose;
pub mod reference;
#[cfg(feature = "cli")]
pub mod report;
pub mod score;
pub mod tokenize;
#[cfg(feature = "files")]
pub mod trend;
pub mod validate;
#[cfg(feature = "files")]
pub mod words;
