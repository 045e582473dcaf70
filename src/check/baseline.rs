//! Reads an earlier result to compare with: the JSON of `estimate` or `check`.

use serde::{Deserialize, Serialize};
use serde_json::Value;
use statrs::distribution::{ContinuousCDF, Normal};

use super::group_name::group_name;
use crate::estimate::IntervalMethod;
use crate::interval::{CalibrationMap, Interval};
use crate::reference::Scorer;
use crate::tokenize::UnitRule;

/// An earlier result to compare with.
#[derive(Debug, Clone, PartialEq)]
pub struct Baseline {
    level: f64,
    made_with: MadeWith,
    groups: Vec<BaselineGroup>,
}

/// The reference and the settings of an estimate; two estimates that differ in any of these are not compared.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct MadeWith {
    /// SHA-256 of the reference.
    pub reference_sha256: String,
    /// The unit that alpha is a share of.
    pub unit: UnitRule,
    /// The scorer of units.
    pub scorer: Option<Scorer>,
    /// The calibration; `None` for the published method.
    pub calibration: Option<CalibrationMap>,
    /// Whether there was a control.
    pub has_control: bool,
    /// The kind of interval; where it is bootstrapped, the share is that of the mixture, whatever the reference.
    pub interval_method: IntervalMethod,
}

/// A group of the baseline.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[non_exhaustive]
pub struct BaselineGroup {
    /// Columns to group by, with the group's values, sorted by column.
    #[serde(skip)]
    values: Vec<(String, Option<String>)>,
    /// LLM share of units, 0 to 1.
    pub alpha: f64,
    /// Its interval, at the level that decides here.
    pub interval: Interval,
}

/// The reason why a file cannot serve as a baseline.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum BaselineError {
    /// A file that is not JSON.
    #[error("not JSON: {0} [write it with `check --output json` or `estimate --output json`]")]
    NotJson(String),
    /// JSON that is not a result of `check` or `estimate`.
    #[error(
        "not a result of `check` or `estimate`: {0} [write it with `check --output json` or `estimate --output json`]"
    )]
    OtherJson(String),
    /// A result of another schema version.
    #[error("a result of schema version {0}, but this version of the tool reads 1 [make the baseline again]")]
    OtherVersion(u64),
    /// A result made with another reference or other settings.
    #[error(
        "the baseline is not comparable: {what} {of_baseline}, here {here} [make the baseline again{hint}]",
        hint = if *.what == INTERVAL { " without --interval" } else { "" }
    )]
    Incomparable {
        /// The setting that differs.
        what: &'static str,
        /// Its value in the baseline.
        of_baseline: String,
        /// Its value in this check.
        here: String,
    },
}

/// The setting that `estimate` has and `check` has not.
const INTERVAL: &str = "--interval";

/// The fields of both results that are read here; they have many more.
#[derive(Deserialize)]
struct Stored {
    unit: UnitRule,
    level: f64,
    /// The level of each interval, in the result of a check.
    level_each: Option<f64>,
    calibration: Option<CalibrationMap>,
    reference: StoredReference,
    control: Option<Value>,
    /// Only in the result of an estimate.
    #[serde(default)]
    interval_method: IntervalMethod,
    #[serde(alias = "groups")]
    estimates: Vec<StoredGroup>,
}

#[derive(Deserialize)]
struct StoredReference {
    sha256: String,
    scorer: Option<Scorer>,
}

#[derive(Deserialize)]
struct StoredGroup {
    group: serde_json::Map<String, Value>,
    #[serde(default)]
    placebo: bool,
    alpha: Option<f64>,
    interval: Option<Interval>,
}

impl Baseline {
    /// Reads the JSON of an earlier `check` or `estimate`.
    ///
    /// # Errors
    /// Fails if it is not JSON, or is the JSON of something else or of another version.
    pub fn parse(text: &str) -> Result<Baseline, BaselineError> {
        let value: Value = serde_json::from_str(text).map_err(|error| BaselineError::NotJson(error.to_string()))?;
        match value.get("schema_version").and_then(Value::as_u64) {
            Some(1) => {}
            Some(other) => return Err(BaselineError::OtherVersion(other)),
            None => return Err(BaselineError::OtherJson("no schema_version".to_owned())),
        }
        let stored: Stored =
            serde_json::from_value(value).map_err(|error| BaselineError::OtherJson(error.to_string()))?;
        let made_with = MadeWith {
            reference_sha256: stored.reference.sha256,
            unit: stored.unit,
            scorer: stored.reference.scorer,
            calibration: stored.calibration,
            has_control: stored.control.is_some(),
            interval_method: stored.interval_method,
        };
        let groups =
            stored.estimates.into_iter().filter(|group| !group.placebo).filter_map(BaselineGroup::of).collect();
        Ok(Baseline { level: stored.level_each.unwrap_or(stored.level), made_with, groups })
    }

