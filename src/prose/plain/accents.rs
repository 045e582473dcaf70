//! LaTeX's accents and letters: `\'e`, `\"{o}`, `{\"o}`, `\c{c}`, `\v s`, `\ss`, `\o`, and braces that keep a capital.

use super::super::tex_symbols::symbol;
use super::pairs::{accented, is_mark, is_named};

/// Maximum length of a command's name, in bytes.
const LONGEST_NAME: usize = 30;
/// Letters that are commands, by the command's name.
const LETTERS: [(&str, &str); 21] = [
    ("AA", "Å"),
    ("AE", "Æ"),
    ("DH", "Ð"),
    ("DJ", "Đ"),
    ("L", "Ł"),
    ("NG", "Ŋ"),
    ("O", "Ø"),
    ("OE", "Œ"),
    ("SS", "SS"),
    ("TH", "Þ"),
    ("aa", "å"),
    ("ae", "æ"),
    ("dh", "ð"),
    ("dj", "đ"),
    ("i", "i"),
    ("j", "j"),
    ("l", "ł"),
    ("ng", "ŋ"),
    ("o", "ø"),
    ("oe", "œ"),
    ("ss", "ß"),
];

/// Returns the text with its accents as letters; `None` if it has none.
pub(super) fn composed(text: &str) -> Option<String> {
    memchr::memchr(b'\\', text.as_bytes())?;
    let mut plain = String::with_capacity(text.len());
    let (mut from, mut at) = (0, 0);
    while let Some(found) = memchr::memchr(b'\\', &text.as_bytes()[at..]) {
        at += found;
        let Some((put, end)) = letter_at(text, at) else {
            at += 1;
            continue;
        };
        let (start, end) = without_braces(text, at, end);
        plain.push_str(&text[from..start.max(from)]);
        plain.push_str(&put);
        (from, at) = (end, end);
    }
    plain.push_str(&text[from..]);
    (from > 0).then_some(plain)
}

/// Extends the range of a letter to the braces around it, if they hold nothing else.
fn without_braces(text: &str, start: usize, end: usize) -> (usize, usize) {
    let is_group = text[..start].ends_with('{') && text[end..].starts_with('}');
    if is_group { (start - 1, end + 1) } else { (start, end) }
}

/// Returns the letter that the backslash at `at` begins, and where it ends.
fn letter_at(text: &str, at: usize) -> Option<(String, usize)> {
    let rest = &text[at + 1..];
    let accent = rest.chars().next()?;
    if is_mark(accent) {
        let before = text[..at].chars().next_back();
        let (letter, len) = argument(&rest[1..])?;
        let is_sure = rest[1..].starts_with(['{', '\\']) || may_stand(accent, before, &rest[1..]);
        return is_sure.then(|| accented(accent, letter)).flatten().map(|c| (c.into(), at + 2 + len));
    }
    named_accent(text, at, accent).or_else(|| named_letter(text, at)).or_else(|| named_symbol(text, at))
}

/// Returns whether the accent is plausible here, and not a mark that Markdown escapes: "\`code\`", "1\. One", "\~a".
fn may_stand(accent: char, before: Option<char>, after: &str) -> bool {
    let is_inside = before.is_some_and(char::is_alphabetic);
    match accent {
        '\'' | '"' => true,
        '`' => is_inside || !after.contains("\\`"),
        '.' => is_inside || after.starts_with(['I', 'Z', 'z']) && !before.is_some_and(|c| c.is_ascii_digit()),
        _ => is_inside,
    }
}

/// Returns the letter that an accent is put on ("e", "{e}", "\i", "{\i}") and its length.
fn argument(rest: &str) -> Option<(char, usize)> {
    let braces = usize::from(rest.starts_with('{'));
    let inside = &rest[braces..];
    let dotless = usize::from(inside.starts_with("\\i") || inside.starts_with("\\j"));
    let letter = inside[dotless..].chars().next().filter(|c| c.is_alphabetic())?;
    let len = braces + dotless + letter.len_utf8();
    if dotless > 0 && rest[len..].starts_with(|c: char| c.is_ascii_alphabetic()) {
        return None;
    }
    if braces == 0 {
        return Some((letter, len));
    }
    rest[len..].starts_with('}').then_some((letter, len + 1))
}

/// Returns the letter of an accent in braces or inside of a word, and where it ends: `\c{c}`, `\v s`.
fn named_accent(text: &str, at: usize, accent: char) -> Option<(String, usize)> {
    if !is_named(accent) {
        return None;
    }
    let rest = &text[at + 2..];
    let spaces = usize::from(rest.starts_with(' ') && "cvHk".contains(accent));
    if spaces == 0 && !rest.starts_with('{') {
        return None;
    }
    let (letter, len) = argument(&rest[spaces..])?;
    let is_inside = text[..at].ends_with(char::is_alphabetic);
    let is_group = text[..at].ends_with('{') && rest[spaces + len..].starts_with('}');
    let c = accented(accent, letter).filter(|_| spaces == 0 || is_inside || is_group)?;
    Some((c.into(), at + 2 + spaces + len))
}

/// Returns the letter of `\ss`, `\o{}` or `\ae `, and where it ends: the space after it belongs to it, if a word continues.
fn named_letter(text: &str, at: usize) -> Option<(String, usize)> {
    let rest = &text[at + 1..];
    let len = rest.bytes().take(4).take_while(u8::is_ascii_alphabetic).count();
    let (_, letter) = LETTERS.iter().find(|(name, _)| *name == &rest[..len])?;
    let after = &rest[len..];
    let is_inside = text[..at].ends_with(|c: char| c.is_alphabetic() || c == '{');
    let end = at + 1 + len;
    if after.starts_with("{}") {
        return Some(((*letter).into(), end + 2));
    }
    let goes_on = after.strip_prefix(' ').is_some_and(|after| after.starts_with(char::is_lowercase));
    let is_letter = is_inside || goes_on || len > 1 || after.starts_with('}');
    is_letter.then(|| ((*letter).into(), end + usize::from(goes_on)))
}

/// Returns the character of `\textquoteright`, and where it ends: the space after it belongs to it, if a word or number continues.
fn named_symbol(text: &str, at: usize) -> Option<(String, usize)> {
    let rest = &text[at + 1..];
    let len = rest.bytes().take(LONGEST_NAME).take_while(u8::is_ascii_alphabetic).count();
    let put = symbol(&rest[..len])?;
    let (after, end) = (&rest[len..], at + 1 + len);
    if after.starts_with("{}") {
        return Some((put.into(), end + 2));
    }
    let continues = |after: &str| after.starts_with(|c: char| c.is_lowercase() || c.is_ascii_digit());
    let is_inside = text[..at].trim_end_matches('{').ends_with(char::is_alphanumeric);
    let goes_on = is_inside && matches!(put, "’" | "'" | "–") && after.strip_prefix(' ').is_some_and(continues);
    Some((put.into(), end + usize::from(goes_on)))
}
