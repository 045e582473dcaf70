//! Tables for Python: columns that any library with the Arrow PyCapsule interface takes.

use std::sync::Arc;

use arrow_array::{ArrayRef, BooleanArray, Float64Array, Int64Array, RecordBatch, StringArray, StructArray};
use arrow_schema::{Field, Schema};
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3::types::PyCapsule;
use pyo3_arrow::ffi::{ArrayIterator, to_schema_pycapsule, to_stream_pycapsule};

/// Columns of the same length. Polars, pandas, pyarrow and DuckDB take it through the Arrow PyCapsule interface.
#[pyclass(frozen, module = "llm_prevalence._core")]
pub struct Table(RecordBatch);

impl Table {
    /// Takes a batch.
    pub fn new(batch: RecordBatch) -> Table {
        Table(batch)
    }
}

#[pymethods]
impl Table {
    /// Makes a table of columns: each a name and a list of numbers, truth values or strings, with None where there is no value.
    #[new]
    fn of_columns(columns: Vec<(String, Bound<'_, PyAny>)>) -> PyResult<Table> {
        let mut fields = Vec::new();
        let mut arrays = Vec::new();
        for (name, values) in columns {
            let array = array(&values)?;
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
        let schema = self.0.schema();
        let field = Field::new_struct("", schema.fields().clone(), false).with_metadata(schema.metadata().clone());
        let array: ArrayRef = Arc::new(StructArray::from(self.0.clone()));
        let reader = ArrayIterator::new(vec![Ok(array)], Arc::new(field));
        Ok(to_stream_pycapsule(py, Box::new(reader), requested_schema)?)
    }
}

fn array(values: &Bound<'_, PyAny>) -> PyResult<ArrayRef> {
    if let Ok(flags) = values.extract::<Vec<Option<bool>>>() {
        return Ok(Arc::new(BooleanArray::from(flags)));
    }
    if let Ok(integers) = values.extract::<Vec<Option<i64>>>() {
        return Ok(Arc::new(Int64Array::from(integers)));
    }
    if let Ok(numbers) = values.extract::<Vec<Option<f64>>>() {
        return Ok(Arc::new(Float64Array::from(numbers)));
    }
    Ok(Arc::new(StringArray::from(values.extract::<Vec<Option<String>>>()?)))
}
