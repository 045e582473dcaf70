//! How long work tells what it is doing; the library itself never prints.

/// Hears what step a computation is at.
pub trait Progress: Sync {
    /// A step begins, named in a few words.
    fn step(&self, what: &str);
}

/// Says nothing.
#[derive(Debug, Clone, Copy, Default)]
pub struct Silent;

impl Progress for Silent {
    fn step(&self, _what: &str) {}
}
