//! Arguments of `words`.

use std::path::PathBuf;

use clap::Args;
use jiff::civil::Date;

use super::figure::FigureArgs;
use super::input::InputArgs;
use super::outputs::{Output, one_of_these, outputs};
use super::values::{PERIODS, RANKS, UNITS, date, event, level, one_of};
use crate::corpus::{CHATGPT, Event, PeriodRule};
use crate::run::WordsRun;
use crate::tokenize::UnitRule;
use crate::words::Rank;

#[derive(Debug, Args)]
pub struct WordsArgs {
    #[command(flatten)]
    pub input: InputArgs,
    /// Column with the date or year [default: the first found of date, created, announced and year]
    #[arg(long, value_name = "COLUMN")]
    pub date_field: Option<String>,
    /// Length of a period
    #[arg(long, value_parser = one_of(PERIODS), default_value = "year")]
    pub period: PeriodRule,
    /// Follow words separately for each value of this column; repeat to combine columns, such as --by venue --by year
    #[arg(long, value_name = "COLUMN")]
    pub by: Vec<String>,
    /// Count periods that end before this day as before LLMs; later periods are compared with the trend of these
    #[arg(long, value_name = "DATE", default_value_t = CHATGPT, value_parser = date)]
    pub baseline_before: Date,
    /// Reference whose LLM words are marked: reviews, abstracts, a file, or none to mark no words
    #[arg(long, value_name = "NAME|PATH", default_value = "reviews")]
    pub reference: String,
    /// Words to show, separated by commas, such as delve,realm [default: those with the most excess]
    #[arg(long, value_name = "WORDS", value_delimiter = ',')]
    pub words: Vec<String>,
    /// Number of words to show of each group
    #[arg(long, value_name = "N", default_value_t = 30, value_parser = clap::value_parser!(u32).range(1..), conflicts_with = "words")]
    pub top: u32,
    /// Order of the words with excess: difference (favours words in many sentences) or ratio (favours rare words)
    #[arg(long, value_parser = one_of(RANKS), default_value = "difference", conflicts_with = "words")]
    pub rank: Rank,
    /// Compute rates of sentences or of whole documents [default: sentence, or that of the occurrence table]
    #[arg(long, value_parser = one_of(UNITS))]
    pub unit: Option<UnitRule>,
    /// Date to mark besides the release of ChatGPT, with a label, such as 2023-03-14=GPT-4; repeat for several
    #[arg(long, value_name = "DATE=LABEL", value_parser = event)]
    pub event: Vec<Event>,
    /// Confidence level of the intervals, from 0.5 to below 1
    #[arg(long, default_value_t = 0.95, value_parser = level)]
    pub level: f64,
    /// Format of the result on standard output
    #[arg(
        long,
        value_parser = one_of_these(const { &outputs("Rows for spreadsheets and programs, one per word and period") }),
        default_value = "table"
    )]
    pub output: Output,
    /// Also write words.svg, words.png, report.html, report.md, words.csv and words.json to this folder, which is
    /// created if needed
    #[arg(short = 'o', value_name = "DIR")]
    pub folder: Option<PathBuf>,
    #[command(flatten)]
    pub figure: FigureArgs,
}

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
