//! Runs `reference lint`: finds problems in texts of known source.

use std::ffi::OsString;

use super::args::{LintArgs, LintOutput};
use super::codes::NOT_PASSED;
use super::output::{Voice, deliver, json};
use super::place::{read_for_known, require_files};
use super::progress::Spinner;
use super::typed::of_known;
use crate::report::lint_page;
use crate::run::{LintRun, lint};

/// Runs the command, of which `typed` is the command line; the exit code is 1 only if --strict asks for it.
pub fn run(arguments: &LintArgs, typed: &[OsString], voice: Voice) -> anyhow::Result<u8> {
    let run = LintRun::try_from(arguments)?;
    let read: Vec<String> = read_for_known(&run.known).into_iter().chain(run.reference.clone()).collect();
    require_files(&[("-o", arguments.file.as_deref())], &read)?;
    let progress = Spinner::new(voice.quiet);
    let report = lint(&run, &progress)?;
    drop(progress);
    let file = arguments.file.as_deref();
    let page = || {
        let paths: Vec<&str> = arguments.reference.iter().map(String::as_str).collect();
        lint_page(&report).with_command(of_known(typed, &arguments.known, &paths))
    };
    let text = match arguments.format() {
        LintOutput::Table => page().terminal(voice.is_coloured(file)),
        LintOutput::Json => json(&report),
        LintOutput::Markdown => page().markdown(),
        LintOutput::Html => page().html()?,
    };
    deliver(&text, file)?;
    let failed = arguments.known.reading.strict && report.n_errors > 0;
    Ok(if failed { NOT_PASSED } else { 0 })
}
