//! Exports whose lines begin with tags, record by record.

use std::borrow::Cow;
use std::cell::Cell;
use std::io::{BufRead, BufReader, Read};

use super::entry::{Entry, Taker};
use super::tags::{Tags, Values};
use crate::corpus::Place;
use crate::corpus::input::Limited;
use crate::corpus::known::Fault;

const BUFFER_BYTES: usize = 64 << 10;

/// Hands over the records of an export. Anything outside of them, such as a title, is ignored.
pub(super) fn records(mut reader: impl Read, tags: Tags, take: Taker) -> Result<(), Fault> {
    let since_record = Cell::new(0);
    let limited = Limited { inner: &mut reader, since_record: &since_record };
    let mut reader = BufReader::with_capacity(BUFFER_BYTES, limited);
    let mut open: Option<Open> = None;
    let (mut line, mut number) = (Vec::new(), 0);
    loop {
        line.clear();
        if reader.read_until(b'\n', &mut line)? == 0 {
            break;
        }
        number += 1;
        let text = String::from_utf8_lossy(&line);
        let replaced = matches!(text, Cow::Owned(_));
        let text = text.trim_end();
        match tags.split(text.trim_start_matches('\u{FEFF}')) {
            Some((tag, _)) if tags.ends(tag) => {
                since_record.set(0);
                open.take().map_or(Ok(()), |open| take(open.finish(tags)).map_err(Fault::Taker))?;
            }
            Some((tag, value)) => {
                if tags.begins(tag) {
                    since_record.set(0);
                    let finished = open.replace(Open::at(number));
                    finished.map_or(Ok(()), |open| take(open.finish(tags)).map_err(Fault::Taker))?;
                }
                open.iter_mut().for_each(|open| open.tag(tag, value));
            }
            None => open.iter_mut().for_each(|open| open.go_on(text, tags.is_wrapped())),
        }
        match &mut open {
            Some(open) => open.replaced |= replaced,
            None => since_record.set(0),
        }
    }
    open.map_or(Ok(()), |open| take(open.finish(tags)).map_err(Fault::Taker))
}

/// A record as far as it has been read.
struct Open {
    line: u64,
    values: Values,
    /// Whether a blank line stood before the present one.
    after_blank: bool,
    replaced: bool,
}

impl Open {
    fn at(line: u64) -> Self {
        Self { line, values: Values::new(), after_blank: false, replaced: false }
    }

    fn tag(&mut self, tag: &str, value: &str) {
        self.values.push((tag.to_owned(), value.to_owned()));
        self.after_blank = false;
    }

    /// Appends a line without a tag to the last value.
    fn go_on(&mut self, line: &str, is_wrapped: bool) {
        let line = line.trim();
        if line.is_empty() {
            self.after_blank = true;
            return;
        }
        if let Some((_, value)) = self.values.last_mut() {
            match (value.is_empty(), self.after_blank) {
                (true, _) => {}
                (false, true) => value.push_str("\n\n"),
                // A word that goes on in the next line is for prose to join.
                (false, false) => value.push(if is_wrapped && !value.ends_with('-') { ' ' } else { '\n' }),
            }
            value.push_str(line);
        }
        self.after_blank = false;
    }

    fn finish(self, tags: Tags) -> Entry {
        Entry { place: Place::line(self.line), cells: tags.cells(&self.values), replaced: self.replaced }
    }
}
