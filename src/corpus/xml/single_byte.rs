//! XML that says it is in an encoding of one byte per character: ISO-8859-1, Windows-1252.

use std::io::{self, Read};

/// Number of bytes that are decoded at once.
const BLOCK_BYTES: u64 = 64 << 10;
/// Names of these encodings, in small letters.
const NAMES: [&str; 7] = ["iso-8859-1", "iso8859-1", "iso-8859-15", "latin-1", "latin1", "windows-1252", "cp1252"];

/// Returns whether the declaration at the beginning of a file names such an encoding.
pub(super) fn is_declared(head: &[u8]) -> bool {
    let end = memchr::memchr(b'>', head).unwrap_or(0);
    let declaration = String::from_utf8_lossy(&head[..end]).to_ascii_lowercase();
    let named = declaration.split_once("encoding").map_or("", |(_, rest)| rest.trim_start_matches([' ', '=']));
    let name = named.trim_start_matches(['"', '\'']).split(['"', '\'']).next().unwrap_or_default();
    declaration.trim_start().starts_with("<?xml") && NAMES.contains(&name)
}

/// Content as UTF-8: what already is UTF-8, although its declaration denies it, stays; any other byte is the character of its number.
/// What Windows-1252 means by the bytes from 80 to 9F is put right in every text.
pub(super) struct AsUtf8<R> {
    inner: R,
    raw: Vec<u8>,
    ready: Vec<u8>,
    at: usize,
}

impl<R: Read> AsUtf8<R> {
    pub(super) fn new(inner: R) -> Self {
        Self { inner, raw: Vec::new(), ready: Vec::new(), at: 0 }
    }

    /// Decodes the next block; returns whether there was one.
    fn fill(&mut self) -> io::Result<bool> {
        let n_read = self.inner.by_ref().take(BLOCK_BYTES).read_to_end(&mut self.raw)?;
        (self.ready, self.at) = (Vec::new(), 0);
        let n_done = decode(&self.raw, n_read == 0, &mut self.ready);
        self.raw.drain(..n_done);
        Ok(n_read > 0 || !self.ready.is_empty())
    }
}

/// Appends bytes as UTF-8 and returns their number; of a block that does not end the content a cut character is left.
fn decode(raw: &[u8], is_end: bool, ready: &mut Vec<u8>) -> usize {
    let mut done = 0;
    while done < raw.len() {
        let Err(error) = std::str::from_utf8(&raw[done..]) else {
            ready.extend_from_slice(&raw[done..]);
            return raw.len();
        };
        let valid = done + error.valid_up_to();
        ready.extend_from_slice(&raw[done..valid]);
        done = valid;
        if error.error_len().is_none() && !is_end {
            return done;
        }
        ready.extend_from_slice(char::from(raw[done]).encode_utf8(&mut [0; 2]).as_bytes());
        done += 1;
    }
    done
}

impl<R: Read> Read for AsUtf8<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while self.at == self.ready.len() {
            if !self.fill()? {
                return Ok(0);
            }
        }
        let n = buffer.len().min(self.ready.len() - self.at);
        buffer[..n].copy_from_slice(&self.ready[self.at..self.at + n]);
        self.at += n;
        Ok(n)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_declaration_tells_the_encoding() {
        for (head, expected) in [
            ("<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?><feed>", true),
            ("<?xml version='1.0' encoding = 'windows-1252'?>", true),
            ("<?xml version=\"1.0\" encoding=\"UTF-8\"?>", false),
            ("<?xml version=\"1.0\"?><a encoding=\"latin1\">", false),
            ("<feed encoding=\"latin1\">", false),
        ] {
            assert_eq!(is_declared(head.as_bytes()), expected, "{head}");
        }
    }

    #[test]
    fn bytes_become_characters_wherever_blocks_end() {
        let mut text = String::new();
        let raw = [&b"caf\xe9 "[..], "caf\u{e9}".as_bytes(), b"\xe2"].concat();
        AsUtf8::new(&raw[..]).read_to_string(&mut text).unwrap();
        assert_eq!(text, "caf\u{e9} caf\u{e9}\u{e2}");
        let long = [vec![b'a'; BLOCK_BYTES as usize - 1], "\u{e9}".into()].concat();
        let mut read = Vec::new();
        AsUtf8::new(&long[..]).read_to_end(&mut read).unwrap();
        assert_eq!(read, long);
    }
}
