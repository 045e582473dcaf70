//! Arguments of `check`.

use std::path::PathBuf;

use clap::parser::ValueSource;
use clap::{ArgMatches, Args, Command, FromArgMatches};

use super::{INCONCLUSIVE, MISFIT, TargetArgs, closed_share, one_of};
use crate::check::{OnInconclusive, OnMisfit};
use crate::report::CheckOutput;

#[derive(Debug, Args)]
pub struct CheckArgs {
    // First, because reading the others takes them out of what clap has found.
    #[command(flatten)]
    pub given: GivenFlags,
    #[command(flatten)]
    pub target: TargetArgs,
    /// Largest LLM share that is allowed: an interval that ends at or below it passes, one that begins above it fails, any other is inconclusive;
    /// with --unit document and a control, a lower bound above it fails, too
    #[arg(long, value_name = "SHARE", value_parser = closed_share)]
    pub max: Option<f64>,
    /// Largest increase over the baseline that is allowed (0.05 is five percentage points)
    #[arg(long, value_name = "SHARE", value_parser = closed_share)]
    pub max_increase: Option<f64>,
    /// Earlier result to compare with: the JSON of `check` or `estimate`
    #[arg(long, value_name = "FILE")]
    pub baseline: Option<PathBuf>,
    /// Fewest documents of a group that is judged [default: 30]
    #[arg(long, value_name = "N")]
    pub min_documents: Option<usize>,
    /// Fewest units (sentences, or documents with --unit document) of a group that is judged [default: 200]
    #[arg(long, value_name = "N")]
    pub min_units: Option<usize>,
    /// What an inconclusive check means: pass (exit code 0), warn (0 with a warning) or fail (3) [default: warn]
    #[arg(long, value_parser = one_of(INCONCLUSIVE), hide_possible_values = true, value_name = "pass|warn|fail")]
    pub inconclusive: Option<OnInconclusive>,
    /// What text that the reference does not fit means: inconclusive, or ignore [default: inconclusive]
    #[arg(long, value_parser = one_of(MISFIT), hide_possible_values = true, value_name = "inconclusive|ignore")]
    pub misfit: Option<OnMisfit>,
    /// Policy file [default: llm-prevalence.toml, in this folder or the nearest above it]
    #[arg(long, value_name = "FILE", conflicts_with = "no_policy")]
    pub policy: Option<PathBuf>,
    /// Look for no policy file
    #[arg(long)]
    pub no_policy: bool,
    /// Print the policy in force and where each value comes from, and check nothing
    #[arg(long)]
    pub show_policy: bool,
    /// Print the smallest share that would be noticed at this size
    #[arg(long)]
    pub power: bool,
    /// How the result is written
    #[arg(long, value_enum, default_value_t)]
    pub output: CheckOutput,
    /// File for the result instead of standard output; written whole or not at all
    #[arg(short = 'o', value_name = "FILE")]
    pub file: Option<PathBuf>,
    /// Also write JUnit XML, which GitLab, Jenkins and most other CI show
    #[arg(long, value_name = "FILE")]
    pub junit: Option<PathBuf>,
    /// Colours in the summary: auto (on a terminal, unless NO_COLOR is set), always or never
    #[arg(long, default_value_t, value_name = "WHEN")]
    pub color: clap::ColorChoice,
    /// The day on which exemptions are looked at [default: SOURCE_DATE_EPOCH, or today]
    #[arg(long, value_name = "DATE", hide = true)]
    pub today: Option<jiff::civil::Date>,
}

/// Which flags with a default were typed; a policy file does not change those.
#[derive(Debug, Clone, Copy, Default)]
pub struct GivenFlags {
    /// --level
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
