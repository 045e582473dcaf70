//! What can go wrong when a corpus is read: the file, the place in it, and what was found there.

use std::io;

use super::{Place, Problem};

/// Why a corpus could not be read. Files are named as they were given, or `standard input`.
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
    /// A glob that is not one.
    #[error("{pattern}: not a valid pattern: {reason}")]
    BadPattern {
        /// The pattern as given.
        pattern: String,
        /// What is wrong with it.
        reason: String,
    },
    /// Something about a file.
    #[error("{file}{place}: {problem}")]
    In {
        /// The file, folder or archive.
        file: String,
        /// Where in it.
        place: Box<Place>,
        /// What is wrong there.
        problem: Box<Problem>,
    },
    /// Any failure of the operating system that is not a [`Problem`] of its own.
    #[error("{file}: cannot be read")]
    Io {
        /// What was being read.
        file: String,
        /// What the operating system says.
        source: io::Error,
    },
    /// A format name that is not one.
    #[error("{name}: no such format [one of {known}]")]
    NoSuchFormat {
        /// The name as given.
        name: String,
        /// The names that there are.
        known: String,
    },
    /// A kind of notes that is not one.
    #[error("{name}: no such kind of notes [one of review, meta-review, comment, rebuttal, decision, submission, all]")]
    NoSuchNoteKind {
        /// The name as given.
        name: String,
    },
    /// Records, but no document among them.
    #[error(
        "no document left to judge: {skipped} [--note-kind NAME reads other notes; without --language, other languages are read too]"
    )]
    AllSkipped {
        /// What was skipped, and how often.
        skipped: String,
    },
    /// Whoever took the documents asked to stop.
    #[error("{reason}")]
    Stopped {
        /// Why.
        reason: String,
    },
}

impl CorpusError {
    /// A problem in a place of a file.
    #[cfg(feature = "files")]
    pub(crate) fn new(file: &str, place: Place, problem: Problem) -> Self {
        Self::In { file: file.to_owned(), place: Box::new(place), problem: Box::new(problem) }
    }

    /// What is wrong in a file, if it is that.
    pub fn problem(&self) -> Option<&Problem> {
        match self {
            Self::In { problem, .. } => Some(problem),
            _ => None,
        }
    }
}
