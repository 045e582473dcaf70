//! Undoes escapes of programs in running text: a backslash and `n`, `\t`, `\u2019`, `\xe9`, `\"`, `\/`.
//!
//! TeX writes its commands in the same way. A name that TeX has stays TeX's ("\nu", "\tau", "\text", "\ref"); any
//! other is an escape if the text has escapes that cannot be TeX's ("\n- ", "\nThe"), or nothing of TeX at all.

use std::borrow::Cow;

use super::super::commands;
use super::pairs;

/// Maximum length of a command's name that is looked up, in bytes.
const LONGEST_NAME: usize = 30;
/// Maximum distance back to the beginning of a path, in bytes.
const LONGEST_PATH: usize = 120;
/// Endings after the apostrophe of a contraction or a genitive.
const CONTRACTED: [&str; 7] = ["s", "t", "re", "m", "ll", "ve", "d"];

/// Returns the text with its escapes undone; `None` if it has none.
pub(super) fn unescaped(text: &str) -> Option<String> {
    memchr::memchr(b'\\', text.as_bytes())?;
    let has_escapes = has_escapes(text);
    let mut plain = String::with_capacity(text.len());
    let (mut from, mut at) = (0, 0);
    while let Some(found) = memchr::memchr(b'\\', &text.as_bytes()[at..]) {
        at += found;
        let start = at + run_len(text, at);
        let (put, end) = match found_at(text, at, start, has_escapes) {
            Some((put, end)) => (put, end),
            None => {
                at = start;
                continue;
            }
        };
        plain.push_str(&text[from..at]);
        plain.push_str(&put);
        (from, at) = (end, end);
    }
    plain.push_str(&text[from..]);
    (from > 0).then_some(plain)
}

/// Returns the number of consecutive backslashes.
fn run_len(text: &str, at: usize) -> usize {
    text.as_bytes()[at..].iter().take_while(|&&byte| byte == b'\\').count()
}

/// Returns the letters of a command's name.
fn name_at(text: &str, at: usize) -> &str {
    let len = text.as_bytes()[at..].iter().take(LONGEST_NAME).take_while(|byte| byte.is_ascii_alphabetic()).count();
    &text[at..at + len]
}

/// The meaning of a backslash before `n`, `r` or `t`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sort {
    /// An escape, whatever else the text has.
    Sure,
    /// An escape in a text that has others, or nothing of TeX.
    Doubtful,
    /// A command of TeX.
    Tex,
    Neither,
}

/// Returns the meaning of the backslash before the name at `start`.
fn sort(text: &str, at: usize, start: usize) -> Sort {
    let name = name_at(text, start);
    let bytes = name.as_bytes();
    let is_path = is_in_path(&text[..at]);
    let has_argument = matches!(text.as_bytes().get(start + name.len()), Some(b'{' | b'_' | b'^'));
    match bytes {
        [b'n' | b'r' | b't', ..] if is_path => Sort::Neither,
        [] => Sort::Neither,
        _ if commands::is_known(name) => Sort::Tex,
        _ if has_argument => Sort::Neither,
        [b'n' | b'r' | b't'] => Sort::Sure,
        [b'n', b'A' | b'I'] => Sort::Sure,
        [b'n', b'A'..=b'Z', _, ..] => Sort::Sure,
        [b'n' | b'r' | b't', ..] => Sort::Doubtful,
        _ => Sort::Neither,
    }
}

/// Returns whether the text ends inside of a path such as "C:\\new".
fn is_in_path(before: &str) -> bool {
    let bytes = before.as_bytes();
    let chunk = bytes.iter().rev().take(LONGEST_PATH).take_while(|byte| !byte.is_ascii_whitespace()).count();
    matches!(&bytes[bytes.len() - chunk..], [drive, b':'] | [drive, b':', b'\\', ..] if drive.is_ascii_alphabetic())
}

/// Returns whether possible escapes are escapes in this text.
fn has_escapes(text: &str) -> bool {
    let bytes = text.as_bytes();
    let mut has_tex = memchr::memchr_iter(b'$', bytes).nth(1).is_some();
    let mut at = 0;
    while let Some(found) = memchr::memchr(b'\\', &bytes[at..]) {
        at += found;
        let start = at + run_len(text, at);
        match sort(text, at, start) {
            Sort::Sure => return true,
            Sort::Tex => has_tex = true,
            _ if unicode(&text[start..]).is_some() => return true,
            _ => {}
        }
        at = start;
    }
    !has_tex
}

/// Returns the text that the escape at `at` stands for, and where it ends; its backslashes end at `start`.
fn found_at(text: &str, at: usize, start: usize, has_escapes: bool) -> Option<(Cow<'static, str>, usize)> {
    let rest = &text[start..];
    let one = |put: &'static str| Some((Cow::Borrowed(put), start + 1));
    match rest.as_bytes().first()? {
        b'n' | b'r' | b't' => {
            let sort = sort(text, at, start);
            let is_escape = sort == Sort::Sure || sort == Sort::Doubtful && has_escapes;
            is_escape.then(|| one(if rest.starts_with('t') { "\t" } else { line_break(rest) }))?
        }
        b'f' if has_escapes && name_at(text, start).len() == 1 && !rest[1..].starts_with(['{', '_', '^', '(']) => {
            one("\n")
        }
        b'u' | b'U' => unicode(rest).map(|(put, len)| (Cow::Owned(put), start + len)),
        b'x' if !commands::is_known(name_at(text, start)) => {
            bytes_run(&text[at..]).map(|(put, len)| (Cow::Owned(put), at + len))
        }
        b'"' if is_quote(text, at, start) => one("\""),
        b'\'' if is_apostrophe(text, start) => one("'"),
        b'/' => one("/"),
        b'_' if text[..at].ends_with(char::is_alphanumeric) && rest[1..].starts_with(char::is_alphanumeric) => one("_"),
        b'-' | b'*' | b'+' | b'#' | b'>' if begins_line(text, at) && rest[1..].starts_with(' ') => {
            Some((rest[..1].to_owned().into(), start + 1))
        }
        b'.' | b')' if is_number_at_line_start(text, at) && rest[1..].starts_with(' ') => {
            Some((rest[..1].to_owned().into(), start + 1))
        }
        b'-' if is_letter(text[..at].chars().next_back()) && is_letter(rest[1..].chars().next()) => one(""),
        _ => None,
    }
}

