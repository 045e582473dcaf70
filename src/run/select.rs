//! Finds a reference by its name or path.

use std::path::Path;

use super::error::RunError;
use super::refusals::SelectError;
use crate::reference::embedded::{EMBEDDED, read_embedded};
use crate::reference::published::read_distribution;
use crate::reference::store::sha256;
use crate::reference::{Distribution, Reference};

/// The reference that a name or path stands for.
#[non_exhaustive]
pub enum Selected {
    /// A reference made by `fit`, and the SHA-256 of its file.
    Fitted(Box<Reference>, String),
    /// A published distribution table: its name, the SHA-256 of its file, and the distribution.
    Published(String, String, Box<Distribution>),
}

/// Returns the embedded reference of this name, or reads the file at this path.
///
/// # Errors
/// Fails if there is no such reference, or if it cannot be read.
pub fn select(name: &str) -> Result<Selected, RunError> {
    if let Some((reference, sha256)) = read_embedded(name)? {
        return Ok(Selected::Fitted(Box::new(reference), sha256));
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

/// Returns a reference made by `fit`, with the SHA-256 of its file; refuses published tables, which lack a calibration.
///
/// # Errors
/// Fails as [`select`] does, and for a published table.
pub(crate) fn select_fitted(name: &str) -> Result<(Reference, String), RunError> {
    match select(name)? {
        Selected::Fitted(reference, sha256) => Ok((*reference, sha256)),
        Selected::Published(..) => Err(SelectError::Published(name.to_owned()).into()),
    }
}

/// Returns the name of the embedded reference whose file has this SHA-256.
pub(super) fn embedded_with_hash(wanted: &str) -> Option<&'static str> {
    EMBEDDED
        .iter()
        .find(|embedded| embedded.bytes().is_ok_and(|bytes| sha256(&bytes) == wanted))
        .map(|embedded| embedded.name)
}
