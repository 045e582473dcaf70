//! Arguments of `check`.

use std::path::PathBuf;

use clap::parser::ValueSource;
use clap::{ArgMatches, Args, Command, FromArgMatches};

use super::outputs::{CHECK_OUTPUTS, CheckOutput, format_of, one_of_these};
use super::target::TargetArgs;
use super::values::{INCONCLUSIVE, MISFIT, closed_share, one_of};
use crate::check::{OnInconclusive, OnMisfit};

#[derive(Debug, Args)]
pub struct CheckArgs {
    // Comes first, because reading the others takes them out of what clap has found.
    #[command(flatten)]
    pub given: GivenFlags,
    #[command(flatten)]
    pub target: TargetArgs,
    /// Largest LLM share allowed, 0 to 1, such as 0.2: the check passes if the interval ends at or below it, fails if
    /// the interval begins above it, and is inconclusive otherwise. With --unit document and a control, it also fails
    /// if the lower bound is above it
    #[arg(long, value_name = "SHARE", value_parser = closed_share)]
    pub max: Option<f64>,
    /// Largest increase over --baseline allowed, 0 to 1 (0.05 is five percentage points)
    #[arg(long, value_name = "SHARE", value_parser = closed_share)]
    pub max_increase: Option<f64>,
    /// Earlier result to compare with, as the JSON of `check` or `estimate`
    #[arg(long, value_name = "FILE")]
    pub baseline: Option<PathBuf>,
    /// Minimum number of documents for a group to be judged [default: 30]
    #[arg(long, value_name = "N")]
    pub min_documents: Option<usize>,
    /// Minimum number of units (sentences, or documents with --unit document) for a group to be judged [default: 200]
    #[arg(long, value_name = "N")]
    pub min_units: Option<usize>,
    /// Treat an inconclusive check as: pass (exit code 0), warn (0 with a warning) or fail (3) [default: warn]
    #[arg(long, value_parser = one_of(INCONCLUSIVE), hide_possible_values = true, value_name = "pass|warn|fail")]
    pub inconclusive: Option<OnInconclusive>,
    /// Treat text that the reference does not fit as inconclusive, or ignore the misfit [default: inconclusive]
    #[arg(long, value_parser = one_of(MISFIT), hide_possible_values = true, value_name = "inconclusive|ignore")]
    pub misfit: Option<OnMisfit>,
    /// Policy file to read [default: llm-prevalence.toml in this folder or the nearest one above it]
    #[arg(long, value_name = "FILE", conflicts_with = "no_policy")]
    pub policy: Option<PathBuf>,
    /// Do not look for a policy file
    #[arg(long)]
    pub no_policy: bool,
    /// Print the policy in force and the origin of each value, without checking anything
    #[arg(long)]
    pub show_policy: bool,
    /// Also print the smallest share above --max that this much text would reveal
    #[arg(long)]
    pub power: bool,
    /// Format of the result [default: by the ending of the -o file (.json, .md, .html), else summary]
    #[arg(long, value_parser = one_of_these(CHECK_OUTPUTS))]
    pub output: Option<CheckOutput>,
    /// Write the result to this file instead of standard output; the file is written whole or not at all
    #[arg(short = 'o', value_name = "FILE")]
    pub file: Option<PathBuf>,
    /// Also write the result to this file as JUnit XML, which GitLab, Jenkins and most other CI systems show
    #[arg(long, value_name = "FILE")]
    pub junit: Option<PathBuf>,
    /// Day as of which exemptions are evaluated [default: SOURCE_DATE_EPOCH, or today]
    #[arg(long, value_name = "DATE", hide = true)]
    pub today: Option<jiff::civil::Date>,
}

impl CheckArgs {
    /// Returns the format of the result.
    pub fn format(&self) -> CheckOutput {
        format_of(self.output, self.file.as_deref(), CHECK_OUTPUTS, CheckOutput::Summary)
    }
}

/// The flags with a default that were typed; a policy file does not change those.
#[derive(Debug, Clone, Copy, Default)]
pub struct GivenFlags {
    /// Whether `--level` was typed.
    pub level: bool,
}

impl FromArgMatches for GivenFlags {
    fn from_arg_matches(matches: &ArgMatches) -> Result<GivenFlags, clap::Error> {
        Ok(GivenFlags { level: matches.value_source("level") == Some(ValueSource::CommandLine) })
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), clap::Error> {
        *self = GivenFlags::from_arg_matches(matches)?;
        Ok(())
    }
}

impl Args for GivenFlags {
    fn augment_args(command: Command) -> Command {
        command
    }

    fn augment_args_for_update(command: Command) -> Command {
        command
    }
}
