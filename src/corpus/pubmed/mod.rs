//! PubMed's XML: an article's abstract is a document. Update files repeat articles, and list the ids of deleted ones.

mod article;

use std::cell::Cell;
use std::io::BufReader;
use std::sync::Arc;

use quick_xml::events::Event;
use quick_xml::reader::Reader;

use super::choose::Fields;
use super::context::{Context, Found, Outcome};
use super::error::CorpusError;
use super::format::Format;
use super::input::{Ahead, Bytes, Limited, MAX_LINE_BYTES, is_too_long, read_error};
use super::make::document;
use super::names::{find, list};
use super::problem::{Place, Problem};
use super::record::{Record, Version};
use super::sink::Sink;
use super::xml::character;
use article::{Article, COLUMNS};

const BUFFER_BYTES: usize = 64 << 10;
/// Maximum depth of nested elements, far more than the format has.
const MAX_DEPTH: usize = 256;
/// Elements that hold one record each.
const RECORDS: [&str; 2] = ["PubmedArticle", "PubmedBookArticle"];

pub(super) fn read(context: &Context, bytes: Bytes, sink: &mut Sink) -> Result<Outcome, CorpusError> {
    let fields = fields(context)?;
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
        since_record.set(if finished.is_some() { 0 } else { since_record.get() });
        match finished {
            Some(Finished::Article(article)) => sink.push_record(record(context, *article, &fields)?)?,
            Some(Finished::Deleted(pmid)) => {
                let version = Version { id: version_id(&pmid), changed: Some(i64::MAX) };
                sink.push_record(Record::Version(version, None))?;
            }
            None => {}
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
    let Fields { text, id, .. } = fields;
    let found = Found { text_fields: text, id_field: id, ..Found::default() };
    Ok(Outcome { format: Format::PubMed, sha256, found })
}

/// A record that ends with a piece of XML.
enum Finished {
    Article(Box<Article>),
    /// The id of an article that was deleted.
    Deleted(String),
}

/// The reader's position in the XML.
#[derive(Default)]
struct Walk {
    /// The elements from the record (outside of one, from the root) down to the present one.
    path: Vec<String>,
    article: Option<Article>,
    /// The id of a deleted article, as far as it was read.
    deleted: String,
}

impl Walk {
    /// Takes the next piece of XML, and returns the article that ends with it.
    fn event(&mut self, event: Event) -> Result<Option<Finished>, String> {
        match event {
            Event::Start(start) => {
                let name = start.local_name().as_ref().to_owned();
                if RECORDS.contains(&name.as_str()) {
                    *self = Self { article: Some(Article::default()), ..Self::default() };
                }
                if self.path.len() == MAX_DEPTH {
                    return Err(format!("elements are nested more than {MAX_DEPTH} deep"));
                }
                self.path.push(name);
                let version = start.try_get_attribute("Version").ok().flatten();
                let version = version.and_then(|version| {
                    version.normalized_value(quick_xml::XmlVersion::Explicit1_0).ok()?.parse().ok()
                });
                self.article.iter_mut().for_each(|article| article.start(&self.path, version));
            }
            Event::End(end) => {
                let is_deleted = self.is_in_deletion();
                self.path.pop();
                if is_deleted {
                    return Ok(Some(Finished::Deleted(std::mem::take(&mut self.deleted))));
                }
                let finished = self.article.take_if(|_| RECORDS.contains(&end.local_name().as_ref()));
                return Ok(finished.map(|article| Finished::Article(Box::new(article))));
            }
            Event::Text(text) => self.text(&text.xml10_content()),
            Event::CData(text) => self.text(&text.xml10_content()),
            Event::GeneralRef(entity) => self.text(&character(&entity)),
            _ => {}
        }
        Ok(None)
    }

    /// Returns whether the present element is the id of a deleted article.
    fn is_in_deletion(&self) -> bool {
        let is_id = |name: &String| name == "PMID";
        self.article.is_none()
            && self.path.last().is_some_and(is_id)
            && self.path.iter().any(|name| name == "DeleteCitation")
    }

    fn text(&mut self, text: &str) {
        if self.is_in_deletion() {
            self.deleted.push_str(text.trim());
        }
        self.article.iter_mut().for_each(|article| article.text(&self.path, text));
    }
}

/// Returns the columns that are read; fails for one that the format does not have.
fn fields(context: &Context) -> Result<Fields, CorpusError> {
    let options = context.options;
    let actual = |name: &String| match find(COLUMNS.into_iter(), name) {
        Some(name) => Ok(name.to_owned()),
        None => {
            let found = list(COLUMNS.into_iter());
            Err(context.problem(Problem::NoSuchColumn { column: name.clone(), found }))
        }
    };
    let text: Vec<String> = options.text_fields.iter().map(actual).collect::<Result<_, _>>()?;
    let values = options.columns.iter().map(actual);
    let values = values.chain(options.optional_columns.iter().map(|name| Ok(actual(name).unwrap_or(name.clone()))));
    Ok(Fields {
        text: if text.is_empty() { vec!["abstract".to_owned()] } else { text },
        id: Some(options.id_field.as_ref().map_or(Ok("pmid".to_owned()), actual)?),
        values: values.collect::<Result<_, _>>()?,
        ..Fields::default()
    })
}

/// Returns an article as a version of itself, as update files repeat it.
fn record(context: &Context, article: Article, fields: &Fields) -> Result<Record, CorpusError> {
    let (pmid, changed) = article.version();
    let row = article.row();
    let document = document(&row, fields).map_err(|problem| context.error(row.place.clone(), problem))?;
    Ok(match pmid {
        Some(pmid) => Record::version(Version { id: version_id(&pmid), changed }, document),
        None => Record::Document(document),
    })
}

fn version_id(pmid: &str) -> String {
    format!("pmid {pmid}")
}

fn bad_xml(context: &Context, byte: u64, reason: String) -> CorpusError {
    let (what, hint) = ("not valid PubMed XML", "check that the file is whole, or pass --format");
    context.error(Place::byte(byte), Problem::Unreadable { what, reason, hint })
}

fn explain<R>(context: &Context, reader: &Reader<R>, error: quick_xml::Error, sink: &Sink) -> CorpusError {
    match error {
        quick_xml::Error::Io(error) if is_too_long(&error) => context.problem(Problem::TooLarge {
            what: "an article",
            limit_mib: (MAX_LINE_BYTES >> 20) as u64,
            hint: "check that this is PubMed XML, and that its elements are closed",
        }),
        quick_xml::Error::Io(error) => match Arc::try_unwrap(error) {
            Ok(error) => read_error(context.file(), error, sink.n_in_file()),
            Err(error) => bad_xml(context, reader.error_position(), error.to_string()),
        },
        // The place of a byte that is not UTF-8 is known only to the element it is in.
        error @ quick_xml::Error::Encoding(_) => bad_xml(context, reader.buffer_position(), error.to_string()),
        error => bad_xml(context, reader.error_position(), error.to_string()),
    }
}
