//! Arguments as typed; help, man page and completions come from here.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::corpus::{Format, ReadOptions};
use crate::estimate::{IntervalMethod, Method};
use crate::interval::CalibrationMap;
use crate::reference::Scorer;
use crate::report::{LintOutput, Output};
use crate::tokenize::UnitRule;

/// Which fraction of a corpus was written by large language models, with its interval.
///
/// It judges corpora, never a person or a single document.
#[derive(Debug, Parser)]
#[command(name = "llm-prevalence", version, max_term_width = 100)]
#[command(after_help = "Example:\n  llm-prevalence estimate reviews.jsonl.gz --by year")]
pub struct Cli {
    #[command(subcommand)]
    pub command: Command,
    /// Threads to use; the result is the same with any number [default: all]
    #[arg(long, global = true, value_name = "N")]
    pub threads: Option<usize>,
    /// No progress and no notes on standard error
    #[arg(long, short, global = true)]
    pub quiet: bool,
}

impl Cli {
    /// Sets the number of threads before anything uses them.
    pub fn start_threads(&self) -> anyhow::Result<()> {
        if let Some(n_threads) = self.threads {
            anyhow::ensure!(n_threads > 0, "--threads 0: at least one thread is needed");
            rayon::ThreadPoolBuilder::new().num_threads(n_threads).build_global()?;
        }
        Ok(())
    }
}

#[derive(Debug, Subcommand)]
pub enum Command {
    /// The LLM share of a corpus, or of each group in it, with its interval
    #[command(after_help = "Examples:\n  llm-prevalence estimate reviews.jsonl.gz --by year\n  \
        llm-prevalence estimate scores.parquet --by venue --by year --output json -o result.json\n  \
        zcat abstracts.csv.gz | llm-prevalence estimate - --format csv --reference abstracts\n  \
        llm-prevalence estimate notes.jsonl --by year --control-before 2022-11-30")]
    Estimate(EstimateArgs),
    /// Make a reference from texts of known source
    #[command(after_help = "Examples:\n  llm-prevalence fit --human iclr-2019.jsonl.gz iclr-2020.jsonl.gz \\\n    \
        --llm gpt-4=gpt4.jsonl.gz --llm qwen3=qwen3.jsonl.gz --name my-reviews -o my-reviews.reference.json\n  \
        llm-prevalence fit --human iclr-2019.jsonl.gz --llm generated.jsonl.gz --source-field generator \\\n    \
        --group gpt-4o='gpt-4o*' -o my-reviews.reference.json")]
    Fit(FitArgs),
    /// Examine on mixtures of known share whether the number holds, and learn the systematic error
    #[command(
        after_help = "Examples:\n  llm-prevalence validate --human iclr.jsonl.gz --llm gpt-4=gpt4.jsonl.gz --llm qwen3=qwen3.jsonl.gz\n  \
        llm-prevalence validate --reference my.reference.json --human iclr.jsonl.gz --llm all.jsonl.gz --source-field generator \\\n    \
        --leave-out component --leave-out human:year --store my.reference.json\n  \
        llm-prevalence validate --human human_data.parquet --llm gpt-3.5=ai_data.parquet --target 'ground_truth_alpha_*.parquet'"
    )]
    Validate(ValidateArgs),
    /// Score text into a table without text, which `estimate` reads
    #[command(
        after_help = "Example:\n  llm-prevalence score reviews.jsonl.gz --by venue --by year -o reviews.scores.parquet"
    )]
    Score(ScoreArgs),
    /// List and show references, and look for what poisons them
    #[command(after_help = "Examples:\n  llm-prevalence reference list\n  llm-prevalence reference show reviews\n  \
        llm-prevalence reference lint --human human.jsonl.gz --llm gpt-4o=gpt-4o.jsonl.gz")]
    Reference(ReferenceArgs),
    /// Print a completion script for a shell
    #[command(after_help = "Example:\n  llm-prevalence completions bash > /etc/bash_completion.d/llm-prevalence")]
    Completions {
        /// The shell
        shell: clap_complete::Shell,
    },
    /// Print the manual page of the tool or of a command
    #[command(after_help = "Example:\n  llm-prevalence man estimate | man -l -")]
    Man {
        /// The command [default: the tool as a whole]
        command: Option<String>,
    },
}

