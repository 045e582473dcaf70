//! Arguments of `trend`.

use std::path::PathBuf;

use clap::Args;
use jiff::civil::Date;

use super::{ChangeArg, EventArg, FigureArgs, PeriodArg, TargetArgs, date};
use crate::report::Output;

#[derive(Debug, Args)]
pub struct TrendArgs {
    #[command(flatten)]
    pub target: TargetArgs,
    /// How long a period is
    #[arg(long, value_enum, default_value_t)]
    pub period: PeriodArg,
    /// Date to mark, with a label; repeat for several. The release of ChatGPT is marked anyway
    #[arg(long, value_name = "DATE=LABEL")]
    pub event: Vec<EventArg>,
    /// Two periods to compare, by their names in the table, such as 2023..2024 or 2023-07..2024-07; repeat for several
    #[arg(long, value_name = "FROM..TO")]
    pub change: Vec<ChangeArg>,
    /// Date before and after which the periods are compared [default: 2022-11-30, the release of ChatGPT]
    #[arg(long = "break", value_name = "DATE", value_parser = date)]
    pub break_date: Option<Date>,
    /// Also the range of each estimate by other reasonable choices: scorers, calibrations, function words only, no names and numbers,
    /// whole documents. A part of every report of text (-o)
    #[arg(long)]
    pub band: bool,
    /// What standard output gets
    #[arg(long, value_enum, default_value_t)]
    pub output: Output,
    /// Folder for trend.svg, trend.png, report.html, report.md, trend.csv and trend.json; it is made if it is not there
    #[arg(short = 'o', value_name = "DIR")]
    pub folder: Option<PathBuf>,
    #[command(flatten)]
    pub figure: FigureArgs,
}
