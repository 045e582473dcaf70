//! Arguments of `reference`.

use std::path::PathBuf;

use clap::{Args, Subcommand};

use super::help::{with_codes, with_terms};
use super::known::KnownArgs;
use super::outputs::{LINT_OUTPUTS, LintOutput, format_of, one_of_these};
use crate::run::{KnownError, LintRun};

#[derive(Debug, Args)]
pub struct ReferenceArgs {
    #[command(subcommand)]
    pub command: ReferenceCommand,
}

#[derive(Debug, Subcommand)]
pub enum ReferenceCommand {
    /// List the references that come with the tool
    #[command(after_help = with_terms("Example:\n  llm-prevalence reference list"))]
    List,
    /// Show what a reference was made from, and what it is and is not good for
    #[command(after_help = with_terms("Example:\n  llm-prevalence reference show reviews"))]
    Show {
        /// Reference to show: reviews, abstracts, or a file
        #[arg(value_name = "NAME|PATH")]
        reference: String,
    },
    /// Find problems in the texts of a reference: leftovers of prompts and forms, copies, late dates, odd lengths and
    /// characters
    #[command(
        override_usage = "llm-prevalence reference lint [REFERENCE] --human <PATH>... --llm <[NAME=]PATH>... [OPTIONS]"
    )]
    #[command(after_help = with_codes("Examples:\n  llm-prevalence reference lint --human human.jsonl.gz \\\n    \
        --llm gpt-4=gpt4.jsonl.gz --llm qwen3=qwen3.jsonl.gz\n  \
        llm-prevalence reference lint my.reference.json --human human.jsonl.gz \\\n    \
        --llm generated.jsonl.gz --source-field generator --output markdown -o lint.md",
        "0 done, whatever was found; 1 if a finding is an error, with --strict; 2 error"))]
    #[command(mut_arg("strict", |argument| argument.help(
        "Exit with 1 if a finding is an error; also refuse bytes that are not UTF-8 instead of replacing them"
    )))]
    Lint(Box<LintArgs>),
}

#[derive(Debug, Args)]
pub struct LintArgs {
    /// Reference that was fitted on these texts, to skip what it held out and to compare its files; give it before the
    /// options
    #[arg(value_name = "REFERENCE")]
    pub reference: Option<String>,
    #[command(flatten)]
    pub known: KnownArgs,
    /// Format of the findings [default: by the ending of the -o file (.json, .md, .html), else table]
    #[arg(long, value_parser = one_of_these(LINT_OUTPUTS))]
    pub output: Option<LintOutput>,
    /// Write the findings to this file instead of standard output; the file is written whole or not at all
    #[arg(short = 'o', value_name = "FILE")]
    pub file: Option<PathBuf>,
}

impl LintArgs {
    /// Returns the format of the findings.
    pub fn format(&self) -> LintOutput {
        format_of(self.output, self.file.as_deref(), LINT_OUTPUTS, LintOutput::Table)
    }
}

impl TryFrom<&LintArgs> for LintRun {
    type Error = KnownError;

    fn try_from(arguments: &LintArgs) -> Result<LintRun, KnownError> {
        let usual = LintRun::new((&arguments.known).try_into()?);
        Ok(LintRun { reference: arguments.reference.clone(), ..usual })
    }
}
