//! Runs `estimate`: estimates shares from text or score tables.

use super::args::EstimateArgs;
use super::output::deliver;
use super::progress::Spinner;
use crate::report::{render, render_preview};
use crate::run::{EstimateRun, estimate, preview};

/// Runs the command.
pub fn run(arguments: &EstimateArgs, quiet: bool) -> anyhow::Result<()> {
    let progress = Spinner::new(quiet);
    let run = EstimateRun::from(arguments);
    let text = if arguments.dry_run {
        render_preview(&preview(&run.target, &progress)?, arguments.output)
    } else {
        render(&estimate(&run, &progress)?, arguments.output)
    };
    drop(progress);
    deliver(&text, arguments.file.as_deref())
}
