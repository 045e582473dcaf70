//! Arrow's IPC files and streams (`.arrow`, Feather of version 2): a row is a document, read a batch at a time.

use polars::prelude::{CompatLevel, DataFrame};

use super::context::{Context, Outcome};
use super::error::CorpusError;
use super::format::Format;
use super::input::{Bytes, into_file};
use super::parquet::{Kind, Replaced, cells};
use super::problem::{Place, Problem};
use super::row::{Cell, Row};
use super::sink::Sink;
use super::table::{Table, check_names};
use crate::parquet;

pub(super) fn read(context: &Context, bytes: Bytes, sink: &mut Sink) -> Result<Outcome, CorpusError> {
    let (file, sha256) = into_file(context.input, bytes)?;
    let mut batches = parquet::batches(&file).map_err(|reason| bad(context, reason))?;
    check_names(context, &batches.names())?;
    let mut table = Table::new(context);
    let mut n_rows = 0;
    while let Some(frame) = batches.next().map_err(|reason| bad(context, reason))? {
        hand_over(context, &frame, n_rows, &mut table, sink)?;
        n_rows += frame.height() as u64;
    }
    Ok(Outcome { format: Format::Arrow, sha256, found: table.finish(sink)? })
}

/// Hands over the rows of a batch, without columns that have no text form.
fn hand_over(
    context: &Context,
    frame: &DataFrame,
    first_row: u64,
    table: &mut Table,
    sink: &mut Sink,
) -> Result<(), CorpusError> {
    let mut replaced: Vec<Replaced> = vec![None; frame.height()];
    let mut columns: Vec<(&str, std::vec::IntoIter<Cell>)> = Vec::new();
    for column in frame.columns() {
        let series = column.as_materialized_series();
        if matches!(Kind::of(&series.dtype().to_arrow(CompatLevel::newest())), Kind::Unreadable) {
            continue;
        }
        let cells = parquet::with(|| cells(series, &mut replaced)).map_err(|reason| bad(context, reason))?;
        columns.push((series.name().as_str(), cells.into_iter()));
    }
    for (number, replaced) in replaced.into_iter().enumerate() {
        let place = Place::row(first_row + number as u64 + 1);
        if let Some(byte) = replaced {
            if context.options.strict {
                return Err(context.error(place.at_byte(byte), Problem::NotUtf8));
            }
            sink.count_replaced();
        }
        let mut row = Row::at(place);
        columns.iter_mut().for_each(|(name, cells)| row.push(*name, cells.next().unwrap_or(Cell::Null)));
        table.push(row, sink)?;
    }
    Ok(())
}

fn bad(context: &Context, reason: String) -> CorpusError {
    let (what, hint) = ("cannot read this Arrow file", "write it again, in smaller batches or as parquet");
    context.problem(Problem::Unreadable { what, reason, hint })
}
