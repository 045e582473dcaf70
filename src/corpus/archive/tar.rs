//! TAR archives, also compressed: each file inside is read as it would be outside, in the order of the archive. Nothing is ever
//! unpacked to a path of the archive's choice.

use std::cell::Cell;
use std::io::{self, Read, Seek};

use tar::{Archive, Entry, EntryType};
use tempfile::SpooledTempFile;

use super::{is_passed_over, is_wanted};
use crate::corpus::context::Context;
use crate::corpus::input::{Bytes, Input, Limited, MAX_FILES, is_too_long, read_error};
use crate::corpus::read::read_opened;
use crate::corpus::sink::Sink;
use crate::corpus::{CorpusError, Problem, ReadOptions, Skipped};

/// A file that is larger lies in a temporary file while it is read.
const HELD_BYTES: usize = 4 << 20;
/// Bytes below which a file is not read ahead.
const SMALL_BYTES: u64 = 256 << 10;
const BUFFER_BYTES: usize = 64 << 10;

/// Where the headers of an archive have their mark, and the mark.
const MARK_AT: usize = 257;
const MARK: &[u8] = b"ustar";

/// Whether content begins like an archive.
pub(in crate::corpus) fn is_tar(head: &[u8]) -> bool {
    head.get(MARK_AT..).is_some_and(|rest| rest.starts_with(MARK))
}

/// Reads all files in an archive.
pub(in crate::corpus) fn read(context: &Context, mut bytes: Bytes, sink: &mut Sink) -> Result<(), CorpusError> {
    let since_file = Cell::new(0);
    let options = ReadOptions { format: context.inner_format(), ..context.options.clone() };
    let n_before = sink.n_files();
    let mut n_skipped = 0;
    let limited = Limited { inner: &mut bytes, since_record: &since_file };
    let mut archive = Archive::new(limited);
    let entries = archive.entries().map_err(|error| explain(context, error))?;
    for (number, entry) in entries.enumerate() {
        if number == MAX_FILES {
            return Err(context.problem(Problem::TooManyFiles { limit: MAX_FILES }));
        }
        let mut entry = entry.map_err(|error| explain(context, error))?;
        let name = String::from_utf8_lossy(&entry.path_bytes()).replace('\\', "/");
        let input = Input::inside(context.input, &name);
        let is_file = matches!(entry.header().entry_type(), EntryType::Regular | EntryType::Continuous | EntryType::GNUSparse);
        let content = copied(&mut entry, is_file && is_wanted(&input), &since_file).map_err(|error| explain(context, error))?;
        match content {
            _ if is_passed_over(&input) || entry.header().entry_type().is_dir() => {}
            Some(content) => {
                let is_small = entry.size() < SMALL_BYTES;
                let bytes = Bytes::of(Box::new(content), input.shown(), is_small)?;
                read_opened(&input, bytes, &options, sink)?;
            }
            // What is said of the files behind it.
            None if matches!(entry.header().entry_type(), EntryType::XGlobalHeader) => {}
            None => {
                n_skipped += 1;
                sink.skip(Skipped::UnreadableMember);
            }
        }
    }
    if sink.n_files() == n_before {
        let reason = format!("there is no file of a known format in it, among {n_skipped}");
        return Err(bad(context, reason));
    }
    Ok(())
}

/// Reads an entry to its end; gives its content if that is wanted.
fn copied(entry: &mut Entry<impl Read>, is_wanted: bool, since_file: &Cell<usize>) -> io::Result<Option<SpooledTempFile>> {
    let mut content = is_wanted.then(|| tempfile::spooled_tempfile(HELD_BYTES));
    let mut buffer = vec![0; BUFFER_BYTES];
    loop {
        since_file.set(0);
        let n = entry.read(&mut buffer)?;
        if n == 0 {
            break;
        }
        if let Some(content) = &mut content {
            io::Write::write_all(content, &buffer[..n]).map_err(crate::corpus::input::explain_space)?;
        }
    }
    if let Some(content) = &mut content {
        content.rewind()?;
    }
    Ok(content)
}

fn explain(context: &Context, error: io::Error) -> CorpusError {
    if is_too_long(&error) {
        return bad(context, "it has names of more than 128 MiB".to_owned());
    }
    // What the archive itself says of its content has no source of its own.
    match error.get_ref() {
        Some(inner) if error.raw_os_error().is_none() && !inner.is::<crate::corpus::input::DecodeError>() => {
            bad(context, error.to_string())
        }
        _ if error.kind() == io::ErrorKind::UnexpectedEof => bad(context, "it ends too early".to_owned()),
        _ => read_error(context.file(), error, 0),
    }
}

fn bad(context: &Context, reason: String) -> CorpusError {
    let hint = "pack it again, or unpack it and name the folder";
    context.problem(Problem::Unreadable { what: "cannot read this archive", reason, hint })
}
