//! The bytes of an input: opened, hashed as stored, decompressed, and told apart by how they begin.

use std::cell::Cell;
use std::fs::File;
use std::io::{self, BufReader, Chain, Cursor, Read};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::path::Path;
use std::thread::JoinHandle;
use std::time::Duration;

use sha2::{Digest, Sha256};

use super::inputs::{Input, Source};
use super::lines::MAX_LINE_BYTES;
use super::read::Context;
use super::zip_member::Bomb;
use super::{CorpusError, Format};

/// Decompressed bytes looked at to tell the format.
const HEAD_BYTES: u64 = 8 << 10;
const BUFFER_BYTES: usize = 64 << 10;
/// How long somebody has to open a pipe for writing.
const PIPE_WAIT: Duration = Duration::from_secs(10);
/// Stored bytes below which a file is not read ahead.
const SMALL_BYTES: u64 = 256 << 10;
/// One hand-over of the thread that reads ahead, and how many may wait.
const BLOCK_BYTES: usize = 1 << 20;
const N_BLOCKS: usize = 4;

/// Stored bytes, hashed on their way to the decompressor.
struct Stored {
    inner: Chain<Cursor<Vec<u8>>, Box<dyn Read + Send>>,
    hasher: Sha256,
}

impl Read for Stored {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let n = self.inner.read(buffer)?;
        self.hasher.update(&buffer[..n]);
        Ok(n)
    }
}

enum Decoder {
    Plain(BufReader<Stored>),
    Gzip(Box<flate2::bufread::MultiGzDecoder<BufReader<Stored>>>),
    Zstd(zstd::stream::read::Decoder<'static, BufReader<Stored>>),
}

/// A decompressor's complaint, with how far it came; travels inside an [`io::Error`].
#[derive(Debug, thiserror::Error)]
#[error("{source}")]
pub(super) struct DecodeError {
    pub(super) compression: &'static str,
    pub(super) n_bytes: u64,
    pub(super) source: io::Error,
}

/// The decompressed content of an input, without a UTF-8 byte-order mark.
pub(super) struct Bytes {
    decoder: Decoder,
    head: Vec<u8>,
    head_at: usize,
    n_decoded: u64,
    is_small: bool,
}

impl Bytes {
    /// Opens an input and looks at its first bytes.
    pub(super) fn open(input: &Input) -> Result<Self, CorpusError> {
        let (inner, is_small) = open_stored(input)?;
        Self::of(inner, input.shown(), is_small)
    }

    /// The same for bytes that are open already; `file` is what errors call them.
    pub(super) fn of(mut inner: Box<dyn Read + Send>, file: &str, is_small: bool) -> Result<Self, CorpusError> {
        let mut magic = Vec::new();
        inner.by_ref().take(4).read_to_end(&mut magic).map_err(|error| read_error(file, error, 0))?;
        let decoder = Decoder::new(magic, inner).map_err(|error| read_error(file, error, 0))?;
        let mut bytes = Self { decoder, head: Vec::new(), head_at: 0, n_decoded: 0, is_small };
        let mut head = Vec::new();
        bytes.by_ref().take(HEAD_BYTES).read_to_end(&mut head).map_err(|error| read_error(file, error, 0))?;
        if is_utf16(&head) {
            return Err(CorpusError::Utf16 { file: file.to_owned() });
        }
        bytes.head_at = if head.starts_with(b"\xEF\xBB\xBF") { 3 } else { 0 };
        bytes.head = head;
        Ok(bytes)
    }

    /// The first bytes of the content.
    pub(super) fn head(&self) -> &[u8] {
        &self.head[self.head_at..]
    }

    /// Whether the content is what is stored.
    pub(super) fn is_plain(&self) -> bool {
        matches!(self.decoder, Decoder::Plain(_))
    }

