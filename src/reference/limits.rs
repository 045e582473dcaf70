//! Limits of what a reference is made of.

/// Minimum number of units of a source.
pub const MIN_SOURCE_UNITS: u64 = 200;
/// Minimum number of documents of every component, and of human text, for a calibration of whole documents.
pub const MIN_DOCUMENTS: u64 = 100;
/// Maximum number of components, among which the bins of the scores are shared.
pub const MAX_COMPONENTS: usize = 32;
/// Minimum number of documents of a stratum; smaller ones train the score and teach nothing else.
pub const MIN_STRATUM_DOCUMENTS: usize = 25;
