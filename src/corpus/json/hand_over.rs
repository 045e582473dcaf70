//! Records on their way from the threads that make them, and limits on how much is held.

use super::row::Replaced;
use crate::corpus::CorpusError;
use crate::corpus::input::Whole;
use crate::corpus::record::Record;
use crate::corpus::sink::Sink;

/// The limit on a file that is not read line by line, and its name in errors.
pub(super) const WHOLE: Whole = Whole {
    what: "a file with one JSON value",
    limit_mib: 384,
    hint: "write it as JSON Lines, one object per line, or split it",
};
/// Minimum number of rows per thread.
pub(super) const MIN_ROWS: usize = 16;

/// Hands over the records of the rows of a batch, in their order.
pub(super) fn hand_over(
    rows: Vec<Result<Replaced<Vec<Record>>, CorpusError>>,
    sink: &mut Sink,
) -> Result<(), CorpusError> {
    for row in rows {
        let (records, replaced) = row?;
        if replaced {
            sink.count_replaced();
        }
        records.into_iter().try_for_each(|record| sink.push_record(record))?;
    }
    Ok(())
}