    /// Refuses an estimate that was made with another reference or other settings.
    ///
    /// # Errors
    /// The error names the first setting that differs.
    pub(crate) fn require_same(&self, here: &MadeWith) -> Result<(), BaselineError> {
        let own = &self.made_with;
        let short = |hash: &str| hash.get(..12).unwrap_or(hash).to_owned();
        let none = || "none".to_owned();
        let scorer = |of: &MadeWith| of.scorer.map_or_else(none, |scorer| scorer.to_string());
        let calibration = |of: &MadeWith| of.calibration.map_or_else(none, |map| format!("{map:?}").to_lowercase());
        let interval = |of: &MadeWith| format!("{:?}", of.interval_method).to_lowercase();
        let control = |of: &MadeWith| if of.has_control { "with" } else { "without" }.to_owned();
        let pairs = [
            ("reference", short(&own.reference_sha256), short(&here.reference_sha256)),
            ("unit", own.unit.to_string(), here.unit.to_string()),
            ("scorer", scorer(own), scorer(here)),
            ("calibration", calibration(own), calibration(here)),
            ("a control:", control(own), control(here)),
            (INTERVAL, interval(own), interval(here)),
        ];
        match pairs.into_iter().find(|(_, of_baseline, here)| of_baseline != here) {
            Some((what, of_baseline, here)) => Err(BaselineError::Incomparable { what, of_baseline, here }),
            None => Ok(()),
        }
    }

    /// Returns the group with these values, if it was estimated.
    pub fn group(&self, values: &[(String, Option<String>)]) -> Option<&BaselineGroup> {
        let wanted = sorted(values.to_vec());
        self.groups.iter().find(|group| group.values == wanted)
    }

    /// Returns the group with these values, with its interval at `level`.
    pub fn group_at(&self, values: &[(String, Option<String>)], level: f64) -> Option<BaselineGroup> {
        let group = self.group(values)?;
        Some(BaselineGroup { interval: at_level(group.alpha, group.interval, self.level, level), ..group.clone() })
    }

    /// Returns the names of the groups that are not among `others`.
    pub fn names_missing_in<'a>(&self, others: impl Iterator<Item = &'a [(String, Option<String>)]>) -> Vec<String> {
        let here: Vec<_> = others.map(|values| sorted(values.to_vec())).collect();
        let missing = self.groups.iter().filter(|group| !here.contains(&group.values));
        missing.map(|group| group_name(&group.values)).collect()
    }
}

impl BaselineGroup {
    /// Returns the group; `None` if there was too little text for an estimate.
    fn of(stored: StoredGroup) -> Option<BaselineGroup> {
        let values = stored.group.into_iter().map(|(column, value)| (column, value.as_str().map(str::to_owned)));
        Some(BaselineGroup { values: sorted(values.collect()), alpha: stored.alpha?, interval: stored.interval? })
    }
}

/// Sorts values by column, so that the order of `--by` does not matter.
fn sorted(mut values: Vec<(String, Option<String>)>) -> Vec<(String, Option<String>)> {
    values.sort();
    values
}

