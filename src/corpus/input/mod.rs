//! Finds the files that arguments name, and opens their decompressed content.

mod ahead;
mod amount;
mod bytes;
mod failure;
mod find;
mod limits;
mod lines;
mod stored;
mod utf16;

pub(super) use ahead::Ahead;
pub use amount::{Amount, stored_bytes};
pub(super) use bytes::Bytes;
pub(super) use failure::{DecodeError, Met, read_error};
pub(super) use find::Source;
pub use find::{Input, find_inputs};
pub(super) use find::{MAX_FILES, is_corpus, is_hidden};
pub(super) use limits::{Limited, Whole, explain_space, is_too_long, read_at_most};
pub(super) use lines::{Chunk, ChunkError, Chunks, MAX_LINE_BYTES};
pub(super) use stored::into_file;
