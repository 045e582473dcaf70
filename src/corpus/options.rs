//! Options for reading: which columns, and how strictly.

use super::format::{Format, Layout};
use super::note::NoteChoice;

/// Options for reading: which columns, and how strictly.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
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
    /// Tables in memory, which inputs name as they name files.
    #[cfg(feature = "files")]
    pub frames: Vec<super::frame::Frame>,
    /// Whether documents that are clearly not in English are left out.
    pub english_only: bool,
    /// Where the stored bytes that are read are counted.
    #[cfg(feature = "files")]
    pub amount: super::input::Amount,
}

impl ReadOptions {
    /// Sets the format of every input.
    pub fn format(self, format: Format) -> ReadOptions {
        ReadOptions { format: Some(format), ..self }
    }

    /// Sets the layout of every input.
    pub fn layout(self, layout: Layout) -> ReadOptions {
        ReadOptions { layout: Some(layout), ..self }
    }

    /// Sets the columns that hold text.
    pub fn text_fields(self, text_fields: Vec<String>) -> ReadOptions {
        ReadOptions { text_fields, ..self }
    }

    /// Sets the column with a document's id.
    pub fn id_field(self, id_field: impl Into<String>) -> ReadOptions {
        ReadOptions { id_field: Some(id_field.into()), ..self }
    }

    /// Sets the columns that every file must have.
    pub fn columns(self, columns: Vec<String>) -> ReadOptions {
        ReadOptions { columns, ..self }
    }

    /// Sets the columns that are taken if they exist.
    pub fn optional_columns(self, optional_columns: Vec<String>) -> ReadOptions {
        ReadOptions { optional_columns, ..self }
    }

    /// Sets whether bytes that are not UTF-8 are an error.
    pub fn strict(self, strict: bool) -> ReadOptions {
        ReadOptions { strict, ..self }
    }

    /// Sets the notes that are read if a layout has several kinds.
    pub fn note_kind(self, note_kind: NoteChoice) -> ReadOptions {
        ReadOptions { note_kind, ..self }
    }

    /// Sets whether documents that are clearly not in English are left out.
    pub fn english_only(self, english_only: bool) -> ReadOptions {
        ReadOptions { english_only, ..self }
    }
}

impl ReadOptions {
    /// Returns the columns whose values are wanted, in the order of [`Document::values`](super::Document::values).
    pub fn value_names(&self) -> impl Iterator<Item = &str> {
        self.columns.iter().chain(&self.optional_columns).map(String::as_str)
    }

    /// Finds the inputs that the arguments name: tables in memory, after the files of [`find_inputs`](super::find_inputs).
    ///
    /// # Errors
    ///
    /// As in [`find_inputs`](super::find_inputs), for every argument that names no table in memory.
    #[cfg(feature = "files")]
    pub fn find_inputs(&self, arguments: &[String]) -> Result<Vec<super::input::Input>, super::error::CorpusError> {
        let frame = |argument: &String| self.frames.iter().find(|frame| frame.name() == argument);
        let files: Vec<String> = arguments.iter().filter(|argument| frame(argument).is_none()).cloned().collect();
        let frames = arguments.iter().filter_map(frame).map(super::input::Input::of_frame);
        let found = if files.is_empty() && !arguments.is_empty() { vec![] } else { super::input::find_inputs(&files)? };
        Ok(found.into_iter().chain(frames).collect())
    }
}
