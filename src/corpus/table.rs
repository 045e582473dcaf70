//! What the rows of a table are: plain documents, or notes with their keys flattened to columns.

use serde_json::Value;

use super::CorpusError;
use super::fields::{Column, Fields, Positions, choose_fields};
use super::json_rows::Found;
use super::layout::{Object, Reader, recognise_object};
use super::read::Context;

/// What the rows of one table are read as.
pub(super) enum TableRows<'a> {
    /// Documents, with the columns that were chosen by name.
    Plain(Fields, Positions),
    /// Notes with columns such as `content.review` or `content.review.value`.
    Notes(Box<Reader<'a>>),
}

impl<'a> TableRows<'a> {
    pub(super) fn choose(context: &'a Context<'a>, columns: &[Column]) -> Result<Self, CorpusError> {
        let is_flat = columns.iter().any(|column| column.name.starts_with("content."));
        let keys: Object = columns.iter().map(|column| (column.name.clone(), Value::Null)).collect();
        if let Some(layout) = recognise_object(context, &keys).filter(|_| is_flat) {
            return Ok(Self::Notes(Box::new(Reader::new(layout, context))));
        }
        let fields = choose_fields(context.file(), columns, context.options)?;
        let positions = Positions::find(context.file(), columns, &fields, context.options)?;
        Ok(Self::Plain(fields, positions))
    }

    /// Fails for a column that was asked for and that no note had.
    pub(super) fn finish(self, context: &Context, columns: &[Column]) -> Result<Found, CorpusError> {
        match self {
            Self::Plain(fields, _) => Ok(Found::by_name(fields)),
            Self::Notes(reader) => {
                reader.check_seen(columns.iter().map(|column| column.name.clone()))?;
                Ok(Found::in_layout(*reader, context))
            }
        }
    }
}

/// The note that a row is. Numbers that are none, as pandas has where there is no value, are no value.
pub(super) fn note<'c>(cells: impl Iterator<Item = (&'c str, Option<String>)>) -> Object {
    let value = |cell: Option<String>| cell.filter(|cell| cell != "NaN").map_or(Value::Null, Value::String);
    cells.map(|(name, cell)| (name.to_owned(), value(cell))).collect()
}
