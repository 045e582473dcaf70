//! What to read, and what was read.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::str::FromStr;

use super::{CorpusError, Layout, NoteChoice, Skipped};
use crate::prose::Tally;

/// How a file's documents are laid out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Format {
    /// Apache Parquet; a row is a document.
    Parquet,
    /// Comma-separated values with a header; a record is a document.
    Csv,
    /// Tab-separated values with a header, quoted as CSV is.
    Tsv,
    /// A JSON array of objects, each a document, or one object.
    Json,
    /// A JSON object a line, each a document.
    JsonLines,
    /// Plain text or Markdown; a file is a document.
    Text,
    /// The first sheet of an Excel workbook, with a header; a row is a document.
    Xlsx,
    /// PubMed's XML; an article's abstract is a document.
    PubMed,
    /// An archive of files in any of the other formats.
    Zip,
}

impl Format {
    /// Every format.
    pub const ALL: [Self; 9] = [
        Self::Parquet,
        Self::Csv,
        Self::Tsv,
        Self::Json,
        Self::JsonLines,
        Self::Text,
        Self::Xlsx,
        Self::PubMed,
        Self::Zip,
    ];

    /// The name used by `--format` and in reports.
    pub fn name(self) -> &'static str {
        match self {
            Self::Parquet => "parquet",
            Self::Csv => "csv",
            Self::Tsv => "tsv",
            Self::Json => "json",
            Self::JsonLines => "jsonl",
            Self::Text => "text",
            Self::Xlsx => "xlsx",
            Self::PubMed => "pubmed",
            Self::Zip => "zip",
        }
    }

    /// The format that a file name promises, with or without `.gz` or `.zst` at its end.
    pub fn from_file_name(name: &str) -> Option<Self> {
        let name = name.to_ascii_lowercase();
        let name = [".gz", ".zst", ".zstd"].iter().find_map(|end| name.strip_suffix(end)).unwrap_or(&name);
        match name.rsplit_once('.')?.1 {
            "parquet" | "pq" => Some(Self::Parquet),
            "csv" => Some(Self::Csv),
            "tsv" | "tab" => Some(Self::Tsv),
            "json" => Some(Self::Json),
            "jsonl" | "ndjson" => Some(Self::JsonLines),
            "txt" | "md" => Some(Self::Text),
            "xlsx" => Some(Self::Xlsx),
            "xml" => Some(Self::PubMed),
            "zip" => Some(Self::Zip),
            _ => None,
        }
    }
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

impl FromStr for Format {
    type Err = CorpusError;

    fn from_str(name: &str) -> Result<Self, CorpusError> {
        let found = Self::ALL.into_iter().find(|format| format.name() == name);
        found.ok_or_else(|| CorpusError::NoSuchFormat { name: name.to_owned() })
    }
}

/// Which columns to read, and how strictly.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ReadOptions {
    /// The format of every input; `None`: by file name, else by the first bytes.
    pub format: Option<Format>,
    /// The layout of every input; `None`: recognised from the first records.
    pub layout: Option<Layout>,
    /// The columns that hold text, joined by a blank line; empty: found by name in each file.
    pub text_fields: Vec<String>,
    /// The column that names a document; `None`: a column called `id`, if there is one.
    pub id_field: Option<String>,
    /// Columns that every file must have; they come first in [`Document::values`](super::Document::values).
    pub columns: Vec<String>,
    /// Columns taken where they exist; they come after `columns` in [`Document::values`](super::Document::values).
    pub optional_columns: Vec<String>,
    /// Whether bytes that are not UTF-8 are an error, instead of being replaced by U+FFFD and counted.
    pub strict: bool,
    /// Which notes are read where a layout has several kinds.
    pub note_kind: NoteChoice,
    /// Whether documents that are surely in another language than English are left out.
    pub english_only: bool,
}

impl ReadOptions {
    /// The columns whose values are wanted, in the order of [`Document::values`](super::Document::values).
    pub fn value_names(&self) -> impl Iterator<Item = &str> {
        self.columns.iter().chain(&self.optional_columns).map(String::as_str)
    }
}

/// What was read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ReadSummary {
    /// One entry per input, in the order they were read.
    pub files: Vec<FileSummary>,
    /// Documents handed over, those without text included.
    pub n_documents: u64,
    /// Documents whose text is null, missing or blank, or of which nothing is prose; they are handed over as empty prose.
    pub n_without_text: u64,
    /// What was cut from running text as not prose; documents left out are counted too.
    pub cut: Tally,
    /// Documents (lines of JSON Lines, rows, the header of a CSV file, files) in which bytes that are not UTF-8 were replaced.
    pub n_invalid_utf8: u64,
    /// Records that are no documents, by the reason.
    pub skipped: BTreeMap<Skipped, u64>,
    /// Documents that are surely not in English, by the ISO 639-3 code of their language; left out or not.
    pub other_languages: BTreeMap<&'static str, u64>,
}

impl ReadSummary {
    /// The layouts in which records were recognised.
    pub fn layouts(&self) -> BTreeSet<Layout> {
        self.files.iter().filter_map(|file| file.layout).collect()
    }

    /// Fields of unknown forms that were taken as text, by name.
    pub fn unlisted_fields(&self) -> BTreeSet<&str> {
        self.files.iter().flat_map(|file| &file.unlisted_fields).map(String::as_str).collect()
    }

    /// The share of documents that are surely not in English, left out or not; `None` where there are none.
    pub fn other_language_share(&self) -> Option<f64> {
        let n: u64 = self.other_languages.values().sum();
        let n_left_out = self.skipped.get(&Skipped::OtherLanguage).copied().unwrap_or(0);
        (n > 0).then(|| n as f64 / (self.n_documents + n_left_out) as f64)
    }
}

/// What was read from one file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileSummary {
    /// The file's name without its folders; `-` for standard input.
    pub name: String,
    /// SHA-256 of the bytes as stored (before decompression), in lower-case hexadecimal.
    pub sha256: String,
    /// The format it was read in.
    pub format: Format,
    /// The layout of its records, where it is a known one.
    pub layout: Option<Layout>,
    /// The columns its text came from; none for [`Format::Text`].
    pub text_fields: Vec<String>,
    /// Those of them that are not text fields of the layout, and were taken because a form has no other.
    pub unlisted_fields: Vec<String>,
    /// The column that names its documents.
    pub id_field: Option<String>,
    /// Documents it held.
    pub n_documents: u64,
}
