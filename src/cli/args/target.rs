//! Arguments that the commands that estimate share: the target, the reference and the settings.

use clap::Args;

use super::input::{ControlArgs, InputArgs};
use super::values::{CALIBRATIONS, SCORERS, UNITS, level, one_of};
use crate::interval::CalibrationMap;
use crate::reference::Scorer;
use crate::run::TargetOptions;
use crate::tokenize::UnitRule;

#[derive(Debug, Clone, Args)]
pub struct TargetArgs {
    #[command(flatten)]
    pub input: InputArgs,
    /// Reference to estimate with: reviews, abstracts, or a file [default: reviews, or that of the score table]
    #[arg(long, value_name = "NAME|PATH")]
    pub reference: Option<String>,
    /// Estimate each value of this column separately; repeat to combine columns, such as --by venue --by year
    #[arg(long, value_name = "COLUMN")]
    pub by: Vec<String>,
    /// Method that scores units [default: logistic, or that of the score table]
    #[arg(long, value_parser = one_of(SCORERS))]
    pub scorer: Option<Scorer>,
    /// Estimate the share of sentences or of whole documents [default: that of the reference, usually sentence]
    #[arg(long, value_parser = one_of(UNITS))]
    pub unit: Option<UnitRule>,
    /// Calibration, the method that turns scores into log ratios of densities
    #[arg(long, value_parser = one_of(CALIBRATIONS), default_value = "histogram")]
    pub calibration: CalibrationMap,
    /// Confidence level of the interval, from 0.5 to below 1
    #[arg(long, default_value_t = 0.95, value_parser = level)]
    pub level: f64,
    /// Seed of the random numbers; the same seed gives the same result
    #[arg(long, default_value_t = 0)]
    pub seed: u64,
    /// Estimate only documents that the reference held out of its fit
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
