//! PubMed's XML: an article's abstract is a document.

use std::cell::Cell;
use std::io::BufReader;
use std::sync::Arc;

use quick_xml::events::{BytesRef, Event};
use quick_xml::reader::Reader;

use super::ahead::Ahead;
use super::bytes::{Bytes, read_error};
use super::fields::{Column, Kind, no_such_column};
use super::limits::{Limited, is_too_long};
use super::lines::MAX_LINE_BYTES;
use super::pubmed_article::{Article, COLUMNS};
use super::read::{Context, Outcome, Sink};
use super::{CorpusError, Document, Format, Text};

const BUFFER_BYTES: usize = 64 << 10;
/// Elements inside one another, far more than the format has.
const MAX_DEPTH: usize = 256;
/// Elements that hold one record each.
const RECORDS: [&str; 2] = ["PubmedArticle", "PubmedBookArticle"];

pub(super) fn read(context: &Context, bytes: Bytes, sink: &mut Sink) -> Result<Outcome, CorpusError> {
    check_columns(context)?;
    let failed = |error| read_error(context.file(), error, 0);
    let mut ahead = Ahead::start(bytes).map_err(failed)?;
    let since_record = Cell::new(0);
    let limited = Limited { inner: &mut ahead, since_record: &since_record };
    let mut reader = Reader::from_reader(BufReader::with_capacity(BUFFER_BYTES, limited));
    let (mut buffer, mut walk) = (Vec::new(), Walk::default());
    loop {
        buffer.clear();
        let event = match reader.read_event_into(&mut buffer) {
            Ok(Event::Eof) => break,
            event => event.map_err(|error| explain(context, &reader, error, sink))?,
        };
        let finished = walk.event(event).map_err(|reason| bad_xml(context, reader.buffer_position(), reason))?;
        if let Some(article) = finished {
            since_record.set(0);
            sink.push(document(context, article))?;
        }
    }
    if walk.article.is_some() {
        return Err(bad_xml(context, reader.buffer_position(), "it ends inside an article".to_owned()));
    }
    drop(reader);
    if sink.n_in_file() == 0 {
        return Err(bad_xml(context, 0, "there is no PubmedArticle in it".to_owned()));
    }
    let sha256 = ahead.sha256().map_err(failed)?;
    let text_fields = match &context.options.text_fields[..] {
        [] => vec!["abstract".to_owned()],
        named => named.to_vec(),
    };
    let id_field = Some(context.options.id_field.clone().unwrap_or_else(|| "pmid".to_owned()));
    Ok(Outcome { format: Format::PubMed, layout: None, text_fields, unlisted_fields: Vec::new(), id_field, sha256 })
}

/// Where in the XML the reader is.
#[derive(Default)]
struct Walk {
    /// The elements from the record (outside of one, from the root) down to the present one.
    path: Vec<String>,
    article: Option<Article>,
}

impl Walk {
    /// Takes the next piece of XML; gives the article that ends with it.
    fn event(&mut self, event: Event) -> Result<Option<Article>, String> {
        match event {
            Event::Start(start) => {
                let name = start.local_name().as_ref().to_owned();
                if RECORDS.contains(&name.as_str()) {
                    *self = Self { article: Some(Article::default()), path: Vec::new() };
                }
                if self.path.len() == MAX_DEPTH {
                    return Err(format!("elements are nested more than {MAX_DEPTH} deep"));
                }
                self.path.push(name);
                self.article.iter_mut().for_each(|article| article.start(&self.path));
            }
            Event::End(end) => {
                self.path.pop();
                return Ok(self.article.take_if(|_| RECORDS.contains(&end.local_name().as_ref())));
            }
            Event::Text(text) => self.text(&text.xml10_content()),
            Event::CData(text) => self.text(&text.xml10_content()),
            Event::GeneralRef(entity) => self.text(&character(&entity)),
            _ => {}
        }
        Ok(None)
    }

    fn text(&mut self, text: &str) {
        self.article.iter_mut().for_each(|article| article.text(&self.path, text));
    }
}

fn check_columns(context: &Context) -> Result<(), CorpusError> {
    let options = context.options;
    let mut required = options.columns.iter().chain(&options.text_fields).chain(&options.id_field);
    match required.find(|name| !COLUMNS.contains(&name.as_str())) {
        None => Ok(()),
        Some(name) => {
            let columns = COLUMNS.map(|name| Column { name: name.to_owned(), kind: Kind::Text });
            Err(no_such_column(context.file(), name, &columns))
        }
    }
}

fn document(context: &Context, article: Article) -> Document {
    let options = context.options;
    let columns = article.columns();
    let get = |name: &str| {
        let found = columns.iter().find(|(known, _)| *known == name);
        found.and_then(|(_, value)| value.clone())
    };
    let text = match &options.text_fields[..] {
        [] => get("abstract").unwrap_or_default(),
        named => named.iter().filter_map(|name| get(name)).collect::<Vec<_>>().join("\n\n"),
    };
    let id = get(options.id_field.as_deref().unwrap_or("pmid"));
    Document { id, text: Text::Prose(text), values: options.value_names().map(get).collect() }
}

/// The character that a reference stands for; an entity that the format does not have stays as it is written.
fn character(entity: &BytesRef) -> String {
    if let Ok(Some(character)) = entity.resolve_char_ref() {
        return character.to_string();
    }
    let name = entity.xml10_content();
    match quick_xml::escape::resolve_predefined_entity(&name) {
        Some(text) => text.to_owned(),
        None => format!("&{name};"),
    }
}

fn bad_xml(context: &Context, byte: u64, reason: String) -> CorpusError {
    CorpusError::BadXml { file: context.owned_file(), byte, reason }
}

fn explain<R>(context: &Context, reader: &Reader<R>, error: quick_xml::Error, sink: &Sink) -> CorpusError {
    match error {
        quick_xml::Error::Io(error) if is_too_long(&error) => CorpusError::TooLarge {
            file: context.owned_file(),
            what: "an article",
            limit_mib: (MAX_LINE_BYTES >> 20) as u64,
            hint: "check that this is PubMed XML, and that its elements are closed",
        },
        quick_xml::Error::Io(error) => match Arc::try_unwrap(error) {
            Ok(error) => read_error(context.file(), error, sink.n_in_file()),
            Err(error) => bad_xml(context, reader.error_position(), error.to_string()),
        },
        // The place of a byte that is not UTF-8 is known only to the element it is in.
        error @ quick_xml::Error::Encoding(_) => bad_xml(context, reader.buffer_position(), error.to_string()),
        error => bad_xml(context, reader.error_position(), error.to_string()),
    }
}
