//! What was decided about a file without being asked, and changes what is read of it.

use std::fmt;

/// Something about a file that its reader decided, as a note says it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Remark {
    /// Fields beside the text of a review form that are prose, although nothing says that the reviewer wrote them.
    Unread {
        /// Their names, separated by commas.
        fields: String,
    },
}

impl fmt::Display for Remark {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unread { fields } => write!(
                f,
                "text of {fields} was not read, as nothing says that it belongs to the review [to read it too, name all fields that are text: --text-field]"
            ),
        }
    }
}
