//! The errors that a control's own groups show: each is judged without itself, and should read 0.

use statrs::distribution::{ContinuousCDF, Normal};

use super::record::{GroupEstimate, ShareEstimate, group_name};
use super::strata::MIN_TILT_DOCUMENTS;
use crate::numbers::percent;
use crate::reference::HUMAN;

/// A group of the control whose interval excludes 0, though no LLM wrote it.
struct Placebo {
    group: Vec<(String, Option<String>)>,
    n_documents: usize,
    /// Lower end of its interval, 0 to 1: what the interval lacks to hold 0.
    lack: f64,
}

/// Lowers the lower ends of every target by the most that a placebo's interval excludes 0 by, and says so: as much human text
/// of the target may read as an LLM's. Only placebos count that were judged by enough of the rest of the control; of a control of one
/// group there is no rest. Placebos of the target's venue or field stand for it where the control has enough of them.
pub(super) fn allow_for_placebos(groups: &mut [GroupEstimate]) {
    let placebos: Vec<Placebo> = groups.iter().filter(|group| group.placebo).filter_map(Placebo::of).collect();
    for target in groups.iter_mut().filter(|group| !group.placebo) {
        let of_kind = of_kind(&target.group, &placebos);
        let worst = of_kind.into_iter().max_by(|a, b| a.lack.total_cmp(&b.lack)).filter(|worst| worst.lack > 0.0);
        let found = target.outcome.as_mut().filter(|found| found.strata.is_some());
        if let (Some(worst), Some(found)) = (worst, found) {
            found.allow_for(worst.lack);
            target.warnings.push(worst.warning());
        }
    }
}

/// Keeps the placebos that have the target's value in a column, for each column in which enough documents do: those that
/// the target was judged by.
fn of_kind<'a>(target: &[(String, Option<String>)], placebos: &'a [Placebo]) -> Vec<&'a Placebo> {
    let mut kept: Vec<&Placebo> = placebos.iter().collect();
    for value in target {
        let same: Vec<&Placebo> = kept.iter().copied().filter(|placebo| placebo.group.contains(value)).collect();
        if same.iter().map(|placebo| placebo.n_documents).sum::<usize>() >= MIN_TILT_DOCUMENTS {
            kept = same;
        }
    }
    kept
}

impl Placebo {
    fn of(group: &GroupEstimate) -> Option<Placebo> {
        let found = group.outcome.as_ref()?;
        // What the reference alone reads in a control says nothing of a target that is judged with it.
        found.strata.filter(|strata| strata.n_control >= MIN_TILT_DOCUMENTS)?;
        Some(Placebo { group: group.group.clone(), n_documents: group.n_documents, lack: found.interval.lower })
    }

    fn warning(&self) -> String {
        let name = if self.group.is_empty() { String::new() } else { format!(" ({})", group_name(&self.group)) };
        let least = percent(self.lack, 1);
        format!(
            "human text of the control{name} reads at least {least} %, so lower ends are reduced by as much [use a control of a single form]"
        )
    }
}

impl ShareEstimate {
    /// Lowers the lower end of alpha, and what depends on it, so that an error of `lack` is within the interval.
    fn allow_for(&mut self, lack: f64) {
        self.p_zero = self.p_zero.map(|p_value| without(p_value, (lack / self.alpha).min(1.0)));
        let lowered = |share: f64, end: f64| (share - (share - end).hypot(lack)).max(0.0);
        self.interval.lower = lowered(self.alpha, self.interval.lower);
        if let Some(strata) = &mut self.strata {
            let mixed = &mut strata.mixed;
            mixed.interval.lower = lowered(mixed.share, mixed.interval.lower);
        }
        for source in &mut self.sources {
            match &mut source.interval {
                Some(interval) if source.name == HUMAN => interval.upper = 1.0 - self.interval.lower,
                // If the whole may be 0, so may every part.
                Some(interval) if self.interval.lower <= 0.0 => interval.lower = 0.0,
                _ => {}
            }
        }
        if self.interval.lower <= 0.0 {
            self.source_sums.iter_mut().for_each(|sum| sum.interval.lower = 0.0);
        }
    }
}

