//! The result of `check` as it leaves the tool; the field names are those of the JSON.

use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};
use serde_json::Value;

use super::baseline::BaselineGroup;
use super::group_name::group_name;
use super::plan::Needed;
use super::policy::{Exemption, OnInconclusive};
use super::power::Power;
use super::verdict::{Reason, ReasonCode, Verdict};
use crate::estimate::{GroupEstimate, RunSummary};
use crate::interval::Difference;

/// One run of `check`.
#[derive(Debug, Clone, Serialize)]
#[non_exhaustive]
pub struct Check {
    /// What it was made from, and with what; the level is that of all deciding intervals together.
    #[serde(flatten)]
    pub run: RunSummary,
    /// The worst of the groups that are not exempt; inconclusive where all are.
    pub verdict: Verdict,
    /// What an inconclusive verdict means to whoever runs it.
    pub on_inconclusive: OnInconclusive,
    /// Number of deciding intervals that the level was corrected for.
    pub n_intervals: usize,
    /// Coverage asked of each interval: 1 - (1 - level) / n_intervals.
    pub level_each: f64,
    /// The policy in force.
    pub policy: PolicyInForce,
    /// Every group, in rising order of values.
    pub groups: Vec<GroupCheck>,
}

impl Check {
    /// The groups with this verdict.
    pub fn with_verdict(&self, verdict: Verdict) -> impl Iterator<Item = &GroupCheck> {
        self.groups.iter().filter(move |group| group.verdict == Some(verdict))
    }

    /// The largest alpha of the groups that are not exempt.
    pub fn largest_alpha(&self) -> Option<f64> {
        let judged = self.groups.iter().filter(|group| group.exemption.is_none());
        judged.filter_map(|group| group.estimate.alpha()).max_by(f64::total_cmp)
    }
}

/// A group with its verdict.
#[derive(Debug, Clone, Serialize)]
#[non_exhaustive]
pub struct GroupCheck {
    /// None where the group is exempt.
    pub verdict: Option<Verdict>,
    /// Why, one for everything that was looked at.
    pub reasons: Vec<Reason>,
    /// How much more is needed before it can be judged, where it is too small.
    pub needed: Option<Needed>,
    /// Why and how long it is exempt.
    pub exemption: Option<Exemption>,
    /// The baseline's estimate of this group.
    pub baseline: Option<BaselineGroup>,
    /// Its increase over the baseline.
    pub increase: Option<Difference>,
    /// The smallest share that would be noticed, where it was asked for.
    pub power: Option<Power>,
    /// Its estimate; numbers are missing where there is too little text.
    #[serde(flatten)]
    pub estimate: GroupEstimate,
}

impl GroupCheck {
    /// A group about which nothing is said yet.
    pub(super) fn unjudged(estimate: GroupEstimate) -> GroupCheck {
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

    /// Its values, or "all documents".
    pub fn name(&self) -> String {
        group_name(&self.estimate.group)
    }

    /// The reasons that decide its verdict, in words.
    pub fn message(&self) -> String {
        if let Some(exemption) = &self.exemption {
            return format!("exempt until {}: {}", exemption.until, exemption.reason);
        }
        // Where the reference does not fit, whatever else is said would be about the wrong numbers.
        let is_set_aside =
            |code| self.reasons.iter().find(|reason| reason.code == code && Some(reason.verdict) == self.verdict);
        if let Some(reason) = is_set_aside(ReasonCode::UnlikeText).or_else(|| is_set_aside(ReasonCode::Misfit)) {
            return reason.message.clone();
        }
        let decides = |reason: &&Reason| Some(reason.verdict) == self.verdict;
        self.reasons.iter().filter(decides).map(|reason| reason.message.clone()).collect::<Vec<_>>().join("; ")
    }
}

/// The policy in force, and where each value comes from.
#[derive(Debug, Clone, PartialEq)]
pub struct PolicyInForce(pub Vec<Setting>);

/// One value of a policy.
#[derive(Debug, Clone, PartialEq)]
pub struct Setting {
    /// Its key in the policy file.
    pub key: &'static str,
    /// Its value; null where it is not set.
    pub value: Value,
    /// `flag`, `default`, or the path of the policy file.
    pub source: String,
}

impl Serialize for PolicyInForce {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        for Setting { key, value, source } in &self.0 {
            map.serialize_entry(key, &serde_json::json!({"value": value, "source": source}))?;
        }
        map.end()
    }
}
