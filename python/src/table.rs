//! Tables for Python: columns that any library with the Arrow PyCapsule interface takes.

use std::collections::HashMap;
use std::sync::Arc;

use arrow_array::{ArrayRef, BooleanArray, Float64Array, Int64Array, RecordBatch, StringArray, StructArray};
use arrow_schema::{Field, FieldRef, Schema};
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3::types::{PyCapsule, PyTuple};
use pyo3_arrow::ffi::{ArrayIterator, to_array_pycapsules, to_schema_pycapsule, to_stream_pycapsule};

/// Columns of the same length. Polars, pandas, pyarrow and DuckDB take it through the Arrow PyCapsule interface.
#[pyclass(frozen, module = "llm_prevalence._core")]
pub struct Table(RecordBatch);

impl Table {
    /// Takes a batch.
    pub fn new(batch: RecordBatch) -> Table {
        Table(batch)
    }

    /// Returns the batch as one column of rows, with its field.
    fn as_struct(&self) -> (FieldRef, ArrayRef) {
        let schema = self.0.schema();
        let field = Field::new_struct("", schema.fields().clone(), false).with_metadata(schema.metadata().clone());
        (Arc::new(field), Arc::new(StructArray::from(self.0.clone())))
    }
}

#[pymethods]
impl Table {
    /// Makes a table of columns: each a name and a list of numbers, truth values or strings, with None where there is no value.
    ///
    /// `kinds` has the types of columns by name: "bool", "int", "float" or "str"; the others have the first of these that holds all values.
    #[new]
    #[pyo3(signature = (columns, kinds=None))]
    fn of_columns(columns: Vec<(String, Bound<'_, PyAny>)>, kinds: Option<HashMap<String, String>>) -> PyResult<Table> {
        let kinds = kinds.unwrap_or_default();
        let mut fields = Vec::new();
        let mut arrays = Vec::new();
        for (name, values) in columns {
            let array = match kinds.get(&name) {
                Some(kind) => array_of_kind(&values, kind)?,
                None => array(&values)?,
            };
            fields.push(Field::new(name, array.data_type().clone(), true));
            arrays.push(array);
        }
        let batch = RecordBatch::try_new(Arc::new(Schema::new(fields)), arrays);
        batch.map(Table).map_err(|error| PyValueError::new_err(error.to_string()))
    }

    /// Names of the columns.
    #[getter]
    fn column_names(&self) -> Vec<String> {
        self.0.schema().fields().iter().map(|field| field.name().clone()).collect()
    }

    /// Number of rows.
    fn __len__(&self) -> usize {
        self.0.num_rows()
    }

    fn __arrow_c_schema__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyCapsule>> {
        Ok(to_schema_pycapsule(py, self.0.schema().as_ref())?)
    }

    #[pyo3(signature = (requested_schema=None))]
    fn __arrow_c_stream__<'py>(
        &self,
        py: Python<'py>,
        requested_schema: Option<Bound<'py, PyCapsule>>,
    ) -> PyResult<Bound<'py, PyCapsule>> {
        let (field, array) = self.as_struct();
        let reader = ArrayIterator::new(vec![Ok(array)], field);
        Ok(to_stream_pycapsule(py, Box::new(reader), requested_schema)?)
    }

    /// For those that take a single batch.
    #[pyo3(signature = (requested_schema=None))]
    fn __arrow_c_array__<'py>(
        &self,
        py: Python<'py>,
        requested_schema: Option<Bound<'py, PyCapsule>>,
    ) -> PyResult<Bound<'py, PyTuple>> {
        let (field, array) = self.as_struct();
        Ok(to_array_pycapsules(py, field, &array, requested_schema)?)
    }
}

fn array(values: &Bound<'_, PyAny>) -> PyResult<ArrayRef> {
    let found = ["bool", "int", "float"].into_iter().find_map(|kind| array_of_kind(values, kind).ok());
    found.map_or_else(|| array_of_kind(values, "str"), Ok)
}

fn array_of_kind(values: &Bound<'_, PyAny>, kind: &str) -> PyResult<ArrayRef> {
    Ok(match kind {
        "bool" => Arc::new(BooleanArray::from(values.extract::<Vec<Option<bool>>>()?)),
        "int" => Arc::new(Int64Array::from(values.extract::<Vec<Option<i64>>>()?)),
        "float" => Arc::new(Float64Array::from(values.extract::<Vec<Option<f64>>>()?)),
        "str" => Arc::new(StringArray::from(values.extract::<Vec<Option<String>>>()?)),
        other => return Err(PyValueError::new_err(format!("no kind of column is {other:?}"))),
    })
}
