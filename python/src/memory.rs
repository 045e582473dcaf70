//! Python's data as rows: whatever has `__arrow_c_stream__`, and lists of strings.

use arrow_array::{ArrayRef, RecordBatch};
use llm_prevalence::corpus::{FrameValue, Rows};
use pyo3::exceptions::{PyTypeError, PyValueError};
use pyo3::prelude::*;
use pyo3_arrow::input::AnyRecordBatch;

use crate::cells;

/// The column of texts that come as a list.
const TEXT: &str = "text";
/// What pandas calls the columns of its index.
const INDEX: &str = "__index_level_";

/// The rows of a data frame, in its batches.
struct Batches {
    columns: Vec<String>,
    /// For each batch the number of its first row, and its columns.
    batches: Vec<(usize, Vec<ArrayRef>)>,
    n_rows: usize,
}

impl Rows for Batches {
    fn columns(&self) -> &[String] {
        &self.columns
    }

    fn n_rows(&self) -> usize {
        self.n_rows
    }

    fn value(&self, column: usize, row: usize) -> FrameValue<'_> {
        let after = self.batches.partition_point(|(first, _)| *first <= row);
        let (first, columns) = &self.batches[after - 1];
        cells::value(&columns[column], row - first)
    }
}

/// A list of texts.
struct Texts {
    columns: [String; 1],
    texts: Vec<Option<String>>,
}

impl Rows for Texts {
    fn columns(&self) -> &[String] {
        &self.columns
    }

    fn n_rows(&self) -> usize {
        self.texts.len()
    }

    fn value(&self, _: usize, row: usize) -> FrameValue<'_> {
        self.texts[row].as_deref().map_or(FrameValue::Null, FrameValue::Text)
    }
}

/// Either kind of rows.
enum Either {
    Batches(Batches),
    Texts(Texts),
}

impl Rows for Either {
    fn columns(&self) -> &[String] {
        match self {
            Either::Batches(rows) => rows.columns(),
            Either::Texts(rows) => rows.columns(),
        }
    }

    fn n_rows(&self) -> usize {
        match self {
            Either::Batches(rows) => rows.n_rows(),
            Either::Texts(rows) => rows.n_rows(),
        }
    }

    fn value(&self, column: usize, row: usize) -> FrameValue<'_> {
        match self {
            Either::Batches(rows) => rows.value(column, row),
            Either::Texts(rows) => rows.value(column, row),
        }
    }
}

/// Returns the rows of a data frame or of a list of strings.
pub fn rows_of(data: &Bound<'_, PyAny>) -> PyResult<impl Rows + 'static> {
    if data.hasattr("__arrow_c_stream__")? || data.hasattr("__arrow_c_array__")? {
        return Ok(Either::Batches(batches(&record_batches(data)?)?));
    }
    let texts = data.extract::<Vec<Option<String>>>().map_err(|_| {
        PyTypeError::new_err(format!(
            "{} is neither a data frame (with __arrow_c_stream__, as of polars, pandas, pyarrow and DuckDB) nor a list of strings",
            data.get_type()
        ))
    })?;
    Ok(Either::Texts(Texts { columns: [TEXT.to_owned()], texts }))
}

/// Returns the batches of a data frame.
pub fn record_batches(data: &Bound<'_, PyAny>) -> PyResult<Vec<RecordBatch>> {
    let reader = data.extract::<AnyRecordBatch>()?.into_reader()?;
    reader.map(|batch| batch.map_err(|error| PyValueError::new_err(error.to_string()))).collect()
}

fn batches(found: &[RecordBatch]) -> PyResult<Batches> {
    let Some(first) = found.first() else {
        return Ok(Batches { columns: vec![], batches: vec![], n_rows: 0 });
    };
    let schema = first.schema();
    let is_kept =
        |at: &usize| cells::is_readable(schema.field(*at).data_type()) && !schema.field(*at).name().starts_with(INDEX);
    let kept: Vec<usize> = (0..schema.fields().len()).filter(is_kept).collect();
    let columns = kept.iter().map(|&at| schema.field(at).name().clone()).collect();
    let (mut batches, mut n_rows) = (Vec::with_capacity(found.len()), 0);
    for batch in found.iter().filter(|batch| batch.num_rows() > 0) {
        let plain = kept.iter().map(|&at| cells::plain(batch.column(at)));
        let plain = plain.collect::<Result<_, _>>().map_err(|error| PyValueError::new_err(error.to_string()))?;
        batches.push((n_rows, plain));
        n_rows += batch.num_rows();
    }
    Ok(Batches { columns, batches, n_rows })
}
