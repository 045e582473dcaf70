//! What the tool and the library do, on invented text and, for the tests that say so, on real data.
//!
//! One binary, because each binary links polars anew; `tests/fuzzed` is the other one.

#![cfg(feature = "cli")]
#![allow(clippy::unwrap_used)]

mod common;

#[cfg(unix)]
mod action;
mod arriving;
mod cli;
mod determinism;
mod examples;
mod fields;
mod figures;
mod golden;
mod imports;
mod properties;
mod prose;
mod read_arrays;
mod read_cases;
mod read_errors;
mod read_formats;
mod read_hostile;
mod read_layouts;
mod read_noise;
mod read_notes;
mod read_papers;
mod read_workbooks;
mod real_check;
mod real_data;
mod real_layouts;
mod real_sources;
mod real_trend;
mod real_trust;
mod real_words;
mod sources;
mod statistics;
mod tokenize_sentences;
mod tokenize_words;
mod words;
