//! Cuts a JSON array into its elements, a few MB at a time.

use std::io::{self, Read};
use std::ops::Range;

use memchr::memchr2;

use super::position::Position;
use crate::corpus::input::MAX_LINE_BYTES;

/// Bytes of content read at once.
const BLOCK_BYTES: usize = 4 << 20;
/// Maximum number of elements handed over together.
const MAX_ELEMENTS: usize = 4096;

/// The reason why there is no further element.
pub(super) enum Stop {
    /// The content cannot be read.
    Read(io::Error),
    /// The content ends within the array.
    End,
    /// An element is longer than the limit for records.
    Long,
}

/// Cuts an array at the commas between its elements. Their kind and validity are checked elsewhere.
pub(super) struct Elements<R> {
    reader: R,
    buffer: Vec<u8>,
    /// Start of the present element in `buffer`, and how far it was looked at.
    start: usize,
    at: usize,
    /// The position of `start` in the file.
    place: Position,
    /// Number of brackets open at `at`, within the array.
    depth: usize,
    in_string: bool,
    is_closed: bool,
    batch: Vec<(Range<usize>, Position)>,
    /// An error after content that is still good.
    failed: Option<io::Error>,
}

impl<R: Read> Elements<R> {
    /// Starts with `buffer`, the beginning of the content; `start` is behind the array's opening bracket.
    pub(super) fn new(reader: R, buffer: Vec<u8>, start: usize) -> Self {
        let place = Position::START.after(&buffer[..start]);
        Self {
            reader,
            buffer,
            start,
            at: start,
            place,
            depth: 0,
            in_string: false,
            is_closed: false,
            batch: Vec::new(),
            failed: None,
        }
    }

    /// Returns the next elements, without white space around them, each with its position; none at the end of the array.
    pub(super) fn next(&mut self) -> Result<Vec<(&[u8], Position)>, Stop> {
        self.batch.clear();
        loop {
            self.scan();
            if self.is_closed || !self.batch.is_empty() {
                return Ok(self.batch.iter().map(|(range, place)| (&self.buffer[range.clone()], *place)).collect());
            }
            if self.buffer.len() - self.start > MAX_LINE_BYTES {
                return Err(Stop::Long);
            }
            if self.read_more().map_err(Stop::Read)? == 0 {
                return Err(Stop::End);
            }
        }
    }

    /// Returns the beginning of an element that does not end, and its position.
    pub(super) fn pending(&self) -> (&[u8], Position) {
        let piece = &self.buffer[self.start..];
        let rest = piece.trim_ascii_start();
        (rest, self.place.after(&piece[..piece.len() - rest.len()]))
    }

    /// Returns what follows the array: the bytes already read, their position, and the reader of the rest.
    pub(super) fn into_rest(mut self) -> (Vec<u8>, Position, R) {
        (self.buffer.split_off(self.start), self.place, self.reader)
    }

    fn scan(&mut self) {
        while self.at < self.buffer.len() && self.batch.len() < MAX_ELEMENTS && !self.is_closed {
            if self.in_string {
                self.skip_string();
                continue;
            }
            match self.buffer[self.at] {
                b'"' => self.in_string = true,
                b'{' | b'[' => self.depth += 1,
                b',' if self.depth == 0 => self.end_element(),
                b']' if self.depth == 0 => {
                    self.is_closed = true;
                    self.end_element();
                }
                b'}' | b']' => self.depth = self.depth.saturating_sub(1),
                _ => {}
            }
            self.at += 1;
        }
    }

    fn skip_string(&mut self) {
        match memchr2(b'"', b'\\', &self.buffer[self.at..]) {
            None => self.at = self.buffer.len(),
            Some(n) if self.buffer[self.at + n] == b'"' => {
                self.at += n + 1;
                self.in_string = false;
            }
            // The character after a backslash ends no string; it may still have to be read.
            Some(n) => self.at += n + 2,
        }
    }

    /// Takes the element before a comma or the closing bracket. Only white space before the bracket is no element: the array is
    /// empty, or has a trailing comma.
    fn end_element(&mut self) {
        let piece = &self.buffer[self.start..self.at];
        let n_blank = piece.len() - piece.trim_ascii_start().len();
        let n_bytes = piece.trim_ascii().len();
        let is_none = n_bytes == 0 && self.is_closed;
        if !is_none {
            let from = self.start + n_blank;
            self.batch.push((from..from + n_bytes, self.place.after(&piece[..n_blank])));
        }
        self.place = self.place.after(&self.buffer[self.start..=self.at]);
        self.start = self.at + 1;
    }

    fn read_more(&mut self) -> io::Result<usize> {
        if let Some(error) = self.failed.take() {
            return Err(error);
        }
        self.buffer.drain(..self.start);
        self.at -= self.start;
        self.start = 0;
        let before = self.buffer.len();
        let read = self.reader.by_ref().take(BLOCK_BYTES as u64).read_to_end(&mut self.buffer);
        match (read, self.buffer.len() - before) {
            (Err(error), 0) => Err(error),
            (Err(error), n) => {
                self.failed = Some(error);
                Ok(n)
            }
            (Ok(_), n) => Ok(n),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A reader that hands over a byte at a time, so that every state is left and met again.
    struct Trickle<'a>(&'a [u8]);

    impl Read for Trickle<'_> {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            let n = self.0.len().min(buffer.len()).min(1);
            buffer[..n].copy_from_slice(&self.0[..n]);
            self.0 = &self.0[n..];
            Ok(n)
        }
    }

    fn elements(content: &str) -> (Vec<(String, u64, usize)>, String) {
        let mut elements = Elements::new(Trickle(&content.as_bytes()[1..]), b"[".to_vec(), 1);
        let mut found = Vec::new();
        loop {
            let batch = elements.next().unwrap_or_else(|_| panic!("no end"));
            if batch.is_empty() {
                break;
            }
            let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
            found.extend(batch.iter().map(|(bytes, place)| (text(bytes), place.line, place.column)));
        }
        (found, String::from_utf8(elements.into_rest().0).unwrap())
    }

    #[test]
    fn elements_are_cut_at_the_commas_between_them() {
        let content = "[ {\"a\":\"],\\\"}\"},\n[1,{\"b\":[2]}] , \"\\\\\",\n\n 7 ] \n";
        let (found, rest) = elements(content);
        let expected = [("{\"a\":\"],\\\"}\"}", 1, 2), ("[1,{\"b\":[2]}]", 2, 0), ("\"\\\\\"", 2, 16), ("7", 4, 1)];
        assert_eq!(found, expected.map(|(text, line, column)| (text.to_owned(), line, column)));
        assert_eq!(rest, " \n");
        assert!(elements("[ \n ]").0.is_empty());
        assert_eq!(elements("[1,]").0, [("1".to_owned(), 1, 1)]);
        assert_eq!(elements("[1,,2]").0[1], (String::new(), 1, 3));
    }

    #[test]
    fn an_array_without_end_says_so() {
        let mut elements = Elements::new(Trickle(b""), b"[1,\n {\"a".to_vec(), 1);
        assert_eq!(elements.next().ok().unwrap().len(), 1);
        assert!(matches!(elements.next(), Err(Stop::End)));
        assert_eq!(elements.pending(), (&b"{\"a"[..], Position { line: 2, column: 1 }));
    }
}
