//! Problems in a file, and their places.

use std::fmt;

use crate::numbers::counted;

/// A place in a file; unknown parts are left out.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Place {
    /// Sheet of a workbook.
    pub sheet: Option<String>,
    /// Line number, from 1.
    pub line: Option<u64>,
    /// Row number, from 1, without the header.
    pub row: Option<u64>,
    /// Name of the column.
    pub field: Option<String>,
    /// Column (byte) in the line, from 1; 0 is before its first byte.
    pub column: Option<usize>,
    /// Offset within the place that the other parts name, in bytes from 0.
    pub byte: Option<u64>,
}

impl Place {
    /// The file as a whole.
    pub const FILE: Self = Self { sheet: None, line: None, row: None, field: None, column: None, byte: None };

    /// Returns the place of a line.
    pub fn line(line: u64) -> Self {
        Self { line: Some(line), ..Self::FILE }
    }

    /// Returns the place of a row in a table without lines.
    pub fn row(row: u64) -> Self {
        Self { row: Some(row), ..Self::FILE }
    }

    /// Returns the place of an offset in the (decompressed) content, in bytes.
    pub fn byte(byte: u64) -> Self {
        Self { byte: Some(byte), ..Self::FILE }
    }

    /// Returns the place of this column's cell.
    pub fn in_field(self, field: &str) -> Self {
        Self { field: Some(field.to_owned()), ..self }
    }

    /// Returns the place of an offset within this place, in bytes.
    pub fn at_byte(self, byte: u64) -> Self {
        Self { byte: Some(byte), ..self }
    }

    /// Returns the place of a column in the line, counted from 1; 0 is the line as a whole.
    pub fn at_column(self, column: usize) -> Self {
        Self { column: (column > 0).then_some(column), ..self }
    }
}

/// Writes each part that is known, after a comma: it follows the name of a file.
impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { sheet, line, row, field, column, byte } = self;
        let part = |name: &str, value: Option<String>| value.map(|value| format!(", {name} {value}"));
        let parts = [
            part("sheet", sheet.as_ref().map(|sheet| format!("`{sheet}`"))),
            part("line", line.map(|line| line.to_string())),
            part("row", row.map(|row| row.to_string())),
            part("column", field.as_ref().map(|field| format!("`{field}`"))),
            part("column", column.map(|column| column.to_string())),
            part("byte", byte.map(|byte| byte.to_string())),
        ];
        parts.into_iter().flatten().try_for_each(|part| f.write_str(&part))
    }
}

