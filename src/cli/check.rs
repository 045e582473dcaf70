//! Runs `check`: judges a batch, and returns the exit code.

use std::ffi::OsString;
use std::path::Path;

use anyhow::Context;
use jiff::civil::Date;

use super::args::{CheckArgs, CheckOutput};
use super::codes::{INCONCLUSIVE, NOT_PASSED};
use super::github;
use super::output::{Voice, complain, deliver, json, print_bytes};
use super::place::{read_for_target, require_files};
use super::policy::{InForce, in_force};
use super::policy_file::read_text;
use super::progress::Spinner;
use super::typed::of_target;
use crate::check::{Baseline, Check, OnInconclusive, Policy, PolicySettings, Verdict};
use crate::numbers::limit;
use crate::progress::Progress;
use crate::report::{check_page, headline, policy_page, render_junit};
use crate::run::{CheckRun, TargetOptions, check};

/// Runs the command, of which `typed` is the command line, and returns the exit code: 1 failed, 3 inconclusive if that is to be
/// told, else 0.
pub fn run(arguments: &CheckArgs, typed: &[OsString], voice: Voice) -> anyhow::Result<u8> {
    let in_force = in_force(arguments)?;
    require_files(&[("-o", arguments.file.as_deref()), ("--junit", arguments.junit.as_deref())], &read(&in_force))?;
    if arguments.show_policy {
        let text = match arguments.format() {
            CheckOutput::Json => json(&in_force.table),
            CheckOutput::Markdown => policy_page(&in_force.table).markdown(),
            CheckOutput::Html => policy_page(&in_force.table).html()?,
            CheckOutput::Summary => policy_page(&in_force.table).terminal(voice.is_coloured(arguments.file.as_deref())),
        };
        deliver(&text, arguments.file.as_deref())?;
        return Ok(0);
    }
    let progress = Spinner::new(voice.quiet);
    let check = examine(arguments, in_force, &progress)?;
    drop(progress);
    write(arguments, typed, &check, voice)?;
    Ok(match (check.verdict, check.on_inconclusive) {
        (Verdict::Fail, _) => NOT_PASSED,
        (Verdict::Inconclusive, OnInconclusive::Fail) => INCONCLUSIVE,
        _ => 0,
    })
}

/// Returns what a check reads: its target, its baseline and its policy file.
fn read(in_force: &InForce) -> Vec<String> {
    let others = in_force.baseline.iter().chain(&in_force.policy_file).map(|path| path.display().to_string());
    read_for_target(&in_force.target).into_iter().chain(others).collect()
}

/// Judges the batch that the arguments name; `change` adds to its target.
pub fn judge(
    arguments: &CheckArgs,
    progress: &dyn Progress,
    change: impl FnOnce(&mut TargetOptions),
) -> anyhow::Result<Check> {
    let mut in_force = in_force(arguments)?;
    change(&mut in_force.target);
    examine(arguments, in_force, progress)
}

fn examine(arguments: &CheckArgs, in_force: InForce, progress: &dyn Progress) -> anyhow::Result<Check> {
    let policy = Policy::new(in_force.settings.clone())?;
    let baseline = read_baseline(&in_force)?;
    let today = today(arguments, &in_force.settings)?;
    let run = CheckRun {
        baseline: in_force.baseline.zip(baseline),
        in_force: in_force.table,
        power: arguments.power,
        ..CheckRun::new(in_force.target, policy, today)
    };
    Ok(check(&run, progress)?)
}

/// Reads the baseline, if any; it and a limit for the increase need each other.
fn read_baseline(in_force: &InForce) -> anyhow::Result<Option<Baseline>> {
    match (&in_force.baseline, in_force.settings.max_increase) {
        (None, None) => Ok(None),
        (None, Some(most)) => anyhow::bail!(
            "a maximum increase of {} points needs a baseline to measure it from [--baseline FILE, the JSON of an earlier check]",
            limit(most)
        ),
        (Some(path), None) => anyhow::bail!(
            "{}: a baseline has no effect without a maximum increase [--max-increase 0.05]",
            path.display()
        ),
        (Some(path), Some(_)) => {
            let named_by = in_force.table.0.iter().find(|row| row.key == "baseline" && row.source != "flag");
            let what =
                format!("the baseline{}", named_by.map_or_else(String::new, |row| format!(" of {}", row.source)));
            let text = read_text(path, &what, "correct the path; in a policy file it begins at the file's folder")?;
            Ok(Some(Baseline::parse(&text).with_context(|| format!("{}, {what}", path.display()))?))
        }
    }
}

/// Returns the day as of which exemptions are evaluated; the clock is read only if there are some.
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

/// Writes all output: files first, so that what is printed was done.
fn write(arguments: &CheckArgs, typed: &[OsString], check: &Check, voice: Voice) -> anyhow::Result<()> {
    if let Some(path) = &arguments.junit {
        deliver(&render_junit(check), Some(path))?;
    }
    github::append_files(check)?;
    let is_printed = arguments.file.is_none();
    let file = arguments.file.as_deref();
    let page = || {
        let files = arguments.baseline.iter().chain(&arguments.policy).filter_map(|file| file.to_str());
        check_page(check).with_command(of_target(typed, &arguments.target, &files.collect::<Vec<_>>()))
    };
    let text = match arguments.format() {
        CheckOutput::Summary => page().terminal(voice.is_coloured(file)),
        CheckOutput::Json => json(check),
        CheckOutput::Markdown => page().markdown(),
        CheckOutput::Html => page().html()?,
    };
    deliver(&text, file)?;
    if github::is_here() {
        let text = github::annotations(check);
        // GitHub reads both streams; JSON or Markdown on standard output is for another program.
        if is_printed && arguments.format() != CheckOutput::Summary {
            text.lines().for_each(complain);
        } else {
            print_bytes(text.as_bytes())?;
        }
    } else {
        warn_aloud(check, arguments.file.as_deref(), voice.quiet);
    }
    Ok(())
}

/// Reports on standard error the verdict if the result is in a file, and that an inconclusive check goes through.
fn warn_aloud(check: &Check, file: Option<&Path>, quiet: bool) {
    if quiet {
        return;
    }
    if file.is_some() {
        complain(&format!("{}: {}", check.verdict.name(), headline(check)));
    }
    if check.verdict == Verdict::Inconclusive && check.on_inconclusive == OnInconclusive::Warn {
        complain(&format!(
            "warning: inconclusive, but the exit code is 0 [--inconclusive fail makes it {INCONCLUSIVE}]"
        ));
    }
}
