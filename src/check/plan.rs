//! Decides which groups are judged, and at which level, before anything is estimated.

use jiff::civil::Date;

use super::baseline::Baseline;
use super::group_name::group_name;
use super::policy::{Exemption, Policy, PolicySettings};
use super::warning::CheckWarning;
use crate::estimate::Group;
use crate::tokenize::UnitRule;

/// The plan of a check: which groups are judged, and at which level.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Plan {
    /// The groups, in the order of [`groups`](crate::estimate::groups).
    pub groups: Vec<PlannedGroup>,
    /// Number of intervals that decide, and of bounds, over all groups that are judged.
    pub n_intervals: usize,
    /// Level of each of these, 0 to 1, so that all of them contain the truth together with the probability that the
    /// policy asks for (Bonferroni).
    pub level_each: f64,
    /// Warnings about the exemptions.
    pub warnings: Vec<CheckWarning>,
}

/// A group, and whether it is judged.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct PlannedGroup {
    /// Columns to group by, with the group's values.
    pub values: Vec<(String, Option<String>)>,
    /// Number of its documents.
    pub n_documents: usize,
    /// Number of its units.
    pub n_units: usize,
    /// Whether it is judged.
    pub standing: Standing,
}

/// The standing of a group before its estimate.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum Standing {
    /// It is judged.
    Judged,
    /// It has too little text.
    TooSmall(Needed),
    /// It is exempt.
    Exempt(Exemption),
}

/// The text that a group lacks before it can be judged.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[non_exhaustive]
pub struct Needed {
    /// Number of documents that it lacks.
    pub documents: usize,
    /// Number of units that it lacks.
    pub units: usize,
}

impl Plan {
    /// Plans the check of `groups`.
    ///
    /// Exemptions that ended before `today` do not hold. Groups that are exempt or too small are not judged and do not
    /// raise the level. `has_bound` says whether the share of documents has a lower [`bound`](crate::two_level::bound),
    /// as it has with a control and a reference with strata: it decides, too.
    pub fn new(
        groups: &[Group<'_>],
        unit: UnitRule,
        policy: &Policy,
        baseline: Option<&Baseline>,
        has_bound: bool,
        today: Date,
    ) -> Plan {
        let settings = policy.settings();
        let (held, ended): (Vec<_>, Vec<_>) =
            settings.exemptions.iter().cloned().partition(|exemption| exemption.until >= today);
        let plan = |group: &Group<'_>| {
            let n_documents = group.documents.len();
            let n_units = if unit == UnitRule::Document { n_documents } else { group.n_units() };
            let standing = match held.iter().find(|exemption| exemption.covers(&group.values)) {
                Some(exemption) => Standing::Exempt(exemption.clone()),
                None => Needed::by(settings, n_documents, n_units).map_or(Standing::Judged, Standing::TooSmall),
            };
            PlannedGroup { values: group.values.clone(), n_documents, n_units, standing }
        };
        let planned: Vec<PlannedGroup> = groups.iter().map(plan).collect();
        let has_bound = has_bound && unit == UnitRule::Document;
        let n_intervals = planned.iter().map(|group| group.n_intervals(settings, baseline, has_bound)).sum();
        let level_each = match n_intervals {
            // 1 - (1 - level) is not level to the last bit.
            0 | 1 => settings.level,
            several => 1.0 - (1.0 - settings.level) / several as f64,
        };
        Plan { groups: planned, n_intervals, level_each, warnings: warnings(&held, &ended, groups) }
    }
}

impl Needed {
    /// Returns what a group of this size lacks; `None` if it can be judged.
    fn by(settings: &PolicySettings, n_documents: usize, n_units: usize) -> Option<Needed> {
        let documents = settings.min_documents.saturating_sub(n_documents);
        let units = settings.min_units.saturating_sub(n_units);
        (documents > 0 || units > 0).then_some(Needed { documents, units })
    }
}

impl PlannedGroup {
    /// Returns the number of intervals that decide about the group.
    fn n_intervals(&self, settings: &PolicySettings, baseline: Option<&Baseline>, has_bound: bool) -> usize {
        if self.standing != Standing::Judged {
            return 0;
        }
        let has_baseline = baseline.is_some_and(|baseline| baseline.group(&self.values).is_some());
        let of_max = if has_bound { 2 } else { 1 };
        settings.max.map_or(0, |_| of_max) + usize::from(settings.max_increase.is_some() && has_baseline)
    }
}

/// Returns warnings on the exemptions that have ended, and on those that apply to no group.
fn warnings(held: &[Exemption], ended: &[Exemption], groups: &[Group<'_>]) -> Vec<CheckWarning> {
    let without_group = held.iter().filter_map(|exemption| without_group(exemption, groups));
    ended.iter().cloned().map(CheckWarning::Ended).chain(without_group).collect()
}

/// Returns a warning if the exemption applies to no group: it is of another column, or of a value that none has.
fn without_group(exemption: &Exemption, groups: &[Group<'_>]) -> Option<CheckWarning> {
    let columns: Vec<&String> =
        groups.first().map_or(vec![], |group| group.values.iter().map(|(column, _)| column).collect());
    if exemption.group.keys().any(|column| !columns.contains(&column)) {
        return Some(CheckWarning::OfNoGroup(exemption.clone()));
    }
    let is_unmatched = !groups.iter().any(|group| exemption.covers(&group.values));
    let names = || groups.iter().map(|group| group_name(&group.values)).collect();
    is_unmatched.then(|| CheckWarning::Unmatched(exemption.clone(), names()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::score::{DocumentKey, ScoredDocument};

    #[test]
    fn the_bound_of_documents_counts_as_an_interval_of_every_group_with_a_maximum() {
        let document = |at: u64| ScoredDocument::with_pooled(DocumentKey(at), vec![], vec![0.5; 9], vec![0.5; 9], 1);
        let documents: Vec<ScoredDocument> = (0..250).map(document).collect();
        let group = |n: usize| Group::of(documents.iter().take(n).collect());
        // The last one is too small to be judged.
        let groups = [group(250), group(240), group(3)];
        let plan = |unit, has_bound, max| {
            let policy = PolicySettings { max, max_increase: Some(0.1), ..PolicySettings::default() };
            Plan::new(&groups, unit, &Policy::new(policy).unwrap(), None, has_bound, Date::ZERO)
        };
        let of_documents = plan(UnitRule::Document, true, Some(0.2));
        assert_eq!(of_documents.n_intervals, 4);
        assert!((of_documents.level_each - (1.0 - 0.05 / 4.0)).abs() < 1e-12, "{}", of_documents.level_each);
        assert_eq!(plan(UnitRule::Document, false, Some(0.2)).n_intervals, 2);
        assert_eq!(plan(UnitRule::Sentence, true, Some(0.2)).n_intervals, 2);
        assert_eq!(plan(UnitRule::Document, true, None).n_intervals, 0);
    }
}
