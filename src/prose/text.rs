//! Prose as a type: the text of documents, in plain characters and without anything that is not their writer's.

use std::ops::Deref;

use super::cut;
use super::tally::Tally;

/// A document's prose. Outside the crate only [`Prose::of`] makes it, and cuts the text; the readers of files also hold
/// text that is still to be cut, and cut it before they hand a document on.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Prose(String);

impl Prose {
    /// Cuts `text`, and counts in `tally` what is cut and what is mended.
    pub fn of(text: &str, tally: &mut Tally) -> Prose {
        Prose(cut(text, tally).into_owned())
    }

    /// Holds text that a reader has not cut yet, or that has been cut already.
    #[cfg(any(test, feature = "files"))]
    pub(crate) fn as_it_is(text: String) -> Prose {
        Prose(text)
    }

    /// Returns the text.
    #[cfg(feature = "files")]
    pub(crate) fn into_text(self) -> String {
        self.0
    }

    /// Adds a paragraph.
    #[cfg(feature = "files")]
    pub(crate) fn add_paragraph(&mut self, other: &Prose) {
        self.0.push_str("\n\n");
        self.0.push_str(other);
    }
}

impl Deref for Prose {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}
