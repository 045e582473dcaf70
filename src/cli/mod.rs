//! The command-line tool: parses arguments, runs a command, and returns an exit code.

mod args;
#[doc(hidden)]
pub mod call;
mod check;
mod codes;
mod estimate;
mod fit;
mod folder;
mod github;
mod lint;
mod output;
mod place;
mod policy;
mod policy_file;
mod policy_wording;
mod progress;
mod reference;
mod score;
mod trend;
mod typed;
mod validate;
mod words;

use std::ffi::OsString;
use std::process::ExitCode;

use clap::{CommandFactory, Parser};

#[doc(hidden)]
pub use crate::guard::silence_parsers;
use args::{Cli, Command};
use codes::FAILED;
use output::Voice;
#[doc(hidden)]
pub use policy::policy_of;

/// Runs the tool with these arguments, the program's name first. Exit codes: 0 done, 1 a check failed (`check`,
/// `reference lint --strict`), 2 error, 3 a check is inconclusive (only `check --inconclusive fail`).
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    ExitCode::from(code(arguments))
}

/// Runs the tool as [`run`] does, and returns the exit code as a number.
pub fn code(arguments: impl IntoIterator<Item = OsString>) -> u8 {
    silence_parsers();
    let typed: Vec<OsString> = arguments.into_iter().collect();
    let cli = match Cli::try_parse_from(&typed) {
        Ok(cli) => cli,
        Err(error) => {
            // Nothing can be done about a terminal that is gone.
            let _ = error.print();
            return if error.use_stderr() { FAILED } else { 0 };
        }
    };
    match cli.start_threads().and_then(|()| dispatch(cli, &typed)) {
        Ok(code) => code,
        Err(error) if output::is_closed_pipe(&error) => 0,
        Err(error) => {
            output::complain(&format!("error: {error:#}"));
            FAILED
        }
    }
}

fn dispatch(cli: Cli, typed: &[OsString]) -> anyhow::Result<u8> {
    let voice = Voice { quiet: cli.quiet, color: cli.color };
    match cli.command {
        Command::Estimate(arguments) => estimate::run(&arguments, typed, voice)?,
        Command::Trend(arguments) => trend::run(&arguments, typed, voice)?,
        Command::Check(arguments) => return check::run(&arguments, typed, voice),
        Command::Fit(arguments) => fit::run(&arguments, voice.quiet)?,
        Command::Validate(arguments) => validate::run(&arguments, typed, voice)?,
        Command::Words(arguments) => words::run(&arguments, typed, voice)?,
        Command::Score(arguments) => score::run(&arguments, voice.quiet)?,
        Command::Reference(arguments) => return reference::run(&arguments, typed, voice),
        Command::Completions { shell } => {
            let mut script = Vec::new();
            clap_complete::generate(shell, &mut Cli::command(), "llm-prevalence", &mut script);
            output::print_bytes(&script)?;
        }
        Command::Man { command } => manual(command.as_deref())?,
    }
    Ok(0)
}

/// Prints the manual page of the tool, or of one command.
fn manual(command: Option<&str>) -> anyhow::Result<()> {
    let mut tool = Cli::command();
    tool.build();
    let page_of = match command {
        None => tool,
        Some(name) => {
            let found = tool.find_subcommand(name);
            found.ok_or_else(|| anyhow::anyhow!("no command \"{name}\" [see --help]"))?.clone()
        }
    };
    let mut page = Vec::new();
    clap_mangen::Man::new(page_of).render(&mut page)?;
    output::print_bytes(&page)
}
