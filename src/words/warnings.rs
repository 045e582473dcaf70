//! Finds what to know before using the words of a group.

use super::group::TestedGroup;
use super::options::WordsOptions;
use super::warning::{FEW_PERIOD_DOCUMENTS, GroupWarning};
use crate::corpus::Period;

/// Returns the warnings for a group in which `n_rising` words rise beyond their course.
pub(super) fn of_group(of: &TestedGroup<'_>, n_rising: usize, options: &WordsOptions) -> Vec<GroupWarning> {
    let group = &of.group;
    let (period, before) = (options.period, options.baseline_before);
    let mut warnings = Vec::new();
    if group.n_baseline == 0 {
        warnings.push(GroupWarning::NoBaseline { period, before });
    } else if !group.has_course() {
        warnings.push(GroupWarning::NothingLater { period, before });
    }
    let is_divided = |period: &&Period| period.first < before && before <= period.last;
    let divided = group.periods.iter().find(is_divided).cloned();
    warnings.extend(divided.map(|period| GroupWarning::Divided { period, before }));
    if group.has_course() {
        warnings.extend(of_course(of));
        warnings.extend((n_rising == 0).then_some(GroupWarning::NoneRises));
    }
    let counted = group.periods.iter().zip(&group.counts);
    let few = counted.filter(|(_, of)| of.size.n_documents < FEW_PERIOD_DOCUMENTS);
    let few: Vec<String> = few.map(|(period, _)| period.label.clone()).collect();
    warnings.extend((!few.is_empty()).then_some(GroupWarning::FewDocuments(few)));
    warnings
}

/// Returns the assumption made if the baseline has too few periods, or words, to show it.
fn of_course(of: &TestedGroup<'_>) -> Option<GroupWarning> {
    let period = of.group.periods.first().map(|period| period.label.clone()).unwrap_or_default();
    match (of.group.n_baseline, of.scatter_is_assumed) {
        (1, _) => Some(GroupWarning::OnePeriod { period, scatter: of.scatter }),
        (_, true) => Some(GroupWarning::AssumedScatter(of.scatter)),
        (2, _) => Some(GroupWarning::TwoPeriods(of.scatter)),
        _ => None,
    }
}
