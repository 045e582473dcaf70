//! Arguments of `validate`.

use std::path::PathBuf;

use clap::Args;

use super::known::KnownArgs;
use super::outputs::{Output, format_of, one_of_these, outputs};
use super::values::{CALIBRATIONS, SCORERS, UNITS, closed_share, level, one_of, share};
use crate::interval::CalibrationMap;
use crate::reference::Scorer;
use crate::run::{KnownError, LeaveOutBy, ValidateRun};
use crate::tokenize::UnitRule;
use crate::validate::SideLeftOut;

#[derive(Debug, Args)]
pub struct ValidateArgs {
    #[command(flatten)]
    pub known: KnownArgs,
    /// Reference to examine on the texts that it held out, or with --leave-out the one whose settings every refit uses
    /// [default: fit one]
    #[arg(long, value_name = "NAME|PATH")]
    pub reference: Option<String>,
    /// Refit without each value in turn of: source (the LLM), component (of the reference), or a column, such as year,
    /// or human:year or llm:year for one side only; repeat for several
    #[arg(long, value_name = "source|component|[human:|llm:]COLUMN")]
    pub leave_out: Vec<String>,
    /// Examine files of known share instead of mixtures, such as 0.1=mixed.jsonl; without SHARE=, the share is the
    /// number after "alpha_" in the file name
    #[arg(long, num_args = 1.., value_name = "[SHARE=]PATH", conflicts_with = "leave_out")]
    pub target: Vec<String>,
    /// Shares of LLM text in the mixtures, 0 to 1, separated by commas
    #[arg(long, value_delimiter = ',', default_value = "0,0.05,0.1,0.25,0.5", value_parser = closed_share)]
    pub alphas: Vec<f64>,
    /// Sizes of the mixtures in units, each at least 50, separated by commas
    #[arg(long, value_delimiter = ',', default_value = "600,3000,30000", value_parser = clap::value_parser!(u32).range(50..))]
    pub sizes: Vec<u32>,
    /// Number of mixtures of each share and size
    #[arg(long, default_value_t = 20, value_parser = clap::value_parser!(u32).range(1..))]
    pub replicates: u32,
    /// Share of groups to hold out of every fit, from 0 to below 1 [default: the reference's, or 0.3333]
    #[arg(long, value_name = "SHARE", value_parser = share)]
    pub hold_out: Option<f64>,
    /// Method that scores units
    #[arg(long, value_parser = one_of(SCORERS), default_value = "logistic")]
    pub scorer: Scorer,
    /// Calibration, the method that turns scores into log ratios of densities
    #[arg(long, value_parser = one_of(CALIBRATIONS), default_value = "histogram")]
    pub calibration: CalibrationMap,
    /// Estimate shares of sentences or of whole documents [default: that of the reference, or sentence]
    #[arg(long, value_parser = one_of(UNITS))]
    pub unit: Option<UnitRule>,
    /// Confidence level of the intervals, from 0.5 to below 1
    #[arg(long, default_value_t = 0.95, value_parser = level)]
    pub level: f64,
    /// Seed of the mixtures
    #[arg(long, default_value_t = 0)]
    pub seed: u64,
    /// Draw the error against the true share in this file (SVG or PNG); repeat for several files
    #[arg(long, value_name = "FILE")]
    pub figure: Vec<PathBuf>,
    /// Write the reference, with the systematic error that was learnt, to this file; needs --reference and --leave-out
    #[arg(long, value_name = "FILE", requires = "leave_out", requires = "reference")]
    pub store: Option<PathBuf>,
    /// Format of the result [default: by the ending of the -o file (.json, .csv, .md, .html), else table]
    #[arg(
        long,
        value_parser = one_of_these(const { &outputs("Rows for spreadsheets and programs, one per kind of mixture and method") })
    )]
    pub output: Option<Output>,
    /// Write the result to this file instead of standard output; the file is written whole or not at all
    #[arg(short = 'o', value_name = "FILE")]
    pub file: Option<PathBuf>,
}

impl ValidateArgs {
    /// Returns the format of the result.
    pub fn format(&self) -> Output {
        format_of(self.output, self.file.as_deref(), &outputs(""), Output::Table)
    }
}

impl TryFrom<&ValidateArgs> for ValidateRun {
    type Error = KnownError;

    fn try_from(arguments: &ValidateArgs) -> Result<ValidateRun, KnownError> {
        Ok(ValidateRun {
            reference: arguments.reference.clone(),
            leave_out: arguments.leave_out.iter().map(|way| leave_out(way)).collect(),
            targets: arguments.target.iter().map(|argument| target(argument)).collect(),
            alphas: arguments.alphas.clone(),
            sizes: arguments.sizes.iter().map(|&size| size as usize).collect(),
            n_replicates: arguments.replicates as usize,
            hold_out: arguments.hold_out,
            scorer: arguments.scorer,
            calibration: arguments.calibration,
            unit: arguments.unit,
            level: arguments.level,
            seed: arguments.seed,
            ..ValidateRun::new((&arguments.known).try_into()?)
        })
    }
}

/// Parses `source`, `component` or `[human:|llm:]COLUMN`.
fn leave_out(way: &str) -> LeaveOutBy {
    match (way, way.split_once(':')) {
        ("source", _) => LeaveOutBy::Source,
        ("component", _) => LeaveOutBy::Component,
        (_, Some(("human", column))) => LeaveOutBy::Column(column.to_owned(), SideLeftOut::Human),
        (_, Some(("llm", column))) => LeaveOutBy::Column(column.to_owned(), SideLeftOut::Llm),
        _ => LeaveOutBy::Column(way.to_owned(), SideLeftOut::Both),
    }
}

/// Parses `[SHARE=]PATH`; what stands before `=` belongs to the path if it is not a number.
fn target(argument: &str) -> (Option<f64>, String) {
    let named = argument.split_once('=').and_then(|(share, path)| Some((share.parse().ok()?, path)));
    named.map_or((None, argument.to_owned()), |(share, path)| (Some(share), path.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ways_to_leave_out_are_named_as_they_are_typed() {
        for way in ["source", "component", "year", "human:year", "llm:prompt", "time:of:day"] {
            assert_eq!(leave_out(way).to_string(), way);
        }
        assert_eq!(leave_out("llm:prompt"), LeaveOutBy::Column("prompt".to_owned(), SideLeftOut::Llm));
    }

    #[test]
    fn a_target_has_a_share_if_a_number_is_in_front() {
        assert_eq!(target("0.1=mixed.jsonl"), (Some(0.1), "mixed.jsonl".to_owned()));
        for path in ["alpha_0.1.jsonl", "year=2023/mixed.jsonl"] {
            assert_eq!(target(path), (None, path.to_owned()));
        }
    }
}
