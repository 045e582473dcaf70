//! The result of `check` as the tool writes it; the field names are those of the JSON.

use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};
use serde_json::Value;

use super::baseline::BaselineGroup;
use super::group_name::group_name;
use super::plan::Needed;
use super::policy::{Exemption, OnInconclusive};
use super::power::Power;
use super::reason::Reason;
use super::verdict::Verdict;
use super::warning::CheckWarning;
use crate::estimate::{GroupEstimate, RunSummary};
use crate::interval::Difference;

/// One run of `check`.
#[derive(Debug, Clone, Serialize)]
#[non_exhaustive]
pub struct Check {
    /// The inputs, the reference and the settings; the level is that of all deciding intervals together.
    #[serde(flatten)]
    pub run: RunSummary,
    /// Warnings about the check as a whole.
    pub warnings: Vec<CheckWarning>,
    /// The worst verdict of the groups that are not exempt; inconclusive if all are.
    pub verdict: Verdict,
    /// The treatment of an inconclusive verdict.
    pub on_inconclusive: OnInconclusive,
    /// Number of deciding intervals, bounds of documents among them, that the level was corrected for.
    pub n_intervals: usize,
    /// Nominal coverage of each interval, 0 to 1: 1 - (1 - level) / n_intervals.
    pub level_each: f64,
    /// The policy in force.
    pub policy: PolicyInForce,
    /// The groups, in ascending order of their values.
    pub groups: Vec<GroupCheck>,
}

impl Check {
    /// Returns the groups with this verdict.
    pub fn with_verdict(&self, verdict: Verdict) -> impl Iterator<Item = &GroupCheck> {
        self.groups.iter().filter(move |group| group.verdict == Some(verdict))
    }

    /// Returns the largest alpha of the groups that are not exempt.
    pub fn largest_alpha(&self) -> Option<f64> {
        let judged = self.groups.iter().filter(|group| group.exemption.is_none());
        judged.filter_map(|group| group.estimate.alpha()).max_by(f64::total_cmp)
    }
}

/// A group with its verdict.
#[derive(Debug, Clone, Serialize)]
#[non_exhaustive]
pub struct GroupCheck {
    /// The verdict; `None` if the group is exempt.
    pub verdict: Option<Verdict>,
    /// The reasons for it, one for everything that was judged.
    pub reasons: Vec<Reason>,
    /// The text that it lacks before it can be judged, if it is too small.
    pub needed: Option<Needed>,
    /// Its exemption, if it is exempt.
    pub exemption: Option<Exemption>,
    /// The baseline's estimate of this group.
    pub baseline: Option<BaselineGroup>,
    /// Its increase over the baseline.
    pub increase: Option<Difference>,
    /// The smallest share that would be noticed, if it was asked for.
    pub power: Option<Power>,
    /// Its estimate; numbers are missing if there is too little text.
    #[serde(flatten)]
    pub estimate: GroupEstimate,
}

impl GroupCheck {
    /// Returns a group without a verdict.
    pub(crate) fn unjudged(estimate: GroupEstimate) -> GroupCheck {
        GroupCheck {
            verdict: None,
            reasons: vec![],
            needed: None,
            exemption: None,
            baseline: None,
            increase: None,
            power: None,
            estimate,
        }
    }

    /// Returns its values, or "all documents".
    pub fn name(&self) -> String {
        group_name(&self.estimate.group)
    }
}

/// The policy in force, with the origin of each value.
#[derive(Debug, Clone, PartialEq)]
pub struct PolicyInForce(pub Vec<PolicyValue>);

/// One value of a policy.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct PolicyValue {
    /// Its key in the policy file.
    pub key: &'static str,
    /// Its value; null if it is not set.
    pub value: Value,
    /// `flag`, `default`, or the path of the policy file.
    pub source: String,
}

impl Serialize for PolicyInForce {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        for PolicyValue { key, value, source } in &self.0 {
            map.serialize_entry(key, &serde_json::json!({"value": value, "source": source}))?;
        }
        map.end()
    }
}
