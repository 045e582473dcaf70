//! Content read and decompressed on a thread of its own.

use std::io::{self, Read};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread::JoinHandle;

use super::bytes::Bytes;

/// Bytes that the thread which reads ahead hands over at once, and maximum number of such blocks that wait.
const BLOCK_BYTES: usize = 1 << 20;
const N_BLOCKS: usize = 4;

/// [`Bytes`] read and decompressed on a thread of their own, a few blocks ahead of the parser.
pub(in crate::corpus) enum Ahead {
    /// Small content, read as it comes; a thread would cost more than it saves.
    Small(Box<Bytes>),
    /// Any other content.
    Threaded(Threaded),
}

pub(in crate::corpus) struct Threaded {
    blocks: Receiver<io::Result<Vec<u8>>>,
    block: Vec<u8>,
    block_at: usize,
    worker: JoinHandle<Bytes>,
}

impl Ahead {
    /// Starts reading.
    pub(in crate::corpus) fn start(bytes: Bytes) -> io::Result<Self> {
        if bytes.is_small {
            return Ok(Self::Small(Box::new(bytes)));
        }
        let (sender, blocks) = sync_channel(N_BLOCKS);
        let worker =
            std::thread::Builder::new().name("read ahead".into()).spawn(move || send_blocks(bytes, &sender))?;
        Ok(Self::Threaded(Threaded { blocks, block: Vec::new(), block_at: 0, worker }))
    }

    /// Returns the SHA-256 of all stored bytes; to be called at the end of the content.
    pub(in crate::corpus) fn sha256(self) -> io::Result<String> {
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
