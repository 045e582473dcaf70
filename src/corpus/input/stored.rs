//! Content as a file, for formats that are read from their end.

use std::fs::File;
use std::io;

use super::bytes::Bytes;
use super::failure::read_error;
use super::find::{Input, Source};
use super::limits::explain_space;
use crate::corpus::CorpusError;

/// Returns the file itself, or a temporary copy if it is compressed, piped or in an archive; and the SHA-256 of the stored bytes.
pub(in crate::corpus) fn into_file(input: &Input, bytes: Bytes) -> Result<(File, String), CorpusError> {
    copied(input, bytes).map_err(|error| read_error(input.shown(), error, 0))
}

fn copied(input: &Input, mut bytes: Bytes) -> io::Result<(File, String)> {
    if let (Source::File(path), true) = (input.source(), bytes.is_plain()) {
        return Ok((File::open(path)?, bytes.sha256()?));
    }
    let mut file = tempfile::tempfile()?;
    io::copy(&mut bytes, &mut file).map_err(explain_space)?;
    Ok((file, bytes.sha256()?))
}