/// What to read, and how.
#[derive(Debug, Args)]
pub struct InputArgs {
    /// Files, folders, globs, or - for standard input (parquet, CSV, TSV, JSON, JSON Lines, .txt, .md; also .gz, .zst)
    #[arg(required = true, value_name = "INPUT")]
    pub inputs: Vec<String>,
    #[command(flatten)]
    pub reading: ReadingArgs,
}

#[derive(Debug, Clone, Args)]
pub struct ReadingArgs {
    /// Format of the input: auto, parquet, csv, tsv, json, jsonl or text
    #[arg(long, value_name = "FORMAT", default_value = "auto")]
    pub format: FormatArg,
    /// Column with the text [default: found by name: text, review, abstract, ...]; repeat to join several
    #[arg(long, value_name = "COLUMN")]
    pub text_field: Vec<String>,
    /// Column that names a document [default: id]
    #[arg(long, value_name = "COLUMN")]
    pub id_field: Option<String>,
    /// Refuse bytes that are not UTF-8 instead of replacing them
    #[arg(long)]
    pub strict: bool,
}

impl ReadingArgs {
    /// Options for reading, with the columns whose values are needed.
    pub fn options(&self, columns: Vec<String>, optional_columns: Vec<String>) -> ReadOptions {
        ReadOptions {
            format: self.format.0,
            text_fields: self.text_field.clone(),
            id_field: self.id_field.clone(),
            columns,
            optional_columns,
            strict: self.strict,
        }
    }
}

/// A format, or auto.
#[derive(Debug, Clone, Copy)]
pub struct FormatArg(pub Option<Format>);

impl std::str::FromStr for FormatArg {
    type Err = crate::corpus::CorpusError;

    fn from_str(name: &str) -> Result<Self, Self::Err> {
        if name == "auto" { Ok(FormatArg(None)) } else { name.parse().map(|format| FormatArg(Some(format))) }
    }
}

#[derive(Debug, Args)]
pub struct EstimateArgs {
    #[command(flatten)]
    pub input: InputArgs,
    /// Reference: reviews, abstracts, or a file [default: reviews; a score table knows its own]
    #[arg(long, value_name = "NAME|PATH")]
    pub reference: Option<String>,
    /// Column to group by; repeat for combinations
    #[arg(long, value_name = "COLUMN")]
    pub by: Vec<String>,
    /// How units are scored [default: logistic; a score table knows its own]
    #[arg(long, value_enum)]
    pub scorer: Option<ScorerArg>,
    /// What alpha is a share of: sentences, or whole documents [default: the reference's, which is usually sentence]
    #[arg(long, value_enum)]
    pub unit: Option<UnitArg>,
    /// How scores become log ratios of densities
    #[arg(long, value_enum, default_value_t)]
    pub calibration: CalibrationArg,
    /// How alpha is estimated; liang is the published method, for comparison
    #[arg(long, value_enum, default_value_t)]
    pub method: MethodArg,
    /// Which interval: score (clustered, with the reference's uncertainty) or a bootstrap over documents as a cross-check
    #[arg(long, value_enum, default_value_t)]
    pub interval: IntervalArg,
    /// Coverage of the interval
    #[arg(long, default_value_t = 0.95, value_parser = level)]
    pub level: f64,
    /// Seed of the bootstrap
    #[arg(long, default_value_t = 0)]
    pub seed: u64,
    /// Only documents that the reference has left out of its fit
    #[arg(long)]
    pub held_out: bool,
    #[command(flatten)]
    pub control: ControlArgs,
    /// How the result is written
    #[arg(long, value_enum, default_value_t)]
    pub output: Output,
    /// File for the result instead of standard output; written whole or not at all
    #[arg(short = 'o', value_name = "FILE")]
    pub file: Option<PathBuf>,
}

