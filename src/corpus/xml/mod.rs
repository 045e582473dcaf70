//! XML of papers: one walk through a file for every format, and a table of what its elements are.
//!
//! A format is told by its root element; where that holds records of other formats, such as what OAI-PMH brings, by the first
//! of their elements in the beginning of the file.

mod acl;
mod atom;
mod date;
mod jats;
mod oai;
mod schema;
mod tei;
mod value;
mod walk;

use quick_xml::events::Event;
use quick_xml::reader::Reader;

pub(super) use date::{date_of_words, year_of};
pub(super) use jats::jats_fragment;
pub(super) use schema::{Cells, Schema};
pub(super) use walk::{Fault, records};

/// What an XML file holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Content {
    /// PubMed's articles.
    PubMed,
    Jats,
    Tei,
    Atom,
    Oai,
    Acl,
    /// Something else, with this root element.
    Other(String),
}

impl Content {
    /// Tells from the first bytes of a file; `None` where they are no XML.
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

    /// How it is read; PubMed has a reader of its own.
    pub(super) fn schema(&self) -> Option<&'static Schema> {
        match self {
            Self::PubMed | Self::Other(_) => None,
            Self::Jats => Some(&jats::JATS),
            Self::Tei => Some(&tei::TEI),
            Self::Atom => Some(&atom::ATOM),
            Self::Oai => Some(&oai::OAI),
            Self::Acl => Some(&acl::ACL),
        }
    }
}

/// The local names of the elements that begin in the first bytes of a file, in order.
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
