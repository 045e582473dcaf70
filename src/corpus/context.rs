//! The inputs that the readers of all formats get, and their reports on the file they read.

use super::error::CorpusError;
use super::format::{Format, Layout};
use super::input::Input;
use super::options::ReadOptions;
use super::problem::{Place, Problem};
use super::remark::Remark;

/// The file that is being read, and the options for reading it.
pub(super) struct Context<'a> {
    pub(super) input: &'a Input,
    pub(super) options: &'a ReadOptions,
}

impl Context<'_> {
    /// Returns the file's name in errors.
    pub(super) fn file(&self) -> &str {
        self.input.shown()
    }

    /// Returns the error for a problem in a place of the file.
    pub(super) fn error(&self, place: Place, problem: Problem) -> CorpusError {
        CorpusError::new(self.file(), place, problem)
    }

    /// Returns the error for a problem of the file as a whole.
    pub(super) fn problem(&self, problem: Problem) -> CorpusError {
        self.error(Place::FILE, problem)
    }
}

/// The report of a format's reader on the file it read.
pub(super) struct Outcome {
    pub(super) format: Format,
    pub(super) sha256: String,
    pub(super) found: Found,
}

/// The facts found about the records of a file.
#[derive(Debug, Clone, Default)]
pub(super) struct Found {
    pub(super) layout: Option<Layout>,
    pub(super) text_fields: Vec<String>,
    pub(super) unlisted_fields: Vec<String>,
    pub(super) id_field: Option<String>,
    pub(super) columns: Vec<String>,
    /// The columns by which rows were joined to documents.
    pub(super) joined_by: Vec<String>,
    pub(super) remarks: Vec<Remark>,
}
