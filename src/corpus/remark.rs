//! A remark: a decision about a file that nobody asked for and that changes what is read of it.

use std::fmt;

use crate::numbers::{counted, thousands};

/// Something about a file that its reader decided, as a note says it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Remark {
    /// Lines above a table, such as comments, that are no part of it.
    AboveTable {
        /// Number of these lines.
        n_lines: u64,
    },
    /// A table whose first row is no header.
    NoHeader,
    /// A table with more rows of names than one.
    HeaderRows {
        /// Number of rows below the first.
        n_more: usize,
    },
    /// A table whose header stands between its rows too.
    RepeatedHeader {
        /// Number of such rows.
        n_repeated: u64,
    },
    /// Sheets of a workbook of which some were not read.
    Sheets {
        /// Names of the sheets that were read.
        read: String,
        /// Names of the sheets that were not read.
        others: String,
    },
    /// Formulas in a workbook that does not have their values.
    Formulas {
        /// Number of their cells.
        n_cells: u64,
    },
    /// Texts in Mac OS Roman that were read as if they were in another encoding.
    MacRoman {
        /// Number of such texts.
        n_texts: u64,
    },
    /// Records of a page whose cells were cut, as the page says.
    Truncated {
        /// Number of such records.
        n_rows: u64,
    },
    /// Rows that are sentences and were joined to documents.
    Joined {
        /// The columns by which they were joined.
        columns: String,
        /// Number of rows.
        n_rows: u64,
        /// Number of documents.
        n_documents: u64,
        /// Number of documents with the ids of one further above.
        n_again: u64,
    },
    /// Rows that are sentences, of which those of one document do not stand together.
    SentencesApart {
        /// The column with the ids of documents.
        column: String,
    },
    /// Rows that are sentences, and no column says of which document.
    SentencesAlone {
        /// The column with the sentences.
        column: String,
    },
    /// A text that was read as one document, although its lines may be a document each.
    TextPerLine,
    /// A text that was read as one document, although it may hold several reviews.
    SeveralReviews {
        /// Number of these reviews.
        n_reviews: usize,
    },
    /// Documents of a table, or of records, that was found beside files that are texts.
    BesideTexts,
    /// Fields beside the text of a review form that are prose, although nothing says that the reviewer wrote them.
    Unread {
        /// Their names, separated by commas.
        fields: String,
    },
}

impl fmt::Display for Remark {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::AboveTable { n_lines } => write!(
                f,
                "{} above the table, such as comments, {} skipped [if one of them belongs to the table, remove the others]",
                counted(*n_lines as usize, "line"),
                was(*n_lines)
            ),
            Self::NoHeader => f.write_str(
                "its first row holds values, so it was read as a document, and the columns are called column 1, column 2 etc. [if it is a header after all, name one of its columns: --text-field]",
            ),
            Self::HeaderRows { n_more } => write!(
                f,
                "{} below the header also {} the columns and {} skipped [if that is wrong, move another document to the top]",
                counted(*n_more, "row"),
                if *n_more == 1 { "describes" } else { "describe" },
                was(*n_more as u64)
            ),
            Self::RepeatedHeader { n_repeated } => write!(
                f,
                "{} the header (concatenated files?) and {} skipped [check that no part is there twice]",
                if *n_repeated == 1 { "1 row repeats".to_owned() } else { format!("{} rows repeat", thousands(*n_repeated as usize)) },
                was(*n_repeated)
            ),
            Self::Sheets { read, others } => {
                write!(f, "sheets read: {read}; not read: {others} [to read another, save it as a file of its own]")
            }
            Self::Formulas { n_cells } => write!(
                f,
                "{} with a formula but no value {} read as empty [open the workbook in a spreadsheet program and save it]",
                counted(*n_cells as usize, "cell"),
                was(*n_cells)
            ),
            Self::MacRoman { .. }
            | Self::Truncated { .. }
            | Self::Joined { .. }
            | Self::SentencesApart { .. }
            | Self::SentencesAlone { .. } => self.fmt_rows(f),
            Self::TextPerLine | Self::SeveralReviews { .. } | Self::BesideTexts | Self::Unread { .. } => self.fmt_texts(f),
        }
    }
}

