//! Runs `reference lint`: finds problems in texts of known source.

use super::args::LintArgs;
use super::codes::NOT_PASSED;
use super::output::deliver;
use super::progress::Spinner;
use crate::report::render_lint;
use crate::run::{LintRun, lint};

/// Runs the command; the exit code is 1 only if --strict asks for it.
pub fn run(arguments: &LintArgs, quiet: bool) -> anyhow::Result<u8> {
    let progress = Spinner::new(quiet);
    let report = lint(&LintRun::from(arguments), &progress)?;
    drop(progress);
    deliver(&render_lint(&report, arguments.output), arguments.file.as_deref())?;
    let failed = arguments.known.reading.strict && report.n_errors > 0;
    Ok(if failed { NOT_PASSED } else { 0 })
}
