//! The bytes of an input: opened, hashed as stored, decompressed, and recognised by their beginning.

use std::fs::File;
use std::io::{self, BufReader, Chain, Cursor, Read};
use std::path::Path;
use std::sync::mpsc::sync_channel;
use std::time::Duration;

use sha2::{Digest, Sha256};

use super::amount::Amount;
use super::failure::{DecodeError, read_error};
use super::find::{Input, Source};
use super::utf16::{FromUtf16, Order};
use crate::corpus::{CorpusError, Place, Problem};

/// Number of decompressed bytes that are looked at to recognise the format.
const HEAD_BYTES: u64 = 8 << 10;
/// Number of stored bytes that are looked at to recognise the compression.
const MAGIC_BYTES: u64 = 10;
/// Memory limit of the xz decoder, in KiB: enough for `xz -9`, not for `--lzma2=dict=1GiB`.
const XZ_MEMORY_KIB: u32 = 256 << 10;
const BUFFER_BYTES: usize = 64 << 10;
/// Time limit for a process to open a pipe for writing.
const PIPE_WAIT: Duration = Duration::from_secs(5);
/// Number of stored bytes below which a file is not read ahead.
const SMALL_BYTES: u64 = 256 << 10;

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
    Bzip2(Box<bzip2::bufread::MultiBzDecoder<BufReader<Stored>>>),
    Xz(Box<lzma_rust2::XzReader<BufReader<Stored>>>),
    Zstd(zstd::stream::read::Decoder<'static, BufReader<Stored>>),
}

/// The decompressed content of an input, text in UTF-16 as UTF-8, without a byte-order mark.
pub(in crate::corpus) struct Bytes {
    decoder: Decoder,
    utf16: Option<FromUtf16>,
    head: Vec<u8>,
    head_at: usize,
    n_decoded: u64,
    /// Whether so little is stored that a thread is not worthwhile.
    pub(in crate::corpus) is_small: bool,
}

impl Bytes {
    /// Opens an input and looks at its first bytes.
    pub(in crate::corpus) fn open(input: &Input, amount: &Amount) -> Result<Self, CorpusError> {
        let (inner, is_small) = open_stored(input)?;
        Self::of(amount.counting(inner), input.shown(), is_small)
    }

    /// Reads bytes that are already open; `file` is their name in errors.
    pub(in crate::corpus) fn of(
        mut inner: Box<dyn Read + Send>,
        file: &str,
        is_small: bool,
    ) -> Result<Self, CorpusError> {
        let mut magic = Vec::new();
        inner.by_ref().take(MAGIC_BYTES).read_to_end(&mut magic).map_err(|error| read_error(file, error, 0))?;
        let decoder = Decoder::new(magic, inner).map_err(|error| read_error(file, error, 0))?;
        let mut bytes = Self { decoder, utf16: None, head: Vec::new(), head_at: 0, n_decoded: 0, is_small };
        let mut head = Vec::new();
        bytes.by_ref().take(HEAD_BYTES).read_to_end(&mut head).map_err(|error| read_error(file, error, 0))?;
        if is_utf32(&head) {
            return Err(CorpusError::new(file, Place::FILE, Problem::NotInUtf8 { encoding: "UTF-32" }));
        }
        if let Some(order) = Order::of(&head) {
            bytes.utf16 = Some(FromUtf16::new(order, std::mem::take(&mut head)));
            bytes.by_ref().take(HEAD_BYTES).read_to_end(&mut head).map_err(|error| read_error(file, error, 0))?;
        }
        bytes.head_at = if head.starts_with(b"\xEF\xBB\xBF") { 3 } else { 0 };
        bytes.head = head;
        Ok(bytes)
    }

    /// Returns the first bytes of the content.
    pub(in crate::corpus) fn head(&self) -> &[u8] {
        &self.head[self.head_at..]
    }

    /// Returns whether the content is stored as it is read.
    pub(in crate::corpus) fn is_plain(&self) -> bool {
        matches!(self.decoder, Decoder::Plain(_)) && self.utf16.is_none()
    }

