//! The extension module of the Python package: data frames and arguments in, results in all their forms out.
//!
//! Every function of the package is a call of the tool's commands with the same arguments, so that options, errors and numbers are
//! the same; `llm_prevalence/__init__.py` has the functions that people call.

mod cells;
mod interrupt;
mod memory;
mod stored;
mod table;

use std::ffi::OsString;
use std::sync::Arc;

use llm_prevalence::cli::call::{CallResult, CallTables, call};
use llm_prevalence::corpus::Frame;
use pyo3::create_exception;
use pyo3::exceptions::PyException;
use pyo3::prelude::*;

use memory::rows_of;
use stored::Stored;
use table::Table;

create_exception!(llm_prevalence, Error, PyException, "What the command line tool says after `error: `.");

/// A result in all its forms.
#[pyclass(frozen, name = "Outcome", module = "llm_prevalence._core")]
struct PyOutcome(CallResult);

#[pymethods]
impl PyOutcome {
    #[new]
    fn new(
        table: String,
        json: String,
        csv: String,
        markdown: String,
        html: Option<String>,
        svg: Option<String>,
        reference: Option<Vec<u8>>,
    ) -> PyOutcome {
        let mut outcome = CallResult::default();
        (outcome.table, outcome.json, outcome.csv, outcome.markdown) = (table, json, csv, markdown);
        (outcome.html, outcome.svg, outcome.reference) = (html, svg, reference);
        PyOutcome(outcome)
    }

    /// What `pickle` makes the same outcome from.
    #[expect(clippy::type_complexity, reason = "the fields, in their order")]
    fn __getnewargs__(&self) -> (&str, &str, &str, &str, Option<&str>, Option<&str>, Option<&[u8]>) {
        (self.table(), self.json(), self.csv(), self.markdown(), self.html(), self.svg(), self.reference())
    }

    /// The table for people.
    #[getter]
    fn table(&self) -> &str {
        &self.0.table
    }

    /// The record as one JSON object.
    #[getter]
    fn json(&self) -> &str {
        &self.0.json
    }

    /// A row per group, or per group and period.
    #[getter]
    fn csv(&self) -> &str {
        &self.0.csv
    }

    /// The table for a document.
    #[getter]
    fn markdown(&self) -> &str {
        &self.0.markdown
    }

    /// The page that opens without a network; none where there is nothing to draw.
    #[getter]
    fn html(&self) -> Option<&str> {
        self.0.html.as_deref()
    }

    /// The figure as SVG; none for a command without one.
    #[getter]
    fn svg(&self) -> Option<&str> {
        self.0.svg.as_deref()
    }

    /// The file of a reference that was made.
    #[getter]
    fn reference(&self) -> Option<&[u8]> {
        self.0.reference.as_deref()
    }
}

/// Runs a command. `frames` are texts and `stored` scores in memory, each with the name by which arguments refer to it; `progress` is called
/// with what is being done.
#[pyfunction]
fn run(
    py: Python<'_>,
    arguments: Vec<String>,
    frames: Vec<(String, Bound<'_, PyAny>)>,
    stored: Vec<(String, Py<Stored>)>,
    progress: Option<Py<PyAny>>,
) -> PyResult<(PyOutcome, Option<Stored>)> {
    let frame = |(name, data): (String, Bound<'_, PyAny>)| Ok(Frame::new(name, rows_of(&data)?));
    let tables = CallTables {
        frames: frames.into_iter().map(frame).collect::<PyResult<_>>()?,
        stored: stored.into_iter().map(|(name, stored)| (name, Arc::clone(&stored.get().0))).collect(),
    };
    let arguments: Vec<OsString> = arguments.into_iter().map(OsString::from).collect();
    let found = interrupt::run(py, progress, move |progress| call(&arguments, &tables, progress))?;
    let mut outcome = found.map_err(Error::new_err)?;
    let scores = outcome.scores.take().map(|scores| Stored(Arc::new(scores)));
    Ok((PyOutcome(outcome), scores))
}

/// Runs the command line tool with these arguments, the program's name first, and returns its exit code.
#[pyfunction]
fn main(py: Python<'_>, arguments: Vec<String>) -> u8 {
    py.detach(|| llm_prevalence::cli::code(arguments.into_iter().map(OsString::from)))
}

#[pymodule]
fn _core(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add("__version__", env!("CARGO_PKG_VERSION"))?;
    module.add("SCHEMA_VERSION", llm_prevalence::estimate::SCHEMA_VERSION)?;
    module.add("Error", module.py().get_type::<Error>())?;
    module.add_class::<PyOutcome>()?;
    module.add_class::<Stored>()?;
    module.add_class::<Table>()?;
    module.add_function(wrap_pyfunction!(run, module)?)?;
    module.add_function(wrap_pyfunction!(main, module)?)
}
