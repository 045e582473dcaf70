//! Progress reports of long computations; the library itself never prints.

/// A receiver of the steps of a computation.
pub trait Progress: Sync {
    /// Reports that a step begins, named in a few words.
    fn step(&self, what: &str);

    /// Reports how much of the input has been read in this step, in bytes.
    fn read(&self, _n_bytes: u64, _n_total: u64) {}
}

/// A receiver that ignores all steps.
#[derive(Debug, Clone, Copy, Default)]
pub struct Silent;

impl Progress for Silent {
    fn step(&self, _what: &str) {}
}
