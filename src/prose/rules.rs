//! The rules, and what they cut.

use std::ops::Range;

use serde::{Deserialize, Serialize};

/// The rule by which a piece of text is not prose.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Rule {
    /// A block quote.
    Quote,
    /// Code, in a block or within a line.
    Code,
    /// A formula.
    Math,
    /// Rows of a table.
    Table,
    /// An address.
    Url,
    /// A citation.
    Citation,
    /// Entries of a bibliography.
    Bibliography,
    /// The name of a LaTeX command, or a tag.
    Markup,
    /// An HTML comment.
    Comment,
    /// Fields about the text at its beginning.
    FrontMatter,
    /// An item of a form with a box to tick, or an answer chosen on its scale.
    Form,
    /// A publisher's copyright line.
    Copyright,
    /// A placeholder for missing text.
    Filler,
    /// A label of a list item.
    Label,
    /// A line from the top or the bottom of each page.
    RunningHead,
}

impl Rule {
    /// Returns the rule's name in output.
    pub fn name(self) -> &'static str {
        match self {
            Self::Quote => "quote",
            Self::Code => "code",
            Self::Math => "math",
            Self::Table => "table",
            Self::Url => "url",
            Self::Citation => "citation",
            Self::Bibliography => "bibliography",
            Self::Markup => "markup",
            Self::Comment => "comment",
            Self::FrontMatter => "front-matter",
            Self::Form => "form",
            Self::Copyright => "copyright",
            Self::Filler => "filler",
            Self::Label => "label",
            Self::RunningHead => "running-head",
        }
    }
}

/// A piece of text that is cut, as bytes of the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Cut {
    pub rule: Rule,
    pub bytes: Range<usize>,
    /// Whether a paragraph ends here; otherwise the sentence goes on around it.
    pub is_block: bool,
}

impl Cut {
    pub fn block(rule: Rule, bytes: Range<usize>) -> Self {
        Self { rule, bytes, is_block: true }
    }

    pub fn inline(rule: Rule, bytes: Range<usize>) -> Self {
        Self { rule, bytes, is_block: false }
    }
}
