//! Reports the progress of long computations; the library itself never prints.

use std::sync::atomic::{AtomicU64, Ordering};

/// A receiver of the steps of a computation.
pub trait Progress: Sync {
    /// Reports that a step begins, named in a few words.
    fn step(&self, what: &str);

    /// Reports how much of the input has been read in this step, in bytes.
    fn read(&self, _n_bytes: u64, _n_total: u64) {}

    /// Reports how many of this step's parts, which take about equally long, are done.
    fn done(&self, _n_parts: u64, _n_total: u64) {}
}

/// Progress within a longer step, which stands before the steps it has.
pub(crate) struct Within<'a> {
    /// Receiver of the steps.
    pub progress: &'a dyn Progress,
    /// The longer step.
    pub whole: String,
}

impl Progress for Within<'_> {
    fn step(&self, what: &str) {
        self.progress.step(&format!("{}: {what}", self.whole));
    }

    fn read(&self, n_bytes: u64, n_total: u64) {
        self.progress.read(n_bytes, n_total);
    }

    fn done(&self, n_parts: u64, n_total: u64) {
        self.progress.done(n_parts, n_total);
    }
}

/// The parts of a step, which may be done in any order and at the same time.
pub(crate) struct Parts<'a> {
    progress: &'a dyn Progress,
    n_done: AtomicU64,
    n_total: u64,
}

impl<'a> Parts<'a> {
    /// Reports that a step of so many parts begins.
    pub fn begin(progress: &'a dyn Progress, what: &str, n_total: usize) -> Parts<'a> {
        progress.step(what);
        progress.done(0, n_total as u64);
        Parts { progress, n_done: AtomicU64::new(0), n_total: n_total as u64 }
    }

    /// Reports that one more part is done, and passes on what it has found.
    pub fn done<T>(&self, found: T) -> T {
        self.progress.done(self.n_done.fetch_add(1, Ordering::Relaxed) + 1, self.n_total);
        found
    }
}

/// A receiver that ignores all steps.
#[derive(Debug, Clone, Copy, Default)]
pub struct Silent;

impl Progress for Silent {
    fn step(&self, _what: &str) {}
}

#[cfg(test)]
mod tests {
    use std::sync::Mutex;

    use super::*;

    struct Said(Mutex<Vec<String>>);

    impl Progress for Said {
        fn step(&self, what: &str) {
            self.0.lock().unwrap().push(what.to_owned());
        }

        fn done(&self, n_parts: u64, n_total: u64) {
            self.0.lock().unwrap().push(format!("{n_parts} of {n_total}"));
        }
    }

    #[test]
    fn parts_are_counted_as_they_are_done() {
        let said = Said(Mutex::default());
        let parts = Parts::begin(&said, "kites", 2);
        assert_eq!((parts.done("red"), parts.done("blue")), ("red", "blue"));
        assert_eq!(*said.0.lock().unwrap(), ["kites", "0 of 2", "1 of 2", "2 of 2"]);
    }
}
