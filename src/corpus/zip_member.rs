//! One file inside a ZIP archive, as a stream of its own.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use flate2::Crc;
use flate2::read::DeflateDecoder;
use zip::CompressionMethod;
use zip::read::ZipFile;

use super::bytes::DecodeError;

/// Stored bytes below which a file is not read ahead.
const SMALL_BYTES: u64 = 256 << 10;

/// A file read from a place of this reader's own, whatever other readers of it do.
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

/// What may still be unpacked of an archive.
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
        let limit_mib = self.limit >> 20;
        spent.map(|_| ()).map_err(|_| io::Error::other(Bomb { limit_mib }))
    }
}

/// An archive that unpacks to far more than text does.
#[derive(Debug, thiserror::Error)]
#[error("it unpacks to more than {limit_mib} MiB, which no text does: it looks like a zip bomb")]
pub(super) struct Bomb {
    limit_mib: u64,
}

/// Where a file lies in an archive.
#[derive(Debug, Clone, Copy)]
pub(super) struct Member {
    start: u64,
    n_stored: u64,
    n_bytes: u64,
    checksum: u32,
    is_deflated: bool,
}

impl Member {
    /// The name of a file, and where it lies or why it cannot be read.
    pub(super) fn of<R: Read>(file: &ZipFile<'_, R>) -> (String, Result<Self, &'static str>) {
        let name = String::from_utf8_lossy(file.name_raw()).replace('\\', "/");
        (name, Self::locate(file))
    }

    fn locate<R: Read>(file: &ZipFile<'_, R>) -> Result<Self, &'static str> {
        let is_deflated = match file.compression() {
            _ if file.is_dir() => return Err("folder"),
            _ if file.is_symlink() => return Err("it is a link"),
            _ if file.encrypted() => return Err("it is encrypted"),
            CompressionMethod::Stored => false,
            CompressionMethod::Deflated => true,
            _ => return Err("it is compressed with another method than deflate"),
        };
        let start = file.data_start().ok_or("its place is not known")?;
        let (n_stored, n_bytes, checksum) = (file.compressed_size(), file.size(), file.crc32());
        Ok(Self { start, n_stored, n_bytes, checksum, is_deflated })
    }

    pub(super) fn is_small(&self) -> bool {
        self.n_stored < SMALL_BYTES && self.n_bytes < SMALL_BYTES
    }

    /// The content, checked against its checksum at its end.
    pub(super) fn reader(&self, file: &Arc<File>, budget: &Budget) -> Box<dyn Read + Send> {
        let stored = Shared { file: Arc::clone(file), at: self.start }.take(self.n_stored);
        let inner: Box<dyn Read + Send> =
            if self.is_deflated { Box::new(DeflateDecoder::new(stored)) } else { Box::new(stored) };
        Box::new(Checked { inner, crc: Crc::new(), expected: self.checksum, budget: budget.clone(), n_bytes: 0 })
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
