//! Files to documents: what a corpus is made of, and how it is read.

mod document;

pub use document::{Document, Text, Units};
