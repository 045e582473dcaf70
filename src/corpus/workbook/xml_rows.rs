//! Workbooks as one file of XML, the XML Spreadsheet 2003 that Microsoft CMT exports under the name `.xls`.

use std::fs::File;
use std::io::{BufReader, Seek, SeekFrom};

use quick_xml::events::{BytesStart, Event};
use quick_xml::reader::Reader;

use super::values::{Values, bad, place};
use crate::corpus::CorpusError;
use crate::corpus::context::Context;
use crate::corpus::input::read_error;
use crate::corpus::xml::{MAX_DEPTH, attribute, character};

/// The namespace of such workbooks.
const NAMESPACE: &[u8] = b"urn:schemas-microsoft-com:office:spreadsheet";
/// The time of day of a date.
const MIDNIGHT: &str = "T00:00:00.000";

/// Maximum number of sheets: every one is looked at from the beginning of the file.
const MAX_SHEETS: usize = 256;

/// Returns whether a file begins as such a workbook.
pub(in crate::corpus) fn is_xml_workbook(head: &[u8]) -> bool {
    head.trim_ascii_start().starts_with(b"<") && memchr::memmem::find(head, NAMESPACE).is_some()
}

/// A sheet of such a workbook.
pub(super) struct XmlSheet {
    pub(super) name: String,
    pub(super) is_visible: bool,
}

/// Returns the sheets of a workbook, in their order.
pub(super) fn sheets(context: &Context, file: &File) -> Result<Vec<XmlSheet>, CorpusError> {
    let mut xml = Walk::new(context, file)?;
    let mut sheets: Vec<XmlSheet> = Vec::new();
    while let Some(piece) = xml.next(context)? {
        match piece {
            Piece::Start(start) if start.is("Worksheet") => {
                if sheets.len() == MAX_SHEETS {
                    return Err(bad(context, format!("it has more than {MAX_SHEETS} sheets")));
                }
                sheets.push(XmlSheet { name: start.attribute("Name").unwrap_or_default(), is_visible: true });
            }
            Piece::Text(text) if xml.is_in("Visible") && text.contains("Hidden") => {
                sheets.iter_mut().last().into_iter().for_each(|sheet| sheet.is_visible = false);
            }
            _ => {}
        }
    }
    Ok(sheets)
}

/// The rows of one sheet.
pub(super) struct XmlRows {
    xml: Walk,
    /// Number of the last row, from 1.
    row: u64,
    is_over: bool,
}

impl XmlRows {
    /// Begins at a sheet, by its place among all.
    pub(super) fn of_sheet(context: &Context, file: &File, at: usize) -> Result<XmlRows, CorpusError> {
        let mut xml = Walk::new(context, file)?;
        let mut n_begun = 0;
        while n_begun <= at {
            match xml.next(context)? {
                Some(Piece::Start(start)) => n_begun += usize::from(start.is("Worksheet")),
                Some(_) => {}
                None => break,
            }
        }
        Ok(XmlRows { xml, row: 0, is_over: n_begun <= at })
    }

    /// Returns the next row that has a value, and its number in the sheet, from 1.
    pub(super) fn next(&mut self, context: &Context) -> Result<Option<(u64, Values)>, CorpusError> {
        let (mut values, mut value) = (Values::new(), String::new());
        // The column of the last cell, from 1, and the number of further columns that it takes.
        let (mut column, mut n_merged) = (0_usize, 0);
        while !self.is_over {
            match self.xml.next(context)? {
                Some(Piece::Start(start)) if start.is("Row") => {
                    (self.row, column) = (start.index().unwrap_or(self.row.saturating_add(1)), 0);
                }
                Some(Piece::Start(start)) if start.is("Cell") => {
                    column = start.index().map_or(column.saturating_add(1), |index| index as usize);
                    value.clear();
                    n_merged = start.number("MergeAcross").unwrap_or(0) as usize;
                }
                // Comments on a cell have data of their own.
                Some(Piece::Text(text)) if self.xml.is_in("Data") && !self.xml.is_in("Comment") => {
                    value.push_str(&text)
                }
                Some(Piece::End(name)) if name == "Cell" => {
                    let text = value.strip_suffix(MIDNIGHT).unwrap_or(&value);
                    if !text.trim().is_empty() && column > 0 {
                        *place(context, &mut values, column - 1)? = Some(text.to_owned());
                    }
                    column = column.saturating_add(n_merged);
                }
                Some(Piece::End(name)) if name == "Row" && !values.is_empty() => return Ok(Some((self.row, values))),
                Some(Piece::End(name)) if name == "Worksheet" => self.is_over = true,
                Some(_) => {}
                None => self.is_over = true,
            }
        }
        Ok(None)
    }
}

/// The pieces of a file, one by one, and the elements that are open.
struct Walk {
    reader: Reader<BufReader<File>>,
    buffer: Vec<u8>,
    open: Vec<String>,
}

enum Piece {
    Start(Element),
    Text(String),
    End(String),
}

/// The beginning of an element: its name without a prefix, and its attributes.
struct Element(BytesStart<'static>);

impl Element {
    fn is(&self, name: &str) -> bool {
        self.0.local_name().as_ref() == name
    }

    fn attribute(&self, name: &str) -> Option<String> {
        attribute(&self.0, name)
    }

    fn number(&self, name: &str) -> Option<u64> {
        self.attribute(name)?.parse().ok()
    }

    /// Returns the number of a row or column that does not follow the one before.
    fn index(&self) -> Option<u64> {
        self.number("Index").filter(|index| *index > 0)
    }
}

impl Walk {
    fn new(context: &Context, file: &File) -> Result<Walk, CorpusError> {
        let failed = |error| read_error(context.file(), error, 0);
        let mut file = file.try_clone().map_err(failed)?;
        // Copies of a file share their place in it.
        file.seek(SeekFrom::Start(0)).map_err(failed)?;
        let mut reader = Reader::from_reader(BufReader::new(file));
        reader.config_mut().expand_empty_elements = true;
        Ok(Walk { reader, buffer: Vec::new(), open: Vec::new() })
    }

    fn next(&mut self, context: &Context) -> Result<Option<Piece>, CorpusError> {
        loop {
            self.buffer.clear();
            let event = self.reader.read_event_into(&mut self.buffer);
            let at = self.reader.buffer_position();
            match event.map_err(|error| bad(context, format!("byte {at}: {error}")))? {
                Event::Start(_) if self.open.len() == MAX_DEPTH => {
                    let reason = format!("byte {at}: elements are nested more than {MAX_DEPTH} deep");
                    return Err(bad(context, reason));
                }
                Event::Start(start) => {
                    self.open.push(start.local_name().as_ref().to_owned());
                    return Ok(Some(Piece::Start(Element(start.into_owned()))));
                }
                Event::End(_) => return Ok(self.open.pop().map(Piece::End)),
                Event::Text(text) => return Ok(Some(Piece::Text(text.xml10_content().into_owned()))),
                Event::CData(text) => return Ok(Some(Piece::Text(text.xml10_content().into_owned()))),
                Event::GeneralRef(entity) => return Ok(Some(Piece::Text(character(&entity)))),
                Event::Eof if self.open.is_empty() => return Ok(None),
                Event::Eof => {
                    let reason = format!("byte {at}: it ends inside <{}>", self.open.last().map_or("", String::as_str));
                    return Err(bad(context, reason));
                }
                _ => {}
            }
        }
    }

    /// Returns whether an element of this name is open.
    fn is_in(&self, name: &str) -> bool {
        self.open.iter().any(|open| open == name)
    }
}
