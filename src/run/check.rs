//! Judges a batch by a policy.

use std::path::PathBuf;

use jiff::civil::Date;

use super::error::RunError;
use super::options::TargetOptions;
use super::target::Target;
use crate::check::{
    Baseline, Check, CheckWarning, GroupCheck, MadeWith, OnMisfit, Plan, Policy, PolicyInForce, PowerModel, Standing,
    Verdict, judge, set_aside,
};
use crate::estimate::{EstimateOptions, Group, GroupEstimate, IntervalMethod, MIN_TARGET_UNITS, groups, strata_of};
use crate::progress::Progress;

/// The kind of interval that decides.
const INTERVAL: IntervalMethod = IntervalMethod::Score;

/// A batch to check, and what to check it against.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct CheckRun {
    /// The batch, with the reference and the settings that it is estimated with; its level is the policy's.
    pub target: TargetOptions,
    /// The policy, which says what is allowed.
    pub policy: Policy,
    /// The origin of each value of the policy, for the record.
    pub in_force: PolicyInForce,
    /// An earlier result to compare with, and its file.
    pub baseline: Option<(PathBuf, Baseline)>,
    /// The day as of which exemptions are evaluated.
    pub today: Date,
    /// Whether to compute the smallest share that would be noticed at this size.
    pub power: bool,
}

impl CheckRun {
    /// Returns a check of `target` against `policy` as of `today`, without a baseline.
    pub fn new(target: TargetOptions, policy: Policy, today: Date) -> CheckRun {
        CheckRun { target, policy, in_force: PolicyInForce(vec![]), baseline: None, today, power: false }
    }

    /// Sets the origin of each value of the policy, for the record.
    pub fn in_force(self, in_force: PolicyInForce) -> CheckRun {
        CheckRun { in_force, ..self }
    }

    /// Sets an earlier result to compare with, and its file.
    pub fn baseline(self, path: impl Into<PathBuf>, baseline: Baseline) -> CheckRun {
        CheckRun { baseline: Some((path.into(), baseline)), ..self }
    }

    /// Sets whether to compute the smallest share that would be noticed at this size.
    pub fn power(self, power: bool) -> CheckRun {
        CheckRun { power, ..self }
    }
}

/// Judges every group of a batch by its interval: above the limit, below it, or neither.
///
/// The shares are those of [`estimate`](super::estimate), the rule is that of [`judge`](crate::check::judge()).
///
/// # Errors
/// Fails as [`estimate`](super::estimate) does, for a baseline made with other settings, and for a batch without any
/// text. Too little text is inconclusive, not an error.
///
/// # Examples
///
/// ```
/// use jiff::civil::date;
/// use llm_prevalence::check::{Policy, PolicySettings};
/// use llm_prevalence::progress::Silent;
/// use llm_prevalence::run::{CheckRun, InputOptions, TargetOptions, check};
///
/// # let folder = tempfile::tempdir()?;
/// # let path = folder.path().join("reviews.csv").display().to_string();
/// let rows = (0..40).map(|n| format!("{n},I liked part {n}. The proof in step {n} is wrong.\n"));
/// std::fs::write(&path, format!("id,text\n{}", rows.collect::<String>()))?;
/// let policy = Policy::new(PolicySettings::default().max(0.2))?;
/// let batch = TargetOptions::new(InputOptions::new([path]));
/// let found = check(&CheckRun::new(batch, policy, date(2026, 1, 1)), &Silent)?;
/// assert_eq!(found.groups.len(), 1);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn check(run: &CheckRun, progress: &dyn Progress) -> Result<Check, RunError> {
    let target = Target::read(&run.target, None, false, progress)?;
    if target.scored.table.documents().is_empty() {
        // This is neither a pass nor inconclusive: something went wrong before.
        return Err(RunError::NothingToJudge(target.scored.table.n_documents_without_units));
    }
    let baseline = run.baseline.as_ref().map(|(_, baseline)| baseline);
    if let Some((path, baseline)) = &run.baseline {
        let same = baseline.require_same(&made_with(&target, run));
        same.map_err(|error| RunError::Baseline(path.clone(), error))?;
    }
    progress.step("estimating");
    let (unit, settings) = (target.unit(), run.policy.settings());
    let groups = groups(&target.scored.table, &run.target.by)?;
    let options = target.estimate_options(INTERVAL);
    let has_bound = target.control.is_some() && strata_of(&target.reference, &options).is_some();
    let plan = Plan::new(&groups, unit, &run.policy, baseline, has_bound, run.today);
    let options = options.level(plan.level_each);
    let (estimates, placebos) = estimates(&target, &plan, &options)?;
    let mut checked = judge(&plan, estimates, unit, &run.policy, baseline);
    set_aside(&mut checked, &run.policy);
    if run.power {
        add_power(&mut checked, &groups, &plan, &target, &options, settings.max)?;
    }
    let verdicts = checked.iter().filter(|group| group.exemption.is_none()).filter_map(|group| group.verdict);
    let summary = target.summary(settings.level);
    let mut warnings = warnings(&plan, &checked, &placebos, baseline);
    warnings.extend(misfits_ignored(&checked, settings.misfit));
    warnings.extend(summary.notes().into_iter().map(CheckWarning::Input));
    Ok(Check {
        run: summary,
        warnings,
        verdict: Verdict::worst(verdicts),
        on_inconclusive: settings.inconclusive,
        n_intervals: plan.n_intervals,
        level_each: plan.level_each,
        groups: checked,
        policy: run.in_force.clone(),
    })
}

