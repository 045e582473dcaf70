//! Runs `reference list`, `reference show` and `reference lint`.

use super::args::{ReferenceArgs, ReferenceCommand};
use super::lint;
use super::output::print_bytes;
use crate::reference::embedded::EMBEDDED;
use crate::report::{card, list};
use crate::run::select_fitted;

/// Runs the command.
pub fn run(arguments: &ReferenceArgs, quiet: bool) -> anyhow::Result<u8> {
    let text = match &arguments.command {
        ReferenceCommand::List => {
            let references = EMBEDDED.iter().map(|embedded| select_fitted(embedded.name));
            list(&references.collect::<Result<Vec<_>, _>>()?)
        }
        ReferenceCommand::Show { reference } => {
            let (reference, sha256) = select_fitted(reference)?;
            card(&reference, &sha256)
        }
        ReferenceCommand::Lint(arguments) => return lint::run(arguments, quiet),
    };
    print_bytes(text.as_bytes())?;
    Ok(0)
}
