//! The errors that a control's own groups show: each is judged without itself, and should read 0.

use super::record::{GroupEstimate, ShareEstimate};
use crate::numbers::percent;
use crate::reference::HUMAN;

/// Lowers the lower ends of the targets by the largest share that a placebo's interval excludes 0 by, and says so: as much
/// human text of the target may read as an LLM's.
pub(super) fn allow_for_placebos(groups: &mut [GroupEstimate]) {
    let lower_end = |group: &GroupEstimate| {
        group.outcome.as_ref().filter(|found| found.strata.is_some()).map_or(0.0, |found| found.interval.lower)
    };
    let placebos = groups.iter().filter(|group| group.placebo).map(|group| (lower_end(group), group));
    let largest = placebos.max_by(|a, b| a.0.total_cmp(&b.0));
    let Some((lack, worst)) = largest.filter(|(lack, _)| *lack > 0.0) else { return };
    let warning = warning(worst, lack);
    for group in groups.iter_mut().filter(|group| !group.placebo) {
        if let Some(found) = group.outcome.as_mut().filter(|found| found.strata.is_some()) {
            found.allow_for(lack);
            group.warnings.push(warning.clone());
        }
    }
}

fn warning(placebo: &GroupEstimate, lack: f64) -> String {
    let values: Vec<&str> = placebo.group.iter().filter_map(|(_, value)| value.as_deref()).collect();
    let name = if values.is_empty() { "human text".to_owned() } else { values.join(", ") };
    let least = percent(lack, 1);
    format!(
        "the control's own {name} reads {least} % or more, though no LLM wrote it, so lower ends allow for as much [give a control of one kind]"
    )
}

impl ShareEstimate {
    /// Lowers the lower end of alpha, and those that depend on it, so that an error of `lack` is within the interval.
    fn allow_for(&mut self, lack: f64) {
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::estimate::SourceShare;
    use crate::estimate::{MixedShare, StrataShare};
    use crate::interval::Interval;
    use crate::two_level::HumanText;

    fn group(placebo: bool, alpha: f64, lower: f64) -> GroupEstimate {
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
            control_lacks_venue: false,
            bound: None,
        };
        let found =
            ShareEstimate { sources: vec![human], strata: Some(strata), ..ShareEstimate::new(alpha, 0.01, interval) };
        GroupEstimate {
            group: vec![("year".to_owned(), Some("2022".to_owned()))],
            period: None,
            placebo,
            n_documents: 100,
            n_units: 2000,
            outcome: Some(found),
            warnings: vec![],
        }
    }

    #[test]
    fn a_placebo_that_excludes_zero_lowers_the_targets_and_says_so() {
        let mut groups =
            vec![group(false, 0.2, 0.17), group(false, 0.05, 0.04), group(true, 0.1, 0.04), group(true, 0.0, 0.0)];
        allow_for_placebos(&mut groups);
        let found = groups[0].outcome.as_ref().unwrap();
        assert!((found.interval.lower - 0.15).abs() < 1e-12, "{:?}", found.interval);
        assert_eq!(found.sources[0].interval.unwrap().upper, 1.0 - found.interval.lower);
        assert_eq!(found.strata.unwrap().mixed.interval.lower, found.interval.lower);
        assert!(groups[0].warnings[0].contains("2022 reads 4.0 % or more"), "{:?}", groups[0].warnings);
        assert!(groups[1].interval().unwrap().lower < 0.04 && groups[2].interval().unwrap().lower == 0.04);
        assert!(groups[2].warnings.is_empty());
    }

    #[test]
    fn placebos_that_may_be_zero_change_nothing() {
        let before = vec![group(false, 0.2, 0.17), group(true, 0.1, 0.0)];
        let mut after = before.clone();
        allow_for_placebos(&mut after);
        let ends = |groups: &[GroupEstimate]| groups.iter().map(GroupEstimate::interval).collect::<Vec<_>>();
        assert_eq!(ends(&before), ends(&after));
        assert!(after.iter().all(|group| group.warnings.is_empty()));
    }
}
