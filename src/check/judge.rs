//! Turns estimates into verdicts.

use super::baseline::{Baseline, BaselineGroup};
use super::plan::{Needed, Plan, PlannedGroup, Standing};
use super::policy::{OnMisfit, Policy, PolicySettings};
use super::record::GroupCheck;
use super::verdict::{Reason, ReasonCode, Verdict};
use crate::estimate::GroupEstimate;
use crate::interval::{Difference, Interval, difference};
use crate::numbers::{counted, level, limit, percent, signed};
use crate::tokenize::UnitRule;

/// Judges every group of `plan` by its estimate, at the plan's level; `estimates` are in the plan's order.
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

/// Makes every verdict inconclusive if the texts are unlike those of the reference, unless the policy ignores misfits.
/// `warnings` say how the texts differ; without any, nothing changes.
pub fn set_aside(groups: &mut [GroupCheck], warnings: &[String], policy: &Policy) {
    if warnings.is_empty() || policy.settings().misfit == OnMisfit::Ignore {
        return;
    }
    let message = warnings.join("; ");
    for group in groups.iter_mut().filter(|group| group.exemption.is_none() && group.verdict.is_some()) {
        let (code, verdict, message) = (ReasonCode::UnlikeText, Verdict::Inconclusive, message.clone());
        group.reasons.push(Reason { code, verdict, message });
        group.verdict = Some(verdict);
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
        if let Some(max) = self.settings.max {
            found.reasons.push(self.against_max(alpha, interval, max));
            found.reasons.extend(self.bound_above_max(&found.estimate, max));
        }
        if let Some(most) = self.settings.max_increase {
            match self.baseline.and_then(|baseline| baseline.group_at(&group.values, self.level)) {
                Some(earlier) => {
                    let increase = difference((earlier.alpha, earlier.interval), (alpha, interval), self.level);
                    found.reasons.push(self.against_increase(&earlier, increase, most));
                    (found.baseline, found.increase) = (Some(earlier), Some(increase));
                }
                None => found.reasons.push(Reason {
                    code: ReasonCode::NotInBaseline,
                    verdict: Verdict::Inconclusive,
                    message: "the baseline has no estimate of this group to compare with".to_owned(),
                }),
            }
        }
        let misfit = found.estimate.misfit().filter(|misfit| misfit.flagged);
        if let Some(misfit) = misfit.filter(|_| self.settings.misfit == OnMisfit::Inconclusive) {
            found.reasons.push(Reason {
                code: ReasonCode::Misfit,
                verdict: Verdict::Inconclusive,
                message: format!(
                    "LLM share {} % of {}s ({}), neither pass nor fail, because the reference does not fit this text (misfit {:.3}; up to {} \
                     counts as a fit)",
                    percent(alpha, 2),
                    self.unit,
                    self.interval(interval, "%"),
                    misfit.distance,
                    misfit.tolerance
                ),
            });
        }
    }

    fn against_max(&self, alpha: f64, interval: Interval, max: f64) -> Reason {
        let verdict = Verdict::of(interval, max);
        let (code, relation) = match verdict {
            Verdict::Pass => (ReasonCode::WithinMax, "at most"),
            Verdict::Fail => (ReasonCode::AboveMax, "above"),
            Verdict::Inconclusive => (ReasonCode::NotToldFromMax, "cannot be distinguished from"),
        };
        let message = format!(
            "LLM share {} % of {}s ({}): {relation} {} %",
            percent(alpha, 2),
            self.unit,
            self.interval(interval, "%"),
            limit(max)
        );
        Reason { code, verdict, message }
    }

    /// Returns a reason if the lower bound of documents beyond the control is above `max`; sentences have no bound.
    fn bound_above_max(&self, estimate: &GroupEstimate, max: f64) -> Option<Reason> {
        let bound = estimate.outcome.as_ref()?.strata?.bound?;
        (self.unit == UnitRule::Document && bound.documents > max).then(|| Reason {
            code: ReasonCode::BoundAboveMax,
            verdict: Verdict::Fail,
            message: format!(
                "at least {} % of documents have LLM text, whatever the LLM, if people write like an LLM at most {:.1} times as often as \
                 in the control: above {} %",
                percent(bound.documents, 2),
                bound.rho,
                limit(max)
            ),
        })
    }

    fn against_increase(&self, earlier: &BaselineGroup, increase: Difference, most: f64) -> Reason {
        let verdict = Verdict::of(increase.interval, most);
        let (code, relation) = match verdict {
            Verdict::Pass => (ReasonCode::WithinIncrease, "at most"),
            Verdict::Fail => (ReasonCode::AboveIncrease, "above"),
            Verdict::Inconclusive => (ReasonCode::NotToldFromIncrease, "cannot be distinguished from"),
        };
        let message = format!(
            "{} points on the baseline's {} % ({}): {relation} an increase of {} points",
            signed(increase.difference, 2),
            percent(earlier.alpha, 2),
            self.interval(increase.interval, "points"),
            limit(most)
        );
        Reason { code, verdict, message }
    }

    fn interval(&self, interval: Interval, name: &str) -> String {
        format!(
            "{} % interval {} to {} {name}",
            level(self.level),
            percent(interval.lower, 2),
            percent(interval.upper, 2)
        )
    }

    fn too_small(&self, group: &PlannedGroup, needed: Needed) -> Reason {
        let has_sentences = self.unit == UnitRule::Sentence;
        let list = |documents: Option<usize>, units: Option<usize>| {
            let units = units.map(|n| counted(n, "sentence"));
            documents.map(|n| counted(n, "document")).into_iter().chain(units).collect::<Vec<_>>().join(" and ")
        };
        let found = list(Some(group.n_documents), has_sentences.then_some(group.n_units));
        let more = if has_sentences {
            list(Some(needed.documents).filter(|n| *n > 0), Some(needed.units).filter(|n| *n > 0))
        } else {
            list(Some(needed.documents.max(needed.units)), None)
        };
        let message = format!("too small to judge: {found}; it needs {more} more");
        Reason { code: ReasonCode::TooSmall, verdict: Verdict::Inconclusive, message }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::estimate::{MixedShare, ShareEstimate, StrataShare};
    use crate::interval::Misfit;
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
            control_lacks_venue: false,
            bound: None,
        }
    }

    #[test]
    fn texts_unlike_those_of_the_reference_are_set_aside() {
        let judged = |warnings: &[String], misfit| {
            let mut group = GroupCheck::unjudged(misfitting(0.3, 0.4));
            group.verdict = Some(Verdict::Fail);
            let policy = Policy::new(PolicySettings { max: Some(0.2), misfit, ..PolicySettings::default() }).unwrap();
            set_aside(std::slice::from_mut(&mut group), warnings, &policy);
            (group.verdict, group.message())
        };
        let warnings = ["sentences are long".to_owned()];
        let (verdict, message) = judged(&warnings, OnMisfit::Inconclusive);
        assert_eq!((verdict, message.as_str()), (Some(Verdict::Inconclusive), "sentences are long"));
        assert_eq!(judged(&warnings, OnMisfit::Ignore).0, Some(Verdict::Fail));
        assert_eq!(judged(&[], OnMisfit::Inconclusive).0, Some(Verdict::Fail));
    }
}
