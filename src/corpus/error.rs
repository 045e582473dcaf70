//! What can go wrong when a corpus is read: where, what was found, and in brackets what to do.

use std::io;

/// Why a corpus could not be read. `file` is the path as it was given, or `standard input`.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum CorpusError {
    /// No input was named.
    #[error("nothing to read [name files, folders or globs, or - for standard input]")]
    NoInput,
    /// A path that does not exist.
    #[error("{path}: no such file or folder")]
    Missing {
        /// The path as given.
        path: String,
    },
    /// A glob that matches nothing.
    #[error("{pattern}: no file matches this pattern")]
    NoMatch {
        /// The pattern as given.
        pattern: String,
    },
    /// A glob that is not one.
    #[error("{pattern}: not a valid pattern: {reason}")]
    BadPattern {
        /// The pattern as given.
        pattern: String,
        /// What is wrong with it.
        reason: String,
    },
    /// A folder without a file of a known extension.
    #[error(
        "{folder}: no readable file in this folder or below it [looked for .parquet .csv .tsv .json .jsonl .ndjson .txt .md .xlsx .xml .zip, each also with .gz or .zst; hidden files, README and LICENSE are passed over; name other files one by one]"
    )]
    EmptyFolder {
        /// The folder as given.
        folder: String,
    },
    /// The operating system refuses access.
    #[error("{file}: permission denied [make it readable for this user]")]
    Denied {
        /// What was to be opened.
        file: String,
    },
    /// Any other failure of the operating system.
    #[error("{file}: cannot be read")]
    Io {
        /// What was being read.
        file: String,
        /// What the operating system says.
        source: io::Error,
    },
    /// A format name that is not one.
    #[error(
        "{name}: no such format [one of parquet, csv, tsv, json, jsonl, text, xlsx, pubmed, zip, openreview-v1, openreview-v2, peerread, arxiv, s2orc, pdf-text]"
    )]
    NoSuchFormat {
        /// The name as given.
        name: String,
    },
    /// A kind of notes that is not one.
    #[error("{name}: no such kind of notes [one of review, meta-review, comment, rebuttal, decision, submission, all]")]
    NoSuchNoteKind {
        /// The name as given.
        name: String,
    },
    /// Records, but no document among them.
    #[error(
        "no document left to judge: {skipped} [--note-kind NAME reads other notes; without --language, other languages are read too]"
    )]
    AllSkipped {
        /// What was skipped, and how often.
        skipped: String,
    },
    /// A file that is not in the layout asked for.
    #[error("{file}: not in the layout {layout}: {reason} [leave out --format, or name another]")]
    NotInLayout {
        /// The file.
        file: String,
        /// The layout.
        layout: super::Layout,
        /// What is missing.
        reason: &'static str,
    },
    /// Something larger than can be held.
    #[error("{file}: {what} is larger than {limit_mib} MiB [{hint}]")]
    TooLarge {
        /// The file.
        file: String,
        /// What is.
        what: &'static str,
        /// The limit, in MiB.
        limit_mib: u64,
        /// What to do.
        hint: &'static str,
    },
    /// More files than can be kept track of.
    #[error("{folder}: more than {limit} files [pack them: one JSON Lines file, or ZIP archives]")]
    TooManyFiles {
        /// The folder.
        folder: String,
        /// The limit.
        limit: usize,
    },
    /// More columns than can be kept track of.
    #[error("{file}: {found} columns where at most {limit} are read [check the separator, or cut the file to fewer]")]
    TooManyColumns {
        /// The file.
        file: String,
        /// The columns there are.
        found: usize,
        /// The limit.
        limit: usize,
    },
    /// XML that cannot be read.
    #[error("{file}, byte {byte}: not valid PubMed XML: {reason} [check that the file is whole, or pass --format]")]
    BadXml {
        /// The file.
        file: String,
        /// Offset in the decompressed content, from 0.
        byte: u64,
        /// What is wrong.
        reason: String,
    },
    /// A workbook that cannot be read.
    #[error("{file}: cannot read this workbook: {reason} [save it again as .xlsx, or as CSV]")]
    BadWorkbook {
        /// The file.
        file: String,
        /// What is wrong.
        reason: String,
    },
    /// An archive that cannot be read.
    #[error("{file}: cannot read this archive: {reason} [pack it again, or unpack it and name the folder]")]
    BadArchive {
        /// The file.
        file: String,
        /// What is wrong.
        reason: String,
    },
    /// Neither name nor content tell the format.
    #[error(
        "{file}: cannot tell the format from the name or the first bytes [pass --format parquet, csv, tsv, json, jsonl or text]"
    )]
    UnknownFormat {
        /// The input.
        file: String,
    },
    /// A file without a document.
    #[error("{file}: empty file: {found} [remove it, or check how it was made]")]
    Empty {
        /// The file.
        file: String,
        /// `0 bytes`, or what there is instead of rows.
        found: &'static str,
    },
    /// Compressed data that ends too early.
    #[error(
        "{file}: {compression} data is cut short: it ends after {n_bytes} bytes of content ({n_documents} documents read) [download or copy the file again]"
    )]
    Truncated {
        /// The file.
        file: String,
        /// `gzip` or `zstd`.
        compression: &'static str,
        /// Decompressed bytes before the end.
        n_bytes: u64,
        /// Documents handed over before the end.
        n_documents: u64,
    },
    /// Compressed data that cannot be decompressed.
    #[error(
        "{file}: {compression} data is damaged after {n_bytes} bytes of content ({n_documents} documents read): {reason} [download or copy the file again]"
    )]
    Damaged {
        /// The file.
        file: String,
        /// `gzip` or `zstd`.
        compression: &'static str,
        /// Decompressed bytes before the damage.
        n_bytes: u64,
        /// Documents handed over before the damage.
        n_documents: u64,
        /// What the decompressor says.
        reason: String,
    },
    /// Text in UTF-16.
    #[error("{file}: the text is UTF-16, not UTF-8 [convert it: iconv -f UTF-16 -t UTF-8 FILE > NEW]")]
    Utf16 {
        /// The file.
        file: String,
    },
    /// Bytes that are not UTF-8, when that is not allowed.
    #[error(
        "{file}, {place}, byte {byte}: not UTF-8 [the text may be in Latin-1; convert it: iconv -f LATIN1 -t UTF-8 FILE > NEW; or read without strict UTF-8 to replace and count such bytes]"
    )]
    NotUtf8 {
        /// The file.
        file: String,
        /// The line, row or field.
        place: String,
        /// Offset of the first such byte from the start of that place, from 0.
        byte: u64,
    },
    /// A `\u` escape in JSON that stands for half a character, when that is not allowed.
    #[error(
        "{file}, line {line}: a \\u escape stands for half a character [write the text again as UTF-8, or read without strict UTF-8 to replace and count such escapes]"
    )]
    HalfCharacter {
        /// The file.
        file: String,
        /// Line number, from 1.
        line: u64,
    },
    /// A line (or CSV record) that no text has.
    #[error("{file}, line {line}: longer than {limit_mib} MiB [check the format: this does not look like {format}]")]
    LongLine {
        /// The file.
        file: String,
        /// Line number, from 1.
        line: u64,
        /// The longest line that is read, in MiB.
        limit_mib: usize,
        /// The format being read.
        format: super::Format,
    },
    /// JSON that does not parse.
    #[error("{file}, line {line}, column {column}: not valid JSON: {reason}")]
    BadJson {
        /// The file.
        file: String,
        /// Line number, from 1.
        line: u64,
        /// Column (byte) in the line, from 1; 0 is before its first byte.
        column: usize,
        /// What was expected.
        reason: String,
    },
    /// JSON that is not an object where a document should be.
    #[error(
        "{file}, {place}: a document must be a JSON object, found {found} [JSON Lines has an object a line; for one array of objects pass --format json]"
    )]
    NotAnObject {
        /// The file.
        file: String,
        /// The line or array element.
        place: String,
        /// The kind of value found.
        found: &'static str,
    },
    /// A text value of a kind that is not text.
    #[error(
        "{file}, {place}: text field `{column}` is {found}; it must be a string, a list of words, or a list of such lists [choose another with --text-field]"
    )]
    BadText {
        /// The file.
        file: String,
        /// The line, row or element.
        place: String,
        /// The text field.
        column: String,
        /// The kind of value found.
        found: String,
    },
    /// Several text fields of which one holds prose and another words.
    #[error(
        "{file}, {place}: the text fields {columns} cannot be joined, some hold running text and some lists of words [name one kind with --text-field]"
    )]
    MixedText {
        /// The file.
        file: String,
        /// The line, row or element.
        place: String,
        /// The text fields.
        columns: String,
    },
    /// A record with too few or too many values.
    #[error(
        "{file}, line {line}: {found} values where the header has {expected} columns [quote values that hold separators or line breaks]"
    )]
    Ragged {
        /// The file.
        file: String,
        /// Line on which the record starts, from 1.
        line: u64,
        /// Columns of the header.
        expected: u64,
        /// Values of the record.
        found: u64,
    },
    /// Two columns of one name.
    #[error("{file}: two columns are called `{column}` [rename one]")]
    DuplicateColumn {
        /// The file.
        file: String,
        /// The name.
        column: String,
    },
    /// A file that is not parquet at all.
    #[error("{file}: not a parquet file, or cut short: {reason} [check the file, or pass --format]")]
    NotParquet {
        /// The file.
        file: String,
        /// Which mark is missing.
        reason: &'static str,
    },
    /// Parquet that cannot be read.
    #[error("{file}: cannot read this parquet file: {reason} [write it again, or check that it was copied whole]")]
    BadParquet {
        /// The file.
        file: String,
        /// What the parquet reader says.
        reason: String,
    },
    /// A parquet column of a type that has no text form here.
    #[error("{file}: column `{column}` has the type {found}, which cannot be read [convert the column to string]")]
    UnreadableColumn {
        /// The file.
        file: String,
        /// The column.
        column: String,
        /// Its type.
        found: String,
    },
    /// A column that was asked for and is not there.
    #[error("{file}: no column `{column}` [columns: {found}]")]
    NoSuchColumn {
        /// The file.
        file: String,
        /// The column asked for.
        column: String,
        /// The columns there are.
        found: String,
    },
    /// A column asked of a text file.
    #[error("{file}: text files have no column `{column}` [only `folder` and `file`]")]
    NoColumnsInText {
        /// The file.
        file: String,
        /// The column asked for.
        column: String,
    },
    /// No column looks like the text.
    #[error("{file}: cannot tell which column holds the text [name it with --text-field; columns: {found}]")]
    NoTextColumn {
        /// The file.
        file: String,
        /// The columns there are.
        found: String,
    },
    /// Several columns look like the text.
    #[error("{file}: the text could be in {candidates} [name one or more with --text-field; columns: {found}]")]
    ManyTextColumns {
        /// The file.
        file: String,
        /// The columns that could be it.
        candidates: String,
        /// The columns there are.
        found: String,
    },
    /// The text column does not hold text.
    #[error("{file}: column `{column}` holds {found}, not text [name another with --text-field; columns: {columns}]")]
    NotTextColumn {
        /// The file.
        file: String,
        /// The column.
        column: String,
        /// Its type.
        found: String,
        /// The columns there are.
        columns: String,
    },
    /// Whoever took the documents asked to stop.
    #[error("{reason}")]
    Stopped {
        /// Why.
        reason: String,
    },
}
