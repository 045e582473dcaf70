//! Files to documents: what a corpus is made of, and how it is read.
//!
//! The types ([`Document`], [`Text`], [`Units`], [`ReadOptions`], [`ReadSummary`], [`CorpusError`]) are always there; the
//! readers come with the cargo feature `files`. In the order of the data:
//!
//! 1. [`find_inputs`] turns arguments (files, folders, globs, `-`) into [`Input`]s, in an order of their own;
//! 2. [`read_corpus`] opens, decompresses and hashes each, finds its format and its text column, and hands over documents
//!    in batches.
//!
//! Memory stays flat for JSON Lines, CSV, TSV, and for arrays in JSON, also those of a page such as `{"notes": [...]}`. Any
//! other JSON value is held as a whole, a parquet file by row group, a text file as the one document it is. Notes with an
//! id lie in a temporary file until all is read, for only the newest version of each is handed over.

mod document;
mod error;
mod kinds;
mod options;
mod problem;

#[cfg(feature = "files")]
mod ahead;
#[cfg(feature = "files")]
mod bibliography;
#[cfg(feature = "files")]
mod bytes;
#[cfg(feature = "files")]
mod cells;
#[cfg(feature = "files")]
mod date;
#[cfg(feature = "files")]
mod dated;
#[cfg(feature = "files")]
mod delimited;
#[cfg(feature = "files")]
mod fields;
#[cfg(feature = "files")]
mod foreign;
#[cfg(feature = "files")]
mod inputs;
#[cfg(feature = "files")]
#[path = "../parquet/ipc.rs"]
mod ipc;
#[cfg(feature = "files")]
mod json;
#[cfg(feature = "files")]
mod json_array;
#[cfg(feature = "files")]
mod json_elements;
#[cfg(feature = "files")]
mod json_row;
#[cfg(feature = "files")]
mod json_rows;
#[cfg(feature = "files")]
mod json_value;
#[cfg(feature = "files")]
mod language;
#[cfg(feature = "files")]
mod layout;
#[cfg(feature = "files")]
mod limits;
#[cfg(feature = "files")]
mod lines;
#[cfg(feature = "files")]
mod parquet;
#[cfg(feature = "files")]
mod parquet_columns;
#[cfg(feature = "files")]
mod parquet_sizes;
#[cfg(feature = "files")]
mod parquet_values;
#[cfg(feature = "files")]
mod period;
#[cfg(feature = "files")]
mod pubmed;
#[cfg(feature = "files")]
mod pubmed_article;
#[cfg(feature = "files")]
mod read;
#[cfg(feature = "files")]
mod table;
#[cfg(feature = "files")]
mod text;
#[cfg(feature = "files")]
mod versions;
#[cfg(feature = "files")]
mod xlsx;
#[cfg(feature = "files")]
mod xml;
#[cfg(feature = "files")]
mod zip;
#[cfg(feature = "files")]
mod zip_member;

#[cfg(feature = "files")]
pub use date::{Span, last_day, span};
#[cfg(feature = "files")]
pub use dated::{Event, UndatedSummary};
pub use document::{Document, Text, Units};
pub use error::CorpusError;
#[cfg(feature = "files")]
pub use inputs::{Input, find_inputs};
pub use kinds::{Layout, NoteChoice, NoteKind, Skipped};
pub use options::{FileSummary, Format, ReadOptions, ReadSummary};
#[cfg(feature = "files")]
pub(crate) use parquet_sizes::{check_pages, read_metadata};
#[cfg(feature = "files")]
pub use period::{Period, PeriodRule};
pub use problem::Place;
#[cfg(feature = "files")]
pub use read::read_corpus;
