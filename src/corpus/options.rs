//! Options for reading: which columns, and how strictly.

use super::{Format, Layout, NoteChoice};

/// Options for reading: which columns, and how strictly.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ReadOptions {
    /// The format of every input; `None`: told by file name, else by the first bytes.
    pub format: Option<Format>,
    /// The layout of every input; `None`: recognised from the first records.
    pub layout: Option<Layout>,
    /// The columns that hold text, joined by a blank line; empty: found by name in each file.
    pub text_fields: Vec<String>,
    /// The column with a document's id; `None`: a column called `id`, if there is one.
    pub id_field: Option<String>,
    /// Columns that every file must have; they come first in [`Document::values`](super::Document::values).
    pub columns: Vec<String>,
    /// Columns taken if they exist; they come after `columns` in [`Document::values`](super::Document::values).
    pub optional_columns: Vec<String>,
    /// Whether bytes that are not UTF-8 are an error, instead of being replaced by U+FFFD and counted.
    pub strict: bool,
    /// The notes that are read if a layout has several kinds.
    pub note_kind: NoteChoice,
    /// Whether documents that are surely in a language other than English are left out.
    pub english_only: bool,
}

impl ReadOptions {
    /// Returns the columns whose values are wanted, in the order of [`Document::values`](super::Document::values).
    pub fn value_names(&self) -> impl Iterator<Item = &str> {
        self.columns.iter().chain(&self.optional_columns).map(String::as_str)
    }
}
