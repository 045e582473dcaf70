//! Tables in memory, as data frames of other languages are.

use std::fmt;
use std::sync::Arc;

use serde_json::Value;

/// The rows of a table in memory.
pub trait Rows: Send + Sync {
    /// Returns the names of the columns.
    fn columns(&self) -> &[String];
    /// Returns the number of rows.
    fn n_rows(&self) -> usize;
    /// Returns the value in a column and a row, both counted from 0.
    fn value(&self, column: usize, row: usize) -> FrameValue<'_>;
}

/// One value of a table in memory.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum FrameValue<'a> {
    /// No value.
    Null,
    /// A string.
    Text(&'a str),
    /// A number, a truth value or a date, as it is written.
    Number(String),
    /// A list or an object.
    Nested(Value),
}

/// A table in memory, with the name by which options refer to it.
#[derive(Clone)]
pub struct Frame {
    name: String,
    rows: Arc<dyn Rows>,
}

impl Frame {
    /// Names a table. The name stands for it where options name files, and in errors and summaries.
    pub fn new(name: impl Into<String>, rows: impl Rows + 'static) -> Frame {
        Frame { name: name.into(), rows: Arc::new(rows) }
    }

    /// Returns its name.
    pub fn name(&self) -> &str {
        &self.name
    }

    pub(super) fn rows(&self) -> &dyn Rows {
        &*self.rows
    }
}

impl fmt::Debug for Frame {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Frame").field("name", &self.name).field("n_rows", &self.rows.n_rows()).finish()
    }
}

/// Frames are equal if they are one and the same.
impl PartialEq for Frame {
    fn eq(&self, other: &Frame) -> bool {
        self.name == other.name && Arc::ptr_eq(&self.rows, &other.rows)
    }
}

impl Eq for Frame {}
