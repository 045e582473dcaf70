//! Text in UTF-8 that was read as another encoding: "donâ€™t", "Ã©", "‚Äôs".

use super::super::lines::prefix;

/// Maximum number of times that it may have happened.
const MOST_ROUNDS: usize = 3;

/// The characters of Windows-1252 for the bytes from 0x80 to 0x9f; where it has none, the control character of that number.
const WINDOWS: [char; 32] = [
    '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}', '\u{90}', '‘', '’',
    '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
];
/// The commonest marks as they look when read as Mac OS Roman, which Windows-1252 does not explain.
const MAC: [(&str, char); 9] = [
    ("‚Äô", '’'),
    ("‚Äò", '‘'),
    ("‚Äú", '“'),
    ("‚Äù", '”'),
    ("‚Äì", '–'),
    ("‚Äî", '—'),
    ("‚Ä¶", '…'),
    ("‚Ä¢", '•'),
    ("¬†", '\u{a0}'),
];

/// Returns the text as it was meant; `None` if there is no sign that it was read wrongly.
pub(super) fn decoded(text: &str) -> Option<String> {
    let mut text = decoded_once(text)?;
    for _ in 1..MOST_ROUNDS {
        match decoded_once(&text) {
            Some(decoded) => text = decoded,
            None => break,
        }
    }
    Some(text)
}

fn decoded_once(text: &str) -> Option<String> {
    if text.is_ascii() {
        return None;
    }
    let mut plain = String::new();
    let (mut from, mut at) = (0, 0);
    let has_lost = has_lost_marks(text);
    while let Some(found) = text.as_bytes()[at..].iter().position(|byte| !byte.is_ascii()) {
        at += found;
        match character(&text[at..]).or_else(|| lost_apostrophe(text, at).filter(|_| has_lost)) {
            Some((c, len)) => {
                plain.push_str(&text[from..at]);
                plain.push(c);
                at += len;
                from = at;
            }
            None => at += text[at..].chars().next().map_or(1, char::len_utf8),
        }
    }
    plain.push_str(&text[from..]);
    (from > 0).then_some(plain)
}

/// Maximum length of an ending after an apostrophe, in bytes.
const LONGEST_CONTRACTED: usize = 2;
/// Endings after an apostrophe that is left as "â".
const CONTRACTED: [&str; 7] = ["d", "ll", "m", "re", "s", "t", "ve"];

/// Returns whether some program may have lost the control characters of marks: all letters beyond ASCII are "â", and one is in "nât".
fn has_lost_marks(text: &str) -> bool {
    memchr::memmem::find(text.as_bytes(), "nât".as_bytes()).is_some()
        && text.chars().all(|c| c.is_ascii() || c == 'â' || !c.is_alphabetic())
}

/// Returns the apostrophe of which only "â" is left, within a contraction or genitive.
fn lost_apostrophe(text: &str, at: usize) -> Option<(char, usize)> {
    let after = text[at..].strip_prefix('â')?;
    let window = prefix(after, LONGEST_CONTRACTED + 1);
    let word = &window[..window.find(|c: char| !c.is_alphabetic()).unwrap_or(window.len())];
    let is_inside = text[..at].ends_with(|c: char| c.is_ascii_alphabetic()) && CONTRACTED.contains(&word);
    is_inside.then_some(('’', 'â'.len_utf8()))
}

/// Returns the character that was meant by those at the beginning, and their length.
fn character(rest: &str) -> Option<(char, usize)> {
    let first = rest.chars().next()?;
    if matches!(first, '‚' | '¬') {
        return MAC.iter().find(|(mark, _)| rest.starts_with(mark)).map(|(mark, c)| (*c, mark.len()));
    }
    let lead = u8::try_from(u32::from(first)).ok()?;
    let n = match lead {
        0xc2..=0xc5 | 0xce | 0xcf => 2,
        0xe2 | 0xef => 3,
        0xf0 => 4,
        _ => return None,
    };
    let mut bytes = [lead, 0, 0, 0];
    let (mut len, mut read) = (2, 1);
    for c in rest.chars().skip(1).take(n - 1) {
        let Some(byte) = byte_of(c) else { break };
        bytes[read] = byte;
        (read, len) = (read + 1, len + c.len_utf8());
    }
    // The last byte of a closing quotation mark has no character in Windows-1252, and is often lost.
    if read == 2 && bytes[..2] == [0xe2, 0x80] {
        return Some(('”', len));
    }
    let c = std::str::from_utf8(&bytes[..n]).ok().filter(|_| read == n)?.chars().next()?;
    (is_meant(lead, c)).then_some((c, len))
}

/// Returns the byte from 0x80 to 0xbf that was read as this character.
fn byte_of(c: char) -> Option<u8> {
    let code = u32::from(c);
    if (0x80..0xc0).contains(&code) {
        return u8::try_from(code).ok();
    }
    let place = WINDOWS.iter().position(|known| *known == c)?;
    u8::try_from(0x80 + place).ok()
}

/// Returns whether a writer may have meant the character: letters and signs, no control character.
fn is_meant(lead: u8, c: char) -> bool {
    match lead {
        0xc4 | 0xc5 => c.is_lowercase() || matches!(c, 'Š' | 'Ž' | 'Č' | 'Ř' | 'Ş' | 'Ł' | 'Ś' | 'Ż'),
        _ => !c.is_control(),
    }
}

/// Returns the character of Windows-1252 for a control character from U+0080 to U+009F.
pub(super) fn windows(c: char) -> char {
    let place = u32::from(c).checked_sub(0x80).and_then(|place| usize::try_from(place).ok());
    place.and_then(|place| WINDOWS.get(place)).copied().unwrap_or(c)
}
