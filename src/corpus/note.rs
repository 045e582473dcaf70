//! The kinds of notes, and the reasons for skipping a record.

use std::str::FromStr;

use super::error::CorpusError;

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
    /// Returns the name in reports.
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
