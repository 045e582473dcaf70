//! ZIP archives: each file inside is read as it would be outside. Nothing is ever unpacked to a path of the archive's choice.

mod inside;
mod member;
mod tar;

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};
use std::sync::Arc;

use zip::read::Config;
use zip::result::ZipError;
use zip::unstable::read::ZipIterable;

use super::context::Context;
use super::error::CorpusError;
use super::input::{Bytes, Input, MAX_FILES, into_file, read_error};
use super::problem::Problem;
use super::sink::Sink;
use crate::guard;
use inside::{ReadOpened, bad, inner_options, is_passed_over, is_wanted, require_some_file, unwanted};
use member::{Budget, Member, Shared, has_header_after};

pub(super) use tar::{is_tar, read as read_tar};

/// Limit on the unpacked bytes of an archive: this number plus `MAX_RATIO` times its own size. Text packs to a fifth or a tenth.
const FREE_BYTES: u64 = 256 << 20;
const MAX_RATIO: u64 = 100;

/// The name of a file in an archive, and its place or the reason why it cannot be read.
type Named = (String, Result<Member, &'static str>);

/// Maximum total bytes of the names in an archive.
const MAX_NAME_BYTES: usize = 128 << 20;
/// Bytes of the table of contents that are read at once; each entry is sought anew.
const BUFFER_BYTES: usize = 512;

/// An archive whose table of contents has been found. It is read entry by entry, as it may be hostile.
pub(super) struct Archive {
    file: Arc<File>,
    contents: ZipIterable<BufReader<Shared>>,
    n_bytes: u64,
}

impl Archive {
    pub(super) fn open(context: &Context, file: &File) -> Result<Self, CorpusError> {
        let failed = |error| read_error(context.file(), error, 0);
        let file = Arc::new(file.try_clone().map_err(failed)?);
        let n_bytes = file.metadata().map_err(failed)?.len();
        let reader = BufReader::with_capacity(BUFFER_BYTES, Shared::new(Arc::clone(&file)));
        let contents = guard(context, || ZipIterable::try_new(reader, Config::default()))?;
        if contents.len() > MAX_FILES {
            return Err(context.problem(Problem::TooManyFiles { limit: MAX_FILES }));
        }
        Ok(Self { file, contents, n_bytes })
    }

    /// Returns the files inside, sorted by name.
    fn members(&mut self, context: &Context) -> Result<Vec<Named>, CorpusError> {
        let mut members: Vec<Named> = Vec::new();
        let (mut n_name_bytes, mut last) = (0, None);
        let entries = guard(context, || self.contents.files())?;
        while let Some(entry) = guard(context, || entries.next().transpose())? {
            last = Some(entry.central_header_start());
            let found = Member::of(&entry);
            n_name_bytes += found.0.len();
            if n_name_bytes > MAX_NAME_BYTES {
                let reason = format!("its names are longer than {} MiB together", MAX_NAME_BYTES >> 20);
                return Err(bad(context, reason));
            }
            members.push(found);
        }
        self.refuse_more(context, last)?;
        members.sort_by(|a, b| a.0.cmp(&b.0));
        Ok(members)
    }

    /// Fails if entries follow the last one: their number is stored apart from them, and old tools write it modulo 65,536.
    fn refuse_more(&self, context: &Context, last_header: Option<u64>) -> Result<(), CorpusError> {
        let Some(at) = last_header else { return Ok(()) };
        if !has_header_after(Shared::new(Arc::clone(&self.file)), at) {
            return Ok(());
        }
        let reason =
            format!("its table of contents has more than the {} entries that it declares", self.contents.len());
        Err(bad(context, reason))
    }

    /// Returns how many bytes may be unpacked.
    fn budget(&self) -> Budget {
        Budget::new(FREE_BYTES.saturating_add(self.n_bytes.saturating_mul(MAX_RATIO)))
    }
}

/// Reads all files in an archive.
pub(super) fn read(
    context: &Context,
    bytes: Bytes,
    sink: &mut Sink,
    read_opened: ReadOpened,
) -> Result<(), CorpusError> {
    let (file, _) = into_file(context.input, bytes)?;
    let mut archive = Archive::open(context, &file)?;
    let budget = archive.budget();
    let options = inner_options(context);
    let n_before = sink.n_files();
    let mut n_skipped = 0;
    for (name, member) in archive.members(context)? {
        let input = Input::inside(context.input, &name);
        if is_passed_over(&input) {
            continue;
        }
        let is_wanted = is_wanted(&input);
        match member {
            Err("folder") => {}
            Ok(member) if is_wanted => {
                let opened = member.reader(&archive.file, &budget);
                let reader = opened.map_err(|error| read_error(input.shown(), error, 0))?;
                let bytes = Bytes::of(reader, input.shown(), member.is_small())?;
                read_opened(&input, bytes, &options, sink)?;
            }
            Err(reason) if is_wanted => {
                let reason = format!("{name}: {reason}");
                return Err(bad(context, reason));
            }
            _ => {
                n_skipped += 1;
                sink.skip(unwanted(&input));
            }
        }
    }
    require_some_file(context, sink.n_files() - n_before, n_skipped)
}

/// Returns the number of bytes that an archive unpacks to, counted up to a little above `limit`; `look` sees each file first.
pub(super) fn unpacked_bytes(
    context: &Context,
    archive: &mut Archive,
    limit: u64,
    look: &mut dyn FnMut(&str, &mut dyn BufRead),
) -> Result<u64, CorpusError> {
    let budget = archive.budget();
    let mut n_bytes = 0;
    for (name, member) in archive.members(context)? {
        let Ok(member) = member else { continue };
        let failed = |error| read_error(context.file(), error, 0);
        let limited = member.reader(&archive.file, &budget).map_err(failed)?.take(limit + 1 - n_bytes);
        let mut reader = BufReader::new(limited);
        look(&name, &mut reader);
        io::copy(&mut reader, &mut io::sink()).map_err(failed)?;
        n_bytes = limit + 1 - reader.get_ref().limit();
        if n_bytes > limit {
            break;
        }
    }
    Ok(n_bytes)
}

/// Runs the parser, and turns its failure into an error.
fn guard<T>(context: &Context, run: impl FnOnce() -> Result<T, ZipError>) -> Result<T, CorpusError> {
    guard::guard(run).map_err(|reason| bad(context, reason))
}
