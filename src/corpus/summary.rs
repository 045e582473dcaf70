//! What was read.

use std::collections::{BTreeMap, BTreeSet};

use super::{Format, Layout, Skipped};
use crate::prose::Tally;

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
    /// Documents whose text another document has, under another id or in another file; they are handed over.
    pub n_same_text: u64,
    /// The first file that was passed over for having no column of text, where others have one.
    pub first_without_text_column: Option<String>,
    /// Documents that are surely not in English, by the ISO 639-3 code of their language; left out or not.
    pub other_languages: BTreeMap<&'static str, u64>,
}

impl ReadSummary {
    /// The layouts in which records were recognised.
    pub fn layouts(&self) -> BTreeSet<Layout> {
        self.files.iter().filter_map(|file| file.layout).collect()
    }

    /// The columns that the text came from, by name; none where files are texts as a whole.
    pub fn text_fields(&self) -> BTreeSet<&str> {
        self.files.iter().flat_map(|file| &file.text_fields).map(String::as_str).collect()
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
