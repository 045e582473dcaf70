//! What was decided about a file without being asked, and changes what is read of it.

use std::fmt;

/// Something about a file that its reader decided, as a note says it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Remark {
    /// A table whose first row is no header.
    NoHeader,
    /// Sheets of a workbook of which some were not read.
    Sheets {
        /// Those that were read.
        read: String,
        /// Those that were not.
        others: String,
    },
    /// Fields beside the text of a review form that are prose, although nothing says that the reviewer wrote them.
    Unread {
        /// Their names, separated by commas.
        fields: String,
    },
}

impl fmt::Display for Remark {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoHeader => f.write_str(
                "its first row holds values, so it was read as a document, and the columns are called column 1, column 2 etc. [if it is a header after all, name one of its columns: --text-field]",
            ),
            Self::Sheets { read, others } => {
                write!(f, "read of its sheets: {read}; not read: {others} [to read another, save it as a file of its own]")
            }
            Self::Unread { fields } => write!(
                f,
                "text of {fields} was not read, as nothing says that it belongs to the review [to read it too, name all fields that are text: --text-field]"
            ),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn remarks_say_what_to_do_if_the_decision_is_wrong() {
        let sheets = Remark::Sheets { read: "`Data`".to_owned(), others: "`Read me`".to_owned() };
        for remark in [Remark::NoHeader, sheets, Remark::Unread { fields: "`said`".to_owned() }] {
            assert!(remark.to_string().ends_with(']'), "{remark}");
        }
    }
}
