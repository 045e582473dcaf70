//! Bibliographies that have abstracts: BibTeX, and exports whose every line begins with a tag (RIS, PubMed's nbib, EndNote's enw,
//! Web of Science's plain text). An entry is a record.

mod bibtex;
mod entries;
mod latex;
mod tagged;
mod tags;

use std::io;

use super::context::{Context, Outcome};
use super::input::{Ahead, Bytes, MAX_LINE_BYTES, is_too_long, read_error};
use super::known::Known;
use super::sink::Sink;
use super::{CorpusError, Format, Place, Problem};

use bibtex::records as bibtex;
use tagged::records as tagged;
pub(super) use tags::Tags;

/// The columns that entries have, and which of them is the text.
const COLUMNS: [&str; 10] = ["id", "title", "abstract", "date", "year", "venue", "doi", "keywords", "language", "type"];
const TEXT: &str = "abstract";

/// Reads a bibliography in one of its formats.
pub(super) fn read(context: &Context, bytes: Bytes, format: Format, sink: &mut Sink) -> Result<Outcome, CorpusError> {
    let known = Known::new(context, &COLUMNS, TEXT)?;
    let failed = |error| read_error(context.file(), error, 0);
    let mut ahead = Ahead::start(bytes).map_err(failed)?;
    let mut take = |Entry { place, cells, replaced }: Entry| {
        if replaced && context.options.strict {
            return Err(context.error(place, Problem::NotUtf8));
        }
        if replaced {
            sink.count_replaced();
        }
        known.push(place, cells, sink)
    };
    let tags = match format {
        Format::Ris => Some(Tags::Ris),
        Format::Nbib => Some(Tags::Medline),
        Format::EndNote => Some(Tags::EndNote),
        Format::WebOfScience => Some(Tags::WebOfScience),
        _ => None,
    };
    let result = match tags {
        Some(tags) => tagged(&mut ahead, tags, &mut take),
        None => bibtex(&mut ahead, &mut take),
    };
    result.map_err(|fault| explain(context, format, fault, sink))?;
    if sink.n_in_file() == 0 {
        return Err(bad(context, Place::FILE, format!("there is no entry of {format} in it")));
    }
    Ok(Outcome { format, sha256: ahead.sha256().map_err(failed)?, found: known.finish() })
}

fn explain(context: &Context, format: Format, fault: Fault<CorpusError>, sink: &Sink) -> CorpusError {
    match fault {
        Fault::Taker(error) => error,
        Fault::Content { place, reason } => bad(context, place, reason),
        Fault::Read(error) if is_too_long(&error) => {
            context.problem(Problem::LongLine { limit_mib: MAX_LINE_BYTES >> 20, format })
        }
        Fault::Read(error) => read_error(context.file(), error, sink.n_in_file()),
    }
}

fn bad(context: &Context, place: Place, reason: String) -> CorpusError {
    let (what, hint) = ("cannot read this bibliography", "mend the entry, export it again, or pass --format");
    context.error(place, Problem::Unreadable { what, reason, hint })
}

/// One entry.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Entry {
    /// The line on which it begins.
    place: Place,
    /// What there is of it.
    cells: Vec<(&'static str, String)>,
    /// Whether bytes that are not UTF-8 were replaced.
    replaced: bool,
}

/// Why a bibliography could not be read on.
#[derive(Debug)]
enum Fault<E> {
    /// The content, at this line.
    Content { place: Place, reason: String },
    /// The reader, an entry that is too long among it.
    Read(io::Error),
    /// Whoever takes the entries.
    Taker(E),
}

/// Takes entries, in the order of the file.
type Taker<'t, E> = &'t mut dyn FnMut(Entry) -> Result<(), E>;

/// Whether a file begins like BibTeX: with an entry that has a field, after comments at most.
pub(super) fn is_bibtex(head: &[u8]) -> bool {
    let head = String::from_utf8_lossy(head);
    let mut lines = head.lines().filter(|line| !line.trim().is_empty() && !line.trim_start().starts_with('%'));
    lines.next().is_some_and(|line| entries::kind_of(line).is_some()) && head.contains('=')
}

#[cfg(test)]
mod tests;