/// A problem in a file; in brackets, what to do about it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
#[allow(missing_docs)] // fields are named in the message beside them
pub enum Problem {
    /// A folder without a file of a known extension.
    #[error(
        "no readable file in this folder or below it{others} [{advice}looked for {extensions}, each also with .gz, .zst, .bz2 or .xz; hidden files and those such as README and LICENSE are passed over; name other files one by one]"
    )]
    EmptyFolder { others: String, advice: String, extensions: String },
    /// More files than can be kept track of.
    #[error("more than {limit} files [pack them: one JSON Lines file, or ZIP archives]")]
    TooManyFiles { limit: usize },
    /// The operating system refuses access.
    #[error("permission denied [make it readable for this user]")]
    Denied,
    /// Neither name nor content tell the format.
    #[error(
        "cannot tell the format from the name or the first bytes [pass --format parquet, csv, tsv, json, jsonl or text]"
    )]
    UnknownFormat,
    /// A known format that is not read.
    #[error("this is {what}, which cannot be read [{how}]")]
    Foreign { what: &'static str, how: &'static str },
    /// A file that its format's parser refuses.
    #[error("{what}: {reason} [{hint}]")]
    Unreadable { what: &'static str, reason: String, hint: &'static str },
    /// Something larger than can be held.
    #[error("{what} is larger than {limit_mib} MiB [{hint}]")]
    TooLarge { what: &'static str, limit_mib: u64, hint: &'static str },
    /// More of something than can be held.
    #[error("more than {limit} {what} [{hint}]")]
    TooMany { what: &'static str, limit: usize, hint: &'static str },
    /// More columns than can be kept track of.
    #[error("{found} columns where at most {limit} are read [check the separator, or cut the file to fewer]")]
    TooManyColumns { found: usize, limit: usize },
    /// A file without a document.
    #[error("empty file: {found} [remove it, or check how it was made]")]
    Empty { found: &'static str },
    /// Compressed data that ends too early.
    #[error(
        "{compression} data is cut short: it ends after {bytes} of content ({documents} read) [download or copy the file again]",
        bytes = counted(*.n_bytes as usize, "byte"),
        documents = counted(*.n_documents as usize, "document")
    )]
    Truncated { compression: &'static str, n_bytes: u64, n_documents: u64 },
    /// Compressed data that cannot be decompressed.
    #[error(
        "{compression} data is damaged after {bytes} of content ({documents} read): {reason} [download or copy the file again]",
        bytes = counted(*.n_bytes as usize, "byte"),
        documents = counted(*.n_documents as usize, "document")
    )]
    Damaged { compression: &'static str, n_bytes: u64, n_documents: u64, reason: String },
    /// Text in another encoding of Unicode.
    #[error("the text is {encoding}, not UTF-8 [convert it: iconv -f {encoding} -t UTF-8 FILE > NEW]")]
    NotInUtf8 { encoding: &'static str },
    /// Bytes that are not UTF-8, when that is not allowed.
    #[error(
        "not UTF-8 [the text may be in Latin-1; convert it: iconv -f LATIN1 -t UTF-8 FILE > NEW; or leave out --strict to replace and count such bytes]"
    )]
    NotUtf8,
    /// A `\u` escape in JSON of a lone surrogate (half a character), when that is not allowed.
    #[error(
        "a \\u escape stands for half a character [write the text again as UTF-8, or leave out --strict to replace and count such escapes]"
    )]
    HalfCharacter,
    /// A line (or CSV record) longer than any text.
    #[error("longer than {limit_mib} MiB [check the format: this does not look like {format}]")]
    LongLine { limit_mib: usize, format: &'static str },
    /// JSON that does not parse.
    #[error("not valid JSON: {reason}{advice}", advice = json_advice(.reason))]
    BadJson { reason: String },
    /// A JSON value that is not an object where a document should be.
    #[error(
        "a document must be a JSON object, found {found} [JSON Lines has one object per line, other JSON one array of objects]"
    )]
    NotAnObject { found: &'static str },
    /// A text value of a kind that is not text.
    #[error(
        "text field `{field}` is {found}; it must be a string, a list of words, or a list of such lists [choose another with --text-field]"
    )]
    BadText { field: String, found: &'static str },
    /// Several text fields, some of prose and some of words.
    #[error(
        "the text fields {fields} cannot be joined, because some hold running text and some lists of words [name one kind with --text-field]"
    )]
    MixedText { fields: String },
    /// A record with too few or too many values.
    #[error(
        "{found} values where the header has {expected} columns [quote values that hold separators or line breaks, and double the quotation marks within them]"
    )]
    Ragged { expected: u64, found: u64 },
    /// A quotation mark that swallows the rows after it.
    #[error(
        "a quotation mark begins a value and is not closed, so the value would hold the rows after it [double the quotation marks within values, or save the file without quoting; or is the file cut short?]"
    )]
    OpenQuote,
    /// A table of one column with whole rows in it.
    #[error(
        "every value is a whole row: the header is `{header}` in quotation marks [take these off each line, as the file was quoted twice]"
    )]
    WholeRows { header: String },
    /// Two columns of one name.
    #[error("two columns are called `{column}` [rename one]")]
    DuplicateColumn { column: String },
    /// A column of a type that cannot be read as text.
    #[error("column `{column}` has the type {found}, which cannot be read [convert the column to string]")]
    UnreadableColumn { column: String, found: String },
    /// A column that was asked for but does not exist.
    #[error("no column `{column}` [columns: {found}]")]
    NoSuchColumn { column: String, found: String },
    /// A column asked of a text file.
    #[error("text files have no column `{column}` [only `folder` and `file`]")]
    NoColumnsInText { column: String },
    /// No column looks like the text.
    #[error("cannot tell which column holds the text{why} [name it with --text-field; columns: {found}]")]
    NoTextColumn { why: String, found: String },
    /// Several columns look like the text.
    #[error("the text could be in {candidates} [name one or more with --text-field; columns: {found}]")]
    ManyTextColumns { candidates: String, found: String },
    /// Several columns that differ by a number look like the text.
    #[error(
        "the text could be in {candidates}, and columns with numbers are often texts of their own [give each a row of its own, such as df.melt(id_vars=[ID], value_vars=[COLUMNS]) in pandas; name one with --text-field to read it alone, or several only if they are parts of one text; columns: {found}]"
    )]
    NumberedTextColumns { candidates: String, found: String },
    /// Rows are fields of records.
    #[error(
        "each row is one field of a record: `{field}` names it and `{value}` holds it, so no column is the text [make a row of each record first, such as df.pivot(index=ID, columns=\"{field}\", values=\"{value}\") in pandas; or name the text with --text-field]"
    )]
    LongForm { field: String, value: String },
    /// Records with text beside those that are read.
    #[error(
        "the list `{list}` holds texts beside the list that is read [write the one that you want as a file of its own, such as jq .{list} FILE > NEW.json; or name the text of the other with --text-field]"
    )]
    OtherRecords { list: String },
    /// The only texts are turns of a conversation.
    #[error(
        "`{column}` holds the turns of a conversation, and nothing says which of them are the texts to judge [write those into a column of their own, or read all turns with --text-field {column}]"
    )]
    Conversation { column: String },
    /// The header of a table stands there again, with its columns in another order.
    #[error(
        "the header stands here again, with its columns in another order, as where two files were put together [give the files one by one]"
    )]
    OtherHeader,
    /// A file in a folder that is about the others.
    #[error("this describes other files and is no text [name the file itself to read it anyway]")]
    AboutOthers,
    /// The text column does not hold text.
    #[error("column `{column}` holds {found}, not text [name another with --text-field; columns: {columns}]")]
    NotTextColumn { column: String, found: String, columns: String },
}

