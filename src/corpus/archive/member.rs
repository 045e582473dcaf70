//! One file inside a ZIP archive, as a stream of its own.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use flate2::Crc;
use flate2::read::DeflateDecoder;
use zip::CompressionMethod;
use zip::read::ZipFileEntry;

use crate::corpus::Problem;
use crate::corpus::input::{DecodeError, Met};

/// Number of stored bytes below which a file is not read ahead.
const SMALL_BYTES: u64 = 256 << 10;

/// Returns the problem of an archive that cannot be read.
pub(super) fn unreadable(reason: String) -> Problem {
    let hint = "pack it again, or unpack it and name the folder";
    Problem::Unreadable { what: "cannot read this archive", reason, hint }
}

/// A file read from a position of this reader's own, independent of other readers of the same file.
#[derive(Debug, Clone)]
pub(super) struct Shared {
    file: Arc<File>,
    at: u64,
}

impl Shared {
    pub(super) fn new(file: Arc<File>) -> Self {
        Self { file, at: 0 }
    }
}

impl Read for Shared {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        #[cfg(unix)]
        let n = std::os::unix::fs::FileExt::read_at(&*self.file, buffer, self.at)?;
        #[cfg(windows)]
        let n = std::os::windows::fs::FileExt::seek_read(&*self.file, buffer, self.at)?;
        self.at += n as u64;
        Ok(n)
    }
}

impl Seek for Shared {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let at = match to {
            SeekFrom::Start(at) => Some(at),
            SeekFrom::Current(by) => self.at.checked_add_signed(by),
            SeekFrom::End(by) => self.file.metadata()?.len().checked_add_signed(by),
        };
        self.at = at.ok_or_else(|| io::Error::other("a place before the start of the file"))?;
        Ok(self.at)
    }
}

/// The number of bytes that may still be unpacked from an archive.
#[derive(Debug, Clone)]
pub(super) struct Budget {
    left: Arc<AtomicU64>,
    limit: u64,
}

impl Budget {
    pub(super) fn new(limit: u64) -> Self {
        Self { left: Arc::new(AtomicU64::new(limit)), limit }
    }

    fn spend(&self, n: u64) -> io::Result<()> {
        let spent = self.left.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |left| left.checked_sub(n));
        spent.map(|_| ()).map_err(|_| {
            let limit_mib = self.limit >> 20;
            let reason =
                format!("it unpacks to more than {limit_mib} MiB, which no text does: it looks like a zip bomb");
            io::Error::other(Met(unreadable(reason)))
        })
    }
}

/// The first bytes and the length of an entry's header, in the table of contents (`TABLE_`) and before the file itself
/// (`FILE_`), and the offsets in it of the lengths of what follows (name, extra, and in the table comment).
const TABLE_MARK: &[u8; 4] = b"PK\x01\x02";
const TABLE_BYTES: usize = 46;
const TABLE_LENGTHS: [usize; 3] = [28, 30, 32];
const FILE_MARK: &[u8; 4] = b"PK\x03\x04";
const FILE_BYTES: usize = 30;
const FILE_LENGTHS: [usize; 2] = [26, 28];

/// Returns the position after the header at `at`, if there is one.
fn after_header<const N: usize>(
    mut file: Shared,
    at: u64,
    mark: &[u8; 4],
    lengths: &[usize],
) -> io::Result<Option<u64>> {
    let mut header = [0; N];
    file.seek(SeekFrom::Start(at))?;
    match file.read_exact(&mut header) {
        Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => return Ok(None),
        read => read?,
    }
    let length = |at: &usize| u64::from(u16::from_le_bytes([header[*at], header[*at + 1]]));
    Ok(header.starts_with(mark).then(|| at + N as u64 + lengths.iter().map(length).sum::<u64>()))
}

/// Returns whether another entry follows the one at `at` in the table of contents.
pub(super) fn has_header_after(file: Shared, at: u64) -> bool {
    let next = |at| after_header::<TABLE_BYTES>(file.clone(), at, TABLE_MARK, &TABLE_LENGTHS).ok().flatten();
    next(at).and_then(next).is_some()
}

/// The place of a file in an archive.
#[derive(Debug, Clone, Copy)]
pub(super) struct Member {
    /// The position of its header.
    start: u64,
    n_stored: u64,
    n_bytes: u64,
    checksum: u32,
    is_deflated: bool,
}

impl Member {
    /// Returns the name of a file, and its place or the reason why it cannot be read.
    pub(super) fn of(file: &ZipFileEntry) -> (String, Result<Self, &'static str>) {
        let name = String::from_utf8_lossy(file.name_raw()).replace('\\', "/");
        (name, Self::locate(file))
    }

    fn locate(file: &ZipFileEntry) -> Result<Self, &'static str> {
        let is_deflated = match file.compression() {
            _ if file.is_dir() => return Err("folder"),
            _ if file.is_symlink() => return Err("it is a link"),
            _ if file.encrypted() => return Err("it is encrypted"),
            CompressionMethod::Stored => false,
            CompressionMethod::Deflated => true,
            _ => return Err("it is compressed with another method than deflate"),
        };
        let start = file.header_start();
        let (n_stored, n_bytes, checksum) = (file.compressed_size(), file.size(), file.crc32());
        Ok(Self { start, n_stored, n_bytes, checksum, is_deflated })
    }

    pub(super) fn is_small(&self) -> bool {
        self.n_stored < SMALL_BYTES && self.n_bytes < SMALL_BYTES
    }

    /// Returns a reader of the content, which is checked against its checksum at its end.
    pub(super) fn reader(&self, file: &Arc<File>, budget: &Budget) -> io::Result<Box<dyn Read + Send>> {
        let mut file = Shared::new(Arc::clone(file));
        file.at = after_header::<FILE_BYTES>(file.clone(), self.start, FILE_MARK, &FILE_LENGTHS)?.ok_or_else(|| {
            let reason = "there is no file where its table of contents says".to_owned();
            io::Error::other(Met(unreadable(reason)))
        })?;
        let stored = file.take(self.n_stored);
        let inner: Box<dyn Read + Send> =
            if self.is_deflated { Box::new(DeflateDecoder::new(stored)) } else { Box::new(stored) };
        let budget = budget.clone();
        Ok(Box::new(Checked { inner, crc: Crc::new(), expected: self.checksum, budget, n_bytes: 0 }))
    }
}

struct Checked {
    inner: Box<dyn Read + Send>,
    crc: Crc,
    expected: u32,
    budget: Budget,
    n_bytes: u64,
}

impl Checked {
    fn damaged(&self, source: io::Error) -> io::Error {
        io::Error::other(DecodeError { compression: "zip", n_bytes: self.n_bytes, source })
    }
}

impl Read for Checked {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let n = match self.inner.read(buffer) {
            Ok(n) => n,
            Err(error) if error.kind() == io::ErrorKind::Interrupted || error.raw_os_error().is_some() => {
                return Err(error);
            }
            Err(error) => return Err(self.damaged(error)),
        };
        self.budget.spend(n as u64)?;
        self.crc.update(&buffer[..n]);
        self.n_bytes += n as u64;
        if n == 0 && !buffer.is_empty() && self.crc.sum() != self.expected {
            return Err(self.damaged(io::Error::other("its checksum does not match")));
        }
        Ok(n)
    }
}
