//! Marks of footnotes right after a full stop: "It works.12 We show it.", "It works.¹² We", `It works.[^1] We`.

use super::held::is_held;

/// Maximum length of the marks after one sentence, in bytes.
const LONGEST: usize = 24;
/// Maximum number of digits of a mark; four are a year or a version.
const MOST_DIGITS: usize = 3;

/// Returns the length of the marks that begin `after` and the white space after them, if a sentence ends in a word of small letters
/// before them and another begins with a capital.
#[inline]
pub(super) fn mark_after(before: &str, after: &str) -> Option<usize> {
    let len = match after.as_bytes().first()? {
        b'[' => bracketed_len(after),
        // The first bytes of superscripts.
        b'0'..=b'9' | 0xc2 | 0xe2 => numbers_len(after),
        _ => 0,
    };
    let rest = &after[len..];
    let body = rest.trim_start();
    let is_mark = (1..=LONGEST).contains(&len) && body.len() < rest.len();
    let opens = || body.trim_start_matches(['"', '“', '‘', '(', '*', '_']).starts_with(char::is_uppercase);
    (is_mark && opens() && ends_in_word(before) && !is_held(before, after)).then_some(after.len() - body.len())
}

/// Returns the length of "12", "3,4", "5-7", "¹²", or 0.
fn numbers_len(after: &str) -> usize {
    let is_superscript = |c: char| matches!(c, '¹' | '²' | '³' | '⁰' | '⁴'..='⁹' | '⁻');
    let is_part = |c: char| c.is_ascii_digit() || is_superscript(c) || matches!(c, ',' | '-' | '–');
    let marks = &after[..after.find(|c: char| !is_part(c)).unwrap_or(after.len())];
    let is_short = marks.split(|c: char| !c.is_ascii_digit()).all(|digits| digits.len() <= MOST_DIGITS);
    let is_number = marks.starts_with(|c: char| c.is_ascii_digit() || is_superscript(c));
    if is_number && is_short && !marks.ends_with([',', '-', '–']) { marks.len() } else { 0 }
}

/// Returns the length of `[^1]` and of `[^1][^note]`, or 0.
#[inline]
pub(super) fn bracketed_len(after: &str) -> usize {
    let mut len = 0;
    while let Some(inside) = after[len..].strip_prefix("[^") {
        let name = inside.bytes().take_while(u8::is_ascii_alphanumeric).count();
        if name == 0 || !inside[name..].starts_with(']') {
            break;
        }
        len += 2 + name + 1;
    }
    len
}

/// Returns whether the text ends with two small letters, or with a bracket or a quotation mark.
fn ends_in_word(before: &str) -> bool {
    let mut chars = before.chars().rev();
    match chars.next() {
        Some(')' | ']' | '"' | '”' | '’') => true,
        Some(c) => c.is_lowercase() && chars.next().is_some_and(char::is_lowercase),
        None => false,
    }
}