    /// The format that the first bytes promise. What begins like an object is JSON; [`super::json`] tells it from JSON Lines.
    pub(super) fn format(&self) -> Option<Format> {
        if self.head().starts_with(b"PAR1") {
            return Some(Format::Parquet);
        }
        if self.head().starts_with(b"PK\x03\x04") {
            // Workbooks are archives of this file.
            let is_workbook = memchr::memmem::find(self.head(), b"[Content_Types].xml").is_some();
            return Some(if is_workbook { Format::Xlsx } else { Format::Zip });
        }
        let start = self.head().trim_ascii_start();
        match start.first() {
            Some(b'{' | b'[') => Some(Format::Json),
            Some(b'<') if memchr::memmem::find(start, b"PubmedArticle").is_some() => Some(Format::PubMed),
            _ => None,
        }
    }

    /// SHA-256 of all stored bytes, those not read yet included.
    pub(super) fn sha256(self) -> io::Result<String> {
        let mut stored = match self.decoder {
            Decoder::Plain(reader) => reader.into_inner(),
            Decoder::Gzip(decoder) => decoder.into_inner().into_inner(),
            Decoder::Zstd(decoder) => decoder.finish().into_inner(),
        };
        let mut buffer = vec![0; BUFFER_BYTES];
        while stored.read(&mut buffer)? > 0 {}
        Ok(stored.hasher.finalize().iter().map(|byte| format!("{byte:02x}")).collect())
    }
}

impl Read for Bytes {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let waiting = &self.head[self.head_at..];
        if !waiting.is_empty() {
            let n = waiting.len().min(buffer.len());
            buffer[..n].copy_from_slice(&waiting[..n]);
            self.head_at += n;
            return Ok(n);
        }
        let n = self.decoder.read(buffer).map_err(|source| self.decoder.explain(source, self.n_decoded))?;
        self.n_decoded += n as u64;
        Ok(n)
    }
}

impl Decoder {
    fn new(magic: Vec<u8>, inner: Box<dyn Read + Send>) -> io::Result<Self> {
        let gzip = magic.starts_with(&[0x1F, 0x8B]);
        // A zstd file may begin with a skippable frame, as those of pzstd do.
        let zstd = magic.starts_with(&[0x28, 0xB5, 0x2F, 0xFD])
            || (magic.ends_with(&[0x2A, 0x4D, 0x18]) && magic[0] & 0xF0 == 0x50);
        let stored = Stored { inner: Cursor::new(magic).chain(inner), hasher: Sha256::new() };
        let stored = BufReader::with_capacity(BUFFER_BYTES, stored);
        if gzip {
            return Ok(Self::Gzip(Box::new(flate2::bufread::MultiGzDecoder::new(stored))));
        }
        if !zstd {
            return Ok(Self::Plain(stored));
        }
        let mut decoder = zstd::stream::read::Decoder::with_buffer(stored)?;
        // Files made with `zstd --long` have windows above the default limit.
        decoder.window_log_max(31)?;
        Ok(Self::Zstd(decoder))
    }

    fn explain(&self, source: io::Error, n_bytes: u64) -> io::Error {
        let compression = match self {
            Self::Plain(_) => return source,
            Self::Gzip(_) => "gzip",
            Self::Zstd(_) => "zstd",
        };
        if source.raw_os_error().is_some() || source.kind() == io::ErrorKind::Interrupted {
            return source;
        }
        io::Error::other(DecodeError { compression, n_bytes, source })
    }
}

impl Read for Decoder {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        match self {
            Self::Plain(reader) => reader.read(buffer),
            Self::Gzip(decoder) => decoder.read(buffer),
            Self::Zstd(decoder) => decoder.read(buffer),
        }
    }
}