/// Returns the interval at another level, each half in proportion to one-sided normal quantiles. These grow faster than
/// two-sided ones, which makes it too wide rather than too narrow for an alpha near neither end.
fn at_level(alpha: f64, interval: Interval, from: f64, to: f64) -> Interval {
    if from == to {
        return interval;
    }
    let normal = Normal::standard();
    // A level of 0.5 has no one-sided width to grow from.
    let quantile = |level: f64| normal.inverse_cdf(level.max(0.55));
    let (one_sided, two_sided) =
        (quantile(to) / quantile(from), normal.inverse_cdf((1.0 + to) / 2.0) / normal.inverse_cdf((1.0 + from) / 2.0));
    let factor = one_sided.max(two_sided);
    Interval {
        lower: (alpha - (alpha - interval.lower) * factor).max(0.0),
        upper: (alpha + (interval.upper - alpha) * factor).min(1.0),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn made_with() -> MadeWith {
        MadeWith {
            reference_sha256: "ab".repeat(32),
            unit: UnitRule::Sentence,
            scorer: Some(Scorer::Logistic),
            calibration: Some(CalibrationMap::Histogram),
            has_control: false,
            interval_method: IntervalMethod::Score,
        }
    }

    fn stored() -> String {
        let group = r#"{"group":{"year":"2023","venue":null},"placebo":false,"alpha":0.1,"interval":{"lower":0.05,"upper":0.2}}"#;
        let placebo =
            r#"{"group":{"year":"2019","venue":null},"placebo":true,"alpha":0.0,"interval":{"lower":0,"upper":0.1}}"#;
        let small = r#"{"group":{"year":"2020","venue":null},"placebo":false,"alpha":null,"interval":null}"#;
        format!(
            r#"{{"schema_version":1,"unit":"sentence","level":0.95,"calibration":"histogram","control":null,
            "reference":{{"sha256":"{}","scorer":"logistic"}},"estimates":[{group},{placebo},{small}]}}"#,
            "ab".repeat(32)
        )
    }

    #[test]
    fn groups_are_found_by_their_values_in_any_order() {
        let baseline = Baseline::parse(&stored()).unwrap();
        let values = |year: &str| vec![("venue".to_owned(), None), ("year".to_owned(), Some(year.to_owned()))];
        assert_eq!(baseline.group(&values("2023")).unwrap().alpha, 0.1);
        // A placebo is not a target, and without an estimate there is nothing to compare with.
        assert!(baseline.group(&values("2019")).is_none() && baseline.group(&values("2020")).is_none());
        assert_eq!(baseline.names_missing_in(std::iter::empty()), ["(none) 2023"]);
        assert_eq!(baseline.require_same(&made_with()), Ok(()));
    }

    #[test]
    fn what_was_made_otherwise_is_refused() {
        let baseline = Baseline::parse(&stored()).unwrap();
        let refused = |here: MadeWith| baseline.require_same(&here).unwrap_err().to_string();
        let other = refused(MadeWith { reference_sha256: "cd".repeat(32), ..made_with() });
        assert!(other.contains("reference abababababab, here cdcdcdcdcdcd"), "{other}");
        assert!(refused(MadeWith { unit: UnitRule::Document, ..made_with() }).contains("unit sentence, here document"));
        assert!(refused(MadeWith { has_control: true, ..made_with() }).contains("a control: without, here with"));
        assert!(refused(MadeWith { calibration: None, ..made_with() }).contains("calibration histogram, here none"));
        let bootstrapped = stored().replace("\"level\":0.95", "\"level\":0.95,\"interval_method\":\"bootstrap\"");
        assert_eq!(
            Baseline::parse(&bootstrapped).unwrap().require_same(&made_with()).unwrap_err().to_string(),
            "the baseline is not comparable: --interval bootstrap, here score [make the baseline again without --interval]"
        );
        assert!(matches!(Baseline::parse("{"), Err(BaselineError::NotJson(_))));
        assert!(matches!(Baseline::parse("{}"), Err(BaselineError::OtherJson(_))));
        assert!(matches!(Baseline::parse("[1]"), Err(BaselineError::OtherJson(_))));
        assert_eq!(Baseline::parse(r#"{"schema_version":2}"#), Err(BaselineError::OtherVersion(2)));
    }

    #[test]
    fn another_level_is_wider_or_narrower_and_the_same_one_the_same() {
        let interval = Interval { lower: 0.05, upper: 0.2 };
        assert_eq!(at_level(0.1, interval, 0.95, 0.95), interval);
        let wider = at_level(0.1, interval, 0.95, 0.99);
        // 2.326 / 1.645 half widths.
        assert!((wider.upper - (0.1 + 0.1 * 2.326_348 / 1.644_854)).abs() < 1e-6, "{wider:?}");
        let narrower = at_level(0.1, interval, 0.99, 0.95);
        assert!(narrower.upper < 0.2 && narrower.lower > 0.05, "{narrower:?}");
    }
}
