//! Removes the spaces before quoted values: `"a", "b, c"` is `"a","b, c"`, as a quotation mark counts only where a value begins.

use std::io::{self, Read};

/// Separators after which some programs write a space.
const SPACED: [u8; 3] = [b',', b';', b'|'];

/// A table without the spaces that follow `delimiter` before quotation marks; as it is, if there is none.
pub(super) struct Unspaced<R> {
    inner: R,
    delimiter: Option<u8>,
    place: Place,
    /// Number of spaces at the beginning of a value that are held back.
    n_held: usize,
    ready: Vec<u8>,
    n_given: usize,
}

/// The place of a byte in its value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    Start,
    Plain,
    Quoted,
    /// After a quotation mark within quotes, which another doubles.
    AfterQuote,
}

/// Returns the separator that spaces follow in the first line, if quoted values do so in the first two.
pub(super) fn spaced(head: &[u8]) -> Option<u8> {
    let mut lines = head.split(|byte| *byte == b'\n');
    let (first, second) = (lines.next()?, lines.next().unwrap_or_default());
    let follow = |delimiter: &u8| {
        let mut values = first.split(|byte| byte == delimiter).skip(1).peekable();
        values.peek().is_some() && values.all(|value| value.starts_with(b" "))
    };
    let mark = |delimiter: u8| [delimiter, b' ', b'"'];
    let has_quoted =
        |delimiter: &u8| [first, second].iter().any(|line| line.windows(3).any(|three| three == mark(*delimiter)));
    SPACED.into_iter().find(|delimiter| follow(delimiter) && has_quoted(delimiter))
}

impl<R: Read> Unspaced<R> {
    pub(super) fn new(inner: R, delimiter: Option<u8>) -> Self {
        Self { inner, delimiter, place: Place::Start, n_held: 0, ready: Vec::new(), n_given: 0 }
    }

    fn take(&mut self, byte: u8, delimiter: u8) {
        if self.place == Place::Start && byte == b' ' {
            self.n_held += 1;
            return;
        }
        let n_held = std::mem::take(&mut self.n_held);
        if byte != b'"' {
            self.ready.resize(self.ready.len() + n_held, b' ');
        }
        self.ready.push(byte);
        self.place = match (self.place, byte) {
            (Place::Start | Place::AfterQuote, b'"') => Place::Quoted,
            (Place::Quoted, b'"') => Place::AfterQuote,
            (Place::Quoted, _) => Place::Quoted,
            (_, b'\n' | b'\r') => Place::Start,
            (_, byte) if byte == delimiter => Place::Start,
            _ => Place::Plain,
        };
    }
}

impl<R: Read> Read for Unspaced<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let Some(delimiter) = self.delimiter else { return self.inner.read(buffer) };
        while self.n_given == self.ready.len() {
            (self.n_given, self.ready) = (0, Vec::with_capacity(buffer.len()));
            let n = self.inner.read(buffer)?;
            buffer[..n].iter().for_each(|byte| self.take(*byte, delimiter));
            if n == 0 {
                return Ok(0);
            }
        }
        let n = buffer.len().min(self.ready.len() - self.n_given);
        buffer[..n].copy_from_slice(&self.ready[self.n_given..self.n_given + n]);
        self.n_given += n;
        Ok(n)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(table: &str) -> String {
        let mut plain = String::new();
        // A buffer of three bytes, so that marks and spaces fall into different ones.
        let inner = table.as_bytes();
        let mut reader = Unspaced::new(inner, spaced(table.as_bytes()));
        let mut buffer = [0; 3];
        loop {
            match reader.read(&mut buffer).unwrap() {
                0 => return plain,
                n => plain.push_str(std::str::from_utf8(&buffer[..n]).unwrap()),
            }
        }
    }

    #[test]
    fn spaces_before_quoted_values_are_removed_and_no_others() {
        for (table, expected) in [
            ("\"id\", \"text\"\n\"a\",  \"b, c\"\n", "\"id\",\"text\"\n\"a\",\"b, c\"\n"),
            (
                "id, text\n1, \"So, \"\"he\"\", she.\"\n2, plain, \"x\n",
                "id, text\n1,\"So, \"\"he\"\", she.\"\n2, plain,\"x\n",
            ),
            ("id; text\n1; \"a; \"\n2; b ; c\n", "id; text\n1;\"a; \"\n2; b ; c\n"),
        ] {
            assert_eq!(read(table), expected);
        }
        for table in ["id,text\n1,\"He said, \"\"no\"\".\"\n", "text\nHe said, \"no\".\n", "a, b\n1, 2\n", ""] {
            assert_eq!(read(table), table);
        }
    }
}
