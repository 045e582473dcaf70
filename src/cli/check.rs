//! `check`: a batch to a verdict and an exit code.

use std::io::IsTerminal;
use std::path::Path;
use std::process::ExitCode;

use anyhow::Context;
use jiff::civil::Date;

use super::args::{CheckArgs, TargetArgs};
use super::github;
use super::output::{complain, deliver, print_bytes};
use super::policy::{InForce, in_force};
use super::progress::Spinner;
use super::target::Target;
use super::{INCONCLUSIVE, NOT_PASSED};
use crate::check::{
    Baseline, Check, GroupCheck, MadeWith, OnInconclusive, Plan, Policy, PolicySettings, PowerModel, Standing, Verdict,
    judge, short_percent,
};
use crate::estimate::{
    EstimateOptions, Group, GroupEstimate, IntervalMethod, MIN_TARGET_UNITS, SCHEMA_VERSION, ToolSummary, groups,
};
use crate::progress::Progress;
use crate::report::{CheckOutput, headline, render_check, render_junit, render_policy};

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
    let check = check(arguments, in_force, &policy, baseline.as_ref(), &progress)?;
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

fn check(
    arguments: &CheckArgs,
    in_force: InForce,
    policy: &Policy,
    baseline: Option<&Baseline>,
    progress: &dyn Progress,
) -> anyhow::Result<Check> {
    let InForce { settings, target: of_target, table, baseline: path, .. } = in_force;
    let target = Target::read(&of_target, None, false, progress)?;
    require_documents(&target)?;
    if let (Some(baseline), Some(path)) = (baseline, &path) {
        baseline.require_same(&made_with(&target, &of_target)).with_context(|| path.display().to_string())?;
    }
    progress.step("estimating");
    let unit = target.unit(&of_target);
    let groups = groups(&target.scored.table, &of_target.by)?;
    let k = target.scored.table.n_components;
    let plan = Plan::new(&groups, unit, k, policy, baseline, today(arguments, &settings)?);
    let options = EstimateOptions { level: plan.level_each, ..target.options(&of_target, IntervalMethod::Score) };
    let (estimates, placebos) = estimates(&target, &plan, &options)?;
    let mut checked = judge(&plan, estimates, unit, policy, baseline);
    if arguments.power {
        add_power(&mut checked, &groups, &plan, &target, &options, settings.max)?;
    }
    let verdicts = checked.iter().filter(|group| group.exemption.is_none()).filter_map(|group| group.verdict);
    Ok(Check {
        schema_version: SCHEMA_VERSION,
        tool: ToolSummary::default(),
        verdict: Verdict::worst(verdicts),
        on_inconclusive: settings.inconclusive,
        unit,
        level: settings.level,
        n_intervals: plan.n_intervals,
        level_each: plan.level_each,
        calibration: options.calibration,
        reference: target.reference_summary(&of_target),
        warnings: warnings(&plan, &checked, &placebos, baseline),
        groups: checked,
        policy: table,
        input: target.input,
        control: target.control.map(|(_, summary)| summary),
    })
}

/// Nothing to judge is never a pass, nor inconclusive: something went wrong before.
fn require_documents(target: &Target) -> anyhow::Result<()> {
    let n_left_out = target.scored.table.n_documents_without_units;
    anyhow::ensure!(
        !target.scored.table.documents().is_empty(),
        "no document with text in the input ({n_left_out} without any), so there is nothing to judge [check the input and --text-field]"
    );
    Ok(())
}

fn made_with(target: &Target, arguments: &TargetArgs) -> MadeWith {
    MadeWith {
        reference_sha256: target.sha256.clone(),
        unit: target.unit(arguments),
        scorer: Some(target.scorer),
        calibration: Some(arguments.calibration.into()),
        has_control: target.control.is_some(),
    }
}

/// The estimates of all groups of the plan, and those of the control.
fn estimates(
    target: &Target,
    plan: &Plan,
    options: &EstimateOptions,
) -> anyhow::Result<(Vec<GroupEstimate>, Vec<GroupEstimate>)> {
    let unit = options.unit.unwrap_or(target.reference.settings.unit);
    if plan.groups.iter().all(|group| group.n_units < MIN_TARGET_UNITS) {
        let small = plan.groups.iter();
        let small = small.map(|of| GroupEstimate::too_small(of.values.clone(), of.n_documents, of.n_units, unit));
        return Ok((small.collect(), vec![]));
    }
    Ok(target.estimate(options)?.into_iter().partition(|estimate| !estimate.placebo))
}

fn add_power(
    checked: &mut [GroupCheck],
    groups: &[Group<'_>],
    plan: &Plan,
    target: &Target,
    options: &EstimateOptions,
    max: Option<f64>,
) -> anyhow::Result<()> {
    let max = max.context("--power says what share above --max would be noticed [give --max]")?;
    let control = target.control.as_ref().map(|(control, _)| &control.table);
    let model = PowerModel::new(&target.reference, control, options)?;
    for ((group, planned), found) in groups.iter().zip(&plan.groups).zip(checked) {
        if planned.standing == Standing::Judged {
            found.power = Some(model.smallest_noticed(group, max, plan.level_each));
        }
    }
    Ok(())
}

/// What concerns the run as a whole.
fn warnings(
    plan: &Plan,
    checked: &[GroupCheck],
    placebos: &[GroupEstimate],
    baseline: Option<&Baseline>,
) -> Vec<String> {
    let mut warnings = plan.warnings.clone();
    let here = checked.iter().map(|group| group.estimate.group.as_slice());
    let gone = baseline.map_or_else(Vec::new, |baseline| baseline.names_missing_in(here));
    if !gone.is_empty() {
        warnings.push(format!("in the baseline, and not in this input: {}", gone.join(", ")));
    }
    let ignored = checked.iter().filter(|group| {
        let is_decided = group.verdict.is_some_and(|verdict| verdict != Verdict::Inconclusive);
        is_decided && group.estimate.is_misfit()
    });
    warnings.extend(ignored.map(|group| {
        format!(
            "{}: the reference does not fit this text, which the policy ignores; the share may be far off",
            group.name()
        )
    }));
    if placebos.iter().any(|placebo| placebo.interval().is_some_and(|interval| interval.lower > 0.0)) {
        warnings.push(
            "documents of the control itself read above 0, so this check is not to be trusted; `estimate` shows them"
                .to_owned(),
        );
    }
    warnings
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
