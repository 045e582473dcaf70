//! Limits on what is held at once, and the errors above them.

use std::cell::Cell;
use std::io::{self, Read};

use super::failure::read_error;
use super::lines::MAX_LINE_BYTES;
use crate::corpus::{CorpusError, Place, Problem};

/// The name of something that is held as a whole, and the limit on its size.
pub(in crate::corpus) struct Whole {
    pub(in crate::corpus) what: &'static str,
    pub(in crate::corpus) limit_mib: u64,
    pub(in crate::corpus) hint: &'static str,
}

/// Reads the rest, unless it is longer than the limit.
pub(in crate::corpus) fn read_at_most(
    reader: &mut impl Read,
    file: &str,
    whole: &Whole,
    content: &mut Vec<u8>,
) -> Result<(), CorpusError> {
    let Whole { what, limit_mib, hint } = *whole;
    let room = (limit_mib << 20).saturating_sub(content.len() as u64);
    let n = reader.take(room + 1).read_to_end(content).map_err(|error| read_error(file, error, 0))?;
    if n as u64 <= room {
        return Ok(());
    }
    Err(CorpusError::new(file, Place::FILE, Problem::TooLarge { what, limit_mib, hint }))
}

#[derive(Debug, thiserror::Error)]
#[error("a record is too long")]
struct LongRecord;

/// A reader that refuses to read on within one record, as after a quotation mark that is never closed.
pub(in crate::corpus) struct Limited<'a, R> {
    pub(in crate::corpus) inner: &'a mut R,
    pub(in crate::corpus) since_record: &'a Cell<usize>,
}

impl<R: Read> Read for Limited<'_, R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.since_record.get() > MAX_LINE_BYTES {
            return Err(io::Error::other(LongRecord));
        }
        let n = self.inner.read(buffer)?;
        self.since_record.set(self.since_record.get() + n);
        Ok(n)
    }
}

/// Returns whether [`Limited`] has refused.
pub(in crate::corpus) fn is_too_long(error: &io::Error) -> bool {
    error.get_ref().is_some_and(|inner| inner.is::<LongRecord>())
}

/// Adds a hint to the error of a temporary file that cannot grow.
pub(in crate::corpus) fn explain_space(error: io::Error) -> io::Error {
    let message = "no space for a temporary copy of it, which this format needs [set TMPDIR to another folder]";
    match error.kind() {
        kind @ (io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded | io::ErrorKind::FileTooLarge) => {
            io::Error::new(kind, message)
        }
        _ => error,
    }
}
