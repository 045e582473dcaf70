//! An entry of a bibliography, and the callback that takes it.

use crate::corpus::known::Cells;
use crate::corpus::{CorpusError, Place};

/// One entry of a bibliography.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Entry {
    /// The line on which it begins.
    pub(super) place: Place,
    /// The cells that it has values for.
    pub(super) cells: Cells,
    /// Whether bytes that are not UTF-8 were replaced.
    pub(super) replaced: bool,
}

/// A callback that takes entries, in the order of the file.
pub(super) type Taker<'t> = &'t mut dyn FnMut(Entry) -> Result<(), CorpusError>;