/// Returns the one-sided p-value of a share without this part of it, 0 to 1, at the same standard error.
fn without(p_value: f64, part: f64) -> f64 {
    let normal = Normal::standard();
    let z = -normal.inverse_cdf(p_value);
    if z > 0.0 && z.is_finite() { normal.sf(z * (1.0 - part)) } else { p_value }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::estimate::{MixedShare, SourceShare, StrataShare};
    use crate::interval::Interval;
    use crate::two_level::HumanText;

    fn group(placebo: bool, field: &str, alpha: f64, lower: f64) -> GroupEstimate {
        let interval = Interval { lower, upper: 0.5 };
        let human = SourceShare {
            name: HUMAN.to_owned(),
            share: Some(1.0 - alpha),
            interval: Some(Interval { lower: 0.5, upper: 1.0 - lower }),
            identified: true,
        };
        let strata = StrataShare {
            mixed: MixedShare { share: alpha, interval, documents: alpha },
            llm_documents: 0.0,
            human_text: HumanText::OfControl,
            is_unlike: false,
            n_control: 200,
            control_share: 0.0,
            control_lacks_venue: false,
            bound: None,
        };
        let found = ShareEstimate {
            sources: vec![human],
            strata: Some(strata),
            p_zero: Some(1e-6),
            ..ShareEstimate::new(alpha, 0.01, interval)
        };
        GroupEstimate {
            group: vec![("field".to_owned(), Some(field.to_owned()))],
            period: None,
            placebo,
            n_documents: 100,
            n_units: 2000,
            text: None,
            unlike_text: false,
            unlike_because: vec![],
            outcome: Some(found),
            warnings: vec![],
        }
    }

    #[test]
    fn a_placebo_that_excludes_zero_lowers_the_targets_and_says_so() {
        let mut groups = vec![
            group(false, "a", 0.2, 0.17),
            group(false, "a", 0.04, 0.03),
            group(true, "b", 0.1, 0.04),
            group(true, "b", 0.0, 0.0),
        ];
        allow_for_placebos(&mut groups);
        let found = groups[0].outcome.as_ref().unwrap();
        assert!((found.interval.lower - 0.15).abs() < 1e-12, "{:?}", found.interval);
        assert_eq!(found.sources[0].interval.unwrap().upper, 1.0 - found.interval.lower);
        assert_eq!(found.strata.unwrap().mixed.interval.lower, found.interval.lower);
        // Four fifths of 4.753 standard errors.
        assert!((found.p_zero.unwrap() - 7.2e-5).abs() < 1e-6, "{:?}", found.p_zero);
        assert!(groups[0].warnings[0].contains("control (b) reads at least 4.0 %"), "{:?}", groups[0].warnings);
        let small = groups[1].outcome.as_ref().unwrap();
        assert_eq!((small.interval.lower, small.p_zero), (0.0, Some(0.5)));
        assert_eq!(groups[2].interval().unwrap().lower, 0.04);
        assert!(groups[2].warnings.is_empty());
    }

    #[test]
    fn placebos_of_the_targets_own_field_stand_for_it() {
        let mut groups = vec![group(false, "a", 0.2, 0.17), group(true, "a", 0.1, 0.01), group(true, "b", 0.1, 0.04)];
        allow_for_placebos(&mut groups);
        let expected = 0.2 - 0.03_f64.hypot(0.01);
        assert!((groups[0].interval().unwrap().lower - expected).abs() < 1e-12);
        assert!(groups[0].warnings[0].contains("control (a) reads at least 1.0 %"), "{:?}", groups[0].warnings);
        let few = GroupEstimate { n_documents: 99, ..group(true, "a", 0.1, 0.01) };
        let mut groups = vec![group(false, "a", 0.2, 0.17), few, group(true, "b", 0.1, 0.04)];
        allow_for_placebos(&mut groups);
        assert!((groups[0].interval().unwrap().lower - 0.15).abs() < 1e-12);
    }

    #[test]
    fn a_control_of_one_group_has_no_rest_to_be_judged_by() {
        let mut alone = group(true, "a", 0.4, 0.3);
        let found = alone.outcome.as_mut().unwrap();
        found.strata = found.strata.map(|strata| StrataShare { n_control: 0, ..strata });
        let mut groups = vec![group(false, "a", 0.5, 0.45), alone];
        allow_for_placebos(&mut groups);
        assert_eq!((groups[0].interval().unwrap().lower, &groups[0].warnings[..]), (0.45, &[][..]));
    }

    #[test]
    fn placebos_that_may_be_zero_change_nothing() {
        let before = vec![group(false, "a", 0.2, 0.17), group(true, "a", 0.1, 0.0)];
        let mut after = before.clone();
        allow_for_placebos(&mut after);
        let ends = |groups: &[GroupEstimate]| groups.iter().map(GroupEstimate::interval).collect::<Vec<_>>();
        assert_eq!(ends(&before), ends(&after));
        assert!(after.iter().all(|group| group.warnings.is_empty()));
    }
}
