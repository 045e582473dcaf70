//! The arguments as typed; help, manual page and completions come from here.

mod check;
mod estimate;
mod figure;
mod help;
mod input;
mod known;
mod outputs;
mod reference;
mod score;
mod target;
mod trend;
mod validate;
mod values;
mod words;

use clap::{Parser, Subcommand};

pub use check::CheckArgs;
pub use estimate::EstimateArgs;
pub use known::{FitArgs, KnownArgs};
pub use outputs::{CheckOutput, LintOutput, Output};
pub use reference::{LintArgs, ReferenceArgs, ReferenceCommand};
pub use score::ScoreArgs;
pub use target::TargetArgs;
pub use trend::TrendArgs;
pub use validate::ValidateArgs;
pub use values::{closed_share, level};
pub use words::WordsArgs;

use help::{with_codes, with_terms};

/// Estimate which fraction of a corpus was written by large language models, with an interval.
///
/// The estimate is about a corpus, never about a person or a single document.
#[derive(Debug, Parser)]
#[command(name = "llm-prevalence", version, max_term_width = 100)]
#[command(
    after_help = with_codes(
        "Example:\n  llm-prevalence estimate reviews.jsonl.gz --by year",
        "0 done; 1 failed (check, reference lint --strict); 2 error; 3 inconclusive (check --inconclusive fail)"
    )
)]
pub struct Cli {
    #[command(subcommand)]
    pub command: Command,
    /// Number of threads; it does not change the result [default: all]
    #[arg(long, global = true, value_name = "N")]
    pub threads: Option<usize>,
    /// Print no progress and no notes on standard error
    #[arg(long, short, global = true)]
    pub quiet: bool,
    /// Colour tables: auto (in a terminal without NO_COLOR), always, or never
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto")]
    pub color: clap::ColorChoice,
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
    /// Estimate the LLM share of a corpus, or of each group in it, with its interval
    #[command(after_help = with_terms("Examples:\n  llm-prevalence estimate reviews.jsonl.gz --by year\n  \
        llm-prevalence estimate scores.parquet --by venue --by year --output json -o result.json\n  \
        zcat abstracts.csv.gz | llm-prevalence estimate - --format csv --reference abstracts\n  \
        llm-prevalence estimate notes.jsonl --by year --control-before 2022-11-30\n  \
        llm-prevalence estimate openreview-notes.json --dry-run"))]
    Estimate(Box<EstimateArgs>),
    /// Estimate the LLM share over time, test its changes and trend, and warn if the reference is too old for the text
    #[command(after_help = with_terms("Examples:\n  llm-prevalence trend reviews.jsonl.gz --by venue -o trend-report\n  \
        llm-prevalence trend abstracts.jsonl.gz --reference abstracts --period month \\\n    \
        --control-before 2022-11-30 --event 2023-03-14=GPT-4 \\\n    \
        --change 2023-07..2024-07 -o trend-report\n  \
        llm-prevalence trend scores.parquet --date-field year --output csv"))]
    Trend(Box<TrendArgs>),
    /// Check whether the LLM share of a batch is above what is allowed, as a gate in CI
    ///
    /// The interval decides, not the estimate itself: the check passes if the upper end is at most --max, fails if the
    /// lower end is above --max, and is inconclusive otherwise. With --by, every group is judged, and the intervals are
    /// widened so that all of them are right together at --level. Too little text, text that the reference does not
    /// fit, and a group that the baseline lacks are inconclusive, never a pass.
    ///
    /// Settings can also be given in a file llm-prevalence.toml, in this folder or one above it; flags override it.
    ///
    /// If GITHUB_ACTIONS is true, verdicts other than a pass are also printed as annotations (on standard error if the
    /// result on standard output is not the summary). If GITHUB_STEP_SUMMARY and GITHUB_OUTPUT are set, a Markdown
    /// summary and the outputs verdict and alpha (the largest of the groups) are appended to the files that they name.
    #[command(mut_arg("inputs", |argument| argument.required(false).required_unless_present("show_policy")))]
    #[command(after_help = with_codes("Examples:\n  llm-prevalence check batch.jsonl.gz --max 0.2\n  \
        cat batch.jsonl | llm-prevalence check - --max 0.2 --inconclusive fail\n  \
        llm-prevalence check reviews.jsonl --by venue --max 0.2 --power --junit check.xml\n  \
        llm-prevalence check new.jsonl --baseline last.json --max-increase 0.05 \\\n    \
        --output json -o this.json\n  \
        llm-prevalence check --show-policy",
        "0 passed, or inconclusive without --inconclusive fail; 1 failed; 2 error (usage, I/O, bad input, or no document \
        at all); 3 inconclusive with --inconclusive fail"))]
    Check(Box<CheckArgs>),
    /// Fit a reference on texts of known source
    #[command(after_help = with_terms("Examples:\n  llm-prevalence fit --human iclr-2019.jsonl.gz iclr-2020.jsonl.gz \\\n    \
        --llm gpt-4=gpt4.jsonl.gz --llm qwen3=qwen3.jsonl.gz \\\n    \
        --name my-reviews -o my-reviews.reference.json\n  \
        llm-prevalence fit --human iclr-2019.jsonl.gz --llm generated.jsonl.gz \\\n    \
        --source-field generator --group gpt-4o='gpt-4o*' -o my-reviews.reference.json"))]
    Fit(FitArgs),
    /// Measure the error of estimates on mixtures of known share, and learn the systematic error
    #[command(
        after_help = with_terms("Examples:\n  llm-prevalence validate --human iclr.jsonl.gz \\\n    \
        --llm gpt-4=gpt4.jsonl.gz --llm qwen3=qwen3.jsonl.gz\n  \
        llm-prevalence validate --reference my.reference.json --human iclr.jsonl.gz \\\n    \
        --llm all.jsonl.gz --source-field generator --leave-out component --leave-out human:year \\\n    \
        --store my.reference.json\n  \
        llm-prevalence validate --human human_data.parquet --llm gpt-3.5=ai_data.parquet \\\n    \
        --target 'ground_truth_alpha_*.parquet'")
    )]
    Validate(ValidateArgs),
    /// Find words used more often than their pre-LLM trend predicts, and mark known LLM words
    ///
    /// Prints a table, and with -o also writes a folder of files.
    #[command(after_help = with_terms("Examples:\n  llm-prevalence words reviews.jsonl.gz --by venue -o words/\n  \
        llm-prevalence words abstracts.csv.gz --date-field created --period quarter \\\n    \
        --words delve,intricate,realm\n  \
        llm-prevalence score --words words.parquet --by year reviews.jsonl.gz \\\n    \
        && llm-prevalence words words.parquet"))]
    Words(WordsArgs),
    /// Score text into a table that contains no text and can be estimated later
    #[command(
        after_help = with_terms("Examples:\n  llm-prevalence score reviews.jsonl.gz --by venue --by year -o reviews.scores.parquet\n  \
        llm-prevalence score reviews.jsonl.gz --by venue --by year --words reviews.words.parquet")
    )]
    Score(ScoreArgs),
    /// List and show references, and find problems in their texts
    #[command(after_help = with_terms("Examples:\n  llm-prevalence reference list\n  llm-prevalence reference show reviews\n  \
        llm-prevalence reference lint --human human.jsonl.gz --llm gpt-4o=gpt-4o.jsonl.gz"))]
    Reference(ReferenceArgs),
    /// Print a completion script for a shell
    #[command(after_help = with_terms("Example:\n  llm-prevalence completions bash > /etc/bash_completion.d/llm-prevalence"))]
    Completions {
        /// Shell that the script is for
        shell: clap_complete::Shell,
    },
    /// Print the manual page of the tool or of a command
    #[command(after_help = with_terms("Example:\n  llm-prevalence man estimate | man -l -"))]
    Man {
        /// Command that the page describes [default: the tool as a whole]
        command: Option<String>,
    },
}
