//! The parts that archives of every kind share: which of the files inside are read, and how.

use super::member::unreadable;
use crate::corpus::context::Context;
use crate::corpus::input::{Bytes, Input, is_corpus, is_hidden};
use crate::corpus::sink::Sink;
use crate::corpus::{CorpusError, Format, ReadOptions, Skipped};

/// A function that reads a file that is already open.
pub(super) type ReadOpened<'f> = &'f dyn Fn(&Input, Bytes, &ReadOptions, &mut Sink) -> Result<(), CorpusError>;

/// Returns the options for the files in an archive: a format that was asked for applies to them, unless it is an archive's own.
pub(super) fn inner_options(context: &Context) -> ReadOptions {
    let format = context.options.format.filter(|format| !is_archive(*format));
    ReadOptions { format, ..context.options.clone() }
}

fn is_archive(format: Format) -> bool {
    matches!(format, Format::Zip | Format::Tar)
}

/// Returns whether a file is skipped without being counted.
pub(super) fn is_passed_over(input: &Input) -> bool {
    input.id().split('/').any(|part| is_hidden(part) || part == "__MACOSX")
}

/// Returns whether a file is to be read.
pub(super) fn is_wanted(input: &Input) -> bool {
    is_corpus(input.name()) && Format::from_file_name(input.name()).is_some_and(|format| !is_archive(format))
}

/// Returns the reason to skip a file that is not wanted.
pub(super) fn unwanted(input: &Input) -> Skipped {
    match Format::from_file_name(input.name()) {
        Some(format) if is_archive(format) => Skipped::NestedArchive,
        Some(Format::Text) if !is_corpus(input.name()) => Skipped::AboutCorpus,
        _ => Skipped::UnreadableMember,
    }
}

/// Fails for an archive of which nothing was read.
pub(super) fn require_some_file(context: &Context, n_read: usize, n_skipped: usize) -> Result<(), CorpusError> {
    if n_read > 0 {
        return Ok(());
    }
    let reason =
        format!("there is no file of a known format in it, among {n_skipped}; archives inside an archive are not read");
    Err(bad(context, reason))
}

pub(super) fn bad(context: &Context, reason: String) -> CorpusError {
    context.problem(unreadable(reason))
}
