//! Runs `reference lint`: finds problems in texts of known source.

use super::args::{LintArgs, LintOutput};
use super::codes::NOT_PASSED;
use super::output::{Voice, deliver, json};
use super::progress::Spinner;
use crate::report::lint_page;
use crate::run::{LintRun, lint};

/// Runs the command; the exit code is 1 only if --strict asks for it.
pub fn run(arguments: &LintArgs, voice: Voice) -> anyhow::Result<u8> {
    let progress = Spinner::new(voice.quiet);
    let report = lint(&LintRun::try_from(arguments)?, &progress)?;
    drop(progress);
    let file = arguments.file.as_deref();
    let text = match arguments.output {
        LintOutput::Table => lint_page(&report).terminal(voice.is_coloured(file)),
        LintOutput::Json => json(&report),
        LintOutput::Markdown => lint_page(&report).markdown(),
        LintOutput::Html => lint_page(&report).html()?,
    };
    deliver(&text, file)?;
    let failed = arguments.known.reading.strict && report.n_errors > 0;
    Ok(if failed { NOT_PASSED } else { 0 })
}
