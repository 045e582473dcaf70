//! What is estimated, and with what: shared by the commands that estimate.

use clap::Args;

use super::{CALIBRATIONS, ControlArgs, InputArgs, SCORERS, UNITS, level, one_of};
use crate::interval::CalibrationMap;
use crate::reference::Scorer;
use crate::run::TargetOptions;
use crate::tokenize::UnitRule;

#[derive(Debug, Clone, Args)]
pub struct TargetArgs {
    #[command(flatten)]
    pub input: InputArgs,
    /// Reference: reviews, abstracts, or a file [default: reviews; a score table knows its own]
    #[arg(long, value_name = "NAME|PATH")]
    pub reference: Option<String>,
    /// Column to group by; repeat for combinations
    #[arg(long, value_name = "COLUMN")]
    pub by: Vec<String>,
    /// How units are scored [default: logistic; a score table knows its own]
    #[arg(long, value_parser = one_of(SCORERS))]
    pub scorer: Option<Scorer>,
    /// What alpha is a share of: sentences, or whole documents [default: the reference's, which is usually sentence]
    #[arg(long, value_parser = one_of(UNITS))]
    pub unit: Option<UnitRule>,
    /// How scores become log ratios of densities
    #[arg(long, value_parser = one_of(CALIBRATIONS), default_value = "histogram")]
    pub calibration: CalibrationMap,
    /// Coverage of the interval
    #[arg(long, default_value_t = 0.95, value_parser = level)]
    pub level: f64,
    /// Seed of whatever is random
    #[arg(long, default_value_t = 0)]
    pub seed: u64,
    /// Only documents that the reference has left out of its fit
    #[arg(long)]
    pub held_out: bool,
    #[command(flatten)]
    pub control: ControlArgs,
}

impl From<&TargetArgs> for TargetOptions {
    fn from(arguments: &TargetArgs) -> TargetOptions {
        TargetOptions {
            reference: arguments.reference.clone(),
            by: arguments.by.clone(),
            scorer: arguments.scorer,
            unit: arguments.unit,
            calibration: arguments.calibration,
            level: arguments.level,
            seed: arguments.seed,
            held_out: arguments.held_out,
            control: (&arguments.control).into(),
            ..TargetOptions::new((&arguments.input).into())
        }
    }
}
