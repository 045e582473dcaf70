//! Arguments of `estimate`.

use std::path::PathBuf;

use clap::Args;

use super::{INTERVALS, METHODS, TargetArgs, one_of};
use crate::estimate::IntervalMethod;
use crate::estimate::Method;
use crate::report::Output;
use crate::run::EstimateRun;

#[derive(Debug, Args)]
pub struct EstimateArgs {
    #[command(flatten)]
    pub target: TargetArgs,
    /// How alpha is estimated; liang is the published method, for comparison
    #[arg(long, value_parser = one_of(METHODS), default_value = "calibrated")]
    pub method: Method,
    /// Which interval: score (clustered, with the reference's uncertainty) or a bootstrap over documents as a cross-check
    #[arg(long, value_parser = one_of(INTERVALS), default_value = "score")]
    pub interval: IntervalMethod,
    /// Also the range of the same estimate by other reasonable choices: scorers, calibrations, function words only, no names and
    /// numbers, whole documents
    #[arg(long)]
    pub band: bool,
    /// Estimate nothing: say how the input is read, and the units of the first three documents
    #[arg(long)]
    pub dry_run: bool,
    /// How the result is written
    #[arg(long, value_enum, default_value_t)]
    pub output: Output,
    /// File for the result instead of standard output; written whole or not at all
    #[arg(short = 'o', value_name = "FILE")]
    pub file: Option<PathBuf>,
}

impl From<&EstimateArgs> for EstimateRun {
    fn from(arguments: &EstimateArgs) -> EstimateRun {
        EstimateRun {
            method: arguments.method,
            interval: arguments.interval,
            band: arguments.band,
            ..EstimateRun::new((&arguments.target).into())
        }
    }
}