fn made_with(target: &Target<'_>, run: &CheckRun) -> MadeWith {
    MadeWith {
        reference_sha256: target.sha256.clone(),
        unit: target.unit(),
        scorer: Some(target.scorer),
        calibration: Some(run.target.calibration),
        has_control: target.control.is_some(),
        interval_method: INTERVAL,
    }
}

/// Returns the estimates of all groups of the plan, and those of the control.
fn estimates(
    target: &Target<'_>,
    plan: &Plan,
    options: &EstimateOptions,
) -> Result<(Vec<GroupEstimate>, Vec<GroupEstimate>), RunError> {
    if plan.groups.iter().all(|group| group.n_units < MIN_TARGET_UNITS) {
        let unit = target.unit();
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
    target: &Target<'_>,
    options: &EstimateOptions,
    max: Option<f64>,
) -> Result<(), RunError> {
    let max = max.ok_or(RunError::PowerWithoutMax)?;
    if plan.groups.iter().all(|group| group.standing != Standing::Judged) {
        return Ok(());
    }
    let control = target.control.as_ref().map(|(control, _)| &control.table);
    let model = PowerModel::new(&target.reference, control, options)?;
    for ((group, planned), found) in groups.iter().zip(&plan.groups).zip(checked) {
        if planned.standing == Standing::Judged {
            found.power = Some(model.smallest_noticed(group, max, plan.level_each));
        }
    }
    Ok(())
}

/// Returns the warnings about the run as a whole.
fn warnings(
    plan: &Plan,
    checked: &[GroupCheck],
    placebos: &[GroupEstimate],
    baseline: Option<&Baseline>,
) -> Vec<CheckWarning> {
    let mut warnings = plan.warnings.clone();
    let here = checked.iter().map(|group| group.estimate.group.as_slice());
    let gone = baseline.map_or_else(Vec::new, |baseline| baseline.names_missing_in(here));
    if !gone.is_empty() {
        warnings.push(CheckWarning::Gone(gone));
    }
    if placebos.iter().any(|placebo| placebo.interval().is_some_and(|interval| interval.lower > 0.0)) {
        warnings.push(CheckWarning::ControlAboveZero);
    }
    warnings
}

/// Returns a warning for each group that is decided although the reference does not fit it, because the policy says so.
///
/// The bound of documents decides such groups under any policy, as it does not depend on the fit.
fn misfits_ignored(checked: &[GroupCheck], misfit: OnMisfit) -> Vec<CheckWarning> {
    let is_ignored = |group: &&GroupCheck| {
        let is_decided = group.verdict.is_some_and(|verdict| verdict != Verdict::Inconclusive);
        misfit == OnMisfit::Ignore && is_decided && group.estimate.is_misfit()
    };
    checked.iter().filter(is_ignored).map(|group| CheckWarning::MisfitIgnored(group.name())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::estimate::ShareEstimate;
    use crate::interval::{Interval, Misfit};
    use crate::tokenize::UnitRule;

    /// A group may be decided by its bound though it does not fit, and nobody has ignored anything then.
    #[test]
    fn only_a_policy_that_ignores_misfits_is_said_to() {
        let outcome = ShareEstimate {
            misfit: Some(Misfit { distance: 0.2, tolerance: 0.05, p_value: 0.001, flagged: true }),
            ..ShareEstimate::new(0.5, 0.01, Interval { lower: 0.4, upper: 0.6 })
        };
        let estimate =
            GroupEstimate { outcome: Some(outcome), ..GroupEstimate::too_small(vec![], 100, 2000, UnitRule::Document) };
        let mut group = GroupCheck::unjudged(estimate);
        let said = |group: &GroupCheck, misfit| misfits_ignored(std::slice::from_ref(group), misfit).len();
        assert_eq!(said(&group, OnMisfit::Ignore), 0);
        group.verdict = Some(Verdict::Fail);
        assert_eq!((said(&group, OnMisfit::Ignore), said(&group, OnMisfit::Inconclusive)), (1, 0));
        group.verdict = Some(Verdict::Inconclusive);
        assert_eq!(said(&group, OnMisfit::Ignore), 0);
    }
}
