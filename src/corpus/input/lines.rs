//! A stream cut into chunks of whole lines.

use std::io::{self, Read};

use memchr::{memchr, memrchr};

/// Bytes of content per chunk, unless a line is longer.
const CHUNK_BYTES: usize = 4 << 20;
/// Maximum length of a line or CSV record, in bytes.
pub(in crate::corpus) const MAX_LINE_BYTES: usize = 128 << 20;

/// A chunk of whole lines, and the number of the first, from 1.
pub(in crate::corpus) struct Chunk {
    pub(in crate::corpus) bytes: Vec<u8>,
    pub(in crate::corpus) first_line: u64,
}

impl Chunk {
    /// Returns the non-blank lines, with their numbers.
    pub(in crate::corpus) fn lines(&self) -> Vec<(u64, &[u8])> {
        let mut lines = Vec::new();
        let mut rest = &self.bytes[..];
        let mut number = self.first_line;
        while !rest.is_empty() {
            let end = memchr(b'\n', rest).unwrap_or(rest.len());
            if !rest[..end].trim_ascii().is_empty() {
                lines.push((number, &rest[..end]));
            }
            rest = rest.get(end + 1..).unwrap_or_default();
            number += 1;
        }
        lines
    }

    fn n_line_ends(&self) -> u64 {
        memchr::memchr_iter(b'\n', &self.bytes).count() as u64
    }
}

/// The reason why there is no next chunk.
pub(in crate::corpus) enum ChunkError {
    Read(io::Error),
    /// The number of a line that is too long.
    LongLine(u64),
}

/// A stream that is cut into chunks.
pub(in crate::corpus) struct Chunks<R> {
    reader: R,
    rest: Vec<u8>,
    next_line: u64,
    /// An error after lines that are still good; reported when those are used up.
    failed: Option<io::Error>,
    is_over: bool,
}

impl<R: Read> Chunks<R> {
    pub(in crate::corpus) fn new(reader: R) -> Self {
        Self { reader, rest: Vec::new(), next_line: 1, failed: None, is_over: false }
    }

    /// Returns the next chunk, or `None` at the end.
    pub(in crate::corpus) fn next(&mut self) -> Result<Option<Chunk>, ChunkError> {
        if let Some(error) = self.failed.take() {
            return Err(ChunkError::Read(error));
        }
        let mut bytes = std::mem::take(&mut self.rest);
        bytes.reserve((CHUNK_BYTES + 1).saturating_sub(bytes.len()));
        loop {
            let before = bytes.len();
            let wanted = CHUNK_BYTES.saturating_sub(before).max(CHUNK_BYTES / 4);
            let read = self.reader.by_ref().take(wanted as u64).read_to_end(&mut bytes);
            let last_end = memrchr(b'\n', &bytes[before..]).map(|at| before + at + 1);
            match (read, last_end.or_else(|| memrchr(b'\n', &bytes[..before]).map(|at| at + 1))) {
                (Err(error), None) => return Err(ChunkError::Read(error)),
                (Err(error), Some(end)) => {
                    self.failed = Some(error);
                    bytes.truncate(end);
                }
                (Ok(0), _) => self.is_over = true,
                (Ok(_), None) if bytes.len() > MAX_LINE_BYTES => {
                    self.rest = bytes;
                    return Err(ChunkError::LongLine(self.next_line));
                }
                (Ok(_), Some(end)) if bytes.len() >= CHUNK_BYTES => self.rest = bytes.split_off(end),
                (Ok(_), _) => continue,
            }
            return Ok(self.number(bytes));
        }
    }

    /// Returns whether the last chunk ended the stream.
    pub(in crate::corpus) fn is_over(&self) -> bool {
        self.is_over && self.rest.is_empty() && self.failed.is_none()
    }

    /// Returns what is left, for a format that needs it as a whole: the bytes already read, and the reader of the rest.
    pub(in crate::corpus) fn rest(&mut self, bytes: &mut Vec<u8>) -> io::Result<&mut R> {
        bytes.append(&mut self.rest);
        match self.failed.take() {
            Some(error) => Err(error),
            None => Ok(&mut self.reader),
        }
    }

    pub(in crate::corpus) fn into_reader(self) -> R {
        self.reader
    }

    fn number(&mut self, bytes: Vec<u8>) -> Option<Chunk> {
        if bytes.is_empty() {
            return None;
        }
        let chunk = Chunk { bytes, first_line: self.next_line };
        self.next_line += chunk.n_line_ends();
        Some(chunk)
    }
}
