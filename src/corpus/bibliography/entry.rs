//! An entry of a bibliography, and whoever takes it.

use crate::corpus::known::Cells;
use crate::corpus::{CorpusError, Place};

/// One entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Entry {
    /// The line on which it begins.
    pub(super) place: Place,
    /// What there is of it.
    pub(super) cells: Cells,
    /// Whether bytes that are not UTF-8 were replaced.
    pub(super) replaced: bool,
}

/// Takes entries, in the order of the file.
pub(super) type Taker<'t> = &'t mut dyn FnMut(Entry) -> Result<(), CorpusError>;
