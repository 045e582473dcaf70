//! BibTeX and BibLaTeX.

use std::collections::HashMap;
use std::io::Read;
use std::panic::{AssertUnwindSafe, catch_unwind};

use biblatex::{ParseError, RawBibliography, RawChunk, RawEntry};

use super::entries::{Lines, for_each, kind_of};
use super::entry::{Entry, Taker};
use super::latex::decoded;
use crate::corpus::Place;
use crate::corpus::known::{Cells, Fault};
use crate::corpus::xml::{date_of_words, year_of};

/// Maximum number of abbreviations (`@string`) of one file, and of their bytes.
const MAX_ABBREVIATIONS: usize = 100_000;
const MAX_ABBREVIATION_BYTES: usize = 16 << 20;

/// The fields that cells are read from, in order of preference.
const FIELDS: [(&str, &[&str]); 7] = [
    ("title", &["title"]),
    ("abstract", &["abstract", "summary"]),
    ("venue", &["journal", "journaltitle", "booktitle", "venue"]),
    ("doi", &["doi"]),
    ("keywords", &["keywords", "keyword"]),
    ("language", &["langid", "language"]),
    ("date", &["date"]),
];

/// Hands over the entries of a `.bib` file.
pub(super) fn records(reader: impl Read, take: Taker) -> Result<(), Fault> {
    let mut abbreviations = Abbreviations::default();
    for_each(reader, &mut |lines| {
        let text = String::from_utf8_lossy(&lines.bytes);
        let replaced = matches!(text, std::borrow::Cow::Owned(_));
        // These may hold anything, and no entry.
        if kind_of(&text).is_some_and(|kind| matches!(kind.as_str(), "comment" | "preamble")) {
            return Ok(());
        }
        let raw = parse(&text).map_err(|error| explain(&lines, error))?;
        for pair in &raw.abbreviations {
            let value = abbreviations.resolved(&pair.value.v);
            abbreviations.learn(pair.key.v, value).map_err(|reason| Fault::Content { line: lines.line, reason })?;
        }
        raw.entries.iter().try_for_each(|entry| {
            let place = Place::line(lines.line + n_line_ends(&text, entry.span.start));
            let cells = cells(&entry.v, &abbreviations);
            take(Entry { place, cells, replaced }).map_err(Fault::Taker)
        })
    })
}

/// Parses the lines of an entry. Whatever follows its end is ignored.
fn parse(text: &str) -> Result<RawBibliography<'_>, Option<ParseError>> {
    let error = match guard(text) {
        Err(Some(error)) => error,
        other => return other,
    };
    let end = text.get(..error.span.start).and_then(|before| before.rfind('}'));
    let whole = end.and_then(|end| guard(&text[..=end]).ok()).filter(|whole| !whole.entries.is_empty());
    whole.ok_or(Some(error))
}

/// Runs the parser, which returns errors for content it cannot read; a panic counts as an error too.
fn guard(text: &str) -> Result<RawBibliography<'_>, Option<ParseError>> {
    let parsed = catch_unwind(AssertUnwindSafe(|| RawBibliography::parse(text)));
    parsed.map_or(Err(None), |parsed| parsed.map_err(Some))
}

fn explain(lines: &Lines, error: Option<ParseError>) -> Fault {
    let at = error.as_ref().map_or(0, |error| error.span.start);
    let before = lines.bytes.get(..at).unwrap_or(&lines.bytes);
    let line = lines.line + memchr::memchr_iter(b'\n', before).count() as u64;
    let reason = error.map_or_else(|| "its content contradicts itself".to_owned(), |error| error.kind.to_string());
    let reason = format!("{reason}, in the entry that begins on line {}", lines.line);
    Fault::Content { line, reason }
}

fn n_line_ends(text: &str, at: usize) -> u64 {
    memchr::memchr_iter(b'\n', &text.as_bytes()[..at.min(text.len())]).count() as u64
}

/// The values that `@string` defines, by name in small letters.
#[derive(Default)]
struct Abbreviations {
    known: HashMap<String, String>,
    n_bytes: usize,
}

impl Abbreviations {
    fn learn(&mut self, name: &str, value: String) -> Result<(), String> {
        self.n_bytes += name.len() + value.len();
        if self.n_bytes > MAX_ABBREVIATION_BYTES || self.known.len() == MAX_ABBREVIATIONS {
            return Err(format!("its abbreviations are more than {} MiB together", MAX_ABBREVIATION_BYTES >> 20));
        }
        self.known.insert(name.to_ascii_lowercase(), value);
        Ok(())
    }

    /// Returns a value with its abbreviations written out; an unknown one, such as a month, stands for itself.
    fn resolved(&self, value: &biblatex::Field) -> String {
        let part = |chunk: &RawChunk| match chunk {
            RawChunk::Normal(text) => (*text).to_owned(),
            RawChunk::Abbreviation(name) => {
                self.known.get(&name.to_ascii_lowercase()).cloned().unwrap_or_else(|| (*name).to_owned())
            }
        };
        value.iter().map(|chunk| part(&chunk.v)).collect()
    }
}

fn cells(entry: &RawEntry, abbreviations: &Abbreviations) -> Cells {
    let get = |names: &[&str]| {
        names.iter().find_map(|name| {
            let field = entry.fields.iter().find(|field| field.key.v.eq_ignore_ascii_case(name))?;
            let value = decoded(&abbreviations.resolved(&field.value.v));
            (!value.is_empty()).then_some(value)
        })
    };
    let mut cells = vec![("id", entry.key.v.to_owned())];
    for (cell, names) in FIELDS {
        cells.extend(get(names).map(|value| (cell, value)));
    }
    if !cells.iter().any(|(cell, _)| *cell == "date") {
        let parts: Vec<String> = [["year"], ["month"], ["day"]].iter().filter_map(|names| get(names)).collect();
        let words = parts.join(" ");
        cells.extend((!words.is_empty()).then(|| ("date", date_of_words(&words).unwrap_or(words))));
    }
    let year = cells.iter().find(|(cell, _)| *cell == "date").and_then(|(_, date)| year_of(date));
    cells.extend(get(&["year"]).or(year).map(|year| ("year", year)));
    cells.push(("type", entry.kind.v.to_ascii_lowercase()));
    cells.retain(|(_, value)| !value.is_empty());
    cells
}
