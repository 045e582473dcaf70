//! Cuts a `.bib` file into its entries, so that it need not be held as a whole.

use std::cell::Cell;
use std::io::{BufRead, BufReader, Read};

use crate::corpus::input::Limited;
use crate::corpus::known::Fault;

const BUFFER_BYTES: usize = 64 << 10;

/// Consecutive lines of a file.
pub(super) struct Lines {
    pub(super) bytes: Vec<u8>,
    /// The number of the first line, from 1.
    pub(super) line: u64,
}

/// Hands over the lines of each entry; whatever stands before the first is ignored.
///
/// An entry begins on a line with `@` and a word before a brace, so that an unclosed entry does not spoil the others.
pub(super) fn for_each(mut reader: impl Read, take: &mut dyn FnMut(Lines) -> Result<(), Fault>) -> Result<(), Fault> {
    let since_record = Cell::new(0);
    let limited = Limited { inner: &mut reader, since_record: &since_record };
    let mut reader = BufReader::with_capacity(BUFFER_BYTES, limited);
    let mut entry: Option<Lines> = None;
    let (mut line, mut number) = (Vec::new(), 0);
    loop {
        line.clear();
        if reader.read_until(b'\n', &mut line)? == 0 {
            break;
        }
        number += 1;
        let is_start =
            std::str::from_utf8(&line[..line.len().min(64)]).ok().or_else(|| ascii_start(&line)).and_then(kind_of);
        if is_start.is_some() {
            since_record.set(0);
            let finished = entry.replace(Lines { bytes: Vec::new(), line: number });
            finished.map_or(Ok(()), &mut *take)?;
        }
        match &mut entry {
            Some(entry) => entry.bytes.extend_from_slice(&line),
            None => since_record.set(0),
        }
    }
    entry.map_or(Ok(()), take)
}

/// Returns the beginning of a line as far as it is ASCII.
fn ascii_start(line: &[u8]) -> Option<&str> {
    let n = line.iter().take(64).position(|byte| !byte.is_ascii()).unwrap_or(line.len().min(64));
    std::str::from_utf8(&line[..n]).ok()
}

/// Returns the kind of the entry that begins on a line: `article` of "@Article{kites,".
pub(super) fn kind_of(line: &str) -> Option<String> {
    let rest = line.trim_start_matches(['\u{FEFF}', ' ', '\t']).strip_prefix('@')?;
    let n = rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '_').filter(|n| *n > 0)?;
    rest[n..].trim_start_matches([' ', '\t']).starts_with(['{', '(']).then(|| rest[..n].to_ascii_lowercase())
}
