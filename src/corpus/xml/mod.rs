//! XML of papers: one walk through a file for every format, and a table of the meaning of its elements.
//!
//! A format is told by its root element; if that holds records of other formats, as in OAI-PMH, by the first of their elements
//! in the beginning of the file.

mod acl;
mod atom;
mod date;
mod entity;
mod jats;
mod oai;
mod schema;
mod single_byte;
mod tei;
mod value;
mod walk;

use quick_xml::events::Event;
use quick_xml::reader::Reader;

use super::context::{Context, Outcome};
use super::error::CorpusError;
use super::format::Format;
use super::input::{Ahead, Bytes, read_error};
use super::known::{Cells, Known};
use super::problem::{Place, Problem};
use super::pubmed;
use super::sink::Sink;

pub(super) use date::{date_of_words, month_number, year_of};
pub(super) use entity::character;
pub(super) use jats::jats_fragment;
use schema::Schema;
use single_byte::{AsUtf8, is_declared};
use walk::records;
pub(super) use walk::{MAX_DEPTH, attribute};

/// Reads XML in the given format, or in the one that its elements tell.
pub(super) fn read(context: &Context, bytes: Bytes, format: Format, sink: &mut Sink) -> Result<Outcome, CorpusError> {
    let content = match format {
        Format::Jats => Content::Jats,
        Format::Tei => Content::Tei,
        Format::Atom => Content::Atom,
        Format::Oai => Content::Oai,
        Format::Acl => Content::Acl,
        _ => Content::of(bytes.head()).unwrap_or_else(|| Content::Other("?".to_owned())),
    };
    match content {
        Content::PubMed => pubmed::read(context, bytes, sink),
        Content::Other(root) => Err(context.problem(other(&root))),
        content => match content.schema() {
            Some((schema, format)) => read_in(schema, format, context, bytes, sink),
            None => Err(context.problem(other("?"))),
        },
    }
}

fn other(root: &str) -> Problem {
    let reason = format!("it begins with <{root}>");
    let hint = "PubMed, JATS, TEI, Atom, OAI-PMH with arXiv's formats or Dublin Core, and the ACL Anthology's can be read; write \
                the texts as JSON Lines, one object per line";
    Problem::Unreadable { what: "no XML that can be read", reason, hint }
}

fn read_in(
    schema: &Schema,
    format: Format,
    context: &Context,
    bytes: Bytes,
    sink: &mut Sink,
) -> Result<Outcome, CorpusError> {
    let known = Known::new(context, schema.columns, schema.text)?;
    let failed = |error| read_error(context.file(), error, 0);
    let is_single_byte = is_declared(bytes.head());
    let mut ahead = Ahead::start(bytes).map_err(failed)?;
    let mut n_records = 0;
    let mut take = |place: Place, cells: Cells| {
        n_records += 1;
        known.push(place, cells, sink)
    };
    let result = match is_single_byte {
        true => records(AsUtf8::new(&mut ahead), schema, &mut take),
        false => records(&mut ahead, schema, &mut take),
    };
    let wrong = (schema.wrong, "check that the file is whole, or pass --format");
    result.map_err(|fault| fault.explain(context, wrong, "a paper", sink.n_in_file()))?;
    if n_records == 0 {
        let (what, hint) = wrong;
        let reason = format!("there is no <{}> in it", schema.records.join("> or <"));
        return Err(context.problem(Problem::Unreadable { what, reason, hint }));
    }
    Ok(Outcome { format, sha256: ahead.sha256().map_err(failed)?, found: known.finish() })
}

/// The content of an XML file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Content {
    /// PubMed's articles.
    PubMed,
    Jats,
    Tei,
    Atom,
    Oai,
    Acl,
    /// XML of another kind, with this root element.
    Other(String),
}

impl Content {
    /// Recognises the content by the first bytes of a file; `None` if they are not XML.
    pub(super) fn of(head: &[u8]) -> Option<Self> {
        let names = names(head);
        let root = names.first()?.as_str();
        let has = |wanted: &[&str]| names.iter().any(|name| wanted.contains(&name.as_str()));
        Some(match root {
            "PubmedArticleSet" | "PubmedArticle" | "PubmedBookArticleSet" | "PubmedBookArticle" => Self::PubMed,
            _ if has(&["PubmedArticle", "PubmedBookArticle"]) => Self::PubMed,
            "TEI" | "TEI.2" | "teiCorpus" => Self::Tei,
            "article" | "sub-article" => Self::Jats,
            // OAI-PMH of PubMed Central, and sets of articles.
            _ if has(&["article-meta", "journal-meta"]) => Self::Jats,
            "feed" => Self::Atom,
            "collection" if has(&["volume", "paper"]) => Self::Acl,
            "OAI-PMH" | "ListRecords" | "GetRecord" => Self::Oai,
            _ if has(&["arXiv", "arXivRaw", "dc"]) && has(&["record"]) => Self::Oai,
            _ if has(&["TEI"]) => Self::Tei,
            _ => Self::Other(root.to_owned()),
        })
    }

    /// Returns the schema of its elements; PubMed has a reader of its own.
    fn schema(&self) -> Option<(&'static Schema, Format)> {
        match self {
            Self::PubMed | Self::Other(_) => None,
            Self::Jats => Some((&jats::JATS, Format::Jats)),
            Self::Tei => Some((&tei::TEI, Format::Tei)),
            Self::Atom => Some((&atom::ATOM, Format::Atom)),
            Self::Oai => Some((&oai::OAI, Format::Oai)),
            Self::Acl => Some((&acl::ACL, Format::Acl)),
        }
    }
}

/// Returns the local names of the elements that begin in the first bytes of a file, in order.
fn names(head: &[u8]) -> Vec<String> {
    let mut reader = Reader::from_reader(head);
    reader.config_mut().check_end_names = false;
    let (mut names, mut buffer) = (Vec::new(), Vec::new());
    if !head.trim_ascii_start().starts_with(b"<") {
        return names;
    }
    loop {
        buffer.clear();
        match reader.read_event_into(&mut buffer) {
            Ok(Event::Start(start) | Event::Empty(start)) => names.push(start.local_name().as_ref().to_owned()),
            Ok(Event::Eof) | Err(_) => return names,
            Ok(_) => {}
        }
    }
}

#[cfg(test)]
mod tests;
