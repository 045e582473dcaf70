//! `check`: a batch to a verdict and an exit code.

use std::io::IsTerminal;
use std::path::Path;
use std::process::ExitCode;

use anyhow::Context;
use jiff::civil::Date;

use super::args::CheckArgs;
use super::github;
use super::output::{complain, deliver, print_bytes};
use super::policy::{InForce, in_force};
use super::progress::Spinner;
use super::{INCONCLUSIVE, NOT_PASSED};
use crate::check::{Baseline, Check, OnInconclusive, Policy, PolicySettings, Verdict, short_percent};
use crate::report::{CheckOutput, headline, render_check, render_junit, render_policy};
use crate::run::{CheckRun, check};

/// Runs the command: 0 passed, 1 failed, 3 inconclusive where that is asked to be told.
pub fn run(arguments: &CheckArgs, quiet: bool) -> anyhow::Result<ExitCode> {
    let in_force = in_force(arguments)?;
    if arguments.show_policy {
        let text = match arguments.output {
            CheckOutput::Json => serde_json::to_string_pretty(&in_force.table)? + "\n",
            _ => render_policy(&in_force.table),
        };
        deliver(&text, arguments.file.as_deref())?;
        return Ok(ExitCode::SUCCESS);
    }
    let policy = Policy::new(in_force.settings.clone())?;
    let baseline = read_baseline(&in_force)?;
    let progress = Spinner::new(quiet);
    let today = today(arguments, &in_force.settings)?;
    let run = CheckRun {
        baseline: in_force.baseline.zip(baseline),
        in_force: in_force.table,
        power: arguments.power,
        ..CheckRun::new(in_force.target, policy, today)
    };
    let check = check(&run, &progress)?;
    drop(progress);
    write(arguments, &check, quiet)?;
    Ok(match (check.verdict, check.on_inconclusive) {
        (Verdict::Fail, _) => ExitCode::from(NOT_PASSED),
        (Verdict::Inconclusive, OnInconclusive::Fail) => ExitCode::from(INCONCLUSIVE),
        _ => ExitCode::SUCCESS,
    })
}

/// A baseline and a limit for the increase need each other.
fn read_baseline(in_force: &InForce) -> anyhow::Result<Option<Baseline>> {
    match (&in_force.baseline, in_force.settings.max_increase) {
        (None, None) => Ok(None),
        (None, Some(most)) => anyhow::bail!(
            "an increase of at most {} points needs a baseline to be measured from [--baseline FILE, the JSON of an earlier check]",
            short_percent(most)
        ),
        (Some(path), None) => anyhow::bail!(
            "{}: a baseline is of no use without the increase that is allowed [--max-increase 0.05]",
            path.display()
        ),
        (Some(path), Some(_)) => {
            let text = std::fs::read_to_string(path).with_context(|| format!("{}: cannot read", path.display()))?;
            Ok(Some(Baseline::parse(&text).with_context(|| path.display().to_string())?))
        }
    }
}

/// The day on which exemptions are looked at; the clock is asked only where there are some.
fn today(arguments: &CheckArgs, settings: &PolicySettings) -> anyhow::Result<Date> {
    if let Some(today) = arguments.today {
        return Ok(today);
    }
    if settings.exemptions.is_empty() {
        return Ok(Date::ZERO);
    }
    let now = match std::env::var("SOURCE_DATE_EPOCH") {
        Ok(seconds) => {
            let parsed = seconds.parse().ok().and_then(|seconds| jiff::Timestamp::from_second(seconds).ok());
            parsed.with_context(|| format!("SOURCE_DATE_EPOCH={seconds}: not seconds since 1970"))?
        }
        Err(_) => jiff::Timestamp::now(),
    };
    Ok(jiff::tz::TimeZone::UTC.to_datetime(now).date())
}

/// Everything that leaves: files first, so that what is printed was done.
fn write(arguments: &CheckArgs, check: &Check, quiet: bool) -> anyhow::Result<()> {
    if let Some(path) = &arguments.junit {
        deliver(&render_junit(check), Some(path))?;
    }
    github::append_files(check)?;
    let is_printed = arguments.file.is_none();
    let styled = is_printed && has_colours(arguments.color);
    deliver(&render_check(check, arguments.output, styled), arguments.file.as_deref())?;
    if github::is_here() {
        let text = github::annotations(check);
        // GitHub reads both; JSON or Markdown on standard output is for another program.
        if is_printed && arguments.output != CheckOutput::Summary {
            text.lines().for_each(complain);
        } else {
            print_bytes(text.as_bytes())?;
        }
    } else {
        warn_aloud(check, arguments.file.as_deref(), quiet);
    }
    Ok(())
}

/// An inconclusive check that goes through is said on standard error.
fn warn_aloud(check: &Check, file: Option<&Path>, quiet: bool) {
    let is_warned = check.verdict == Verdict::Inconclusive && check.on_inconclusive == OnInconclusive::Warn;
    if is_warned && !quiet {
        complain(&format!("warning: inconclusive: {}", headline(check)));
    } else if file.is_some() && !quiet {
        complain(&format!("{}: {}", check.verdict.name(), headline(check)));
    }
}

/// Whether standard output is to be coloured.
fn has_colours(choice: clap::ColorChoice) -> bool {
    match choice {
        clap::ColorChoice::Always => true,
        clap::ColorChoice::Never => false,
        clap::ColorChoice::Auto => {
            let is_off = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
            !is_off && std::io::stdout().is_terminal()
        }
    }
}