/// Human text of the input's own kind.
#[derive(Debug, Args)]
pub struct ControlArgs {
    /// Control: human text of the input's kind (files, folders or globs, or score tables where the input is some)
    #[arg(long, num_args = 1.., value_name = "PATH")]
    pub control: Vec<String>,
    /// Control: the documents of the input from before this day, such as 2022-11-30
    #[arg(long, value_name = "DATE", conflicts_with = "control")]
    pub control_before: Option<String>,
    /// Column with the date or year for --control-before [default: date, created, announced or year]
    #[arg(long, value_name = "COLUMN", requires = "control_before")]
    pub date_field: Option<String>,
}

#[derive(Debug, Args)]
pub struct ScoreArgs {
    #[command(flatten)]
    pub input: InputArgs,
    /// Reference: reviews, abstracts, or a file
    #[arg(long, value_name = "NAME|PATH", default_value = "reviews")]
    pub reference: String,
    /// Column to keep, to group by later; repeat for several
    #[arg(long, value_name = "COLUMN")]
    pub by: Vec<String>,
    /// How units are scored
    #[arg(long, value_enum, default_value = "logistic")]
    pub scorer: ScorerArg,
    /// Only documents that the reference has left out of its fit
    #[arg(long)]
    pub held_out: bool,
    /// Keep this many random documents of each group
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    pub sample: Option<u32>,
    /// Seed of the sample and of the default salt
    #[arg(long, default_value_t = 0)]
    pub seed: u64,
    /// Secret that document keys are hashed with [default: from the input and the seed, which whoever has both can repeat]
    #[arg(long, value_name = "SECRET", conflicts_with = "anonymous")]
    pub salt: Option<String>,
    /// Number the documents in the order of their scores instead of hashing their ids
    #[arg(long)]
    pub anonymous: bool,
    /// The score table to write (parquet)
    #[arg(short = 'o', value_name = "FILE")]
    pub file: PathBuf,
}

/// Texts of known source.
#[derive(Debug, Clone, Args)]
pub struct KnownArgs {
    /// Human text: files, folders or globs
    #[arg(long, num_args = 1.., value_name = "PATH")]
    pub human: Vec<String>,
    /// LLM text and the name of the LLM; repeat for several. With --source-field a path alone
    #[arg(long, num_args = 1.., value_name = "[NAME=]PATH")]
    pub llm: Vec<String>,
    /// Column that names the LLM of each text of --llm ("human" for human text)
    #[arg(long, value_name = "COLUMN")]
    pub source_field: Option<String>,
    /// Pool LLM sources whose names match a pattern; repeat for several patterns or pools. All in one: llm=*
    #[arg(long, value_name = "NAME=PATTERN")]
    pub group: Vec<String>,
    #[command(flatten)]
    pub reading: ReadingArgs,
    /// Column that keeps documents together, such as the paper a review is of [default: forum, paper or paper_id]
    #[arg(long, value_name = "COLUMN")]
    pub split_by: Option<String>,
    /// Column with the date or year, for the record [default: date, created, announced or year]
    #[arg(long, value_name = "COLUMN")]
    pub date_field: Option<String>,
}

#[derive(Debug, Args)]
pub struct FitArgs {
    #[command(flatten)]
    pub known: KnownArgs,
    /// Share of groups to leave out, for testing
    #[arg(long, value_name = "SHARE", default_value_t = 0.0, value_parser = share)]
    pub hold_out: f64,
    /// What the mixture is over
    #[arg(long, value_enum, default_value = "sentence")]
    pub unit: UnitArg,
    /// Fewest human units with a word of the vocabulary
    #[arg(long, default_value_t = 5, value_name = "N")]
    pub min_human_units: u64,
    /// Fewest LLM units with a word of the vocabulary
    #[arg(long, default_value_t = 3, value_name = "N")]
    pub min_llm_units: u64,
    /// Folds of the calibration
    #[arg(long, default_value_t = 5, value_parser = clap::value_parser!(u8).range(2..=100))]
    pub folds: u8,
    /// Seed of the folds
    #[arg(long, default_value_t = 0)]
    pub seed: u64,
    /// Name of the reference [default: the output file's]
    #[arg(long)]
    pub name: Option<String>,
    /// What it is, in a sentence, for its card
    #[arg(long, default_value = "")]
    pub description: String,
    /// What it is good for, for its card; repeat for several
    #[arg(long, value_name = "TEXT")]
    pub good_for: Vec<String>,
    /// What it is not for, for its card; repeat for several
    #[arg(long, value_name = "TEXT")]
    pub not_for: Vec<String>,
    /// The reference to write
    #[arg(short = 'o', value_name = "FILE")]
    pub file: PathBuf,
}

