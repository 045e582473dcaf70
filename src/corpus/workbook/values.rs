//! The values of a row, and the error of a workbook that cannot be read.

use crate::corpus::context::Context;
use crate::corpus::{CorpusError, Problem};

/// Maximum number of columns of a sheet, that of Excel.
const MAX_COLUMNS: usize = 16_384;

/// Returns the error of a workbook that cannot be read.
pub(super) fn bad(context: &Context, reason: String) -> CorpusError {
    let (what, hint) = ("cannot read this workbook", "save it again as .xlsx, or as CSV");
    context.problem(Problem::Unreadable { what, reason, hint })
}

/// The values of a row.
pub(super) type Values = Vec<Option<String>>;

/// Returns the place of a column in a row, which grows to it.
pub(super) fn place<'r>(
    context: &Context,
    row: &'r mut Values,
    column: usize,
) -> Result<&'r mut Option<String>, CorpusError> {
    if column >= MAX_COLUMNS {
        let reason = format!("a cell in column {}, where a sheet has {MAX_COLUMNS} at most", column + 1);
        return Err(bad(context, reason));
    }
    if column >= row.len() {
        row.resize(column + 1, None);
    }
    Ok(&mut row[column])
}
