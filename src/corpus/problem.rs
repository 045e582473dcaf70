//! Where in a file something is wrong, and what.

use std::fmt;

/// A place in a file; what is not known of it is left out.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
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
    /// Offset in what the other parts name, in bytes from 0.
    pub byte: Option<u64>,
}

impl Place {
    /// The file as a whole.
    pub const FILE: Self = Self { sheet: None, line: None, row: None, field: None, column: None, byte: None };

    /// A line.
    pub fn line(line: u64) -> Self {
        Self { line: Some(line), ..Self::FILE }
    }

    /// A row of a table without lines.
    pub fn row(row: u64) -> Self {
        Self { row: Some(row), ..Self::FILE }
    }

    /// An offset in the (decompressed) content.
    pub fn byte(byte: u64) -> Self {
        Self { byte: Some(byte), ..Self::FILE }
    }

    /// The cell of this column.
    pub fn in_field(self, field: &str) -> Self {
        Self { field: Some(field.to_owned()), ..self }
    }

    /// An offset in the place.
    pub fn at_byte(self, byte: u64) -> Self {
        Self { byte: Some(byte), ..self }
    }

    /// A column of the line.
    pub fn at_column(self, column: usize) -> Self {
        Self { column: Some(column), ..self }
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