impl Remark {
    /// Writes what was decided about rows and the texts in them.
    fn fmt_rows(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::MacRoman { n_texts } => write!(
                f,
                "{} with \u{d5} for an apostrophe {} written in Mac OS Roman but read in another encoding, so words are wrong [convert the original: iconv -f MACINTOSH -t UTF-8 FILE > NEW]",
                counted(*n_texts as usize, "text"),
                was(*n_texts)
            ),
            Self::Truncated { n_rows } => write!(
                f,
                "the page has only the beginnings of long cells in {} [download the whole data set, such as its parquet files]",
                counted(*n_rows as usize, "row")
            ),
            Self::Joined { columns, n_rows, n_documents, n_again } => {
                write!(
                    f,
                    "its rows are parts of documents: {} rows were joined to {}, one wherever {columns} stays the same",
                    thousands(*n_rows as usize),
                    counted(*n_documents as usize, "document")
                )?;
                if *n_again > 0 {
                    let has = if *n_again == 1 { "has" } else { "have" };
                    let again = counted(*n_again as usize, "document");
                    write!(f, "; {again} {has} the id of an earlier one, because the rows are not sorted")?;
                }
                f.write_str(" [if each row is a document, name a column that tells rows apart: --id-field]")
            }
            Self::SentencesApart { column } => write!(
                f,
                "its rows are sentences, but each was read as a document, because rows with the same {column} are not next to each other [sort the rows by {column}]"
            ),
            Self::SentencesAlone { column } => write!(
                f,
                "{column} holds sentences, and each was read as a document; if several belong to one text, intervals are too narrow [add a column doc_id that says which text, and sort by it]"
            ),
            _ => Ok(()),
        }
    }

    /// Writes what was decided about whole texts and about fields.
    fn fmt_texts(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TextPerLine => f.write_str(
                "it was read as one document, like every text file, but each line may be a text of its own [if so, write them as JSON Lines: jq -R '{text: .}' -c FILE.txt > FILE.jsonl]",
            ),
            Self::SeveralReviews { n_reviews } => write!(
                f,
                "it was read as one document, like every text file, but it may hold {} reviews below each other [if so, write each into a file of its own]",
                thousands(*n_reviews)
            ),
            Self::BesideTexts => f.write_str(
                "its records were read as documents, and so were the text files beside it [if it describes these, name only the text files, such as \"FOLDER/*.txt\"]",
            ),
            Self::Unread { fields } => write!(
                f,
                "text of {fields} was not read, because nothing says that it belongs to the review [to read it too, name all fields that are text: --text-field]"
            ),
            _ => Ok(()),
        }
    }
}

/// Returns the verb after a count.
fn was(n: u64) -> &'static str {
    if n == 1 { "was" } else { "were" }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn remarks_say_what_to_do_if_the_decision_is_wrong() {
        let sheets = Remark::Sheets { read: "`Data`".to_owned(), others: "`Read me`".to_owned() };
        for remark in [
            Remark::AboveTable { n_lines: 1 },
            Remark::NoHeader,
            Remark::RepeatedHeader { n_repeated: 1 },
            Remark::Formulas { n_cells: 1 },
            Remark::MacRoman { n_texts: 1 },
            Remark::Truncated { n_rows: 1 },
            Remark::Joined { columns: "`id`".to_owned(), n_rows: 2, n_documents: 1, n_again: 1 },
            Remark::SentencesApart { column: "`id`".to_owned() },
            Remark::SentencesAlone { column: "`id`".to_owned() },
            Remark::TextPerLine,
            Remark::SeveralReviews { n_reviews: 2 },
            Remark::BesideTexts,
            Remark::HeaderRows { n_more: 1 },
            sheets,
            Remark::Unread { fields: "`said`".to_owned() },
        ] {
            assert!(remark.to_string().ends_with(']'), "{remark}");
        }
    }
}
