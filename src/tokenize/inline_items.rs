//! Items that begin within a line: "• one • two", "W1: ... W2: ...", "Weaknesses: - It is slow - It is old", "## Summary".

use std::collections::BTreeMap;

use super::listed::mark_len;
use crate::prose::is_bullet;
use memchr::{memchr_iter, memchr3_iter};

/// Minimum number of dashes or stars before capitals for items.
const FEWEST_DASHES: usize = 3;

/// Returns where items begin within lines: at bullets that stand there more than once, at "W1: ... W2: ...", after a colon, at dashes
/// before capitals that stand there three times, and at the marks of headings. Programs that drop line breaks leave such lines.
pub(super) fn inside_lines(text: &str) -> Vec<usize> {
    let mut places = bullets_inside(text);
    let (mut numbered, mut dashes, mut stars) = (Vec::new(), Vec::new(), Vec::new());
    for at in memchr3_iter(b':', b'-', b'*', text.as_bytes()) {
        match text.as_bytes()[at] {
            b':' => {
                numbered.extend(numbered_before(text, at));
                places.extend(item_after(text, at));
            }
            b'-' if is_item(text, at) => dashes.push(at),
            b'*' if is_item(text, at) => stars.push(at),
            _ => {}
        }
    }
    places.extend(counted(&numbered));
    [dashes, stars].into_iter().filter(|repeated| repeated.len() >= FEWEST_DASHES).for_each(|at| places.extend(at));
    places.extend(headings_inside(text));
    places.sort_unstable();
    places.dedup();
    places
}

/// Returns where an item with a capital begins after a colon: "Weaknesses: - It is slow", "**Questions:** 1. Why".
fn item_after(text: &str, colon: usize) -> Option<usize> {
    let after = text[colon + 1..].trim_start_matches(['*', '_']);
    let item = after.trim_start();
    let len = if item.len() < after.len() { item_len(item) } else { 0 };
    (len > 0 && begins_with_capital(&item[len..])).then(|| text.len() - item.len())
}

/// Returns whether the dash or star at `at` stands between spaces before a capital. Both are also signs of formulas: "w * GMM(x)",
/// "= - (T^I)".
fn is_item(text: &str, at: usize) -> bool {
    let bytes = text.as_bytes();
    let is_spaced = at > 0 && bytes[at - 1] == b' ' && bytes.get(at + 1) == Some(&b' ');
    is_spaced && {
        let mut chars = text[at + 2..].trim_start_matches(['"', '“', '*', '_']).chars();
        let is_capital = chars.next().is_some_and(char::is_uppercase);
        is_capital && (bytes[at] == b'-' || chars.next().is_some_and(|c| c.is_lowercase() || c == ' '))
    }
}

/// Returns where the mark of a heading stands between spaces: " ## Summary", " ### 2. Method".
fn headings_inside(text: &str) -> impl Iterator<Item = usize> {
    // Looked at once for each run of marks, however long it is.
    let begins = |at: &usize| text[..*at].ends_with(' ');
    memchr_iter(b'#', text.as_bytes()).filter(begins).filter(|&at| {
        let after = text[at..].trim_start_matches('#');
        let name = after.trim_start();
        let is_mark = text.len() - at - after.len() >= 2;
        is_mark && name.len() < after.len() && name.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit())
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
        if is_bullet(c) && (at == 0 || is_between(at, c) || is_glued(text, at, c)) {
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

/// Returns whether a bullet stands between sentences without white space before it: "It is new• It is long", "It is new•It is long".
fn is_glued(text: &str, at: usize, bullet: char) -> bool {
    let ends = |c: char| c.is_lowercase() || matches!(c, '.' | '!' | '?' | ';' | ',' | ')');
    let after = &text[at + bullet.len_utf8()..];
    let item = after.trim_start();
    let mut chars = item.chars();
    let is_capital = chars.next().is_some_and(char::is_uppercase);
    let second = chars.next();
    let opens = is_capital && second.is_some_and(|c| c.is_lowercase() || c == ' ' && item.len() < after.len());
    matches!(bullet, '•' | '●' | '▪' | '■' | '‣') && text[..at].ends_with(ends) && opens
}

/// A label such as "W1": where it begins with its marks, its letters and its number.
type Numbered<'a> = (usize, &'a str, u32);

/// Returns the label such as "W1" that ends at a colon.
fn numbered_before(text: &str, colon: usize) -> Option<Numbered<'_>> {
    let start = text[..colon]
        .rfind(|c: char| !c.is_ascii_alphanumeric())
        .map_or(0, |at| at + text[at..].chars().next().map_or(1, char::len_utf8));
    let name = &text[start..colon];
    let digits = name.trim_start_matches(|c: char| c.is_ascii_uppercase());
    let stem = &name[..name.len() - digits.len()];
    let number = digits.parse().ok().filter(|_| (1..=2).contains(&stem.len()) && digits.len() <= 2)?;
    let marks = text[..start].len() - text[..start].trim_end_matches(['*', '_', '[', '(']).len();
    let is_apart = start == marks || text[..start - marks].ends_with(char::is_whitespace);
    is_apart.then_some((start - marks, stem, number))
}

/// Returns where labels begin that count up from one to the next: "W1:", "W2:".
fn counted(found: &[Numbered<'_>]) -> Vec<usize> {
    let follows = |pair: &[Numbered<'_>]| pair[0].1 == pair[1].1 && pair[0].2 + 1 == pair[1].2;
    let mut places: Vec<usize> =
        found.windows(2).filter(|pair| follows(pair)).flat_map(|pair| [pair[0].0, pair[1].0]).collect();
    places.retain(|at| *at > 0);
    places
}