    /// Returns the SHA-256 of all stored bytes, including those not read yet.
    pub(in crate::corpus) fn sha256(self) -> io::Result<String> {
        let mut stored = match self.decoder {
            Decoder::Plain(reader) => reader.into_inner(),
            Decoder::Gzip(decoder) => decoder.into_inner().into_inner(),
            Decoder::Bzip2(decoder) => decoder.into_inner().into_inner(),
            Decoder::Xz(decoder) => decoder.into_inner().into_inner(),
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
        let n = match &mut self.utf16 {
            Some(utf16) => utf16.read(&mut self.decoder, buffer),
            None => self.decoder.read(buffer),
        };
        let n = n.map_err(|source| self.decoder.explain(source, self.n_decoded))?;
        self.n_decoded += n as u64;
        Ok(n)
    }
}

/// The compression of stored bytes.
enum Compression {
    Gzip,
    Bzip2,
    Xz,
    Zstd,
}

impl Compression {
    /// Recognises the compression from the first bytes.
    fn of(magic: &[u8]) -> Option<Self> {
        // A zstd file may begin with a skippable frame, as those of pzstd do.
        let is_skippable = magic.get(1..4) == Some(&[0x2A, 0x4D, 0x18]) && magic[0] & 0xF0 == 0x50;
        // What stands first in bzip2 is letters; then comes a block, or the end.
        let is_block =
            |rest: &[u8]| rest == [0x31, 0x41, 0x59, 0x26, 0x53, 0x59] || rest == [0x17, 0x72, 0x45, 0x38, 0x50, 0x90];
        match magic {
            _ if is_skippable => Some(Self::Zstd),
            [0x1F, 0x8B, ..] => Some(Self::Gzip),
            [0x28, 0xB5, 0x2F, 0xFD, ..] => Some(Self::Zstd),
            [0xFD, b'7', b'z', b'X', b'Z', 0, ..] => Some(Self::Xz),
            [b'B', b'Z', b'h', b'1'..=b'9', rest @ ..] if is_block(rest) => Some(Self::Bzip2),
            _ => None,
        }
    }
}

impl Decoder {
    fn new(magic: Vec<u8>, inner: Box<dyn Read + Send>) -> io::Result<Self> {
        let compression = Compression::of(&magic);
        let stored = Stored { inner: Cursor::new(magic).chain(inner), hasher: Sha256::new() };
        let stored = BufReader::with_capacity(BUFFER_BYTES, stored);
        Ok(match compression {
            None => Self::Plain(stored),
            Some(Compression::Gzip) => Self::Gzip(Box::new(flate2::bufread::MultiGzDecoder::new(stored))),
            Some(Compression::Bzip2) => Self::Bzip2(Box::new(bzip2::bufread::MultiBzDecoder::new(stored))),
            Some(Compression::Xz) => {
                Self::Xz(Box::new(lzma_rust2::XzReader::new_mem_limit(stored, true, XZ_MEMORY_KIB)))
            }
            Some(Compression::Zstd) => {
                let mut decoder = zstd::stream::read::Decoder::with_buffer(stored)?;
                // Files made with `zstd --long` have windows above the default limit.
                decoder.window_log_max(31)?;
                Self::Zstd(decoder)
            }
        })
    }

    fn explain(&self, source: io::Error, n_bytes: u64) -> io::Error {
        let compression = match self {
            Self::Plain(_) => return source,
            Self::Gzip(_) => "gzip",
            Self::Bzip2(_) => "bzip2",
            Self::Xz(_) => "xz",
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
            Self::Bzip2(decoder) => decoder.read(buffer),
            Self::Xz(decoder) => decoder.read(buffer),
            Self::Zstd(decoder) => decoder.read(buffer),
        }
    }
}

/// Returns the stored bytes, and whether they are few.
fn open_stored(input: &Input) -> Result<(Box<dyn Read + Send>, bool), CorpusError> {
    let path = match input.source() {
        Source::File(path) => path,
        Source::Stdin => return Ok((Box::new(io::stdin()), false)),
        Source::Frame(_) | Source::Inside => {
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

/// Opens a file. Gives up on a pipe that nobody writes to, instead of waiting without end.
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
        Err(io::Error::new(io::ErrorKind::TimedOut, format!("a pipe that nobody has written to within {seconds} s")))
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

/// Returns whether the mark of UTF-32 begins a text.
fn is_utf32(head: &[u8]) -> bool {
    [b"\xFF\xFE\0\0", b"\0\0\xFE\xFF"].iter().any(|mark| head.starts_with(*mark))
}
