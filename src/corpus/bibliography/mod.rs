//! Bibliographies that have abstracts: BibTeX, and exports whose every line begins with a tag (RIS, PubMed's nbib, EndNote's enw,
//! Web of Science's plain text). An entry is a record.

mod bibtex;
mod entries;
mod entry;
mod latex;
mod tagged;
mod tags;

use super::context::{Context, Outcome};
use super::error::CorpusError;
use super::format::Format;
use super::input::{Ahead, Bytes, read_error};
use super::known::Known;
use super::problem::Problem;
use super::sink::Sink;

use bibtex::records as bibtex;
use entry::Entry;
use tagged::records as tagged;
pub(super) use tags::Tags;

/// The columns that entries have, and which of them is the text.
const COLUMNS: [&str; 10] = ["id", "title", "abstract", "date", "year", "venue", "doi", "keywords", "language", "type"];
const TEXT: &str = "abstract";
/// The message for a damaged file, and the hint.
const WRONG: (&str, &str) = ("cannot read this bibliography", "correct the entry, export it again, or pass --format");

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
    result.map_err(|fault| fault.explain(context, WRONG, "an entry", sink.n_in_file()))?;
    if sink.n_in_file() == 0 {
        let (what, hint) = WRONG;
        let reason = format!("there is no entry of {format} in it");
        return Err(context.problem(Problem::Unreadable { what, reason, hint }));
    }
    Ok(Outcome { format, sha256: ahead.sha256().map_err(failed)?, found: known.finish() })
}

/// Returns whether a file begins like BibTeX: with an entry that has a field, after comments at most.
pub(super) fn is_bibtex(head: &[u8]) -> bool {
    let head = String::from_utf8_lossy(head);
    let mut lines = head.lines().filter(|line| !line.trim().is_empty() && !line.trim_start().starts_with('%'));
    lines.next().is_some_and(|line| entries::kind_of(line).is_some()) && head.contains('=')
}

#[cfg(test)]
mod tests;
