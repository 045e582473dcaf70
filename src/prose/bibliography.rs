//! Bibliographies: the entries after a line "References", and entries with a label in brackets wherever they stand.

use super::citations::has_year;
use super::lines::Line;
use super::lines::{line_at, paragraph, prefix};

/// Lines that head a bibliography, in small letters.
const HEADINGS: [&str; 7] =
    ["references", "reference", "refs", "ref", "bibliography", "works cited", "literature cited"];
/// Maximum length of a label in brackets, in bytes.
const LONGEST_LABEL: usize = 24;
/// Maximum number of lines of an entry outside a bibliography, up to its year.
const MOST_LINES: usize = 3;
/// Maximum length of a line that may be the heading of what follows, in bytes.
const LONGEST_HEADING: usize = 60;
/// Number of headings without entries after which no more are searched for in a text, as each costs a look at what follows.
const MOST_VAIN: usize = 20;
/// Words of people who speak; no entry without a label has them, except in its title.
const SPEAKING: [&str; 9] = ["i", "my", "we", "our", "you", "your", "authors", "reviewer", "reviewers"];

/// The bibliographies of a text.
pub(super) struct Bibliographies<'a> {
    text: &'a str,
    /// Number of headings so far that no entries followed.
    n_vain: usize,
}

impl<'a> Bibliographies<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self { text, n_vain: 0 }
    }

    /// Returns where the bibliography or entry that begins with the line ends.
    pub(super) fn end(&mut self, line: Line<'_>) -> Option<usize> {
        if line.body.starts_with('[') {
            return end_of_entry(self.text, line.at);
        }
        if self.n_vain >= MOST_VAIN || !may_head(line.body) {
            return None;
        }
        let entries = after_heading(self.text, line)?;
        let end = end_of_entries(self.text, entries);
        self.n_vain += usize::from(end == entries);
        (end > entries).then_some(end)
    }
}

/// Returns where the entries begin, if the line heads a bibliography: on the next line, or in the rest of this one.
fn after_heading(text: &str, line: Line<'_>) -> Option<usize> {
    let Line { at, body, next } = line;
    if body.len() <= LONGEST_HEADING && is_heading(body) {
        return Some(next);
    }
    let colon = prefix(body, LONGEST_HEADING).find(':').filter(|&colon| is_heading(&body[..colon]))?;
    let after = body[colon + 1..].trim_start_matches(['*', '_', ' ', '\t']);
    let start = text[at..].find(body)? + at + body.len() - after.len();
    (label_len(after) > 0).then_some(start)
}

/// Returns whether the line may be a heading of entries, at a glance.
fn may_head(body: &str) -> bool {
    body.bytes().find(u8::is_ascii_alphabetic).is_some_and(|byte| b"rRbBwWlL".contains(&byte))
}

fn is_heading(line: &str) -> bool {
    let name = line.trim_matches(|c: char| c.is_ascii_digit() || c.is_whitespace() || "#*_:.()[]-=<>{}".contains(c));
    HEADINGS.iter().any(|heading| name.eq_ignore_ascii_case(heading))
}

/// Returns where the paragraphs of entries that begin at `at` end.
fn end_of_entries(text: &str, at: usize) -> usize {
    let (mut end, mut from) = (at, at);
    while from < text.len() {
        let (line, next) = line_at(text, from);
        if line.trim().is_empty() {
            from = next;
            continue;
        }
        let entries = before_heading(paragraph(&text[from..]));
        if entries.is_empty() || !are_entries(entries) {
            break;
        }
        from += entries.len();
        end = from;
    }
    end
}

/// Returns the lines of a paragraph before one that heads what follows.
fn before_heading(paragraph: &str) -> &str {
    let mut at = 0;
    while at < paragraph.len() {
        let (line, next) = line_at(paragraph, at);
        if heads_other_text(line.trim()) {
            return &paragraph[..at];
        }
        at = next;
    }
    paragraph
}

/// Returns whether the line heads something else: with the marks of a heading, or short and with a colon at its end.
fn heads_other_text(line: &str) -> bool {
    let is_marked = line.starts_with('#') || line.starts_with("**") && line.trim_end_matches(':').ends_with("**");
    let is_short = line.len() <= LONGEST_HEADING && line.ends_with(':') && !line.bytes().any(|b| b.is_ascii_digit());
    is_marked || is_short
}

/// Returns whether a paragraph after a heading has entries: a year or an address, and a label in brackets or nobody who speaks.
fn are_entries(paragraph: &str) -> bool {
    is_dated(paragraph) && (label_len(paragraph.trim_start()) > 0 || !speaks(paragraph))
}

fn is_dated(text: &str) -> bool {
    // "doi" alone: it stands in "doing".
    has_year(text) || ["http", "arXiv", "doi:", "doi.org", "DOI"].iter().any(|mark| text.contains(mark))
}

fn speaks(text: &str) -> bool {
    let mut words = text.split(|c: char| !c.is_alphanumeric());
    words.any(|word| SPEAKING.iter().any(|speaking| word.eq_ignore_ascii_case(speaking)))
}

/// Returns where the entry "[1] Lee. Kites. 2020." that begins with the line at `at` ends.
fn end_of_entry(text: &str, mut at: usize) -> Option<usize> {
    for n in 0..MOST_LINES {
        let (line, next) = line_at(text, at);
        let body = line.trim_start();
        let label = label_len(body);
        if body.is_empty() || (n == 0) != (label > 0) {
            return None;
        }
        if is_dated(&body[label..]) {
            return Some(next);
        }
        at = next;
    }
    None
}

/// Returns the length of "[1]", "[12]:", "[Lee+20]" or "[Lee et al. 2020]" at the beginning of an entry, or 0.
fn label_len(body: &str) -> usize {
    let Some(inside) = body.strip_prefix('[') else { return 0 };
    let Some(len) = prefix(inside, LONGEST_LABEL).find(']') else { return 0 };
    let label = &inside[..len];
    let is_label =
        label.bytes().all(|byte| byte.is_ascii_digit() || byte == b'*') || label.contains(|c: char| c.is_ascii_digit());
    let after = &inside[len + 1..];
    let is_entry = !label.is_empty()
        && after.starts_with(|c: char| " \t:.\"“".contains(c) || c.is_uppercase())
        && label.starts_with(|c: char| c.is_ascii_digit() || c.is_uppercase() || c == '*');
    if is_label && is_entry { len + 2 } else { 0 }
}
