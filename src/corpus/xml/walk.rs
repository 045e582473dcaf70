//! The walk through an XML file: records one by one, whatever the format.

use std::cell::Cell;
use std::io::{self, BufReader, Read};
use std::sync::Arc;

use quick_xml::XmlVersion;
use quick_xml::events::{BytesStart, Event};
use quick_xml::reader::Reader;

use super::entity::character;
use super::schema::{Schema, Take};
use super::value::Value;
use crate::corpus::input::Limited;
use crate::corpus::known::{Cells, Fault};
use crate::corpus::{CorpusError, Place};

const BUFFER_BYTES: usize = 64 << 10;
/// Maximum depth of nested elements, far more than papers have.
pub(in crate::corpus) const MAX_DEPTH: usize = 256;
/// Maximum number of values of one record, far more than papers have.
const MAX_VALUES: usize = 100_000;
/// Maximum bytes of values outside of records, which each record is given.
const MAX_AROUND_BYTES: usize = 64 << 10;

/// Hands over the records of a file in the order in which they end.
pub(in crate::corpus) fn records(
    mut reader: impl Read,
    schema: &Schema,
    take: &mut dyn FnMut(Place, Cells) -> Result<(), CorpusError>,
) -> Result<(), Fault> {
    let since_record = Cell::new(0);
    let limited = Limited { inner: &mut reader, since_record: &since_record };
    let mut reader = Reader::from_reader(BufReader::with_capacity(BUFFER_BYTES, limited));
    reader.config_mut().expand_empty_elements = true;
    let (mut buffer, mut walk) = (Vec::new(), Walk::new(schema));
    let (mut line, mut first_line) = (1, 1);
    loop {
        line += memchr::memchr_iter(b'\n', &buffer).count() as u64;
        buffer.clear();
        let event = match reader.read_event_into(&mut buffer) {
            Ok(Event::Eof) => break,
            Ok(event) => event,
            Err(error) => return Err(explain(error, line)),
        };
        if walk.record.is_none() {
            first_line = line;
        }
        let finished = walk.event(event).map_err(|reason| Fault::Content { line, reason })?;
        if let Some(cells) = finished {
            since_record.set(0);
            take(Place::line(first_line), (schema.finish)(cells)).map_err(Fault::Taker)?;
            first_line = line;
        }
    }
    match walk.stack.last() {
        None => Ok(()),
        Some(open) => {
            let reason = format!("it ends inside <{}>", open.name);
            Err(Fault::Content { line, reason })
        }
    }
}

/// Returns the fault for an event that could not be read and begins on this line.
fn explain(error: quick_xml::Error, line: u64) -> Fault {
    match error {
        quick_xml::Error::Io(error) => Fault::Read(Arc::try_unwrap(error).unwrap_or_else(io::Error::other)),
        error => Fault::Content { line, reason: error.to_string() },
    }
}

/// An element that is open.
struct Open {
    name: String,
    state: State,
    /// Length of the value when the element began, in bytes.
    from: usize,
    /// Number of values outside of records when the element began.
    n_around: usize,
}

/// The role of an element's characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    Nothing,
    Dropped,
    /// Part of the value of this rule.
    Of(usize),
}

struct Walk<'s> {
    schema: &'s Schema,
    stack: Vec<Open>,
    value: Value,
    /// The cells of the record that is open, and its depth.
    record: Option<(usize, Cells)>,
    /// The cells found outside of records.
    around: Cells,
}

impl<'s> Walk<'s> {
    fn new(schema: &'s Schema) -> Self {
        Self { schema, stack: Vec::new(), value: Value::default(), record: None, around: Cells::new() }
    }

    /// Takes the next piece of XML, and returns the record that ends with it.
    fn event(&mut self, event: Event) -> Result<Option<Cells>, String> {
        match event {
            Event::Start(start) => return self.start(&start),
            Event::End(_) => return self.end(),
            Event::Text(text) => self.text(&text.xml10_content()),
            Event::CData(text) => self.text(&text.xml10_content()),
            Event::GeneralRef(entity) => self.text(&character(&entity)),
            _ => {}
        }
        Ok(None)
    }

