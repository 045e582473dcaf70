//! How the files compare with those that a reference was fitted on.

use serde::Serialize;

/// The comparison of the files with those that a reference was fitted on.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[non_exhaustive]
pub struct ReferenceMatch {
    /// The reference's name.
    pub name: String,
    /// SHA-256 of its file.
    pub sha256: String,
    /// Whether all files of the fit are here, and no others.
    pub same_files: bool,
    /// Number of files of the fit that are here.
    pub n_files_same: u64,
    /// Files of the fit that are not here.
    pub missing_files: Vec<String>,
    /// Files here that the fit has not seen.
    pub other_files: Vec<String>,
}
