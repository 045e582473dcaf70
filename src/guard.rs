//! The guard around parsers of other crates, which return an error for most damaged files and panic on others.

use std::fmt::Display;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// Runs a parser; returns the reason if it fails, whether by an error or a panic.
pub(crate) fn guard<T, E: Display>(run: impl FnOnce() -> Result<T, E>) -> Result<T, String> {
    match catch_unwind(AssertUnwindSafe(run)) {
        Ok(result) => result.map_err(|error| error.to_string()),
        Err(_) => Err("its content contradicts itself".to_owned()),
    }
}

/// Parsers whose panics on damaged files are caught and become errors; their own messages would only confuse.
#[cfg(feature = "cli")]
const CAUGHT: [&str; 3] = ["polars", "calamine", "zip-"];

/// Keeps the panics of parsers that are caught from the hook, which would tell of them.
#[cfg(feature = "cli")]
pub fn silence_parsers() {
    let usual = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        let is_caught = |file: &str| CAUGHT.iter().any(|name| file.contains(name));
        if !panic.location().is_some_and(|place| is_caught(place.file())) {
            usual(panic);
        }
    }));
}
