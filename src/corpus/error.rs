//! Errors of reading a corpus: the file, the place in it, and what was found there.

use std::io;

use super::problem::{Place, Problem};

/// The reason why a corpus could not be read. Files are named as they were given, or `standard input`.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum CorpusError {
    /// No input was named.
    #[error("nothing to read [name files, folders or globs, or - for standard input]")]
    NoInput,
    /// A path that does not exist.
    #[error("{path}: no such file or folder")]
    Missing {
        /// The path as given.
        path: String,
    },
    /// A glob that matches nothing.
    #[error("{pattern}: no file matches this pattern")]
    NoMatch {
        /// The pattern as given.
        pattern: String,
    },
    /// A glob that is not valid.
    #[error("{pattern}: not a valid pattern: {reason}")]
    BadPattern {
        /// The pattern as given.
        pattern: String,
        /// The error in it.
        reason: String,
    },
    /// A problem in a file.
    #[error("{file}{place}: {problem}")]
    In {
        /// The file, folder or archive.
        file: String,
        /// The place in it.
        place: Box<Place>,
        /// The problem found there.
        problem: Box<Problem>,
    },
    /// Any failure of the operating system that is not a [`Problem`] of its own.
    #[error("{file}: cannot be read")]
    Io {
        /// The file being read.
        file: String,
        /// The error of the operating system.
        source: io::Error,
    },
    /// An unknown format name.
    #[error("{name}: no such format [one of {known}]")]
    NoSuchFormat {
        /// The name as given.
        name: String,
        /// The known names.
        known: String,
    },
    /// An unknown kind of notes.
    #[error("{name}: no such kind of notes [one of review, meta-review, comment, rebuttal, decision, submission, all]")]
    NoSuchNoteKind {
        /// The name as given.
        name: String,
    },
    /// A corpus with records but no documents.
    #[error("no document left to judge: {skipped} left out{hint}")]
    AllSkipped {
        /// The numbers of records that were left out, in words.
        skipped: String,
        /// The options that read them, in brackets; empty if none does.
        hint: String,
    },
    /// A request to stop, made by the receiver of the documents.
    #[error("{reason}")]
    Stopped {
        /// The reason.
        reason: String,
    },
}

impl CorpusError {
    /// Returns the error for a problem in a place of a file.
    #[cfg(feature = "files")]
    pub(crate) fn new(file: &str, place: Place, problem: Problem) -> Self {
        Self::In { file: file.to_owned(), place: Box::new(place), problem: Box::new(problem) }
    }

    /// Returns the problem, if the error is one in a file.
    pub fn problem(&self) -> Option<&Problem> {
        match self {
            Self::In { problem, .. } => Some(problem),
            _ => None,
        }
    }
}
