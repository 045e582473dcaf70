//! `reference lint`: texts of known source to what poisons a reference made of them.

use std::process::ExitCode;

use super::NOT_PASSED;
use super::args::LintArgs;
use super::output::deliver;
use super::progress::Spinner;
use crate::report::render_lint;
use crate::run::{LintRun, lint};

/// Runs the command; the exit code is 1 only where --strict asks for it.
pub fn run(arguments: &LintArgs, quiet: bool) -> anyhow::Result<ExitCode> {
    let progress = Spinner::new(quiet);
    let report = lint(&LintRun::from(arguments), &progress)?;
    drop(progress);
    deliver(&render_lint(&report, arguments.output), arguments.file.as_deref())?;
    let failed = arguments.known.reading.strict && report.n_errors > 0;
    Ok(if failed { ExitCode::from(NOT_PASSED) } else { ExitCode::SUCCESS })
}
