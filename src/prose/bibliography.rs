//! Bibliographies: the entries after a line "References", and entries with a label wherever they stand: one by one if it is in
//! square brackets, else several in a row.

use super::entries::{self, Label, begins_as_entry, begins_with_names, is_dated, says, speaks};
use super::lines::{Line, line_at, paragraph, prefix};

/// Lines that head a bibliography, in small letters.
const HEADINGS: [&str; 7] =
    ["references", "reference", "refs", "ref", "bibliography", "works cited", "literature cited"];
/// Maximum number of lines of an entry outside a bibliography, up to its year.
const MOST_LINES: usize = 3;
/// Maximum length of an entry in a row of entries without a heading, in bytes.
const LONGEST_ENTRY: usize = 700;
/// Minimum number of entries in a row that begin with names, and of those that begin with a title.
const LEAST_IN_ROW: (usize, usize) = (2, 3);
/// Maximum length of a line that may be the heading of what follows, in bytes.
const LONGEST_HEADING: usize = 60;
/// Number of headings without entries after which no more are searched for in a text, as each costs a look at what follows.
const MOST_VAIN: usize = 20;

/// The bibliographies of a text.
pub(super) struct Bibliographies<'a> {
    text: &'a str,
    /// Number of headings so far that no entries followed.
    n_vain: usize,
    /// Where the numbered lines end that were looked at and are no entries.
    vain_until: usize,
}

impl<'a> Bibliographies<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self { text, n_vain: 0, vain_until: 0 }
    }

    /// Returns where the bibliography or entry that begins with the line ends.
    pub(super) fn end(&mut self, line: Line<'_>) -> Option<usize> {
        match line.body.as_bytes().first()? {
            b'[' => return end_of_entry(self.text, line.at),
            b'(' | b'0'..=b'9' => return self.end_of_row(line.at),
            _ => {}
        }
        if self.n_vain >= MOST_VAIN || !may_head(line.body) {
            return None;
        }
        let entries = after_heading(self.text, line)?;
        let end = end_of_entries(self.text, entries);
        self.n_vain += usize::from(end == entries);
        (end > entries).then_some(end)
    }

    /// Returns where the numbered entries end that begin at `at`, if enough of them look like entries.
    fn end_of_row(&mut self, at: usize) -> Option<usize> {
        if at < self.vain_until {
            return None;
        }
        let row = Row::from(self.text, at);
        if row.is_bibliography() {
            return Some(row.end);
        }
        self.vain_until = row.end.max(at + 1);
        None
    }
}

/// Numbered paragraphs or lines in a row that begin like entries and have a year or an address: "1. Lee, J. Kites. 2020."
#[derive(Default)]
struct Row {
    end: usize,
    n: usize,
    /// Number of entries that nobody speaks in and that are no sentences.
    n_quiet: usize,
    /// Number of these that begin with names.
    n_named: usize,
}

impl Row {
    fn from(text: &str, at: usize) -> Self {
        let mut row = Self { end: at, ..Self::default() };
        let (mut at, mut expected) = (at, None);
        while let Some((number, mark, start)) = entries::numbered(&text[at..]) {
            if expected.is_some_and(|expected| expected != (number, mark)) {
                break;
            }
            let end = end_of_numbered(text, at);
            let gap = &text[end..];
            let next = end + gap.len() - gap.trim_start().len();
            let goes_on = entries::numbered(&text[next..]).is_some_and(|next| (next.0, next.1) == (number + 1, mark));
            // Prose may follow the last one.
            let end = if goes_on { end } else { end_of_date(text, at, end) };
            if !row.has_taken(&text[(at + start).min(end)..end]) {
                break;
            }
            row.end = end;
            (at, expected) = (next, Some((number + 1, mark)));
            if !goes_on {
                break;
            }
        }
        row
    }

    /// Counts the entry, unless it does not look like one.
    fn has_taken(&mut self, entry: &str) -> bool {
        let is_named = begins_with_names(entry);
        if entry.len() > LONGEST_ENTRY || !is_dated(entry) || !is_named && !begins_as_entry(entry) {
            return false;
        }
        let is_quiet = !speaks(entry) && !says(entry);
        self.n += 1;
        self.n_quiet += usize::from(is_quiet);
        self.n_named += usize::from(is_quiet && is_named);
        true
    }

    fn is_bibliography(&self) -> bool {
        let (least_named, least_quiet) = LEAST_IN_ROW;
        2 * self.n_quiet > self.n && (self.n_named >= least_named || self.n_quiet >= least_quiet)
    }
}

/// Returns where the first line of an entry ends that has its year or address.
fn end_of_date(text: &str, at: usize, end: usize) -> usize {
    let mut from = at;
    while from < end {
        let (line, next) = line_at(text, from);
        if is_dated(line) {
            return next;
        }
        from = next;
    }
    end
}

/// Returns where the numbered entry at `at` ends: before the next number, at a blank line, or when it is too long.
fn end_of_numbered(text: &str, at: usize) -> usize {
    let (_, mut end) = line_at(text, at);
    while end < text.len() && end - at <= LONGEST_ENTRY {
        let (line, next) = line_at(text, end);
        let body = line.trim_start();
        if body.is_empty() || entries::numbered(body).is_some() || body.starts_with(['-', '*', '#', '[', '>']) {
            break;
        }
        end = next;
    }
    end
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
    (entries::bracketed(after).is_some() || entries::numbered(after).is_some()).then_some(start)
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

/// Returns whether a paragraph after a heading has entries: a year or an address, and an entry's label or nobody who speaks.
fn are_entries(paragraph: &str) -> bool {
    let first = paragraph.trim_start();
    let is_labelled = entries::bracketed(first).is_some_and(|label| is_entry(label, line_at(first, 0).0));
    is_dated(paragraph) && (is_labelled || !speaks(paragraph))
}

/// Returns where the entry "[1] Lee. Kites. 2020." that begins with the line at `at` ends.
fn end_of_entry(text: &str, at: usize) -> Option<usize> {
    let entry = text[at..].trim_start();
    let label = entries::bracketed(entry)?;
    let mut from = at;
    for n in 0..MOST_LINES {
        let (line, next) = line_at(text, from);
        let body = line.trim_start();
        if body.is_empty() || n > 0 && entries::bracketed(body).is_some() {
            return None;
        }
        if is_dated(if n == 0 { &body[label.len()..] } else { body }) {
            return is_entry(label, text[at..next].trim()).then_some(next);
        }
        from = next;
    }
    None
}

/// Returns whether the text after a label is an entry's and not a point of a review, which may be labelled in the same way.
fn is_entry(label: Label, labelled: &str) -> bool {
    let entry = labelled[label.len()..].trim_start_matches([':', '.', ' ', '\t']);
    let (speaks, says) = (speaks(entry), says(entry));
    match label {
        Label::Number(_) | Label::Key(_) => !(speaks && says) || begins_with_names(entry),
        Label::Work(_) => !says && (!speaks || begins_with_names(entry)),
        Label::Point(_) => !says && (begins_with_names(entry) || !speaks && begins_as_entry(entry)),
    }
}