#[derive(Debug, Args)]
pub struct ReferenceArgs {
    #[command(subcommand)]
    pub command: ReferenceCommand,
}

#[derive(Debug, Subcommand)]
pub enum ReferenceCommand {
    /// The references that come with the tool
    #[command(after_help = "Example:\n  llm-prevalence reference list")]
    List,
    /// What a reference was made from, what it is good for, and what it is not
    #[command(after_help = "Example:\n  llm-prevalence reference show reviews")]
    Show {
        /// reviews, abstracts, or a file
        #[arg(value_name = "NAME|PATH")]
        reference: String,
    },
    /// Find what poisons a reference in its texts: leftovers of prompts and forms, copies, late dates, odd lengths and characters
    ///
    /// Exit codes: 0 done, whatever was found; with --strict 1 if a finding is an error; 2 could not do it.
    #[command(
        override_usage = "llm-prevalence reference lint [REFERENCE] --human <PATH>... --llm <[NAME=]PATH>... [OPTIONS]"
    )]
    #[command(after_help = "Examples:\n  llm-prevalence reference lint --human human.jsonl.gz \\\n    \
        --llm gpt-4=gpt4.jsonl.gz --llm qwen3=qwen3.jsonl.gz\n  \
        llm-prevalence reference lint my.reference.json --human human.jsonl.gz \\\n    \
        --llm generated.jsonl.gz --source-field generator --output markdown -o lint.md")]
    #[command(mut_arg("strict", |argument| argument.help(
        "Exit with 1 if a finding is an error; also refuse bytes that are not UTF-8 instead of replacing them"
    )))]
    Lint(Box<LintArgs>),
}

#[derive(Debug, Args)]
pub struct LintArgs {
    /// The reference that was fitted on these texts: what it has held out is passed over, and its files are compared. Comes first
    #[arg(value_name = "REFERENCE")]
    pub reference: Option<String>,
    #[command(flatten)]
    pub known: KnownArgs,
    /// How the findings are written
    #[arg(long, value_enum, default_value_t)]
    pub output: LintOutput,
    /// File for the findings instead of standard output; written whole or not at all
    #[arg(short = 'o', value_name = "FILE")]
    pub file: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub struct ValidateArgs {
    #[command(flatten)]
    pub known: KnownArgs,
    /// Reference to examine, on the texts it has held out, or whose settings every refit has [default: fit one]
    #[arg(long, value_name = "NAME|PATH")]
    pub reference: Option<String>,
    /// Refit without each value in turn of: source (LLM), component (of the reference), or a column, which human: or llm: in front
    /// restricts to one side; repeat for several
    #[arg(long, value_name = "source|component|[human:|llm:]COLUMN")]
    pub leave_out: Vec<String>,
    /// Files of known share instead of mixtures; without a share in front, it is the number behind "alpha_" in the name
    #[arg(long, num_args = 1.., value_name = "[SHARE=]PATH", conflicts_with = "leave_out")]
    pub target: Vec<String>,
    /// Shares of LLM text in the mixtures
    #[arg(long, value_delimiter = ',', default_value = "0,0.05,0.1,0.25,0.5", value_parser = closed_share)]
    pub alphas: Vec<f64>,
    /// Units of a mixture
    #[arg(long, value_delimiter = ',', default_value = "600,3000,30000", value_parser = clap::value_parser!(u32).range(50..))]
    pub sizes: Vec<u32>,
    /// Mixtures of each share and size
    #[arg(long, default_value_t = 20, value_parser = clap::value_parser!(u32).range(1..))]
    pub replicates: u32,
    /// Share of groups that no fit sees [default: the reference's, or 0.3333]
    #[arg(long, value_name = "SHARE", value_parser = share)]
    pub hold_out: Option<f64>,
    /// How units are scored
    #[arg(long, value_enum, default_value = "logistic")]
    pub scorer: ScorerArg,
    /// How scores become log ratios of densities
    #[arg(long, value_enum, default_value_t)]
    pub calibration: CalibrationArg,
    /// What alpha is a share of [default: the reference's, or sentence]
    #[arg(long, value_enum)]
    pub unit: Option<UnitArg>,
    /// Coverage of the intervals
    #[arg(long, default_value_t = 0.95, value_parser = level)]
    pub level: f64,
    /// Seed of the mixtures
    #[arg(long, default_value_t = 0)]
    pub seed: u64,
    /// Draw error against truth (SVG or PNG); repeat for several files
    #[arg(long, value_name = "FILE")]
    pub figure: Vec<PathBuf>,
    /// Write the reference with the systematic error that was learnt
    #[arg(long, value_name = "FILE", requires = "leave_out", requires = "reference")]
    pub store: Option<PathBuf>,
    /// How the result is written
    #[arg(long, value_enum, default_value_t)]
    pub output: Output,
    /// File for the result instead of standard output; written whole or not at all
    #[arg(short = 'o', value_name = "FILE")]
    pub file: Option<PathBuf>,
}

/// [`Scorer`] as a flag.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum ScorerArg {
    NaiveBayes,
    Logistic,
}

