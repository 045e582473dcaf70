//! Turns estimates into verdicts.

use super::baseline::{Baseline, BaselineGroup};
use super::plan::{Needed, Plan, PlannedGroup, Standing};
use super::policy::{OnMisfit, Policy, PolicySettings};
use super::reason::{Basis, JudgedShare, Reason, ReasonCode};
use super::record::GroupCheck;
use super::verdict::Verdict;
use crate::estimate::GroupEstimate;
use crate::interval::{Difference, difference};
use crate::tokenize::UnitRule;

/// Judges every group of `plan` by its estimate, at the plan's level; `estimates` are in the plan's order.
///
/// An interval above the limit fails, one that ends at or below it passes, and one that contains it is inconclusive, as is a
/// group that the reference does not fit. Limits are shares, 0 to 1.
///
/// ```
/// use jiff::civil::date;
/// use llm_prevalence::check::{Plan, Policy, PolicySettings, judge};
/// use llm_prevalence::estimate::{EstimateOptions, estimate, groups};
/// use llm_prevalence::tokenize::UnitRule;
/// use llm_prevalence::{Estimator, Reference};
///
/// let texts: Vec<String> = (0..120).map(|n| format!("I liked part {n}. The proof in step {n} is wrong.")).collect();
/// let reference = Reference::embedded("abstracts")?;
/// let table = Estimator::new(&reference).score(&texts);
/// let policy = Policy::new(PolicySettings::default().max(0.2))?;
/// let plan = Plan::new(&groups(&table, &[])?, UnitRule::Sentence, &policy, None, false, date(2026, 1, 1));
/// let estimates = estimate(&table, &reference, &EstimateOptions::default().level(plan.level_each))?;
/// let judged = judge(&plan, estimates, UnitRule::Sentence, &policy, None);
/// assert!(judged[0].verdict.is_some());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn judge(
    plan: &Plan,
    estimates: Vec<GroupEstimate>,
    unit: UnitRule,
    policy: &Policy,
    baseline: Option<&Baseline>,
) -> Vec<GroupCheck> {
    let judge = Judge { settings: policy.settings(), unit, level: plan.level_each, baseline };
    plan.groups.iter().zip(estimates).map(|(group, estimate)| judge.group(group, estimate)).collect()
}

/// Makes the verdict of every group inconclusive whose texts are unlike those of the reference, unless the policy ignores misfits.
pub(crate) fn set_aside(groups: &mut [GroupCheck], policy: &Policy) {
    if policy.settings().misfit == OnMisfit::Ignore {
        return;
    }
    let is_judged = |group: &&mut GroupCheck| group.exemption.is_none() && group.verdict.is_some();
    for group in groups.iter_mut().filter(is_judged).filter(|group| group.estimate.unlike_text) {
        let basis = Basis::UnlikeText(group.estimate.unlike_because.clone());
        group.reasons.push(Reason::inconclusive(ReasonCode::UnlikeText, basis));
        group.verdict = Some(Verdict::Inconclusive);
    }
}

/// The settings that all groups are judged with.
struct Judge<'a> {
    settings: &'a PolicySettings,
    unit: UnitRule,
    level: f64,
    baseline: Option<&'a Baseline>,
}

