//! Finds the array of records in the first bytes of a file, alone or in a page such as `{"message": {"items": [...]}}`.

use memchr::memchr;

use crate::corpus::ReadOptions;
use crate::corpus::names::is_text_name;

/// Keys of pages whose value is an array of records.
const PAGES: [&str; 20] = [
    "notes",
    "data",
    "results",
    "result",
    "items",
    "collection",
    "rows",
    "records",
    "docs",
    "documents",
    "articles",
    "papers",
    "works",
    "publications",
    "entries",
    "hits",
    "submissions",
    "edges",
    "abstracts",
    "list",
];
/// Maximum depth of nested objects in which such a key is looked for.
const MAX_DEPTH: usize = 3;

/// The start of an array of records.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Start {
    /// The offset behind its opening bracket, in bytes.
    pub(super) at: usize,
    /// Number of objects that it lies in.
    pub(super) depth: usize,
}

/// Finds the array that the content consists of, or the only one that matters in it: the first list of objects under a key of
/// [`PAGES`] without a text before it.
pub(super) fn array_start(content: &[u8], options: &ReadOptions) -> Option<Start> {
    let mut cursor = Cursor { content, at: 0 };
    match cursor.next()? {
        b'[' => Some(Start { at: cursor.at, depth: 0 }),
        b'{' => cursor.page(options, 1),
        _ => None,
    }
}

/// Reads the beginning of JSON, as far as it is simple.
struct Cursor<'c> {
    content: &'c [u8],
    at: usize,
}

impl<'c> Cursor<'c> {
    /// Looks for the array in an object whose bracket has been read.
    fn page(&mut self, options: &ReadOptions, depth: usize) -> Option<Start> {
        loop {
            let key = self.string()?;
            self.expect(b':')?;
            let is_asked = options.text_fields.iter().any(|name| name == key);
            let before = self.at;
            match self.peek()? {
                b'[' if PAGES.contains(&key) && !is_asked => {
                    self.at += 1;
                    if self.peek()? == b'{' {
                        return Some(Start { at: self.at, depth });
                    }
                    self.at = before;
                }
                b'{' if depth < MAX_DEPTH && !is_asked => {
                    self.at += 1;
                    if let Some(found) = self.page(options, depth + 1) {
                        return Some(found);
                    }
                    self.at = before;
                }
                _ if is_text_name(key) || is_asked => return None,
                _ => {}
            }
            self.skip()?;
            self.expect(b',')?;
        }
    }

    /// Returns the next byte that is not white space, without taking it.
    fn peek(&mut self) -> Option<u8> {
        self.at = self.content.len() - self.content.get(self.at..)?.trim_ascii_start().len();
        self.content.get(self.at).copied()
    }

    fn next(&mut self) -> Option<u8> {
        let byte = self.peek()?;
        self.at += 1;
        Some(byte)
    }

    fn expect(&mut self, byte: u8) -> Option<()> {
        (self.next()? == byte).then_some(())
    }

    /// Takes a string without escapes.
    fn string(&mut self) -> Option<&'c str> {
        self.expect(b'"')?;
        let n = memchr(b'"', &self.content[self.at..])?;
        let string = std::str::from_utf8(&self.content[self.at..self.at + n]).ok()?;
        self.at += n + 1;
        (!string.contains('\\')).then_some(string)
    }

    /// Skips a value of any kind.
    fn skip(&mut self) -> Option<()> {
        self.peek()?;
        let mut depth = 0_usize;
        loop {
            match *self.content.get(self.at)? {
                b'"' => self.skip_string()?,
                b'{' | b'[' => depth += 1,
                b'}' | b']' | b',' if depth == 0 => return Some(()),
                b'}' | b']' => {
                    depth -= 1;
                    if depth == 0 {
                        self.at += 1;
                        return Some(());
                    }
                }
                _ => {}
            }
            self.at += 1;
        }
    }

    /// Skips to the closing mark of a string.
    fn skip_string(&mut self) -> Option<()> {
        loop {
            self.at += 1;
            self.at += memchr::memchr2(b'"', b'\\', self.content.get(self.at..)?)?;
            if self.content[self.at] == b'"' {
                return Some(());
            }
            self.at += 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arrays_are_found_at_the_beginning_alone() {
        let start = |content: &str| {
            array_start(content.as_bytes(), &ReadOptions::default()).map(|Start { at, depth }| (at, depth))
        };
        assert_eq!(start(" [1"), Some((2, 0)));
        assert_eq!(start(r#"{"notes": [ {"id""#), Some((12, 1)));
        assert_eq!(start(r#"{"count": 12, "next": "a b", "more": null, "data":[{"#), Some((51, 1)));
        assert_eq!(start(r#"{"meta":{"n":[1]},"f":[{"a":"]\""}],"data":[{"#), Some((44, 1)));
        assert_eq!(start(r#"{"message":{"total":2,"items":[{"#), Some((31, 2)));
        for content in
            ["", "7", "{", r#"{"notes":[]}"#, r#"{"notes":"#, r#"{"text":"A kite.","notes":[{"#, "{\"a\\\"\":1"]
        {
            assert_eq!(start(content), None, "{content}");
        }
        let asked = ReadOptions { text_fields: vec!["notes".into()], ..ReadOptions::default() };
        assert_eq!(array_start(br#"{"notes":[{"id":1"#, &asked), None);
    }
}
