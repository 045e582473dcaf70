//! Runs `estimate`: estimates shares from text or score tables.

use std::ffi::OsString;

use super::args::{EstimateArgs, Output};
use super::output::{Voice, deliver, json, rendered};
use super::place::{read_for_target, require_files};
use super::progress::Spinner;
use super::typed::of_target;
use crate::report::{estimate_csv, estimate_page, render_preview};
use crate::run::{EstimateRun, estimate, preview};

/// Runs the command; `typed` is the command line.
pub fn run(arguments: &EstimateArgs, typed: &[OsString], voice: Voice) -> anyhow::Result<()> {
    let run = EstimateRun::from(arguments);
    require_files(&[("-o", arguments.file.as_deref())], &read_for_target(&run.target))?;
    let progress = Spinner::new(voice.quiet);
    let text = if arguments.dry_run {
        let found = preview(&run.target, &progress)?;
        if arguments.format() == Output::Json { json(&found) } else { render_preview(&found) }
    } else {
        let found = estimate(&run, &progress)?;
        let is_coloured = voice.is_coloured(arguments.file.as_deref());
        let page = || estimate_page(&found).with_command(of_target(typed, &arguments.target, &[]));
        rendered(arguments.format(), &found, page, || estimate_csv(&found), is_coloured)?
    };
    drop(progress);
    deliver(&text, arguments.file.as_deref())
}
