//! Bibliographies within a line, as in texts that have lost their line breaks: "It is known. References: [1] Lee. Kites. 2020. [2] Kim."

use memchr::memmem;

use super::entries::{begins_as_entry, is_dated, says, speaks};
use super::lines::{line_at, prefix};
use super::rules::{Cut, Rule};

/// Minimum length of an entry, in bytes: in "References: [1] and [2]" there is none.
const LEAST_ENTRY: usize = 15;
/// Maximum length of an entry, in bytes.
const LONGEST_ENTRY: usize = 700;
/// Maximum length of an entry whose end nothing but the line's end shows, in bytes.
const LONGEST_LAST: usize = 300;

/// Returns the bibliographies that begin within a line after a sentence, in order.
pub(super) fn find(text: &str) -> Vec<Cut> {
    let mut cuts: Vec<Cut> = Vec::new();
    for found in memmem::find_iter(text.as_bytes(), b"eference") {
        let is_inside = cuts.last().is_some_and(|cut| found < cut.bytes.end);
        if let Some(start) = found.checked_sub(1).filter(|_| !is_inside)
            && let Some(entries) = after_heading(text, start)
            && let Some(end) = end_of_entries(text, entries)
        {
            cuts.push(Cut::block(Rule::Bibliography, start..end));
        }
    }
    cuts
}

/// Returns where the entries after the heading "References:" at `start` begin, if a sentence ends before it.
fn after_heading(text: &str, start: usize) -> Option<usize> {
    let before = text.get(..start)?.trim_end_matches([' ', '\t', '*', '_']);
    let rest = text[start..].strip_prefix(['R', 'r'])?["eference".len()..].trim_start_matches(['s', '*', '_', ' ']);
    let entries = rest.strip_prefix(':')?.trim_start_matches(['*', '_', ' ', '\t']);
    let ends_sentence = before.ends_with(['.', '!', '?', ')', ']', '"', '”']);
    (ends_sentence && entries.starts_with("[1]")).then_some(text.len() - entries.len())
}

/// Returns where the entries "[1] ... [2] ..." end that begin at `at`.
fn end_of_entries(text: &str, at: usize) -> Option<usize> {
    let (mut end, mut n) = (at, 1_usize);
    let mut start = at + "[1]".len();
    loop {
        let rest = line_at(prefix(&text[start..], LONGEST_ENTRY), 0).0;
        let next = format!("[{}]", n + 1);
        let len = memmem::find(rest.as_bytes(), next.as_bytes()).filter(|len| *len >= LEAST_ENTRY);
        if n == 1 && !may_begin(&rest[..len.unwrap_or(rest.len())]) {
            return None;
        }
        let Some(len) = len else {
            return end_of_last(rest).map(|len| start + len).or_else(|| (n > 1).then_some(end));
        };
        (end, n) = (start + len, n + 1);
        start = end + next.len();
    }
}

/// Returns whether a bibliography may begin with this entry.
fn may_begin(entry: &str) -> bool {
    is_dated(entry) || begins_as_entry(entry.trim_start())
}

/// Returns the length of the last entry, after which prose may follow: that of the rest of the line if nobody speaks there, else
/// up to a year before the end of a sentence.
fn end_of_last(rest: &str) -> Option<usize> {
    if rest.len() <= LONGEST_LAST && !speaks(rest) && !says(rest) {
        return (rest.len() >= LEAST_ENTRY).then_some(rest.len());
    }
    let is_end = |stop: usize| {
        let before = rest[..stop].trim_end_matches([')', ']', '.']);
        let year = before.get(before.len().saturating_sub(4)..).unwrap_or("");
        super::citations::has_year(year)
    };
    memchr::memchr_iter(b'.', rest.as_bytes()).find(|stop| is_end(*stop)).map(|stop| stop + 1)
}