/// Returns what to do about an error of the JSON parser, in brackets; nothing if it already says so.
fn json_advice(reason: &str) -> &'static str {
    if reason.ends_with(']') {
        return "";
    }
    let known = [
        ("EOF", " [it ends too early: it is cut short, or a line break in a text is not written as \\n]"),
        ("trailing characters", " [JSON Lines has one object per line, other JSON one value per file]"),
        ("control character", " [write line breaks and tabs in texts as \\n and \\t]"),
        ("escape", " [write a backslash in a text as \\\\]"),
        ("expected `,`", " [is a quotation mark in a text not written as \\\"?]"),
        ("expected `:`", " [a key stands in quotation marks, with a colon after it]"),
        ("key must", " [a key stands in double quotation marks; is there a comma too many?]"),
        ("expected value", " [is a value missing, or a text without double quotation marks?]"),
    ];
    known.iter().find(|(part, _)| reason.contains(part)).map_or(" [check how the file was made]", |(_, advice)| advice)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn errors_of_json_say_what_to_do() {
        let of = |reason: &str| Problem::BadJson { reason: reason.to_owned() }.to_string();
        assert_eq!(
            of("expected `,` or `}`"),
            "not valid JSON: expected `,` or `}` [is a quotation mark in a text not written as \\\"?]"
        );
        assert_eq!(of("trailing characters [one page]"), "not valid JSON: trailing characters [one page]");
        assert!(of("number out of range").ends_with(" [check how the file was made]"));
    }
}