impl From<ScorerArg> for Scorer {
    fn from(scorer: ScorerArg) -> Scorer {
        match scorer {
            ScorerArg::NaiveBayes => Scorer::NaiveBayes,
            ScorerArg::Logistic => Scorer::Logistic,
        }
    }
}

/// [`CalibrationMap`] as a flag.
#[derive(Debug, Clone, Copy, Default, ValueEnum)]
pub enum CalibrationArg {
    #[default]
    Histogram,
    Logistic,
}

impl From<CalibrationArg> for CalibrationMap {
    fn from(calibration: CalibrationArg) -> CalibrationMap {
        match calibration {
            CalibrationArg::Histogram => CalibrationMap::Histogram,
            CalibrationArg::Logistic => CalibrationMap::Logistic,
        }
    }
}

/// [`Method`] as a flag.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub enum MethodArg {
    #[default]
    Calibrated,
    Liang,
}

impl From<MethodArg> for Method {
    fn from(method: MethodArg) -> Method {
        match method {
            MethodArg::Calibrated => Method::Calibrated,
            MethodArg::Liang => Method::Liang,
        }
    }
}

/// [`IntervalMethod`] as a flag.
#[derive(Debug, Clone, Copy, Default, ValueEnum)]
pub enum IntervalArg {
    #[default]
    Score,
    Bootstrap,
}

impl From<IntervalArg> for IntervalMethod {
    fn from(interval: IntervalArg) -> IntervalMethod {
        match interval {
            IntervalArg::Score => IntervalMethod::Score,
            IntervalArg::Bootstrap => IntervalMethod::Bootstrap,
        }
    }
}

/// [`UnitRule`] as a flag.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum UnitArg {
    Sentence,
    Document,
}

impl From<UnitArg> for UnitRule {
    fn from(unit: UnitArg) -> UnitRule {
        match unit {
            UnitArg::Sentence => UnitRule::Sentence,
            UnitArg::Document => UnitRule::Document,
        }
    }
}

fn level(text: &str) -> Result<f64, String> {
    let level: f64 = text.parse().map_err(|_| "not a number".to_owned())?;
    if (0.5..1.0).contains(&level) { Ok(level) } else { Err("a level is from 0.5 to below 1, such as 0.95".to_owned()) }
}

fn closed_share(text: &str) -> Result<f64, String> {
    let share: f64 = text.parse().map_err(|_| "not a number".to_owned())?;
    if (0.0..=1.0).contains(&share) { Ok(share) } else { Err("a share is from 0 to 1, such as 0.25".to_owned()) }
}

fn share(text: &str) -> Result<f64, String> {
    let share: f64 = text.parse().map_err(|_| "not a number".to_owned())?;
    if (0.0..1.0).contains(&share) { Ok(share) } else { Err("a share is from 0 to below 1, such as 0.2".to_owned()) }
}
