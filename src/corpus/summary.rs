//! The summary of what was read.

use std::collections::{BTreeMap, BTreeSet};

use super::format::{Format, Layout};
use super::note::Skipped;
use super::remark::Remark;
use crate::prose::Tally;

/// A summary of what was read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct ReadSummary {
    /// The files that were read, one per input, in the order they were read.
    pub files: Vec<FileSummary>,
    /// Number of documents handed over, including those without text.
    pub n_documents: u64,
    /// Number of documents whose text is null, missing or blank, or of which nothing is prose; they are handed over as empty prose.
    pub n_without_text: u64,
    /// Counts of what was cut from running text as not prose, also in documents left out.
    pub cut: Tally,
    /// Number of documents (lines of JSON Lines, rows, the header of a CSV file, files) in which bytes that are not UTF-8 were replaced.
    pub n_invalid_utf8: u64,
    /// Number of skipped records, by the reason.
    pub skipped: BTreeMap<Skipped, u64>,
    /// Number of documents with the text of another document, under another id or in another file; they are handed over.
    pub n_same_text: u64,
    /// Number of documents with the id of another one of the same file and another text; they are handed over.
    pub n_same_id: u64,
    /// Number of documents with marks that chat tools leave in text that is copied from them.
    pub n_with_chat_marks: u64,
    /// Numbers of texts by the case of their letters.
    pub letter_cases: LetterCases,
    /// The length of the longest texts, and their number.
    pub longest: Longest,
    /// Number of long texts, and of those among them without a line break.
    pub long: LongTexts,
    /// The first file that was skipped for having no column of text, if others have one.
    pub first_without_text_column: Option<String>,
    /// The files that were skipped for being about the others, in the order in which they were met.
    pub about_others: Vec<String>,
    /// Number of files in folders that were not read, by their endings in small letters.
    pub unread_endings: BTreeMap<String, u64>,
    /// Number of documents that are clearly not in English, by the ISO 639-3 code of their language, whether left out or not.
    pub other_languages: BTreeMap<&'static str, u64>,
}

impl ReadSummary {
    /// Returns the layouts in which records were recognised.
    pub fn layouts(&self) -> BTreeSet<Layout> {
        self.files.iter().filter_map(|file| file.layout).collect()
    }

    /// Returns the columns that the text came from, by name; none where files are texts as a whole.
    pub fn text_fields(&self) -> BTreeSet<&str> {
        self.files.iter().flat_map(|file| &file.text_fields).map(String::as_str).collect()
    }

    /// Returns the fields of unknown forms that were taken as text, by name.
    pub fn unlisted_fields(&self) -> BTreeSet<&str> {
        self.files.iter().flat_map(|file| &file.unlisted_fields).map(String::as_str).collect()
    }

    /// Returns the names of all columns.
    pub fn columns(&self) -> BTreeSet<&str> {
        self.files.iter().flat_map(|file| &file.columns).map(String::as_str).collect()
    }

    /// Returns the share of documents that are clearly not in English, 0 to 1, left out or not; `None` if there are none.
    pub fn other_language_share(&self) -> Option<f64> {
        let n: u64 = self.other_languages.values().sum();
        let n_left_out = self.skipped.get(&Skipped::OtherLanguage).copied().unwrap_or(0);
        (n > 0).then(|| n as f64 / (self.n_documents + n_left_out) as f64)
    }
}

/// Numbers of texts by their letters.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct LetterCases {
    /// Number of texts with five words or more.
    pub n: u64,
    /// Number of those without a capital letter.
    pub n_no_capital: u64,
    /// Number of those without a small letter.
    pub n_no_small: u64,
}

/// Numbers of long texts.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct LongTexts {
    /// Number of all.
    pub n: u64,
    /// Number of those without a line break.
    pub n_of_one_line: u64,
}

/// The length of the longest texts, and their number.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Longest {
    /// Number of characters.
    pub n_characters: usize,
    /// Number of texts that have as many.
    pub n_texts: u64,
}

/// The summary of what was read from one file.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct FileSummary {
    /// The file's name without its folders; `-` for standard input.
    pub name: String,
    /// SHA-256 of the bytes as stored (before decompression), in lower-case hexadecimal.
    pub sha256: String,
    /// The format in which it was read.
    pub format: Format,
    /// The layout of its records, if it is a known one.
    pub layout: Option<Layout>,
    /// The columns its text came from; none for [`Format::Text`].
    pub text_fields: Vec<String>,
    /// The columns among them that are not text fields of the layout, but free text of the same form.
    pub unlisted_fields: Vec<String>,
    /// The column with its documents' ids.
    pub id_field: Option<String>,
    /// The names of its columns, as far as they are known from its first records.
    pub columns: Vec<String>,
    /// Decisions about it that nobody asked for.
    pub remarks: Vec<Remark>,
    /// Number of documents in it.
    pub n_documents: u64,
}
