//! Running heads: lines that programs take over from the top or the bottom of each page of a PDF.

use memchr::memmem;

use super::lines::line_at;
use super::rules::{Cut, Rule};

/// Minimum number of such lines of one kind in a text; one alone may be its writer's.
const LEAST_LINES: usize = 3;
/// Maximum length of such a line, in bytes.
const LONGEST: usize = 80;
/// Beginnings of such lines.
const BEGINNINGS: [&str; 6] = [
    "Under review as a ",
    "Published as a ",
    "Preprint. Under review",
    "Manuscript submitted to ",
    "Confidential Review Copy",
    "Page ",
];

/// Returns the running heads of a text, in order; the sentence around each goes on.
pub(super) fn find(text: &str) -> Vec<Cut> {
    let is_repeated = |beginning: &str| memmem::find_iter(text.as_bytes(), beginning).nth(LEAST_LINES - 1).is_some();
    let mut cuts: Vec<Cut> = Vec::new();
    for beginning in BEGINNINGS.into_iter().filter(|beginning| is_repeated(beginning)) {
        let lines: Vec<Cut> = lines(text, beginning);
        if lines.len() >= LEAST_LINES {
            cuts.extend(lines);
        }
    }
    cuts.sort_by_key(|cut| cut.bytes.start);
    cuts
}

/// Returns the lines that are running heads with this beginning.
fn lines(text: &str, beginning: &str) -> Vec<Cut> {
    let (mut found, mut at) = (Vec::new(), 0);
    while at < text.len() {
        let (line, next) = line_at(text, at);
        if is_head(line, beginning) {
            found.push(Cut::inline(Rule::RunningHead, at..next));
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
