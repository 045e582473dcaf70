//! Positions in a JSON file, and errors at them.

use memchr::{memchr_iter, memrchr};
use serde_json::value::RawValue;

use super::value::{kind_name, reason};
use crate::corpus::{Place, Problem};

/// A position in a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Position {
    /// Line number, from 1.
    pub(super) line: u64,
    /// Number of bytes before it in the line.
    pub(super) column: usize,
}

/// A problem and its place.
pub(super) type Wrong = (Place, Problem);

impl Position {
    pub(super) const START: Self = Self { line: 1, column: 0 };

    /// Returns the start of a line.
    pub(super) fn line(line: u64) -> Self {
        Self { line, column: 0 }
    }

    /// Returns the position after these bytes.
    pub(super) fn after(self, bytes: &[u8]) -> Self {
        match memrchr(b'\n', bytes) {
            Some(last) => {
                let n_lines = memchr_iter(b'\n', bytes).count() as u64;
                Self { line: self.line + n_lines, column: bytes.len() - last - 1 }
            }
            None => Self { line: self.line, column: self.column + bytes.len() },
        }
    }

    /// Returns the place of a record that begins here.
    pub(super) fn place(self) -> Place {
        Place::line(self.line)
    }

    /// Returns the place and the problem of a syntax error in a value that begins here.
    pub(super) fn syntax(self, error: &serde_json::Error) -> Wrong {
        let column = error.column() + if error.line() <= 1 { self.column } else { 0 };
        let line = self.line + (error.line() as u64).saturating_sub(1);
        (Place::line(line).at_column(column), Problem::BadJson { reason: reason(error) })
    }

    /// Returns the place and the problem of a row that is not an object, naming what it is instead if it is JSON.
    pub(super) fn no_object(self, row: &str, error: &serde_json::Error) -> Wrong {
        match serde_json::from_str::<&RawValue>(row) {
            Ok(value) if !value.get().starts_with('{') => {
                (self.place(), Problem::NotAnObject { found: kind_name(value.get()) })
            }
            _ => self.syntax(error),
        }
    }
}
