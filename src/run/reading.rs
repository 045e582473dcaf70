//! Reports how much of the inputs has been read.

use crate::corpus::{Amount, Input, stored_bytes};
use crate::progress::Progress;

/// Inputs that are being read.
pub(super) struct Reading<'a> {
    progress: &'a dyn Progress,
    amount: &'a Amount,
    /// What others have read before, and what there is to read, if it is known.
    n_before: u64,
    n_total: Option<u64>,
}

impl<'a> Reading<'a> {
    /// Begins to read `inputs`, whose bytes `amount` counts.
    pub fn new(inputs: &[Input], amount: &'a Amount, progress: &'a dyn Progress) -> Reading<'a> {
        Reading { progress, amount, n_before: amount.n_bytes(), n_total: stored_bytes(inputs) }
    }

    /// Reports a step, and how far it is.
    pub fn step(&self, what: &str) {
        self.progress.step(what);
        if let Some(n_total) = self.n_total {
            self.progress.read(self.amount.n_bytes() - self.n_before, n_total);
        }
    }
}
