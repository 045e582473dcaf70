//! Which fraction of a corpus was written by large language models, with an interval that deserves its name.
//!
//! The stages, in the order of the data; a stage imports only from those above it:
//!
//! 1. [`corpus`]: files to documents
//! 2. [`tokenize`]: text to units (sentences) to words

#![forbid(unsafe_code)]
#![warn(clippy::print_stdout, clippy::print_stderr, clippy::unwrap_used)]
#![cfg_attr(test, allow(clippy::unwrap_used))]

pub mod corpus;
pub mod interval;
pub mod mixture;
pub mod occurrence;
pub mod reference;
pub mod tokenize;
