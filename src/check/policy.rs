//! The policy of a check: what is allowed, and how an inconclusive check is treated.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::estimate::MIN_TARGET_UNITS;

/// The treatment of an inconclusive check.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum OnInconclusive {
    /// It counts as a pass, without a warning.
    Pass,
    /// It goes through with a warning.
    #[default]
    Warn,
    /// It does not go through.
    Fail,
}

/// The treatment of a misfit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum OnMisfit {
    /// The verdict is inconclusive.
    #[default]
    Inconclusive,
    /// The interval decides all the same.
    Ignore,
}

/// A group that is not judged for a while.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Exemption {
    /// Columns to group by, with the values that the group has in them.
    pub group: BTreeMap<String, String>,
    /// The last day on which it holds.
    pub until: Date,
    /// The reason for it.
    pub reason: String,
}

impl Exemption {
    /// Exempts the group with these values, by column, until the end of a day.
    pub fn new(group: BTreeMap<String, String>, until: Date, reason: impl Into<String>) -> Exemption {
        Exemption { group, until, reason: reason.into() }
    }

    /// Returns whether it covers a group with these values.
    pub fn covers(&self, values: &[(String, Option<String>)]) -> bool {
        let has = |(column, value): (&String, &String)| {
            values.iter().any(|(name, found)| name == column && found.as_ref() == Some(value))
        };
        self.group.iter().all(has)
    }

    /// Returns the group in words.
    pub fn name(&self) -> String {
        self.group.iter().map(|(column, value)| format!("{column} {value}")).collect::<Vec<_>>().join(", ")
    }
}

/// A policy as given, to be checked by [`Policy::new`].
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct PolicySettings {
    /// Largest LLM share that is allowed, 0 to 1.
    pub max: Option<f64>,
    /// Largest increase over the baseline that is allowed, 0 to 1 (0.05 is five percentage points).
    pub max_increase: Option<f64>,
    /// Nominal coverage of all deciding intervals together, from 0.5 to below 1.
    pub level: f64,
    /// Minimum number of documents of a group that is judged.
    pub min_documents: usize,
    /// Minimum number of units of a group that is judged.
    pub min_units: usize,
    /// The treatment of an inconclusive check.
    pub inconclusive: OnInconclusive,
    /// The treatment of a misfit.
    pub misfit: OnMisfit,
    /// Groups that are not judged for a while.
    pub exemptions: Vec<Exemption>,
}

impl Default for PolicySettings {
    fn default() -> Self {
        PolicySettings {
            max: None,
            max_increase: None,
            level: 0.95,
            min_documents: 30,
            min_units: 200,
            inconclusive: OnInconclusive::default(),
            misfit: OnMisfit::default(),
            exemptions: vec![],
        }
    }
}

impl PolicySettings {
    /// Sets the largest LLM share that is allowed, 0 to 1.
    pub fn max(self, max: f64) -> PolicySettings {
        PolicySettings { max: Some(max), ..self }
    }

    /// Sets the largest increase over the baseline that is allowed, 0 to 1.
    pub fn max_increase(self, max_increase: f64) -> PolicySettings {
        PolicySettings { max_increase: Some(max_increase), ..self }
    }

    /// Sets the nominal coverage of all deciding intervals together, from 0.5 to below 1.
    pub fn level(self, level: f64) -> PolicySettings {
        PolicySettings { level, ..self }
    }

    /// Sets the minimum number of documents of a group that is judged.
    pub fn min_documents(self, min_documents: usize) -> PolicySettings {
        PolicySettings { min_documents, ..self }
    }

    /// Sets the minimum number of units of a group that is judged.
    pub fn min_units(self, min_units: usize) -> PolicySettings {
        PolicySettings { min_units, ..self }
    }

    /// Sets the treatment of an inconclusive check.
    pub fn inconclusive(self, inconclusive: OnInconclusive) -> PolicySettings {
        PolicySettings { inconclusive, ..self }
    }

    /// Sets the treatment of a misfit.
    pub fn misfit(self, misfit: OnMisfit) -> PolicySettings {
        PolicySettings { misfit, ..self }
    }

    /// Sets the groups that are not judged for a while.
    pub fn exemptions(self, exemptions: Vec<Exemption>) -> PolicySettings {
        PolicySettings { exemptions, ..self }
    }
}

