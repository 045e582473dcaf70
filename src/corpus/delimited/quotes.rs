//! Watches the quotation marks of a table: one that begins a value and is not closed makes the rows after it part of the value.

use std::io::{self, Read};

/// A quotation mark that is not closed before the next row begins.
#[derive(Debug, thiserror::Error)]
#[error("a quotation mark that is not closed")]
pub(super) struct Unclosed {
    /// The line of the mark, from 1.
    pub(super) line: u64,
}

impl Unclosed {
    /// Returns the mark for which [`Quotes`] has refused.
    pub(super) fn of(error: &io::Error) -> Option<&Self> {
        error.get_ref()?.downcast_ref()
    }
}

/// A table as it is, read until a quotation mark in it is not closed.
pub(super) struct Quotes<R> {
    inner: R,
    delimiter: u8,
    has_escapes: bool,
    place: Place,
    /// The line that is being read, from 1, and that of the last mark that began a value.
    line: u64,
    opened: u64,
    /// Whether the last byte was a CR, after which a LF ends no other line.
    was_cr: bool,
}

/// The place of a byte in its value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    Start,
    Plain,
    Quoted,
    /// After a backslash within quotes.
    Escaped,
    /// After a quotation mark within quotes, which another doubles.
    AfterQuote,
}

impl<R> Quotes<R> {
    /// Watches a table that begins on this line; `has_escapes` if a backslash stands before quotation marks within values.
    pub(super) fn new(inner: R, delimiter: u8, has_escapes: bool, line: u64) -> Self {
        Self { inner, delimiter, has_escapes, place: Place::Start, line, opened: 0, was_cr: false }
    }

    /// Follows the marks in some bytes; fails if one swallows rows.
    fn watch(&mut self, mut bytes: &[u8]) -> io::Result<()> {
        while let Some((&byte, rest)) = self.next_of_note(bytes).split_first() {
            self.take(byte)?;
            bytes = rest;
        }
        Ok(())
    }

    /// Passes over bytes that cannot end the value or the line they are in.
    fn next_of_note<'a>(&mut self, bytes: &'a [u8]) -> &'a [u8] {
        let end = match self.place {
            Place::Quoted if !self.has_escapes => b'"',
            Place::Plain => self.delimiter,
            _ => return bytes,
        };
        let n = memchr::memchr3(end, b'\r', b'\n', bytes).unwrap_or(bytes.len());
        self.was_cr &= n == 0;
        &bytes[n..]
    }

    fn take(&mut self, byte: u8) -> io::Result<()> {
        let ends_line = byte == b'\r' || (byte == b'\n' && !self.was_cr);
        self.was_cr = byte == b'\r';
        let is_end = byte == self.delimiter || matches!(byte, b'\r' | b'\n');
        self.place = match (self.place, byte) {
            (Place::Start, b'"') => {
                self.opened = self.line;
                Place::Quoted
            }
            (Place::Quoted, b'\\') if self.has_escapes => Place::Escaped,
            (Place::Quoted, b'"') => Place::AfterQuote,
            (Place::Quoted | Place::Escaped, _) | (Place::AfterQuote, b'"') => Place::Quoted,
            // What follows a closing mark on its own line is a matter of taste, on another the mark has closed nothing.
            (Place::AfterQuote, _) if !is_end && self.opened < self.line => return Err(self.unclosed()),
            (Place::Start | Place::Plain | Place::AfterQuote, _) if is_end => Place::Start,
            _ => Place::Plain,
        };
        self.line += u64::from(ends_line);
        Ok(())
    }

    /// Returns whether everything was read, and the last mark is open.
    pub(super) fn is_at_end(&self) -> bool {
        matches!(self.place, Place::Quoted | Place::Escaped)
    }

    fn unclosed(&self) -> io::Error {
        io::Error::other(Unclosed { line: self.opened })
    }
}

impl<R: Read> Read for Quotes<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let n = self.inner.read(buffer)?;
        if n == 0 && !buffer.is_empty() && self.is_at_end() {
            return Err(self.unclosed());
        }
        self.watch(&buffer[..n])?;
        Ok(n)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Returns the line of the first mark that is not closed.
    fn unclosed(table: &str, has_escapes: bool) -> Option<u64> {
        let read = io::copy(&mut Quotes::new(table.as_bytes(), b',', has_escapes, 1), &mut io::sink());
        read.err().map(|error| Unclosed::of(&error).unwrap().line)
    }

    #[test]
    fn a_mark_is_refused_only_where_rows_would_become_part_of_a_value() {
        for (what, table, expected) in [
            ("quoted as it should be", "id,text\n1,\"A \"\"kite\"\", it\nflies.\"\n\"2\",\"\"\n", None),
            ("never closed", "id,text\r\n1,It flies.\r\n2,\"It lands.\r\n3,Wind.\r\n", Some(3)),
            ("closed by another row's mark", "id,text\n1,\"It flies.\n2,\"It\" lands.\n", Some(2)),
            ("closed on its line", "id,text\n1,\"Kites\" fly.\n2,5\" of string\n", None),
            ("marks within a text of several lines", "id,text\n1,\"A \"kite\"\nflies \"well\".\"\n", None),
            ("a mark on another line", "id,text\n1,\"One\nA \"kite\" flies.\"\n", Some(2)),
            ("lines that end in CR", "id,text\r1,\"It flies.\r", Some(2)),
        ] {
            assert_eq!(unclosed(table, false), expected, "{what}");
        }
        let escaped = "id,text\n1,\"One\nA \\\"kite\\\" flies.\"\n";
        assert_eq!((unclosed(escaped, true), unclosed(escaped, false)), (None, Some(2)));
    }
}