/// The stored bytes, and whether they are few.
fn open_stored(input: &Input) -> Result<(Box<dyn Read + Send>, bool), CorpusError> {
    let path = match input.source() {
        Source::File(path) => path,
        Source::Stdin => return Ok((Box::new(io::stdin()), false)),
        Source::Inside => {
            let source = io::Error::other("a file inside an archive is opened with its archive");
            return Err(CorpusError::Io { file: input.shown().to_owned(), source });
        }
    };
    let failed = |error| read_error(input.shown(), error, 0);
    let file = open_file(path).map_err(failed)?;
    let n_bytes = file.metadata().map_err(failed)?.len();
    // A pipe has no length.
    let is_small = (1..SMALL_BYTES).contains(&n_bytes);
    Ok((Box::new(file), is_small))
}

/// Something that is held as a whole, and the most that is.
pub(super) struct Whole {
    pub(super) what: &'static str,
    pub(super) limit_mib: u64,
    pub(super) hint: &'static str,
}

/// Reads what is left, unless that is more than is held as a whole.
pub(super) fn read_at_most(
    reader: &mut impl Read,
    context: &Context,
    whole: &Whole,
    content: &mut Vec<u8>,
) -> Result<(), CorpusError> {
    let Whole { what, limit_mib, hint } = *whole;
    let room = (limit_mib << 20).saturating_sub(content.len() as u64);
    let n = reader.take(room + 1).read_to_end(content).map_err(|error| read_error(context.file(), error, 0))?;
    if n as u64 <= room {
        return Ok(());
    }
    Err(CorpusError::TooLarge { file: context.owned_file(), what, limit_mib, hint })
}

#[derive(Debug, thiserror::Error)]
#[error("a record is too long")]
struct LongRecord;

/// Refuses to read on within one record, as after a quotation mark that is never closed.
pub(super) struct Limited<'a, R> {
    pub(super) inner: &'a mut R,
    pub(super) since_record: &'a Cell<usize>,
}

impl<R: Read> Read for Limited<'_, R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.since_record.get() > MAX_LINE_BYTES {
            return Err(io::Error::other(LongRecord));
        }
        let n = self.inner.read(buffer)?;
        self.since_record.set(self.since_record.get() + n);
        Ok(n)
    }
}

/// Whether [`Limited`] has refused.
pub(super) fn is_too_long(error: &io::Error) -> bool {
    error.get_ref().is_some_and(|inner| inner.is::<LongRecord>())
}

/// What an I/O error means to whoever named the file.
pub(super) fn read_error(file: &str, error: io::Error, n_documents: u64) -> CorpusError {
    let file = file.to_owned();
    match error.kind() {
        io::ErrorKind::NotFound => return CorpusError::Missing { path: file },
        io::ErrorKind::PermissionDenied => return CorpusError::Denied { file },
        _ => {}
    }
    if let Some(bomb) = error.get_ref().and_then(|inner| inner.downcast_ref::<Bomb>()) {
        return CorpusError::BadArchive { file, reason: bomb.to_string() };
    }
    let Some(decode) = error.get_ref().and_then(|inner| inner.downcast_ref::<DecodeError>()) else {
        return CorpusError::Io { file, source: error };
    };
    let DecodeError { compression, n_bytes, source } = decode;
    let (compression, n_bytes) = (*compression, *n_bytes);
    if source.kind() == io::ErrorKind::UnexpectedEof {
        return CorpusError::Truncated { file, compression, n_bytes, n_documents };
    }
    CorpusError::Damaged { file, compression, n_bytes, n_documents, reason: source.to_string() }
}

/// Opens a file. A pipe that nobody writes to would be waited for without end.
fn open_file(path: &Path) -> io::Result<File> {
    if !is_pipe(path) {
        return File::open(path);
    }
    let (sender, opened) = sync_channel(1);
    let owned = path.to_owned();
    let open = move || drop(sender.send(File::open(owned)));
    std::thread::Builder::new().name("open a pipe".into()).spawn(open)?;
    opened.recv_timeout(PIPE_WAIT).unwrap_or_else(|_| {
        let seconds = PIPE_WAIT.as_secs();
        Err(io::Error::new(io::ErrorKind::TimedOut, format!("a pipe that nobody writes to, not within {seconds} s")))
    })
}

