//! The kinds of findings.

use super::reference_match::ReferenceMatch;
use crate::tokenize::UnitRule;

/// The kind of a finding, with the facts that its other fields do not have.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum Kind {
    /// The source has fewer units than `fit` takes.
    TooSmall {
        /// Number of its units.
        n_units: u64,
    },
    /// The source has fewer than [`FEW_UNITS`](super::FEW_UNITS) units.
    Small {
        /// Number of its units.
        n_units: u64,
    },
    /// The source has too few documents for a calibration of whole documents.
    FewDocuments,
    /// The texts are not those that the reference was fitted on.
    NotOfFit(FitDifference),
    /// Another share of the documents is ready-made words than of the human ones.
    OtherForm {
        /// Share of the human documents that are, 0 to 1.
        share_of_human: f64,
    },
    /// Units or documents have other lengths than those of human text.
    Length {
        /// What has another length.
        of: UnitRule,
        /// Median length in words.
        median: u32,
        /// Median length in words in human text.
        median_of_human: u32,
    },
    /// Characters without which words run together separate the sides.
    WordCharacters,
    /// Boundaries of units separate the sides.
    Layout,
    /// Characters that the scores do not see separate the sides.
    Characters,
    /// Human documents are from after the release of ChatGPT.
    LateHumanText,
    /// Human documents have no readable date.
    UndatedHumanText,
    /// Papers have text on both sides.
    PapersOnBothSides {
        /// Number of these papers.
        n_papers: usize,
    },
    /// Documents do not say which paper they belong to.
    PapersUnknown,
    /// LLM text has phrases that an LLM says to its user.
    ChatTalk,
    /// Human text has such phrases.
    LlmInHumanText,
    /// Headings are in many documents of this side alone.
    FormHeadings {
        /// Number of headings.
        n: usize,
    },
    /// Sentences are in many documents of this side alone.
    StockSentences {
        /// Number of sentences.
        n: usize,
    },
    /// Words separate the sides on their own.
    WordAlone {
        /// Number of words.
        n: usize,
        /// The unit that they were counted in.
        unit: UnitRule,
    },
    /// Words are frequent on this side and almost absent from the other.
    OneSidedWords {
        /// Number of words.
        n: usize,
        /// The unit that they were counted in.
        unit: UnitRule,
    },
    /// Documents of an LLM source are also human text.
    CopiesOfHuman {
        /// Number of documents that are so word for word; the others are nearly.
        n_exact: usize,
    },
    /// Documents repeat another of their source.
    Repeated {
        /// Number of documents that do so word for word; the others do nearly.
        n_exact: usize,
    },
}

/// A difference between the texts and those that a reference was fitted on.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum FitDifference {
    /// The files are others.
    Files(ReferenceMatch),
    /// Files are human text here and LLM text in the fit, or the other way round.
    Side {
        /// Their names.
        files: Vec<String>,
    },
    /// The fit held documents out by other columns than those that they are grouped by here.
    Split {
        /// Columns in the fit; empty: by the text.
        in_fit: Vec<String>,
        /// Columns here; empty: by the text.
        here: Vec<String>,
    },
    /// The files are the same, but have another number of units.
    Text {
        /// `human`, or `LLM`.
        side: String,
        /// Number of units in the fit.
        in_fit: u64,
        /// Number of units here.
        here: u64,
    },
}

impl Kind {
    /// Returns the name in the JSON.
    pub fn code(&self) -> &'static str {
        match self {
            Kind::TooSmall { .. } => "too-small",
            Kind::Small { .. } => "small",
            Kind::FewDocuments => "few-documents",
            Kind::NotOfFit(FitDifference::Files(_)) => "other-files",
            Kind::NotOfFit(FitDifference::Side { .. }) => "other-side",
            Kind::NotOfFit(FitDifference::Split { .. }) => "other-split",
            Kind::NotOfFit(FitDifference::Text { .. }) => "other-text",
            Kind::OtherForm { .. } => "other-form",
            Kind::Length { of: UnitRule::Sentence, .. } => "unit-length",
            Kind::Length { of: UnitRule::Document, .. } => "document-length",
            Kind::WordCharacters => "word-characters",
            Kind::Layout => "layout",
            Kind::Characters => "characters",
            Kind::LateHumanText => "late-human-text",
            Kind::UndatedHumanText => "undated-human-text",
            Kind::PapersOnBothSides { .. } => "papers-on-both-sides",
            Kind::PapersUnknown => "papers-unknown",
            Kind::ChatTalk => "chat-talk",
            Kind::LlmInHumanText => "llm-in-human-text",
            Kind::FormHeadings { .. } => "form-headings",
            Kind::StockSentences { .. } => "stock-sentences",
            Kind::WordAlone { .. } => "word-alone",
            Kind::OneSidedWords { .. } => "one-sided-words",
            Kind::CopiesOfHuman { .. } => "copies-of-human",
            Kind::Repeated { .. } => "repeated",
        }
    }
}
