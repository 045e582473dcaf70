//! Panics that are no finding.

/// Parsers whose panics the readers catch and turn into errors; the list is that of the tool (`src/cli/mod.rs`).
const CAUGHT: [&str; 3] = ["polars", "calamine", "zip-"];

/// Keeps libFuzzer's hook, which aborts, from the panics of those parsers. One that no reader catches still ends the run: libFuzzer's
/// entry aborts on what unwinds to it.
pub fn silence_parsers() {
    let usual = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        let is_caught = |file: &str| CAUGHT.iter().any(|name| file.contains(name));
        if !panic.location().is_some_and(|place| is_caught(place.file())) {
            usual(panic);
        }
    }));
}