#[cfg(unix)]
fn is_pipe(path: &Path) -> bool {
    use std::os::unix::fs::FileTypeExt;
    std::fs::metadata(path).is_ok_and(|metadata| metadata.file_type().is_fifo())
}

#[cfg(not(unix))]
fn is_pipe(_: &Path) -> bool {
    false
}

/// Whether bytes begin with a mark of UTF-16, or every other one is zero as in UTF-16 of Latin letters.
fn is_utf16(head: &[u8]) -> bool {
    let head = &head[..head.len().min(512)];
    if head.starts_with(&[0xFF, 0xFE]) || head.starts_with(&[0xFE, 0xFF]) {
        return true;
    }
    let n_zero = |parity: usize| head.iter().skip(parity).step_by(2).filter(|byte| **byte == 0).count();
    let (even, odd) = (n_zero(0), n_zero(1));
    let n_pairs = head.len() / 2;
    n_pairs >= 4 && even.max(odd) * 10 >= n_pairs * 9 && even.min(odd) == 0
}

/// [`Bytes`] read and decompressed on a thread of their own, a few blocks ahead of whoever parses them.
pub(super) enum Ahead {
    /// What is small is read as it comes; a thread would cost more than it saves.
    Small(Box<Bytes>),
    /// Anything else.
    Threaded(Threaded),
}

pub(super) struct Threaded {
    blocks: Receiver<io::Result<Vec<u8>>>,
    block: Vec<u8>,
    block_at: usize,
    worker: JoinHandle<Bytes>,
}

impl Ahead {
    /// Starts reading.
    pub(super) fn start(bytes: Bytes) -> io::Result<Self> {
        if bytes.is_small {
            return Ok(Self::Small(Box::new(bytes)));
        }
        let (sender, blocks) = sync_channel(N_BLOCKS);
        let worker =
            std::thread::Builder::new().name("read ahead".into()).spawn(move || send_blocks(bytes, &sender))?;
        Ok(Self::Threaded(Threaded { blocks, block: Vec::new(), block_at: 0, worker }))
    }

    /// SHA-256 of all stored bytes; to be called at the end of the content.
    pub(super) fn sha256(self) -> io::Result<String> {
        let bytes = match self {
            Self::Small(bytes) => *bytes,
            Self::Threaded(Threaded { blocks, worker, .. }) => {
                // Without a receiver the thread ends, if it is still reading.
                drop(blocks);
                worker.join().map_err(|_| io::Error::other("the thread that reads ahead failed"))?
            }
        };
        bytes.sha256()
    }
}

impl Read for Ahead {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        match self {
            Self::Small(bytes) => bytes.read(buffer),
            Self::Threaded(threaded) => threaded.read(buffer),
        }
    }
}

impl Read for Threaded {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.block_at == self.block.len() {
            match self.blocks.recv() {
                Ok(block) => (self.block, self.block_at) = (block?, 0),
                Err(_) => return Ok(0),
            }
        }
        let n = (self.block.len() - self.block_at).min(buffer.len());
        buffer[..n].copy_from_slice(&self.block[self.block_at..self.block_at + n]);
        self.block_at += n;
        Ok(n)
    }
}

fn send_blocks(mut bytes: Bytes, sender: &SyncSender<io::Result<Vec<u8>>>) -> Bytes {
    loop {
        let mut block = Vec::with_capacity(BLOCK_BYTES);
        let read = bytes.by_ref().take(BLOCK_BYTES as u64).read_to_end(&mut block);
        let (failed, at_end) = (read.is_err(), block.is_empty());
        // What was read before a failure still counts, so that the documents in it are handed over.
        if !at_end && sender.send(Ok(block)).is_err() {
            return bytes;
        }
        if let Err(error) = read {
            let _ = sender.send(Err(error));
        }
        if failed || at_end {
            return bytes;
        }
    }
}