/// The reason why a policy is not valid.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum PolicyError {
    /// No limit is given.
    #[error(
        "nothing to check: no limit is given [--max 0.2, or --max-increase 0.05 with --baseline FILE, or in llm-prevalence.toml]"
    )]
    NoLimit,
    /// A limit that is not from 0 to 1.
    #[error("{key} = {value}: a share is from 0 to 1, such as 0.2")]
    NoShare {
        /// The key of the limit.
        key: &'static str,
        /// Its value.
        value: f64,
    },
    /// A level that is not from 0.5 to below 1.
    #[error("level = {0}: a level is from 0.5 to below 1, such as 0.95")]
    NoLevel(f64),
    /// Fewer units than an estimate needs.
    #[error("min_units = {0}: an estimate needs at least {MIN_TARGET_UNITS} units [give {MIN_TARGET_UNITS} or more]")]
    TooFewUnits(usize),
    /// A minimum of 0 documents: a group without any would count as one that can be judged.
    #[error("min_documents = 0: at least one document is needed to judge")]
    NoDocuments,
    /// An exemption of every group.
    #[error("an exemption until {0} names no group [group = {{ COLUMN = \"VALUE\" }}]")]
    ExemptsAll(Date),
}

/// A policy that can be applied.
#[derive(Debug, Clone, PartialEq)]
pub struct Policy(PolicySettings);

impl Policy {
    /// Checks `settings` and returns the policy.
    ///
    /// # Errors
    /// Fails without any limit, with a number out of its range, or with an exemption of every group.
    pub fn new(settings: PolicySettings) -> Result<Policy, PolicyError> {
        for (key, limit) in [("max", settings.max), ("max_increase", settings.max_increase)] {
            if let Some(value) = limit.filter(|value| !(0.0..=1.0).contains(value)) {
                return Err(PolicyError::NoShare { key, value });
            }
        }
        if !(0.5..1.0).contains(&settings.level) {
            return Err(PolicyError::NoLevel(settings.level));
        }
        if settings.min_units < MIN_TARGET_UNITS {
            return Err(PolicyError::TooFewUnits(settings.min_units));
        }
        if settings.min_documents == 0 {
            return Err(PolicyError::NoDocuments);
        }
        if let Some(of_all) = settings.exemptions.iter().find(|exemption| exemption.group.is_empty()) {
            return Err(PolicyError::ExemptsAll(of_all.until));
        }
        if settings.max.is_none() && settings.max_increase.is_none() {
            return Err(PolicyError::NoLimit);
        }
        Ok(Policy(settings))
    }

    /// Returns the settings.
    pub fn settings(&self) -> &PolicySettings {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_policy_that_can_be_applied_is_one() {
        let usual = PolicySettings { max: Some(0.2), ..PolicySettings::default() };
        assert!(Policy::new(usual.clone()).is_ok());
        let refused = |settings: PolicySettings| Policy::new(settings).unwrap_err();
        assert_eq!(refused(PolicySettings::default()), PolicyError::NoLimit);
        assert!(matches!(refused(PolicySettings { max: Some(1.5), ..usual.clone() }), PolicyError::NoShare { .. }));
        assert!(matches!(
            refused(PolicySettings { max: Some(f64::NAN), ..usual.clone() }),
            PolicyError::NoShare { .. }
        ));
        assert_eq!(refused(PolicySettings { level: 1.0, ..usual.clone() }), PolicyError::NoLevel(1.0));
        assert_eq!(refused(PolicySettings { min_units: 49, ..usual.clone() }), PolicyError::TooFewUnits(49));
        assert_eq!(refused(PolicySettings { min_documents: 0, ..usual.clone() }), PolicyError::NoDocuments);
        let until = jiff::civil::date(2030, 1, 31);
        let of_all = Exemption { group: BTreeMap::new(), until, reason: String::new() };
        assert_eq!(refused(PolicySettings { exemptions: vec![of_all], ..usual }), PolicyError::ExemptsAll(until));
    }

    #[test]
    fn an_exemption_covers_all_groups_with_its_values() {
        let group = BTreeMap::from([("venue".to_owned(), "X".to_owned())]);
        let exemption = Exemption { group, until: jiff::civil::date(2030, 1, 31), reason: String::new() };
        let values = |venue: Option<&str>| {
            vec![("year".to_owned(), Some("2023".to_owned())), ("venue".to_owned(), venue.map(str::to_owned))]
        };
        assert!(exemption.covers(&values(Some("X"))));
        assert!(!exemption.covers(&values(Some("Y"))) && !exemption.covers(&values(None)) && !exemption.covers(&[]));
    }
}
