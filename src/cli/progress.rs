//! Shows progress on standard error, unless the tool is quiet or not on a terminal.

use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::progress::Progress;

/// What is shown of a step, of one that reads inputs of known size, and of one that has parts.
const STEP: &str = "{spinner} {msg} [{elapsed}]";
const READING: &str = "{spinner} {msg}, {percent} % of {total_bytes} at {binary_bytes_per_sec}, {eta} left [{elapsed}]";
const PARTS: &str = "{spinner} {msg}, {pos} of {len} done, {eta} left [{elapsed}]";

/// A spinner that names the current step.
pub struct Spinner(ProgressBar);

impl Spinner {
    /// Returns a spinner, drawn on standard error if that is a terminal and the tool is not to be quiet.
    pub fn new(quiet: bool) -> Spinner {
        let target = if quiet { ProgressDrawTarget::hidden() } else { ProgressDrawTarget::stderr() };
        let bar = ProgressBar::with_draw_target(None, target);
        bar.set_style(style(STEP));
        bar.enable_steady_tick(Duration::from_millis(120));
        Spinner(bar)
    }

    /// Shows how far a step of known length is.
    fn set(&self, template: &str, position: u64, length: u64) {
        if self.0.length() != Some(length) {
            self.0.set_length(length);
            self.0.set_style(style(template));
            self.0.reset_eta();
        }
        self.0.set_position(position.min(length));
    }
}

fn style(template: &str) -> ProgressStyle {
    ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_spinner())
}

impl Progress for Spinner {
    fn step(&self, what: &str) {
        // What follows the reading has no known length.
        if self.0.length().is_some_and(|length| self.0.position() >= length) {
            self.0.unset_length();
            self.0.set_style(style(STEP));
        }
        self.0.set_message(what.to_owned());
    }

    fn read(&self, n_bytes: u64, n_total: u64) {
        self.set(READING, n_bytes, n_total);
    }

    fn done(&self, n_parts: u64, n_total: u64) {
        // Steps of equally many parts may follow each other.
        if n_parts == 0 {
            self.0.unset_length();
        }
        self.set(PARTS, n_parts, n_total);
    }
}

impl Drop for Spinner {
    fn drop(&mut self) {
        self.0.finish_and_clear();
    }
}
