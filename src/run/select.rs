//! From a name or path to a reference.

use std::path::Path;

use super::error::RunError;
use super::errors::SelectError;
use crate::reference::embedded::{EMBEDDED, embedded};
use crate::reference::published::read_distribution;
use crate::reference::store::sha256;
use crate::reference::{Distribution, Reference};

/// What a reference's name can stand for.
pub enum Selected {
    /// A reference made by `fit`, and the hash of its file.
    Fitted(Box<Reference>, String),
    /// A published distribution table: its name, the hash of its file, and itself.
    Published(String, String, Box<Distribution>),
}

/// Finds an embedded reference by name, or reads a file.
///
/// # Errors
/// When there is no such reference, or it cannot be read.
pub fn select(name: &str) -> Result<Selected, RunError> {
    if let Some(embedded) = embedded(name) {
        let reference = Reference::parse(embedded.bytes, embedded.name)?;
        return Ok(Selected::Fitted(Box::new(reference), sha256(embedded.bytes)));
    }
    let path = Path::new(name);
    if !path.exists() {
        let known = EMBEDDED.iter().map(|embedded| embedded.name).collect::<Vec<_>>().join(", ");
        return Err(SelectError::NoSuchReference(name.to_owned(), known).into());
    }
    if path.extension().is_some_and(|extension| extension == "parquet") {
        let distribution = read_distribution(path)?;
        let bytes = std::fs::read(path).map_err(|error| SelectError::Io(name.to_owned(), error))?;
        let stem = path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
        return Ok(Selected::Published(stem, sha256(&bytes), Box::new(distribution)));
    }
    let (reference, sha256) = Reference::read(path)?;
    Ok(Selected::Fitted(Box::new(reference), sha256))
}

/// Finds a reference made by `fit`, and the hash of its file; a published table is refused, as it has no calibration.
///
/// # Errors
/// Those of [`select`], and a published table.
pub fn select_fitted(name: &str) -> Result<(Reference, String), RunError> {
    match select(name)? {
        Selected::Fitted(reference, sha256) => Ok((*reference, sha256)),
        Selected::Published(..) => Err(SelectError::Published(name.to_owned()).into()),
    }
}

/// The embedded reference whose file has this hash.
pub(super) fn embedded_with_hash(wanted: &str) -> Option<&'static str> {
    EMBEDDED.iter().find(|embedded| sha256(embedded.bytes) == wanted).map(|embedded| embedded.name)
}
