//! TAR archives, also compressed: each file inside is read as it would be outside, in the order of the archive. Nothing is ever
//! unpacked to a path of the archive's choice.

use std::cell::Cell;
use std::io::{self, Read, Seek, Write};

use tar::{Archive, Entry, EntryType};
use tempfile::SpooledTempFile;

use super::inside::{ReadOpened, bad, inner_options, is_passed_over, is_wanted, require_some_file, unwanted};
use crate::corpus::context::Context;
use crate::corpus::input::{Bytes, DecodeError, Input, Limited, MAX_FILES, explain_space, is_too_long, read_error};
use crate::corpus::sink::Sink;
use crate::corpus::{CorpusError, Problem};

/// Size in bytes above which a file is kept in a temporary file while it is read.
const HELD_BYTES: usize = 4 << 20;
/// Number of bytes below which a file is not read ahead.
const SMALL_BYTES: u64 = 256 << 10;
const BUFFER_BYTES: usize = 64 << 10;

/// The position of the mark in the headers of an archive, and the mark.
const MARK_AT: usize = 257;
const MARK: &[u8] = b"ustar";

/// Returns whether content begins like an archive.
pub(in crate::corpus) fn is_tar(head: &[u8]) -> bool {
    head.get(MARK_AT..).is_some_and(|rest| rest.starts_with(MARK))
}

/// Reads all files in an archive.
pub(in crate::corpus) fn read(
    context: &Context,
    mut bytes: Bytes,
    sink: &mut Sink,
    read_opened: ReadOpened,
) -> Result<(), CorpusError> {
    let since_file = Cell::new(0);
    let options = inner_options(context);
    let n_before = sink.n_files();
    let mut n_skipped = 0;
    let mut archive = Archive::new(Limited { inner: &mut bytes, since_record: &since_file });
    let entries = archive.entries().map_err(|error| explain(context, error))?;
    for (number, entry) in entries.enumerate() {
        if number == MAX_FILES {
            return Err(context.problem(Problem::TooManyFiles { limit: MAX_FILES }));
        }
        let mut entry = entry.map_err(|error| explain(context, error))?;
        let name = String::from_utf8_lossy(&entry.path_bytes()).replace('\\', "/");
        let input = Input::inside(context.input, &name);
        let (kind, n_bytes) = (entry.header().entry_type(), entry.size());
        let is_silent = kind.is_dir() || kind.is_pax_global_extensions() || is_passed_over(&input);
        let is_read = is_file(kind) && !is_silent && is_wanted(&input);
        match copied(&mut entry, is_read, &since_file).map_err(|error| explain(context, error))? {
            Some(content) => {
                let bytes = Bytes::of(Box::new(content), input.shown(), n_bytes < SMALL_BYTES)?;
                read_opened(&input, bytes, &options, sink)?;
            }
            None if is_silent => {}
            None => {
                n_skipped += 1;
                sink.skip(unwanted(&input));
            }
        }
    }
    require_some_file(context, sink.n_files() - n_before, n_skipped)
}

fn is_file(kind: EntryType) -> bool {
    matches!(kind, EntryType::Regular | EntryType::Continuous | EntryType::GNUSparse)
}

/// Reads an entry to its end and returns its content if that is wanted.
fn copied(
    entry: &mut Entry<impl Read>,
    is_wanted: bool,
    since_file: &Cell<usize>,
) -> io::Result<Option<SpooledTempFile>> {
    let mut content = is_wanted.then(|| tempfile::spooled_tempfile(HELD_BYTES));
    let mut buffer = vec![0; BUFFER_BYTES];
    loop {
        since_file.set(0);
        let n = entry.read(&mut buffer)?;
        if n == 0 {
            break;
        }
        if let Some(content) = &mut content {
            content.write_all(&buffer[..n]).map_err(explain_space)?;
        }
    }
    if let Some(content) = &mut content {
        content.rewind()?;
    }
    Ok(content)
}

fn explain(context: &Context, error: io::Error) -> CorpusError {
    let inner = error.get_ref();
    if is_too_long(&error) {
        bad(context, "it has names of more than 128 MiB".to_owned())
    } else if inner.is_some_and(|inner| inner.is::<DecodeError>()) || error.raw_os_error().is_some() {
        read_error(context.file(), error, 0)
    } else if error.kind() == io::ErrorKind::UnexpectedEof {
        bad(context, "it ends too early".to_owned())
    } else {
        bad(context, error.to_string())
    }
}
