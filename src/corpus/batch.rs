//! Documents on their way from the reader to where they are made ready.

use super::document::Document;
use super::error::CorpusError;
use super::summary::ReadSummary;

/// A document as it was read.
pub(super) struct Raw {
    /// The number of its file.
    pub(super) file: usize,
    pub(super) document: Document,
}

/// The reader's part of the summary, without what is only known once texts are cut.
pub(super) struct Read {
    pub(super) summary: ReadSummary,
    /// The error for which the first skipped file was skipped.
    pub(super) passed_over: Option<CorpusError>,
}
