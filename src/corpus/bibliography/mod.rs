//! Bibliographies that have abstracts: BibTeX, and exports whose every line begins with a tag (RIS, PubMed's nbib, EndNote's enw,
//! Web of Science's plain text). An entry is a record.

mod bibtex;
mod dialect;
mod entries;
mod latex;
mod tagged;

use std::io;

use super::Place;

pub(super) use bibtex::records as bibtex;
pub(super) use dialect::Dialect;
pub(super) use tagged::records as tagged;

/// The columns that entries have, and which of them is the text.
pub(super) const COLUMNS: [&str; 10] =
    ["id", "title", "abstract", "date", "year", "venue", "doi", "keywords", "language", "type"];
pub(super) const TEXT: &str = "abstract";

/// One entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Entry {
    /// The line on which it begins.
    pub(super) place: Place,
    /// What there is of it.
    pub(super) cells: Vec<(&'static str, String)>,
    /// Whether bytes that are not UTF-8 were replaced.
    pub(super) replaced: bool,
}

/// Why a bibliography could not be read on.
#[derive(Debug)]
pub(super) enum Fault<E> {
    /// The content, at this line.
    Content { place: Place, reason: String },
    /// The reader, an entry that is too long among it.
    Read(io::Error),
    /// Whoever takes the entries.
    Taker(E),
}

/// Takes entries, in the order of the file.
pub(super) type Taker<'t, E> = &'t mut dyn FnMut(Entry) -> Result<(), E>;

/// Whether a file begins like BibTeX: with an entry that has a field, after comments at most.
pub(super) fn is_bibtex(head: &[u8]) -> bool {
    let head = String::from_utf8_lossy(head);
    let mut lines = head.lines().filter(|line| !line.trim().is_empty() && !line.trim_start().starts_with('%'));
    lines.next().is_some_and(|line| entries::kind_of(line).is_some()) && head.contains('=')
}

#[cfg(test)]
mod tests;
