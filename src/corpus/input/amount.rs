//! How much of the inputs has been read, for those who wait.

use std::fs;
use std::io::{self, Read};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use super::find::{Input, Source};

/// The number of stored bytes read so far; all clones count together, and any two are equal.
#[derive(Debug, Clone, Default)]
pub struct Amount(Arc<AtomicU64>);

impl PartialEq for Amount {
    fn eq(&self, _: &Amount) -> bool {
        true
    }
}

impl Eq for Amount {}

impl Amount {
    /// Returns the number of bytes read so far.
    pub fn n_bytes(&self) -> u64 {
        self.0.load(Ordering::Relaxed)
    }

    /// Returns a reader that counts what is read of `inner`.
    pub(super) fn counting(&self, inner: impl Read + Send + 'static) -> Box<dyn Read + Send> {
        Box::new(Counted { inner, amount: self.clone() })
    }
}

struct Counted<R> {
    inner: R,
    amount: Amount,
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let n = self.inner.read(buffer)?;
        self.amount.0.fetch_add(n as u64, Ordering::Relaxed);
        Ok(n)
    }
}

/// Returns how many bytes are stored in all inputs; `None` if one is no file of a known size.
pub fn stored_bytes(inputs: &[Input]) -> Option<u64> {
    let size = |input: &Input| match input.source() {
        Source::File(path) => fs::metadata(path).ok().filter(|of| of.is_file()).map(|of| of.len()),
        _ => None,
    };
    inputs.iter().map(size).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_read_is_counted_by_all_clones() {
        let amount = Amount::default();
        let mut text = String::new();
        amount.clone().counting(&b"five!"[..]).read_to_string(&mut text).unwrap();
        amount.counting(&b"and more"[..]).read_to_string(&mut text).unwrap();
        assert_eq!((amount.n_bytes(), text.len()), (13, 13));
    }
}
