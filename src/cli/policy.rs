//! Finds the policy in force: flags override the policy file, which overrides defaults.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};

use serde_json::json;

use clap::Parser;

use super::args::{CheckArgs, Cli, Command};
use super::policy_file::{PolicyFile, find};
use crate::check::{Policy, PolicyInForce, PolicySettings, PolicyValue};
use crate::run::{ControlOptions, TargetOptions};

/// The policy, the target and the baseline of a check.
pub struct InForce {
    /// The policy, not checked yet.
    pub settings: PolicySettings,
    /// The target, with the file's values filled in.
    pub target: TargetOptions,
    /// File of an earlier result to compare with.
    pub baseline: Option<PathBuf>,
    /// The policy file, if one is in force.
    pub policy_file: Option<PathBuf>,
    /// All values, with the origin of each.
    pub table: PolicyInForce,
}

/// Finds the policy file, if it is wanted, and fills in what the flags leave open.
pub fn in_force(arguments: &CheckArgs) -> anyhow::Result<InForce> {
    let path = match &arguments.policy {
        Some(path) => Some(path.clone()),
        None if arguments.no_policy => None,
        None => find()?,
    };
    let file = path.as_deref().map(PolicyFile::read).transpose()?.unwrap_or_default();
    anyhow::ensure!(
        file.control.is_none() || file.control_before.is_none(),
        "{}: control and control_before cannot be used together [keep one]",
        path.as_deref().unwrap_or(Path::new("")).display()
    );
    Ok(Layers { path: path.as_deref(), rows: vec![] }.merge(arguments, &file))
}

/// Returns the policy that a file alone makes; for `fuzz/`, which cannot reach it otherwise.
///
/// # Errors
/// Fails as `check --policy FILE` does.
pub fn policy_of(path: &Path) -> anyhow::Result<Policy> {
    let typed = ["llm-prevalence", "check", "--show-policy", "--policy"].map(OsStr::new);
    let Command::Check(arguments) = Cli::try_parse_from(typed.into_iter().chain([path.as_os_str()]))?.command else {
        anyhow::bail!("not the arguments of `check`");
    };
    Ok(Policy::new(in_force(&arguments)?.settings)?)
}

/// Picks values from flags, file and defaults, and records the origin of each.
struct Layers<'a> {
    path: Option<&'a Path>,
    rows: Vec<PolicyValue>,
}

impl Layers<'_> {
    fn merge(mut self, flags: &CheckArgs, file: &PolicyFile) -> InForce {
        let usual = PolicySettings::default();
        let given = flags.given.level.then_some(flags.target.level);
        let mut settings = PolicySettings {
            max: self.pick("max", flags.max, file.max),
            max_increase: self.pick("max_increase", flags.max_increase, file.max_increase),
            ..usual.clone()
        };
        let baseline = self.pick("baseline", flags.baseline.clone(), file.baseline.clone());
        let target = self.target((&flags.target).into(), file);
        settings.level = self.pick_or("level", given, file.level, usual.level);
        settings.min_documents =
            self.pick_or("min_documents", flags.min_documents, file.min_documents, usual.min_documents);
        settings.min_units = self.pick_or("min_units", flags.min_units, file.min_units, usual.min_units);
        let inconclusive = flags.inconclusive;
        settings.inconclusive = self.pick_or("inconclusive", inconclusive, file.inconclusive, usual.inconclusive);
        settings.misfit = self.pick_or("misfit", flags.misfit, file.misfit, usual.misfit);
        let exemptions = Some(file.exemptions()).filter(|exemptions| !exemptions.is_empty());
        settings.exemptions = self.pick_or("exempt", None, exemptions, vec![]);
        let target = TargetOptions { level: settings.level, ..target };
        let policy_file = self.path.map(Path::to_owned);
        InForce { settings, target, baseline, policy_file, table: PolicyInForce(self.rows) }
    }

    /// Returns the target, with the file's values filled in.
    fn target(&mut self, flags: TargetOptions, file: &PolicyFile) -> TargetOptions {
        let by = self.pick_or("by", some(&flags.by), file.by.as_ref().map(|by| by.all()), vec![]);
        let control = self.control(&flags.control, file);
        let reference = self.pick("reference", flags.reference.clone(), file.reference.clone());
        let unit = self.pick("unit", flags.unit, file.unit);
        TargetOptions { by, control, reference, unit, ..flags }
    }

    /// Picks the control. The two ways to name one exclude each other, so a flag for one overrides both of the file.
    fn control(&mut self, flags: &ControlOptions, file: &PolicyFile) -> ControlOptions {
        let is_given = !flags.inputs.is_empty() || flags.before.is_some();
        let of_file = if is_given { &PolicyFile::default() } else { file };
        let paths = of_file.control.as_ref().map(|control| control.all());
        let inputs = self.pick_or("control", some(&flags.inputs), paths, vec![]);
        let before = self.pick("control_before", flags.before, of_file.control_before.map(|day| day.0));
        let dates = file.date_field.clone().filter(|_| before.is_some());
        let date_field = self.pick("date_field", flags.date_field.clone(), dates);
        ControlOptions { inputs, before, date_field }
    }

    fn pick<T: serde::Serialize>(&mut self, key: &'static str, flag: Option<T>, file: Option<T>) -> Option<T> {
        let path = || self.path.map_or_else(String::new, |path| path.display().to_string());
        let (value, source) = match (flag, file) {
            (Some(flag), _) => (Some(flag), "flag".to_owned()),
            (None, Some(file)) => (Some(file), path()),
            (None, None) => (None, "default".to_owned()),
        };
        self.rows.push(PolicyValue { key, value: json!(value), source });
        value
    }

    fn pick_or<T: serde::Serialize>(&mut self, key: &'static str, flag: Option<T>, file: Option<T>, usual: T) -> T {
        if let Some(value) = self.pick(key, flag, file) {
            return value;
        }
        if let Some(row) = self.rows.last_mut() {
            row.value = json!(usual);
        }
        usual
    }
}

/// Returns a list unless it is empty.
fn some(list: &[String]) -> Option<Vec<String>> {
    Some(list.to_vec()).filter(|list| !list.is_empty())
}