impl Judge<'_> {
    fn group(&self, group: &PlannedGroup, estimate: GroupEstimate) -> GroupCheck {
        let mut found = GroupCheck::unjudged(estimate);
        match &group.standing {
            Standing::Exempt(exemption) => found.exemption = Some(exemption.clone()),
            Standing::TooSmall(needed) => {
                found.needed = Some(*needed);
                found.reasons.push(self.too_small(group, *needed));
            }
            Standing::Judged => self.judged(group, &mut found),
        }
        if found.exemption.is_none() {
            let of_reasons = |reasons: &[Reason]| Verdict::worst(reasons.iter().map(|reason| reason.verdict));
            // A misfit means that the intervals answer the wrong question, also if they would fail.
            let of_code = |code: ReasonCode| found.reasons.iter().find(|reason| reason.code == code);
            // The bound holds whatever the LLM is, and does not depend on the model that a misfit is of.
            let decisive = of_code(ReasonCode::BoundAboveMax).or_else(|| of_code(ReasonCode::Misfit));
            found.verdict = Some(decisive.map_or_else(|| of_reasons(&found.reasons), |reason| reason.verdict));
        }
        found
    }

    fn judged(&self, group: &PlannedGroup, found: &mut GroupCheck) {
        let (Some(alpha), Some(interval)) = (found.estimate.alpha(), found.estimate.interval()) else {
            return;
        };
        let share = JudgedShare { alpha, interval, level: self.level, unit: self.unit };
        if let Some(max) = self.settings.max {
            found.reasons.push(against_max(share, max));
            found.reasons.extend(self.bound_above_max(&found.estimate, max));
        }
        if let Some(most) = self.settings.max_increase {
            match self.baseline.and_then(|baseline| baseline.group_at(&group.values, self.level)) {
                Some(earlier) => {
                    let increase = difference((earlier.alpha, earlier.interval), (alpha, interval), self.level);
                    found.reasons.push(self.against_increase(&earlier, increase, most));
                    (found.baseline, found.increase) = (Some(earlier), Some(increase));
                }
                None => found.reasons.push(Reason::inconclusive(ReasonCode::NotInBaseline, Basis::NoBaseline)),
            }
        }
        let misfit = found.estimate.misfit().filter(|misfit| misfit.flagged);
        if let Some(misfit) = misfit.filter(|_| self.settings.misfit == OnMisfit::Inconclusive) {
            found.reasons.push(Reason::inconclusive(ReasonCode::Misfit, Basis::Misfit { share, misfit }));
        }
    }

    /// Returns a reason if the lower bound of documents beyond the control is above `max`; sentences have no bound.
    fn bound_above_max(&self, estimate: &GroupEstimate, max: f64) -> Option<Reason> {
        let bound = estimate.outcome.as_ref()?.strata?.bound?;
        let basis = Basis::Bound { documents: bound.documents, rho: bound.rho, max };
        let reason = Reason { code: ReasonCode::BoundAboveMax, verdict: Verdict::Fail, basis };
        (self.unit == UnitRule::Document && bound.documents > max).then_some(reason)
    }

    fn against_increase(&self, earlier: &BaselineGroup, increase: Difference, most: f64) -> Reason {
        let (increase, interval) = (increase.difference, increase.interval);
        let verdict = Verdict::of(interval, most);
        let code = match verdict {
            Verdict::Pass => ReasonCode::WithinIncrease,
            Verdict::Fail => ReasonCode::AboveIncrease,
            Verdict::Inconclusive => ReasonCode::NotToldFromIncrease,
        };
        let basis = Basis::Increase { earlier: earlier.alpha, increase, interval, level: self.level, most };
        Reason { code, verdict, basis }
    }

    fn too_small(&self, group: &PlannedGroup, needed: Needed) -> Reason {
        let n_sentences = (self.unit == UnitRule::Sentence).then_some(group.n_units);
        let basis = Basis::Size { n_documents: group.n_documents, n_sentences, needed };
        Reason::inconclusive(ReasonCode::TooSmall, basis)
    }
}

