//! Arguments of `trend`.

use std::path::PathBuf;

use clap::Args;
use jiff::civil::Date;

use super::figure::FigureArgs;
use super::outputs::{Output, one_of_these, outputs};
use super::target::TargetArgs;
use super::values::{PERIODS, change, date, event, one_of};
use crate::corpus::{Event, PeriodRule};
use crate::run::TrendRun;
use crate::trend::Pair;

#[derive(Debug, Args)]
pub struct TrendArgs {
    #[command(flatten)]
    pub target: TargetArgs,
    /// Length of a period
    #[arg(long, value_parser = one_of(PERIODS), default_value = "year")]
    pub period: PeriodRule,
    /// Date to mark, with a label, such as 2023-03-14=GPT-4; repeat for several. The release of ChatGPT is marked
    /// anyway if the periods come within a year of it
    #[arg(long, value_name = "DATE=LABEL", value_parser = event)]
    pub event: Vec<Event>,
    /// Compare two periods, by their names in the table, such as 2023..2024 or 2023-07..2024-07; repeat for several
    #[arg(long, value_name = "FROM..TO", value_parser = change)]
    pub change: Vec<Pair>,
    /// Compare the periods before this date with those after it [default: 2022-11-30, the release of ChatGPT]
    #[arg(long = "break", value_name = "DATE", value_parser = date)]
    pub break_date: Option<Date>,
    /// Also report the range of each estimate over other reasonable choices: scorers, calibrations, function words
    /// only, no names and numbers, and whole documents
    #[arg(long)]
    pub band: bool,
    /// Format of the result on standard output
    #[arg(
        long,
        value_parser = one_of_these(const { &outputs("Rows for spreadsheets and programs, one per period and source") }),
        default_value = "table"
    )]
    pub output: Output,
    /// Also write trend.svg, trend.png, report.html, report.md, trend.csv and trend.json to this folder, which is
    /// created if needed
    #[arg(short = 'o', value_name = "DIR")]
    pub folder: Option<PathBuf>,
    #[command(flatten)]
    pub figure: FigureArgs,
}

impl From<&TrendArgs> for TrendRun {
    fn from(arguments: &TrendArgs) -> TrendRun {
        let usual = TrendRun::new((&arguments.target).into());
        TrendRun {
            period: arguments.period,
            events: arguments.event.clone(),
            changes: arguments.change.clone(),
            break_date: arguments.break_date.unwrap_or(usual.break_date),
            break_is_asked: arguments.break_date.is_some(),
            band: arguments.band,
            ..usual
        }
    }
}
