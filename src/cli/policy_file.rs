//! Finds `llm-prevalence.toml` upwards, reads it, and checks it value by value, so that an error names its line.

use std::collections::BTreeMap;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use anyhow::Context;
use jiff::civil::Date;
use serde::de::Error as _;
use serde::{Deserialize, Deserializer};

use super::args::{closed_share, level};
use super::policy_wording::plain;
use crate::check::{Exemption, OnInconclusive, OnMisfit};
use crate::reference::embedded::embedded;
use crate::tokenize::UnitRule;

/// Name of the policy file.
pub const NAME: &str = "llm-prevalence.toml";

/// A policy file as written.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PolicyFile {
    #[serde(default, deserialize_with = "share")]
    pub max: Option<f64>,
    #[serde(default, deserialize_with = "share")]
    pub max_increase: Option<f64>,
    pub baseline: Option<PathBuf>,
    pub by: Option<Names>,
    pub control: Option<Names>,
    pub control_before: Option<Day>,
    pub date_field: Option<String>,
    pub reference: Option<String>,
    pub unit: Option<UnitRule>,
    #[serde(default, deserialize_with = "checked_level")]
    pub level: Option<f64>,
    pub min_documents: Option<usize>,
    pub min_units: Option<usize>,
    pub inconclusive: Option<OnInconclusive>,
    pub misfit: Option<OnMisfit>,
    #[serde(default)]
    exempt: Vec<Exempt>,
}

/// One name, or several.
#[derive(Debug, Clone, Deserialize)]
#[serde(untagged, expecting = "a string or a list of strings")]
pub enum Names {
    One(String),
    Several(Vec<String>),
}

/// A date, quoted or not.
#[derive(Debug, Clone, Copy)]
pub struct Day(pub Date);

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Exempt {
    group: BTreeMap<String, GroupValue>,
    until: Day,
    reason: String,
}

#[derive(Debug, Deserialize)]
#[serde(untagged, expecting = "a string or a whole number")]
enum GroupValue {
    Text(String),
    Number(i64),
}

impl Names {
    /// Returns all names.
    pub fn all(&self) -> Vec<String> {
        match self {
            Names::One(name) => vec![name.clone()],
            Names::Several(names) => names.clone(),
        }
    }
}

impl<'de> Deserialize<'de> for Day {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Day, D::Error> {
        #[derive(Deserialize)]
        #[serde(untagged, expecting = "a date such as 2026-12-31")]
        enum Written {
            Date(toml::value::Datetime),
            Text(String),
        }
        let text = match Written::deserialize(deserializer)? {
            Written::Date(date) => date.to_string(),
            Written::Text(text) => text,
        };
        // jiff would also accept a time, and take its day.
        let day = Some(&text).filter(|text| text.len() == 10).and_then(|text| text.parse().ok());
        day.map(Day).ok_or_else(|| D::Error::custom(format!("{text}: not a date [write it as 2026-12-31]")))
    }
}

fn share<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<f64>, D::Error> {
    checked(deserializer, closed_share)
}

fn checked_level<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<f64>, D::Error> {
    checked(deserializer, level)
}

/// Reads a number, and checks that it is in the range of the flag of the same name.
fn checked<'de, D: Deserializer<'de>>(
    deserializer: D,
    check: impl Fn(&str) -> Result<f64, String>,
) -> Result<Option<f64>, D::Error> {
    let number = f64::deserialize(deserializer)?;
    check(&number.to_string()).map(Some).map_err(|why| D::Error::custom(format!("{number}: {why}")))
}

impl PolicyFile {
    /// Returns the exemptions.
    pub fn exemptions(&self) -> Vec<Exemption> {
        let value = |value: &GroupValue| match value {
            GroupValue::Text(text) => text.clone(),
            GroupValue::Number(number) => number.to_string(),
        };
        let exemption = |exempt: &Exempt| Exemption {
            group: exempt.group.iter().map(|(column, of)| (column.clone(), value(of))).collect(),
            until: exempt.until.0,
            reason: exempt.reason.clone(),
        };
        self.exempt.iter().map(exemption).collect()
    }

    /// Reads a policy file; its relative paths become relative to the working directory.
    pub fn read(path: &Path) -> anyhow::Result<PolicyFile> {
        let text = read_text(path, "the policy file", "correct the path")?;
        let mut file: PolicyFile = toml::from_str(&text).map_err(|error| refusal(path, &text, &error))?;
        let folder = path.parent().unwrap_or(Path::new(""));
        file.baseline = file.baseline.map(|baseline| folder.join(baseline));
        let beside = |name: String| folder.join(name).display().to_string();
        file.control = file.control.map(|names| Names::Several(names.all().into_iter().map(beside).collect()));
        file.reference = file.reference.map(|name| if embedded(&name).is_some() { name } else { beside(name) });
        Ok(file)
    }
}

/// Returns the error with its place in the file.
fn refusal(path: &Path, text: &str, error: &toml::de::Error) -> anyhow::Error {
    let place = error.span().and_then(|span| text.get(..span.start)).map_or_else(String::new, |before| {
        let line = before.matches('\n').count() + 1;
        let column = before.chars().rev().take_while(|character| *character != '\n').count() + 1;
        format!(":{line}:{column}")
    });
    let before = error.span().and_then(|span| text.get(..span.start)).and_then(key_before);
    let message = plain(before, &error.message().replace('\n', " "));
    anyhow::anyhow!(
        "{}{place}: {message} [the keys are described by `llm-prevalence check --help`; see --show-policy]",
        path.display()
    )
}

/// Returns the key whose value begins after `text`.
fn key_before(text: &str) -> Option<&str> {
    let key = text.trim_end_matches([' ', '\t']).strip_suffix('=')?.trim_end();
    let is_of_key = |character: char| character.is_alphanumeric() || matches!(character, '_' | '-');
    key.rsplit(|character| !is_of_key(character)).next().filter(|key| !key.is_empty())
}

/// Reads a file of a check as text; an error says `what` it is, and what to do.
pub fn read_text(path: &Path, what: &str, hint: &str) -> anyhow::Result<String> {
    std::fs::read_to_string(path).map_err(|error| {
        let why = match error.kind() {
            ErrorKind::NotFound => "there is no such file".to_owned(),
            ErrorKind::InvalidData => "it is not text in UTF-8".to_owned(),
            other => other.to_string(),
        };
        anyhow::anyhow!("{}: cannot read {what}: {why} [{hint}]", path.display())
    })
}

/// Returns the nearest policy file, from the working directory upwards, as a path relative to it.
pub fn find() -> anyhow::Result<Option<PathBuf>> {
    let here = std::env::current_dir().context("cannot find the working directory")?;
    let found = here.ancestors().enumerate().find(|(_, folder)| folder.join(NAME).is_file());
    Ok(found.map(|(n_up, _)| std::iter::repeat_n("..", n_up).collect::<PathBuf>().join(NAME)))
}