fn against_max(share: JudgedShare, max: f64) -> Reason {
    let verdict = Verdict::of(share.interval, max);
    let code = match verdict {
        Verdict::Pass => ReasonCode::WithinMax,
        Verdict::Fail => ReasonCode::AboveMax,
        Verdict::Inconclusive => ReasonCode::NotToldFromMax,
    };
    Reason { code, verdict, basis: Basis::Share { share, max } }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::estimate::{MixedShare, ShareEstimate, StrataShare};
    use crate::interval::{Interval, Misfit};
    use crate::two_level::{Bound, HumanText};

    /// Returns a group with this interval, which the reference does not fit.
    fn misfitting(lower: f64, upper: f64) -> GroupEstimate {
        let found = ShareEstimate {
            misfit: Some(Misfit { distance: 0.2, tolerance: 0.05, p_value: 0.001, flagged: true }),
            ..ShareEstimate::new((lower + upper) / 2.0, 0.01, Interval { lower, upper })
        };
        GroupEstimate { outcome: Some(found), ..GroupEstimate::too_small(vec![], 100, 2000, UnitRule::Sentence) }
    }

    #[test]
    fn a_misfit_takes_back_a_pass_and_a_fail_unless_it_is_ignored() {
        let verdict = |lower, upper, misfit| {
            let group = PlannedGroup { values: vec![], n_documents: 100, n_units: 2000, standing: Standing::Judged };
            let plan = Plan { groups: vec![group], n_intervals: 1, level_each: 0.95, warnings: vec![] };
            let policy = Policy::new(PolicySettings { max: Some(0.2), misfit, ..PolicySettings::default() }).unwrap();
            judge(&plan, vec![misfitting(lower, upper)], UnitRule::Sentence, &policy, None)[0].verdict
        };
        for (lower, upper, of_interval) in [(0.3, 0.4, Verdict::Fail), (0.0, 0.1, Verdict::Pass)] {
            assert_eq!(verdict(lower, upper, OnMisfit::Inconclusive), Some(Verdict::Inconclusive));
            assert_eq!(verdict(lower, upper, OnMisfit::Ignore), Some(of_interval));
        }
    }

    #[test]
    fn the_bound_fails_documents_even_where_the_reference_does_not_fit() {
        let verdict = |documents: f64, unit: UnitRule| {
            let mut group = misfitting(0.1, 0.9);
            let strata = StrataShare {
                bound: Some(Bound {
                    documents,
                    rho: 2.0,
                    breakdown: 5.0,
                    upper_generated: None,
                    upper_rewritten: None,
                }),
                ..strata_share()
            };
            group.outcome.as_mut().unwrap().strata = Some(strata);
            let planned = PlannedGroup { values: vec![], n_documents: 100, n_units: 2000, standing: Standing::Judged };
            let plan = Plan { groups: vec![planned], n_intervals: 1, level_each: 0.95, warnings: vec![] };
            let policy = Policy::new(PolicySettings { max: Some(0.2), ..PolicySettings::default() }).unwrap();
            judge(&plan, vec![group], unit, &policy, None)[0].verdict
        };
        assert_eq!(verdict(0.3, UnitRule::Document), Some(Verdict::Fail));
        assert_eq!(verdict(0.2, UnitRule::Document), Some(Verdict::Inconclusive));
        // A share of documents is not one of sentences.
        assert_eq!(verdict(0.3, UnitRule::Sentence), Some(Verdict::Inconclusive));
    }

    fn strata_share() -> StrataShare {
        let mixed = MixedShare { share: 0.0, interval: Interval { lower: 0.0, upper: 0.1 }, documents: 0.0 };
        StrataShare {
            mixed,
            llm_documents: 0.5,
            human_text: HumanText::OfControl,
            is_unlike: false,
            n_control: 0,
            control_share: 0.0,
            control_lacks_venue: false,
            bound: None,
        }
    }

    #[test]
    fn texts_unlike_those_of_the_reference_are_set_aside() {
        let judged = |warnings: &[String], misfit| {
            let mut group = GroupCheck::unjudged(misfitting(0.3, 0.4));
            group.verdict = Some(Verdict::Fail);
            group.estimate.unlike_because = warnings.to_vec();
            group.estimate.unlike_text = !warnings.is_empty();
            let policy = Policy::new(PolicySettings { max: Some(0.2), misfit, ..PolicySettings::default() }).unwrap();
            set_aside(std::slice::from_mut(&mut group), &policy);
            (group.verdict, group.reasons)
        };
        let warnings = ["sentences are long".to_owned()];
        let (verdict, reasons) = judged(&warnings, OnMisfit::Inconclusive);
        assert_eq!((verdict, reasons[0].code), (Some(Verdict::Inconclusive), ReasonCode::UnlikeText));
        assert_eq!(judged(&warnings, OnMisfit::Ignore).0, Some(Verdict::Fail));
        assert_eq!(judged(&[], OnMisfit::Inconclusive).0, Some(Verdict::Fail));
    }
}
