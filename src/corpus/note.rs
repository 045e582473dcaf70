//! The kinds of notes, and the reasons for skipping a record.

use std::str::FromStr;

use super::error::CorpusError;
use crate::numbers::{counted, thousands};

/// The kind of a note about a submission.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum NoteKind {
    /// An official review.
    Review,
    /// An area chair's review of the reviews.
    MetaReview,
    /// A comment, official or public.
    Comment,
    /// The authors' answer.
    Rebuttal,
    /// The decision.
    Decision,
    /// The submission itself; its text is its abstract.
    Submission,
    /// Anything else, such as an acknowledgement or a review of ethics.
    Other,
}

impl NoteKind {
    const ALL: [Self; 7] =
        [Self::Review, Self::MetaReview, Self::Comment, Self::Rebuttal, Self::Decision, Self::Submission, Self::Other];

    /// Returns the kind of this name.
    #[cfg(feature = "files")]
    pub(super) fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }

    /// Returns the name used by `--note-kind` and in reports.
    pub fn name(self) -> &'static str {
        match self {
            Self::Review => "review",
            Self::MetaReview => "meta-review",
            Self::Comment => "comment",
            Self::Rebuttal => "rebuttal",
            Self::Decision => "decision",
            Self::Submission => "submission",
            Self::Other => "other",
        }
    }
}

/// The notes that are read if a layout has several kinds.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum NoteChoice {
    /// Reviews; but of papers with the reviews that are printed with them, the papers.
    #[default]
    Usual,
    /// Notes of one kind.
    Only(NoteKind),
    /// Every kind but the submissions themselves.
    All,
}

impl NoteChoice {
    /// Returns whether notes of this kind are read.
    pub fn takes(self, kind: NoteKind) -> bool {
        match self {
            Self::Usual => kind == NoteKind::Review,
            Self::Only(wanted) => wanted == kind,
            Self::All => kind != NoteKind::Submission,
        }
    }
}

impl FromStr for NoteChoice {
    type Err = CorpusError;

    fn from_str(name: &str) -> Result<Self, CorpusError> {
        if name == "all" {
            return Ok(Self::All);
        }
        let found = NoteKind::ALL.into_iter().find(|kind| kind.name() == name && *kind != NoteKind::Other);
        found.map(Self::Only).ok_or_else(|| CorpusError::NoSuchNoteKind { name: name.to_owned() })
    }
}

/// Returns `n` records skipped for the reason of this name, in words.
pub(crate) fn skipped_in_words(name: &str, n: u64) -> String {
    let mut reasons = NoteKind::ALL.into_iter().map(Skipped::Note).chain(Skipped::OTHERS);
    let reason = reasons.find(|reason| reason.name() == name);
    reason.map_or_else(|| format!("{} {name}", thousands(n as usize)), |reason| reason.counted(n))
}

/// The reason for skipping a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Skipped {
    /// A note of a kind that is not wanted.
    Note(NoteKind),
    /// A version of a record other than its newest, or a text that occurs twice for one paper.
    Duplicate,
    /// A record that was deleted.
    Deleted,
    /// A document in a language other than the wanted one.
    OtherLanguage,
    /// A file inside an archive that no reader exists for.
    UnreadableMember,
    /// A text in a folder that is about the others by its name, such as a README.
    AboutCorpus,
    /// An archive inside an archive.
    NestedArchive,
    /// A sheet of a workbook whose header differs from that of the first one read.
    OtherSheet,
    /// A file in a folder that has no column of text, such as a table about the texts beside it.
    NoTextColumn,
}

impl Skipped {
    /// The reasons other than the kind of a note.
    const OTHERS: [Self; 8] = [
        Self::Duplicate,
        Self::Deleted,
        Self::OtherLanguage,
        Self::UnreadableMember,
        Self::AboutCorpus,
        Self::NestedArchive,
        Self::OtherSheet,
        Self::NoTextColumn,
    ];

    /// Returns `n` records skipped for this reason, in words: `2 files without text`.
    pub(crate) fn counted(self, n: u64) -> String {
        let (what, which) = match self {
            Self::Note(NoteKind::Other) => ("other note", ""),
            Self::Note(kind) => (kind.name(), ""),
            Self::Duplicate => ("record", " with a newer version or a copy"),
            Self::Deleted => ("deleted record", ""),
            Self::OtherLanguage => ("document", " in another language"),
            Self::UnreadableMember => ("file", " of an unknown format in an archive"),
            Self::AboutCorpus => ("file", " about the others"),
            Self::NestedArchive => ("archive", " inside an archive"),
            Self::OtherSheet => ("sheet", " with other columns"),
            Self::NoTextColumn => ("file", " without text"),
        };
        counted(n as usize, what) + which
    }

    /// Returns the name in JSON.
    pub fn name(self) -> &'static str {
        match self {
            Self::Note(kind) => kind.name(),
            Self::Duplicate => "duplicate",
            Self::Deleted => "deleted",
            Self::OtherLanguage => "other-language",
            Self::AboutCorpus => "file-about-the-others",
            Self::NestedArchive => "archive-in-archive",
            Self::OtherSheet => "other-sheet",
            Self::UnreadableMember => "unreadable-member",
            Self::NoTextColumn => "file-without-text",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_skipped_is_told_in_words() {
        for (name, one, several) in [
            ("meta-review", "1 meta-review", "2 meta-reviews"),
            ("other", "1 other note", "2 other notes"),
            ("other-language", "1 document in another language", "2 documents in another language"),
            ("other-sheet", "1 sheet with other columns", "2 sheets with other columns"),
            ("file-about-the-others", "1 file about the others", "2 files about the others"),
            ("of-tomorrow", "1 of-tomorrow", "2 of-tomorrow"),
        ] {
            assert_eq!([1, 2].map(|n| skipped_in_words(name, n)), [one, several]);
        }
    }
}
