//! Arguments as typed; help, man page and completions come from here.

mod estimate;
mod input;
mod known;
mod reference;
mod score;
mod target;
mod validate;
mod values;

use clap::{Parser, Subcommand};

pub use estimate::EstimateArgs;
pub use input::{ControlArgs, InputArgs, ReadingArgs};
pub use known::{FitArgs, KnownArgs};
pub use reference::{LintArgs, ReferenceArgs, ReferenceCommand};
pub use score::ScoreArgs;
pub use target::TargetArgs;
pub use validate::ValidateArgs;
pub use values::{CalibrationArg, IntervalArg, MethodArg, ScorerArg, UnitArg, closed_share, level, share};

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
    Estimate(Box<EstimateArgs>),
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
