//! Addresses: of web pages and mail, DOIs, arXiv numbers, and those inside Markdown links.

use std::ops::Range;

/// Maximum length of an address inside a Markdown link, in bytes.
const LONGEST_LINK: usize = 500;
const SCHEMES: [&[u8]; 3] = [b"https", b"http", b"ftp"];

/// Returns the address that the colon at `at` is part of, not before `from`.
pub(super) fn around_colon(text: &str, from: usize, at: usize) -> Option<Range<usize>> {
    let (before, after) = (&text.as_bytes()[from..at], &text[at + 1..]);
    if after.starts_with("//") {
        let scheme = SCHEMES.iter().find(|scheme| ends_with(before, scheme))?;
        let end = address_end(text, at + 3);
        return (end > at + 3).then_some(at - scheme.len()..end);
    }
    let space = usize::from(after.starts_with(' '));
    let number = &after[space..];
    let name = if ends_with(before, b"arxiv") && number.starts_with(|c: char| c.is_ascii_digit()) {
        "arxiv"
    } else if ends_with(before, b"doi") && number.starts_with("10.") {
        "doi"
    } else {
        return None;
    };
    Some(at - name.len()..address_end(text, at + 1 + space))
}

/// Returns whether `before` ends with the word `name`, whatever its case.
fn ends_with(before: &[u8], name: &[u8]) -> bool {
    let Some(start) = before.len().checked_sub(name.len()) else { return false };
    before[start..].eq_ignore_ascii_case(name) && !before[..start].last().is_some_and(u8::is_ascii_alphanumeric)
}

/// Returns the address without a scheme that begins at `at`.
pub(super) fn at_www(text: &str, at: usize) -> Option<Range<usize>> {
    let is_inside_word = at > 0 && text.as_bytes()[at - 1].is_ascii_alphanumeric();
    let starts = text[at..].starts_with("www.") && !is_inside_word;
    let end = if starts { address_end(text, at + 4) } else { at };
    (end > at + 4).then_some(at..end)
}

/// Returns the mail address around the `@` at `at`, not before `from`.
pub(super) fn around_at(text: &str, from: usize, at: usize) -> Option<Range<usize>> {
    let bytes = text.as_bytes();
    let is_local = |byte: &&u8| byte.is_ascii_alphanumeric() || b"._%+-".contains(byte);
    let before = bytes[from..at].iter().rev().take(64).take_while(is_local).count();
    let is_domain = |byte: &&u8| byte.is_ascii_alphanumeric() || b".-".contains(byte);
    let domain = bytes[at + 1..].iter().take(100).take_while(is_domain).count();
    let domain = text[at + 1..at + 1 + domain].trim_end_matches(['.', '-']);
    let top = domain.rsplit_once('.').map_or("", |(_, top)| top);
    let is_address = before > 0 && top.len() >= 2 && top.bytes().all(|byte| byte.is_ascii_alphabetic());
    is_address.then_some(at - before..at + 1 + domain.len())
}

/// Returns the end of the address in a Markdown link whose `](` begins at `at`, brackets included.
pub(super) fn link_end(text: &str, at: usize) -> Option<usize> {
    let inside = &text.as_bytes()[at + 2..];
    let mut depth = 0;
    for (len, byte) in inside.iter().take(LONGEST_LINK).enumerate() {
        match byte {
            b'\n' => return None,
            b'(' => depth += 1,
            b')' if depth == 0 => {
                let target = &inside[..len];
                let is_address = target.iter().any(|byte| b"/.#".contains(byte));
                return is_address.then_some(at + 2 + len + 1);
            }
            b')' => depth -= 1,
            _ => {}
        }
    }
    None
}

/// Returns the end of the image whose `![` begins at `at`.
pub(super) fn image_end(text: &str, at: usize) -> Option<usize> {
    let inside = &text.as_bytes()[at..];
    let len = inside.iter().take(LONGEST_LINK).position(|&byte| byte == b']' || byte == b'\n')?;
    inside[len..].starts_with(b"](").then(|| link_end(text, at + len))?
}

/// Returns where the address that continues at `at` ends: at white space, quotes and brackets that it did not open, and
/// without the punctuation of the sentence around it.
fn address_end(text: &str, at: usize) -> usize {
    let mut depth = 0;
    let len = text[at..].find(|c: char| match c {
        '(' => {
            depth += 1;
            false
        }
        ')' => {
            depth -= 1;
            depth < 0
        }
        '<' | '>' | '"' | '{' | '}' | '[' | ']' | '|' | '\\' | '^' | '`' | '“' | '”' => true,
        _ => c.is_whitespace(),
    });
    let address = &text[at..len.map_or(text.len(), |len| at + len)];
    at + address.trim_end_matches(['.', ',', ';', ':', '!', '?', '\'', '*', '_', '’']).len()
}
