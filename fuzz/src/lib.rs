//! What the targets do with their bytes. Each function here is one target: it may refuse its input, but not panic, and what it
//! reads has to be consistent. It says whether anything was read.
//!
//! `tests/fuzzed.rs` of the main crate includes this file and replays every seed, corpus file and past finding on stable.

#![forbid(unsafe_code)]

mod packed;
mod policy;
mod prose;
mod reading;
mod reference;
mod rows;
mod tables;
mod tokenizer;

// It keeps libFuzzer's hook, which aborts, from panics that the readers catch. One that no reader catches still ends the run: libFuzzer's
// entry aborts on what unwinds to it.
pub use llm_prevalence::cli::silence_parsers;
pub use packed::{compressed, tar, xlsx, zip};
pub use policy::policy;
pub use prose::prose;
pub use reading::{read, with_file};
pub use reference::reference;
pub use rows::{arrow, bibliography, delimited, json, layouts, papers, parquet, pubmed, text};
pub use tables::{occurrences, scores};
pub use tokenizer::tokenizer;

/// A target.
pub type Target = fn(&[u8]) -> bool;

/// Every target by its name, which is that of its folders of seeds and corpus too.
pub const TARGETS: [(&str, Target); 19] = [
    ("arrow", arrow),
    ("bibliography", bibliography),
    ("compressed", compressed),
    ("delimited", delimited),
    ("json", json),
    ("layouts", layouts),
    ("occurrences", occurrences),
    ("papers", papers),
    ("parquet", parquet),
    ("policy", policy),
    ("prose", prose),
    ("pubmed", pubmed),
    ("reference", reference),
    ("scores", scores),
    ("tar", tar),
    ("text", text),
    ("tokenizer", tokenizer),
    ("xlsx", xlsx),
    ("zip", zip),
];
