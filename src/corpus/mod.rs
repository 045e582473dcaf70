//! Reads files into documents: the parts of a corpus, and the ways to read it.
//!
//! The types ([`Document`], [`Text`], [`Units`], [`ReadOptions`], [`ReadSummary`], [`CorpusError`]) are always there; the
//! readers come with the cargo feature `files`. In the order of the data:
//!
//! 1. [`find_inputs`] turns arguments (files, folders, globs, `-`) into [`Input`]s, in an order of their own;
//! 2. [`read_corpus`] opens, decompresses and hashes each and recognises its format, by its content if that says more than its
//!    name. The format's reader turns it into rows of named cells, or into records of a layout; one function turns a row into a
//!    document; and documents are handed over in batches.
//!
//! Memory stays flat for JSON Lines, CSV, TSV, and for arrays in JSON, also those of a page such as `{"notes": [...]}`. Any
//! other JSON value is held as a whole, a parquet file by row group, a text file as the one document it is. Records that
//! may come in several versions lie in a temporary file until all is read, as only the newest of each is handed over.

mod columns;
mod date;
mod document;
mod error;
mod format;
mod group_key;
mod note;
mod options;
mod problem;
mod remark;
mod summary;

#[cfg(feature = "files")]
mod about;
#[cfg(feature = "files")]
mod archive;
#[cfg(feature = "parquet")]
mod arrow;
#[cfg(feature = "files")]
mod batch;
#[cfg(feature = "files")]
mod bibliography;
#[cfg(feature = "files")]
mod cells;
#[cfg(feature = "files")]
mod choose;
#[cfg(feature = "files")]
mod context;
#[cfg(feature = "files")]
mod delimited;
#[cfg(feature = "files")]
mod encoding;
#[cfg(feature = "files")]
mod foreign;
#[cfg(feature = "files")]
mod frame;
#[cfg(feature = "files")]
mod frame_rows;
#[cfg(feature = "files")]
mod header;
#[cfg(feature = "files")]
mod header_rows;
#[cfg(feature = "files")]
mod input;
#[cfg(feature = "files")]
mod joining;
#[cfg(feature = "files")]
mod json;
#[cfg(feature = "files")]
mod kind_column;
#[cfg(feature = "files")]
mod known;
#[cfg(feature = "files")]
mod language;
#[cfg(feature = "files")]
mod layout;
#[cfg(feature = "files")]
mod letter_case;
#[cfg(feature = "files")]
mod long_form;
#[cfg(feature = "files")]
mod make;
#[cfg(feature = "files")]
mod names;
#[cfg(feature = "parquet")]
mod parquet;
#[cfg(feature = "files")]
mod prepare;
#[cfg(feature = "files")]
mod pubmed;
#[cfg(feature = "files")]
mod read;
#[cfg(feature = "files")]
mod record;
#[cfg(feature = "files")]
mod remarks;
#[cfg(feature = "files")]
mod repeats;
#[cfg(feature = "files")]
mod row;
#[cfg(feature = "files")]
mod same_id;
#[cfg(feature = "files")]
mod sampled;
#[cfg(feature = "files")]
mod sentence_rows;
#[cfg(feature = "files")]
mod several_reviews;
#[cfg(feature = "files")]
mod sink;
#[cfg(feature = "files")]
mod sniff;
#[cfg(feature = "files")]
mod table;
#[cfg(feature = "files")]
mod text;
#[cfg(feature = "files")]
mod traces;
#[cfg(feature = "files")]
mod twice;
#[cfg(feature = "files")]
mod values;
#[cfg(feature = "files")]
mod version_column;
#[cfg(feature = "files")]
mod versions;
#[cfg(feature = "files")]
mod workbook;
#[cfg(feature = "files")]
mod wrapped;
#[cfg(feature = "files")]
mod written;
#[cfg(feature = "files")]
mod xml;

pub use columns::Columns;
pub(crate) use date::first_and_last;
pub use date::{CHATGPT, Event, Period, PeriodRule, Span, UndatedSummary, is_ambiguous, span};
pub use document::{Document, Text, Units};
pub use error::CorpusError;
pub use format::{Format, Layout};
#[cfg(feature = "files")]
pub use frame::{Frame, FrameValue, Rows};
pub use group_key::GroupKey;
#[cfg(feature = "files")]
pub(crate) use input::stored_bytes;
#[cfg(feature = "files")]
pub use input::{Amount, Input, find_inputs};
pub(crate) use note::skipped_in_words;
pub use note::{NoteChoice, NoteKind, Skipped};
pub use options::ReadOptions;
pub use problem::{Place, Problem};
#[cfg(feature = "files")]
pub use read::read_corpus;
pub use remark::Remark;
pub use summary::{FileSummary, LetterCases, LongTexts, Longest, ReadSummary};
