//! Failures while content is read, passed through readers that know only I/O errors.

use std::io;

use crate::corpus::{CorpusError, Place, Problem};

/// A decompressor's error, with the bytes decompressed before it; travels inside an [`io::Error`].
#[derive(Debug, thiserror::Error)]
#[error("{source}")]
pub(in crate::corpus) struct DecodeError {
    pub(in crate::corpus) compression: &'static str,
    pub(in crate::corpus) n_bytes: u64,
    pub(in crate::corpus) source: io::Error,
}

/// A problem with a file that its reader reports as an I/O error; travels inside one.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub(in crate::corpus) struct Met(pub(in crate::corpus) Problem);

/// Turns an I/O error into the error that is reported for the file.
pub(in crate::corpus) fn read_error(file: &str, error: io::Error, n_documents: u64) -> CorpusError {
    let problem = |problem| CorpusError::new(file, Place::FILE, problem);
    match error.kind() {
        io::ErrorKind::NotFound => return CorpusError::Missing { path: file.to_owned() },
        io::ErrorKind::PermissionDenied => return problem(Problem::Denied),
        _ => {}
    }
    let inner = error.get_ref();
    if let Some(Met(met)) = inner.and_then(|inner| inner.downcast_ref()) {
        return problem(met.clone());
    }
    let Some(DecodeError { compression, n_bytes, source }) = inner.and_then(|inner| inner.downcast_ref()) else {
        return CorpusError::Io { file: file.to_owned(), source: error };
    };
    let (compression, n_bytes) = (*compression, *n_bytes);
    problem(match source.kind() {
        io::ErrorKind::UnexpectedEof => Problem::Truncated { compression, n_bytes, n_documents },
        _ => Problem::Damaged { compression, n_bytes, n_documents, reason: source.to_string() },
    })
}