/// Returns whether only white space stands before `at` in its line: a list mark there is one even if Markdown escapes it.
fn begins_line(text: &str, at: usize) -> bool {
    let before = text[..at].trim_end_matches([' ', '\t']);
    before.is_empty() || before.ends_with(['\n', '\r']) || before.ends_with("\\n")
}

/// Returns whether only a number stands before `at` in its line.
fn is_number_at_line_start(text: &str, at: usize) -> bool {
    let digits = text[..at].bytes().rev().take(4).take_while(u8::is_ascii_digit).count();
    (1..4).contains(&digits) && begins_line(text, at - digits)
}

/// Returns the line break for an escape; a carriage return before a line feed is nothing by itself.
fn line_break(rest: &str) -> &'static str {
    let is_followed =
        rest.starts_with('r') && rest[1..].trim_start_matches('\\').starts_with('n') && rest[1..].starts_with('\\');
    if is_followed { "" } else { "\n" }
}

fn is_letter(c: Option<char>) -> bool {
    c.is_some_and(char::is_alphabetic)
}

/// Returns the value of the first `len` hexadecimal digits.
fn hex(text: &str, len: usize) -> Option<u32> {
    let digits = text.get(..len).filter(|digits| digits.bytes().all(|byte| byte.is_ascii_hexdigit()))?;
    u32::from_str_radix(digits, 16).ok()
}

/// Returns the character of `u2019`, `ud83d\ude00`, `U0001F600` or `u{2019}`, and the length.
fn unicode(rest: &str) -> Option<(String, usize)> {
    let inside = rest.get(1..)?;
    if rest.starts_with('U') {
        return Some((char::from_u32(hex(inside, 8)?)?.into(), 9));
    }
    if let Some(braced) = rest.strip_prefix("u{") {
        let len = braced.find('}').filter(|len| (3..=6).contains(len))?;
        return Some((char::from_u32(hex(braced, len)?)?.into(), len + 3));
    }
    let first = rest.strip_prefix('u').and_then(|digits| hex(digits, 4))?;
    if let Some(c) = char::from_u32(first) {
        return Some((c.into(), 5));
    }
    let second = inside[4..].trim_start_matches('\\').strip_prefix('u');
    let low = second.and_then(|digits| hex(digits, 4)).filter(|low| (0xdc00..0xe000).contains(low));
    match low.filter(|_| first < 0xdc00) {
        Some(low) => {
            let c = char::from_u32(0x1_0000 + ((first - 0xd800) << 10) + (low - 0xdc00));
            let len = rest.len() - second?.len() + 4;
            Some((c.unwrap_or(char::REPLACEMENT_CHARACTER).into(), len))
        }
        None => Some((char::REPLACEMENT_CHARACTER.into(), 5)),
    }
}

/// Decodes `\xe2\x80\x99` as bytes of UTF-8, or else as the characters with these numbers; returns the text and the length.
fn bytes_run(text: &str) -> Option<(String, usize)> {
    let (mut bytes, mut at) = (Vec::new(), 0);
    loop {
        let digits = text[at..].trim_start_matches('\\');
        let is_escape = digits.len() < text[at..].len() && digits.starts_with('x');
        match hex(digits.get(1..).unwrap_or(""), 2).filter(|_| is_escape) {
            Some(value) => bytes.push(u8::try_from(value).ok()?),
            None => break,
        }
        at = text.len() - digits.len() + 3;
    }
    let put = String::from_utf8(bytes).unwrap_or_else(|error| error.into_bytes().into_iter().map(char::from).collect());
    (at > 0).then_some((put, at))
}

/// Returns whether `\"` is a quotation mark and not an accent of TeX.
fn is_quote(text: &str, at: usize, start: usize) -> bool {
    let after = &text[start + 1..];
    let may_accent = |after: &str| {
        after.starts_with(['{', '\\']) || after.chars().next().is_some_and(|c| pairs::accented('"', c).is_some())
    };
    if !may_accent(after) || after.starts_with("\\n") || after.starts_with("\\\"") {
        return true;
    }
    let is_group = text[..at].ends_with('{') && after.chars().nth(1) == Some('}');
    if is_letter(text[..at].chars().next_back()) || after.starts_with('{') || is_group {
        return false;
    }
    // It may open a quotation: the next one closes it.
    let next = after.find("\\\"");
    next.is_some_and(|next| {
        let is_spaced = after[..next].ends_with(char::is_whitespace);
        let closes = |c: char| !c.is_alphabetic() && c != '{' && c != '\\';
        !is_spaced && after[next + 2..].chars().next().is_none_or(closes)
    })
}

/// Returns whether `\'` is an apostrophe or a quotation mark and not an accent of TeX.
fn is_apostrophe(text: &str, start: usize) -> bool {
    let after = &text[start + 1..];
    let word = name_at(after, 0);
    let is_accent =
        after.starts_with(['{', '\\']) || after.chars().next().is_some_and(|c| pairs::accented('\'', c).is_some());
    !is_accent || CONTRACTED.contains(&word)
}
