//! Running heads: lines that programs take over from the top or the bottom of each page of a PDF.

use std::ops::Range;

use memchr::memmem;

use super::lines::{continues, line_at};
use super::rules::{Cut, Rule};

/// Minimum number of such lines of one kind in a text; one alone may be its writer's.
const LEAST_LINES: usize = 3;
/// Maximum length of such a line, in bytes.
const LONGEST: usize = 80;
/// Maximum length of a line with a page number, in bytes.
const LONGEST_NUMBER: usize = 24;
/// Beginnings of such lines.
const BEGINNINGS: [&str; 6] = [
    "Under review as a ",
    "Published as a ",
    "Preprint. Under review",
    "Manuscript submitted to ",
    "Confidential Review Copy",
    "Page ",
];

/// One or more such lines with nothing between them.
struct Group {
    bytes: Range<usize>,
    has_head: bool,
}

/// Returns the running heads and page numbers of a text, in order; the sentence around each goes on.
pub(super) fn find(text: &str) -> Vec<Cut> {
    let mut lines: Vec<Group> = page_numbers(text);
    let is_repeated = |beginning: &str| memmem::find_iter(text.as_bytes(), beginning).nth(LEAST_LINES - 1).is_some();
    for beginning in BEGINNINGS.into_iter().filter(|beginning| is_repeated(beginning)) {
        let heads = heads(text, beginning);
        if heads.len() >= LEAST_LINES {
            lines.extend(heads);
        }
    }
    lines.sort_by_key(|line| line.bytes.start);
    let groups = lines.chunk_by(|a, b| text[a.bytes.end.min(b.bytes.start)..b.bytes.start].trim().is_empty());
    let groups = groups.map(|lines| Group {
        bytes: lines[0].bytes.start..lines[lines.len() - 1].bytes.end,
        has_head: lines.iter().any(|line| line.has_head),
    });
    let (heads, numbers): (Vec<Group>, Vec<Group>) = groups.partition(|group| group.has_head);
    // A number alone is one of a page only within a sentence.
    let numbers: Vec<Range<usize>> =
        numbers.into_iter().filter_map(|group| within_sentence(text, group.bytes)).collect();
    let mut cuts: Vec<Range<usize>> =
        heads.into_iter().map(|group| within_sentence(text, group.bytes.clone()).unwrap_or(group.bytes)).collect();
    if numbers.len() >= LEAST_LINES {
        cuts.extend(numbers);
    }
    cuts.sort_by_key(|bytes| bytes.start);
    cuts.into_iter().map(|bytes| Cut::inline(Rule::RunningHead, bytes)).collect()
}

/// Returns the lines that are a number greater than the last: "12", "- 12 -", "[Page 12]".
fn page_numbers(text: &str) -> Vec<Group> {
    let (mut found, mut at, mut last) = (Vec::new(), 0, 0);
    while at < text.len() {
        let (line, next) = line_at(text, at);
        if line.len() <= LONGEST_NUMBER && line.bytes().any(|byte| byte.is_ascii_digit()) {
            let body = line.trim_matches(|c: char| !c.is_alphanumeric());
            let number = body.strip_prefix("Page ").or_else(|| body.strip_prefix("page ")).unwrap_or(body);
            if let Some(number) = number.parse::<u16>().ok().filter(|number| *number > last) {
                last = number;
                found.push(Group { bytes: at..next, has_head: false });
            }
        }
        at = next;
    }
    found
}

/// Returns the bytes of lines with the white space around them, if a sentence goes on from what stands before to what follows.
fn within_sentence(text: &str, lines: Range<usize>) -> Option<Range<usize>> {
    let before = text[..lines.start].trim_end();
    let after = text[lines.end..].trim_start();
    continues(before, after).then(|| before.len()..text.len() - after.len())
}

/// Returns the lines that are running heads with this beginning.
fn heads(text: &str, beginning: &str) -> Vec<Group> {
    let (mut found, mut at) = (Vec::new(), 0);
    while at < text.len() {
        let (line, next) = line_at(text, at);
        if is_head(line, beginning) {
            found.push(Group { bytes: at..next, has_head: true });
        }
        at = next;
    }
    found
}

/// Returns whether a line is a running head: "Page 3 of 9", "12 Under review as a conference paper at KITES 2024".
fn is_head(line: &str, beginning: &str) -> bool {
    let body = line.trim().trim_start_matches(|c: char| c.is_ascii_digit()).trim_start();
    let Some(rest) = body.strip_prefix(beginning) else { return false };
    let is_number = |word: &str| word.bytes().all(|byte| byte.is_ascii_digit() || byte == b'/');
    let is_page = || rest.split_whitespace().all(|word| word == "of" || is_number(word));
    body.len() <= LONGEST && (beginning != "Page " || is_page())
}
