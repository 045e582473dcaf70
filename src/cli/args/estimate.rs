//! Arguments of `estimate`.

use std::path::PathBuf;

use clap::Args;

use super::outputs::{Output, format_of, one_of_these, outputs};
use super::target::TargetArgs;
use super::values::{INTERVALS, METHODS, one_of};
use crate::estimate::IntervalMethod;
use crate::estimate::Method;
use crate::run::EstimateRun;

#[derive(Debug, Args)]
pub struct EstimateArgs {
    #[command(flatten)]
    pub target: TargetArgs,
    /// Method of estimation; liang is the published method, for comparison
    #[arg(long, value_parser = one_of(METHODS), default_value = "calibrated")]
    pub method: Method,
    /// Kind of interval: score (clustered by document, with the reference's uncertainty) or bootstrap (over documents,
    /// as a cross-check)
    #[arg(long, value_parser = one_of(INTERVALS), default_value = "score")]
    pub interval: IntervalMethod,
    /// Also report the range of the estimate over other reasonable choices: scorers, calibrations, function words only,
    /// no names and numbers, and whole documents
    #[arg(long)]
    pub band: bool,
    /// Show how the input is read, and the number of units of the first three documents, without estimating anything
    #[arg(long)]
    pub dry_run: bool,
    /// Format of the result [default: by the ending of the -o file (.json, .csv, .md, .html), else table]
    #[arg(
        long,
        value_parser = one_of_these(const { &outputs("Rows for spreadsheets and programs, one per group and source") })
    )]
    pub output: Option<Output>,
    /// Write the result to this file instead of standard output; the file is written whole or not at all
    #[arg(short = 'o', value_name = "FILE")]
    pub file: Option<PathBuf>,
}

impl EstimateArgs {
    /// Returns the format of the result.
    pub fn format(&self) -> Output {
        format_of(self.output, self.file.as_deref(), &outputs(""), Output::Table)
    }
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
