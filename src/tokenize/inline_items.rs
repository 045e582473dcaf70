//! Items that begin within a line: "• one • two", "W1: ... W2: ...", "Weaknesses: - It is slow - It is old", "## Summary".

use std::collections::BTreeMap;

use super::labels::is_bullet;
use super::listed::mark_len;
use memchr::{memchr_iter, memmem};

/// Minimum number of dashes or stars before capitals for items.
const FEWEST_DASHES: usize = 3;

/// Returns where items begin within lines: at bullets that stand there more than once, at "W1: ... W2: ...", after a colon, at dashes
/// before capitals that stand there three times, and at the marks of headings. Programs that drop line breaks leave such lines.
pub(super) fn inside_lines(text: &str) -> Vec<usize> {
    let mut places = bullets_inside(text);
    places.extend(numbered_inside(text));
    places.extend(after_colons(text));
    places.extend(repeated_inside(text, b'-'));
    places.extend(repeated_inside(text, b'*'));
    places.extend(headings_inside(text));
    places.sort_unstable();
    places.dedup();
    places
}

/// Returns where an item with a capital begins after a colon: "Weaknesses: - It is slow", "**Questions:** 1. Why".
fn after_colons(text: &str) -> impl Iterator<Item = usize> {
    memchr_iter(b':', text.as_bytes()).filter_map(|colon| {
        let after = text[colon + 1..].trim_start_matches(['*', '_']);
        let item = after.trim_start();
        let len = if item.len() < after.len() { item_len(item) } else { 0 };
        (len > 0 && begins_with_capital(&item[len..])).then(|| text.len() - item.len())
    })
}

/// Returns where a dash or a star stands before a capital between spaces, if it does so often enough.
fn repeated_inside(text: &str, mark: u8) -> Vec<usize> {
    let bytes = text.as_bytes();
    // Both are also signs of formulas: "w * GMM(x)", "= - (T^I)".
    let is_word = |after: &str| {
        let mut chars = after.trim_start_matches(['"', '“', '*', '_']).chars();
        let is_capital = chars.next().is_some_and(char::is_uppercase);
        is_capital && (mark == b'-' || chars.next().is_some_and(|c| c.is_lowercase() || c == ' '))
    };
    let is_item =
        |at: usize| at > 0 && bytes[at - 1] == b' ' && bytes.get(at + 1) == Some(&b' ') && is_word(&text[at + 2..]);
    let places: Vec<usize> = memchr_iter(mark, bytes).filter(|&at| is_item(at)).collect();
    if places.len() >= FEWEST_DASHES { places } else { Vec::new() }
}

/// Returns where the mark of a heading stands between spaces: " ## Summary", " ### 2. Method".
fn headings_inside(text: &str) -> impl Iterator<Item = usize> {
    memmem::find_iter(text.as_bytes(), " ##").filter_map(|space| {
        let after = text[space + 1..].trim_start_matches('#');
        let name = after.trim_start();
        let is_heading = name.len() < after.len() && name.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit());
        is_heading.then_some(space + 1)
    })
}

/// Returns the length of the mark of an item that begins `text`, with the space after it, or 0.
fn item_len(text: &str) -> usize {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    if text.starts_with("* ") {
        2
    } else if (1..=2).contains(&digits) && text[digits..].starts_with(". ") {
        digits + 2
    } else {
        mark_len(text)
    }
}

/// Returns whether a capital begins `text`, perhaps in quotes, brackets or emphasis.
fn begins_with_capital(text: &str) -> bool {
    text.trim_start_matches(['"', '\'', '“', '‘', '*', '_', '(', '[']).starts_with(char::is_uppercase)
}

fn bullets_inside(text: &str) -> Vec<usize> {
    if text.is_ascii() {
        return Vec::new();
    }
    let is_between = |at: usize, c: char| {
        let after = &text[at + c.len_utf8()..];
        let is_product = matches!(c, '·' | '⋅' | '∙') && !after.trim_start().starts_with(char::is_uppercase);
        text[..at].ends_with(char::is_whitespace) && after.starts_with(char::is_whitespace) && !is_product
    };
    let mut found: Vec<(usize, char)> = Vec::new();
    let mut at = 0;
    while let Some(next) = text.as_bytes()[at..].iter().position(|byte| !byte.is_ascii()) {
        at += next;
        let Some(c) = text[at..].chars().next() else { break };
        if is_bullet(c) && (at == 0 || is_between(at, c)) {
            found.push((at, c));
        }
        at += c.len_utf8();
    }
    if found.len() < 2 {
        return Vec::new();
    }
    let mut counts: BTreeMap<char, usize> = BTreeMap::new();
    for (_, c) in &found {
        *counts.entry(*c).or_default() += 1;
    }
    found.into_iter().filter(|(at, c)| *at > 0 && counts[c] > 1).map(|(at, _)| at).collect()
}

/// Returns where "W1:", "W2:" begin, if they count up from one to the next.
fn numbered_inside(text: &str) -> Vec<usize> {
    let mut found: Vec<(usize, &str, u32)> = Vec::new();
    for colon in memchr_iter(b':', text.as_bytes()) {
        let start = text[..colon]
            .rfind(|c: char| !c.is_ascii_alphanumeric())
            .map_or(0, |at| at + text[at..].chars().next().map_or(1, char::len_utf8));
        let name = &text[start..colon];
        let digits = name.trim_start_matches(|c: char| c.is_ascii_uppercase());
        let stem = &name[..name.len() - digits.len()];
        let Some(number) = digits.parse().ok().filter(|_| (1..=2).contains(&stem.len()) && digits.len() <= 2) else {
            continue;
        };
        let marks = text[..start].len() - text[..start].trim_end_matches(['*', '_', '[', '(']).len();
        if start == marks || text[..start - marks].ends_with(char::is_whitespace) {
            found.push((start - marks, stem, number));
        }
    }
    let follows = |pair: &[(usize, &str, u32)]| pair[0].1 == pair[1].1 && pair[0].2 + 1 == pair[1].2;
    let mut places: Vec<usize> =
        found.windows(2).filter(|pair| follows(pair)).flat_map(|pair| [pair[0].0, pair[1].0]).collect();
    places.retain(|at| *at > 0);
    places
}
