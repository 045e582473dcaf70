//! Runs `reference list`, `reference show` and `reference lint`.

use std::ffi::OsString;

use super::args::{ReferenceArgs, ReferenceCommand};
use super::lint;
use super::output::{Voice, print_bytes};
use crate::reference::embedded::EMBEDDED;
use crate::report::{card_page, list_page};
use crate::run::select_fitted;

/// Runs the command; `typed` is the command line.
pub fn run(arguments: &ReferenceArgs, typed: &[OsString], voice: Voice) -> anyhow::Result<u8> {
    let page = match &arguments.command {
        ReferenceCommand::List => {
            let references = EMBEDDED.iter().map(|embedded| select_fitted(embedded.name));
            list_page(&references.collect::<Result<Vec<_>, _>>()?)
        }
        ReferenceCommand::Show { reference } => {
            let (reference, sha256) = select_fitted(reference)?;
            card_page(&reference, &sha256)
        }
        ReferenceCommand::Lint(arguments) => return lint::run(arguments, typed, voice),
    };
    print_bytes(page.terminal(voice.is_coloured(None)).as_bytes())?;
    Ok(0)
}
