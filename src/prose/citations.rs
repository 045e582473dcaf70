//! Citations in brackets, and years.

use super::tool_marks;

/// Maximum length of a citation, in bytes.
const LONGEST: usize = 300;
/// Maximum number of words of one cited work.
const MOST_WORDS: usize = 14;

/// Small words between names.
#[rustfmt::skip]
const JOINING: [&str; 17] = [
    "et", "al", "al.", "and", "&", "von", "van", "de", "der", "den", "di", "da", "la", "le", "du", "el", "in",
];
/// Words that may stand before the names.
#[rustfmt::skip]
const LEADING: [&str; 10] = ["e.g.", "eg.", "i.e.", "see", "also", "cf.", "cf", "compare", "such", "as"];

/// Returns where the citation ends whose bracket, round or square, opens at `at`.
pub(super) fn end(text: &str, at: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    let (opening, closing) = if bytes[at] == b'(' { (b'(', b')') } else { (b'[', b']') };
    let limit = bytes.len().min(at + LONGEST);
    let len = memchr::memchr2(opening, closing, &bytes[at + 1..limit])?;
    let end = at + 1 + len;
    if bytes[end] == opening {
        return None;
    }
    let inside = &text[at + 1..end];
    let is_citation = is_named(inside)
        || is_reference_link(inside)
        || opening == b'[' && (is_numbered(inside) || is_keyed(inside) || tool_marks::is_inside(inside));
    (is_citation && !(opening == b'[' && is_label(text, at, end, inside))).then_some(end + 1)
}

/// Returns whether "[1] " begins a line: a label of what follows, which the sentence rules take for a list mark.
fn is_label(text: &str, at: usize, end: usize, inside: &str) -> bool {
    let before = text[..at].trim_end_matches([' ', '\t', '-', '*', '•']);
    let is_first = before.is_empty() || before.ends_with(['\n', '\r']);
    is_first && inside.bytes().all(|byte| byte.is_ascii_digit()) && text[end + 1..].starts_with([' ', '\t'])
}

/// Returns whether this is a link of Markdown to a host: "[arxiv.org][1]".
fn is_reference_link(inside: &str) -> bool {
    let ends = inside.strip_prefix('[').and_then(|inside| inside.strip_suffix(']'));
    ends.and_then(|inside| inside.split_once("][")).is_some_and(|(host, _)| host.contains('.') && !host.contains(' '))
}

/// Returns whether this is a number of up to four digits, or several: "12", "3, 5-7".
fn is_numbered(inside: &str) -> bool {
    let mut numbers = inside.split([',', ';', '-', '–', '—', ' ', '\u{a0}']);
    let is_number = |number: &str| number.len() <= 4 && number.bytes().all(|byte| byte.is_ascii_digit());
    inside.starts_with(|c: char| c.is_ascii_digit()) && numbers.all(is_number)
}

/// Returns whether these are keys of works: "Lee+20", "KW13, LH2020b".
pub(super) fn is_keyed(inside: &str) -> bool {
    inside.split([',', ';']).all(|key| {
        let key = key.trim();
        let names = key.bytes().take_while(|&byte| byte.is_ascii_alphabetic() || byte == b'+').count();
        let (names, year) = key.split_at(names);
        let year = year.trim_end_matches(|c: char| c.is_ascii_lowercase());
        names.starts_with(|c: char| c.is_ascii_uppercase())
            && matches!(year.len(), 2 | 4)
            && year.bytes().all(|byte| byte.is_ascii_digit())
    })
}

/// Returns whether these are names, small words between them, and a year at the end:
/// "Lee et al., 2020; Kim and Park, 2019a", "see e.g. Lee 2020", "2020".
pub(super) fn is_named(inside: &str) -> bool {
    has_year(inside) && inside.split(';').all(is_work)
}

fn is_work(work: &str) -> bool {
    let mut words = work.split(|c: char| c.is_whitespace() || c == ',' || c == '~').filter(|word| !word.is_empty());
    let (mut n, mut ends_with_year, mut is_leading) = (0, false, true);
    let all = words.all(|word| {
        n += 1;
        ends_with_year = is_year(word);
        is_leading &= LEADING.iter().any(|leading| word.eq_ignore_ascii_case(leading));
        ends_with_year || is_leading || JOINING.contains(&word) || word.starts_with(char::is_uppercase)
    });
    all && ends_with_year && n <= MOST_WORDS
}

/// Returns whether a word is a year from 1900 to 2099 with at most a letter and closing marks: "2020", "1998b", "2020)".
fn is_year(word: &str) -> bool {
    let word = word.trim_end_matches([')', '.', ']']).trim_start_matches(['(', '[']);
    let word = word.strip_suffix(|c: char| c.is_ascii_lowercase()).unwrap_or(word);
    word.len() == 4 && (word.starts_with("19") || word.starts_with("20")) && word.bytes().all(|b| b.is_ascii_digit())
}

/// Returns whether there is a year from 1900 to 2099 in `text`, not inside a longer number.
pub(super) fn has_year(text: &str) -> bool {
    let bytes = text.as_bytes();
    let begins = |at: usize| matches!(&bytes[at..], [b'1', b'9', c, d, ..] | [b'2', b'0', c, d, ..] if c.is_ascii_digit() && d.is_ascii_digit());
    let is_apart = |at: usize| {
        let before = at.checked_sub(1).map(|before| bytes[before]);
        let after = bytes.get(at + 4);
        !before.is_some_and(|byte| byte.is_ascii_digit()) && !after.is_some_and(u8::is_ascii_digit)
    };
    memchr::memchr2_iter(b'1', b'2', bytes).any(|at| begins(at) && is_apart(at))
}