    fn start(&mut self, start: &BytesStart) -> Result<Option<Cells>, String> {
        if self.stack.len() == MAX_DEPTH {
            return Err(format!("elements are nested more than {MAX_DEPTH} deep"));
        }
        let name = start.local_name().as_ref().to_owned();
        let is = |names: &[&str]| names.contains(&name.as_str());
        let mut finished = None;
        let above = self.stack.last().map_or(State::Nothing, |open| open.state);
        let is_record = is(self.schema.records) && above != State::Dropped;
        if is_record {
            finished = self.record.take().map(|(_, cells)| cells);
            self.record = Some((self.stack.len(), self.around.clone()));
        }
        let is_block = is(self.schema.blocks);
        let state = match above {
            State::Of(_) | State::Dropped if !is_record && is(self.schema.dropped) => State::Dropped,
            State::Of(_) | State::Dropped if !is_record => above,
            _ => State::Nothing,
        };
        self.stack.push(Open { name, state, from: 0, n_around: self.around.len() });
        if state == State::Nothing {
            self.begin(start)?;
        } else if is_block {
            self.value.paragraph();
        }
        if let Some(open) = self.stack.last_mut() {
            open.from = self.value.len();
        }
        Ok(finished)
    }

    /// Takes the attributes that are values of the element opened last, and begins its own value if there is a rule for it.
    fn begin(&mut self, start: &BytesStart) -> Result<(), String> {
        let schema = self.schema;
        for (at, rule) in schema.rules.iter().enumerate() {
            let has = |(name, wanted): (&str, &str)| attribute(start, name).as_deref() == Some(wanted);
            if !self.ends_with(rule.path) || !rule.only.is_none_or(has) {
                continue;
            }
            match rule.take {
                Take::Attribute(name) => self.found(rule.cell, attribute(start, name).unwrap_or_default())?,
                Take::Start => self.found(rule.cell, rule.cell.to_owned())?,
                Take::Paragraphs | Take::Lines => {
                    self.value.clear();
                    self.stack.iter_mut().last().into_iter().for_each(|open| open.state = State::Of(at));
                    break;
                }
            }
        }
        Ok(())
    }

    fn end(&mut self) -> Result<Option<Cells>, String> {
        let Some(open) = self.stack.pop() else { return Ok(None) };
        if let State::Of(at) = open.state {
            let rule = &self.schema.rules[at];
            let is_outermost = self.stack.last().is_none_or(|above| above.state != open.state);
            if is_outermost {
                let value = self.value.finish(rule.take == Take::Lines);
                self.found(rule.cell, value)?;
            } else if self.schema.blocks.contains(&open.name.as_str()) {
                self.value.paragraph();
            } else if self.schema.marks.contains(&open.name.as_str()) {
                self.value.drop_mark(open.from);
            }
        }
        if self.schema.scopes.contains(&open.name.as_str()) {
            self.around.truncate(open.n_around);
        }
        let is_record = self.record.as_ref().is_some_and(|(depth, _)| *depth == self.stack.len());
        Ok(if is_record { self.record.take().map(|(_, cells)| cells) } else { None })
    }

    fn text(&mut self, text: &str) {
        if let Some(Open { state: State::Of(at), .. }) = self.stack.last() {
            self.value.push(text, self.schema.rules[*at].take == Take::Lines);
        }
    }

    fn found(&mut self, cell: &'static str, value: String) -> Result<(), String> {
        if value.is_empty() {
            return Ok(());
        }
        if let Some((_, cells)) = &mut self.record {
            if cells.len() == MAX_VALUES {
                return Err(format!("a record has more than {MAX_VALUES} values"));
            }
            cells.push((cell, value));
            return Ok(());
        }
        self.around.push((cell, value));
        match self.around.iter().map(|(_, value)| value.len() + 1).sum::<usize>() > MAX_AROUND_BYTES {
            true => Err(format!("more than {} KiB stand outside of records", MAX_AROUND_BYTES >> 10)),
            false => Ok(()),
        }
    }

    fn ends_with(&self, path: &[&str]) -> bool {
        let Some(first) = self.stack.len().checked_sub(path.len()) else { return false };
        self.stack[first..].iter().zip(path).all(|(open, name)| open.name == *name)
    }
}

/// Returns an attribute by its name without a prefix.
pub(in crate::corpus) fn attribute(start: &BytesStart, name: &str) -> Option<String> {
    let mut attributes = start.attributes();
    let attributes = attributes.with_checks(false);
    let found = attributes.flatten().find(|found| found.key.local_name().as_ref() == name)?;
    let value = found.normalized_value(XmlVersion::Implicit1_0);
    Some(value.as_deref().unwrap_or(&found.value).trim().to_owned())
}
