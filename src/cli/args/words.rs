//! Arguments of `words`.

use std::path::PathBuf;

use clap::Args;
use jiff::civil::Date;

use super::{FigureArgs, InputArgs, PERIODS, RANKS, UNITS, date, event, level, one_of};
use crate::corpus::{Event, PeriodRule};
use crate::report::Output;
use crate::run::WordsRun;
use crate::tokenize::UnitRule;
use crate::words::Rank;

#[derive(Debug, Args)]
pub struct WordsArgs {
    #[command(flatten)]
    pub input: InputArgs,
    /// Column with the date or year [default: date, created, announced or year]
    #[arg(long, value_name = "COLUMN")]
    pub date_field: Option<String>,
    /// How long a period is
    #[arg(long, value_parser = one_of(PERIODS), default_value = "year")]
    pub period: PeriodRule,
    /// Column to group by; repeat for combinations
    #[arg(long, value_name = "COLUMN")]
    pub by: Vec<String>,
    /// Periods that end before this day are from before LLMs: the course that later ones are compared with
    #[arg(long, value_name = "DATE", default_value_t = DEFAULT_BASELINE, value_parser = date)]
    pub baseline_before: Date,
    /// Reference whose LLM words are marked: reviews, abstracts, a file, or none
    #[arg(long, value_name = "NAME|PATH", default_value = "reviews")]
    pub reference: String,
    /// Words to show, separated by commas [default: those with the most excess]
    #[arg(long, value_name = "WORDS", value_delimiter = ',')]
    pub words: Vec<String>,
    /// How many words to show of each group
    #[arg(long, value_name = "N", default_value_t = 30, value_parser = clap::value_parser!(u32).range(1..), conflicts_with = "words")]
    pub top: u32,
    /// By what words with excess are put in order: difference (words that many sentences have) or ratio (words that were rare)
    #[arg(long, value_parser = one_of(RANKS), default_value = "difference", conflicts_with = "words")]
    pub rank: Rank,
    /// What a rate is a share of [default: sentence; an occurrence table knows its own]
    #[arg(long, value_parser = one_of(UNITS))]
    pub unit: Option<UnitRule>,
    /// Date to mark, beside the release of ChatGPT; repeat for several
    #[arg(long, value_name = "DATE=LABEL", value_parser = event)]
    pub event: Vec<Event>,
    /// Coverage of the intervals
    #[arg(long, default_value_t = 0.95, value_parser = level)]
    pub level: f64,
    /// How the result is printed
    #[arg(long, value_enum, default_value_t)]
    pub output: Output,
    /// Folder for words.svg, words.png, report.html, report.md, words.csv and words.json; it is made if it is not there
    #[arg(short = 'o', value_name = "DIR")]
    pub folder: Option<PathBuf>,
    #[command(flatten)]
    pub figure: FigureArgs,
}

const DEFAULT_BASELINE: Date = jiff::civil::date(2022, 11, 30);

impl From<&WordsArgs> for WordsRun {
    fn from(arguments: &WordsArgs) -> WordsRun {
        WordsRun {
            date_field: arguments.date_field.clone(),
            period: arguments.period,
            by: arguments.by.clone(),
            baseline_before: arguments.baseline_before,
            reference: arguments.reference.clone(),
            words: arguments.words.clone(),
            n_top: arguments.top as usize,
            rank: arguments.rank,
            unit: arguments.unit,
            events: arguments.event.clone(),
            level: arguments.level,
            ..WordsRun::new((&arguments.input).into())
        }
    }
}
