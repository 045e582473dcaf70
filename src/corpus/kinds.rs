//! Names for what a file turns out to hold: its layout, the kinds of its notes, and why a record is no document.

use std::fmt;
use std::str::FromStr;

use super::CorpusError;

/// A known arrangement of records inside a file, recognised from the first of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Layout {
    /// Notes of OpenReview's API 1: `content.review`, `invitation`.
    OpenReviewV1,
    /// Notes of OpenReview's API 2: `content.summary.value`, `invitations`.
    OpenReviewV2,
    /// A paper with `reviews[].comments`, as PeerRead has it.
    PeerRead,
    /// arXiv's metadata: `abstract`, `categories`, `versions[0].created`.
    Arxiv,
    /// A paper's body in sections, as S2ORC and unarXive have it.
    S2orc,
    /// Text taken out of a PDF, with a form feed between its pages.
    PdfText,
}

impl Layout {
    /// Every layout that can be asked for by name.
    pub const ALL: [Self; 6] =
        [Self::OpenReviewV1, Self::OpenReviewV2, Self::PeerRead, Self::Arxiv, Self::S2orc, Self::PdfText];

    /// The name used by `--format` and in reports.
    pub fn name(self) -> &'static str {
        match self {
            Self::OpenReviewV1 => "openreview-v1",
            Self::OpenReviewV2 => "openreview-v2",
            Self::PeerRead => "peerread",
            Self::Arxiv => "arxiv",
            Self::S2orc => "s2orc",
            Self::PdfText => "pdf-text",
        }
    }

    /// Columns that documents of this layout have besides the keys of their records.
    pub fn columns(self) -> &'static [&'static str] {
        match self {
            Self::OpenReviewV1 | Self::OpenReviewV2 => {
                &["venue", "year", "date", "rating", "confidence", "forum", "note_kind"]
            }
            Self::PeerRead => &["venue", "year", "date", "rating", "confidence", "forum", "note_kind"],
            Self::Arxiv => &["date", "year", "category"],
            Self::S2orc => &["date", "year", "venue"],
            Self::PdfText => &[],
        }
    }
}

impl fmt::Display for Layout {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

/// What a note says about a submission.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
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

    /// The name used by `--note-kind` and in reports.
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

/// Which notes are read where a layout has several kinds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoteChoice {
    /// Those of one kind.
    Only(NoteKind),
    /// Every kind but the submissions themselves.
    All,
}

impl Default for NoteChoice {
    fn default() -> Self {
        Self::Only(NoteKind::Review)
    }
}

impl NoteChoice {
    /// Whether notes of this kind are read.
    pub fn takes(self, kind: NoteKind) -> bool {
        match self {
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

/// Why a record is no document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Skipped {
    /// A note of a kind that is not wanted.
    Note(NoteKind),
    /// A version of a note besides its newest, or a text that is there twice about one paper.
    Duplicate,
    /// A note that was deleted.
    Deleted,
    /// A document in another language than the wanted one.
    OtherLanguage,
    /// A file inside an archive that no reader is for.
    UnreadableMember,
    /// A sheet of a workbook after the first.
    OtherSheet,
}

impl Skipped {
    /// The name in reports.
    pub fn name(self) -> &'static str {
        match self {
            Self::Note(kind) => kind.name(),
            Self::Duplicate => "duplicate",
            Self::Deleted => "deleted",
            Self::OtherLanguage => "other-language",
            Self::OtherSheet => "other-sheet",
            Self::UnreadableMember => "unreadable-member",
        }
    }
}
