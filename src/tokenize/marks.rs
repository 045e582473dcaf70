//! Marks that stand right after a full stop and belong to the sentence before: "It works.12 We", "It works.¹² We", `works.[^1] We`,
//! "It works.【4†source】 We", "It works.(3) We", "It works.✓ We".

use super::held::is_held;

/// Maximum length of the marks after one sentence, in bytes.
const LONGEST: usize = 64;
/// Maximum number of digits of a number; four are a year or a version.
const MOST_DIGITS: usize = 3;
/// Marks of one character that close nothing, besides what is a symbol by Unicode: note marks, cell separators, what is left
/// of a no-break space in another encoding.
#[rustfmt::skip]
const SINGLE: [char; 23] = [
    '†', '‡', '§', '¶', '*', '^', '|', '~', '#', '\\', '_', '`', 'Â', '\u{fffd}', '\u{fffc}', '°', '®', '™', ',', ';', ':', '-', '´',
];

/// Returns the length of the marks that begin `after` and the white space after them, if a sentence ends in a word of small letters
/// before them and another begins with a capital; `after` begins right after the full stop.
#[inline]
pub(super) fn mark_after(before: &str, after: &str) -> Option<usize> {
    // Most boundaries have white space here, and letters follow the stops of names.
    if after.as_bytes().first().is_none_or(|byte| byte.is_ascii_whitespace() || byte.is_ascii_alphabetic()) {
        return None;
    }
    let len = marks_len(after);
    let rest = &after[len..];
    let body = rest.trim_start();
    let is_spaced = body.len() < rest.len();
    let mut opening = body.trim_start_matches(['"', '“', '‘', '\'', '(', '*', '_']).chars();
    let opens = opening.next().is_some_and(char::is_uppercase)
        // A number or a bracket goes with a word that follows it at once, and a capital alone is a name.
        && (is_spaced || !after[..len].ends_with(is_joined) && opening.next().is_some_and(|c| c.is_lowercase() || c == ' '));
    let may_end = || ends_in_word(before) || is_sure(after) && before.ends_with(char::is_alphanumeric);
    (len > 0 && opens && may_end() && !is_held(before, after)).then_some(after.len() - body.len())
}

/// Returns whether a mark that begins so is never part of a name or a number: any word may stand before it.
fn is_sure(after: &str) -> bool {
    after.starts_with("[^") || after.starts_with(|c: char| is_superscript(c) || matches!(c, '→' | '↩' | '↵' | '⏎'))
}

/// Returns whether a mark that ends so may be one with the word after it.
fn is_joined(c: char) -> bool {
    c.is_ascii_digit() || matches!(c, ')' | ']' | '}' | '>' | '"' | '\'' | '_' | '\\' | '#' | '-' | ':')
}

/// Returns the length of the marks that begin `after`, or 0 if they are none or too many.
fn marks_len(after: &str) -> usize {
    let mut len = 0;
    while len <= LONGEST {
        match mark_len(&after[len..]) {
            0 => return len,
            more => len += more,
        }
    }
    0
}

/// Returns the length of one mark, or 0.
fn mark_len(text: &str) -> usize {
    match text.chars().next() {
        Some(c) if c.is_ascii_digit() || is_superscript(c) => numbers_len(text),
        Some(c @ (')' | ']' | '}' | '"' | '\'' | '”' | '’' | '»')) => c.len_utf8(),
        Some(c) if is_single(c) => c.len_utf8(),
        Some(c) => closing_of(c).map_or(0, |closing| bracketed_len(text, closing)),
        None => 0,
    }
}

fn is_single(c: char) -> bool {
    SINGLE.contains(&c) || crate::prose::is_bullet(c)
}

/// Returns the bracket that closes what this one opens.
fn closing_of(c: char) -> Option<char> {
    Some(match c {
        '(' => ')',
        '[' => ']',
        '{' => '}',
        '<' => '>',
        '【' => '】',
        '〔' => '〕',
        '〖' => '〗',
        _ => return None,
    })
}

/// Returns the length of "[12]", "(Lee 2020)", "{note}", which end soon, or 0.
fn bracketed_len(text: &str, closing: char) -> usize {
    let inside = crate::prose::prefix(text, LONGEST);
    inside.find(closing).map_or(0, |at| at + closing.len_utf8())
}

/// Returns the length of "12", "3,4", "5-7", "¹²", or 0.
fn numbers_len(after: &str) -> usize {
    let is_part = |c: char| c.is_ascii_digit() || is_superscript(c) || matches!(c, ',' | '-' | '–');
    let marks = &after[..after.find(|c: char| !is_part(c)).unwrap_or(after.len())];
    let is_short = marks.split(|c: char| !c.is_ascii_digit()).all(|digits| digits.len() <= MOST_DIGITS);
    if is_short && !marks.ends_with([',', '-', '–']) { marks.len() } else { 0 }
}

fn is_superscript(c: char) -> bool {
    matches!(c, '¹' | '²' | '³' | '⁰' | '⁴'..='⁹' | '⁻')
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
