//! From a name or path to a reference.

use std::path::Path;

use anyhow::Context;

use crate::reference::embedded::{EMBEDDED, embedded};
use crate::reference::published::read_distribution;
use crate::reference::store::sha256;
use crate::reference::{Distribution, Reference};

/// What `--reference` can name.
pub enum Selected {
    /// A reference made by `fit`, and the hash of its file.
    Fitted(Box<Reference>, String),
    /// A published distribution table: its name, the hash of its file, and itself.
    Published(String, String, Box<Distribution>),
}

/// Finds an embedded reference by name, or reads a file.
pub fn select(name: &str) -> anyhow::Result<Selected> {
    if let Some(embedded) = embedded(name) {
        let reference = Reference::parse(embedded.bytes, embedded.name)?;
        return Ok(Selected::Fitted(Box::new(reference), sha256(embedded.bytes)));
    }
    let path = Path::new(name);
    anyhow::ensure!(
        path.exists(),
        "no reference \"{name}\": neither a file nor one that comes with the tool ({})",
        EMBEDDED.iter().map(|embedded| embedded.name).collect::<Vec<_>>().join(", ")
    );
    if path.extension().is_some_and(|extension| extension == "parquet") {
        let distribution = read_distribution(path)?;
        let bytes = std::fs::read(path).with_context(|| format!("{name}: cannot read"))?;
        let stem = path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
        return Ok(Selected::Published(stem, sha256(&bytes), Box::new(distribution)));
    }
    let (reference, sha256) = Reference::read(path)?;
    Ok(Selected::Fitted(Box::new(reference), sha256))
}

/// A reference made by `fit`; a published table is refused, as it has no calibration.
pub fn select_fitted(name: &str) -> anyhow::Result<(Reference, String)> {
    match select(name)? {
        Selected::Fitted(reference, sha256) => Ok((*reference, sha256)),
        Selected::Published(..) => anyhow::bail!(
            "{name}: a published distribution table has no calibration [use it with `estimate --method liang`]"
        ),
    }
}

/// The embedded reference whose file has this hash.
pub fn embedded_with_hash(wanted: &str) -> Option<&'static str> {
    EMBEDDED.iter().find(|embedded| sha256(embedded.bytes) == wanted).map(|embedded| embedded.name)
}
