//! Characters: removes those that nobody sees, and unifies those that look the same.

use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

use super::{compatible, mojibake};

/// Returns the text in characters that differ only where their meaning does; `None` if nothing changes.
pub(super) fn plain(text: &str) -> Option<String> {
    let changed = replaced(text);
    let now = changed.as_deref().unwrap_or(text);
    if is_composed(now) {
        return changed;
    }
    Some(composed(now))
}

/// Returns the text with every character that stands for others replaced by them.
fn replaced(text: &str) -> Option<String> {
    let mut plain = String::new();
    let (mut from, mut at) = (0, 0);
    let breaks_lines = has_vertical_breaks(text);
    while let Some(found) = text.as_bytes()[at..].iter().position(|byte| is_telling(*byte)) {
        at += found;
        let Some(c) = text[at..].chars().next() else { break };
        let end = at + c.len_utf8();
        if !is_common(c) {
            let kept = plain.len();
            plain.push_str(&text[from..at]);
            match replacement(c, &mut plain, &text[end..], breaks_lines) {
                Some(skipped) => from = end + skipped,
                None => plain.truncate(kept),
            }
        }
        at = end.max(from);
    }
    plain.push_str(&text[from..]);
    (from > 0).then_some(plain)
}

fn is_telling(byte: u8) -> bool {
    byte >= 0x7f || byte < 0x20 && !matches!(byte, b'\t' | b'\n' | b'\r')
}

/// Returns whether a character beyond ASCII is common in running text and is kept.
fn is_common(c: char) -> bool {
    matches!(c, '\u{a1}'..='\u{ab}' | '\u{ae}'..='\u{131}' | '\u{2012}'..='\u{2023}' | '\u{370}'..='\u{3ff}' | '\u{400}'..='\u{52f}' | '一'..='鿿')
}

/// Appends the replacement of a character to `plain`; `None` if it is kept, else the number of following bytes to drop with it.
/// `breaks_lines` says what vertical tabs do in this text.
fn replacement(c: char, plain: &mut String, after: &str, breaks_lines: bool) -> Option<usize> {
    match c {
        '\u{b}' if breaks_lines => plain.push('\n'),
        '\u{b}' | '\u{c}' | '\u{e}' | '\u{f}' if is_inside_word(plain, after) => plain.push_str(tex_ligature(c)),
        // What PDFs and old databases have for hyphens.
        '\u{2}' | '\u{1f}' if broken_word(c, plain, after).is_some() => return broken_word(c, plain, after),
        '\u{2}' | '\u{1f}' | '¬' if is_inside_word(plain, after) && has_two_letters(plain) => {}
        '\u{1e}' if is_inside_word(plain, after) => plain.push('-'),
        'Ⓒ' | 'ⓒ' if after.trim_start().starts_with(|c: char| c.is_ascii_digit()) => plain.push('©'),
        // Line and page breaks of word processors, and separators of records.
        '\u{b}' | '\u{c}' | '\u{1c}'..='\u{1f}' => plain.push('\n'),
        // Next line, or the ellipsis of Windows-1252, which a space follows.
        '\u{85}' => plain.push_str(if after.starts_with(' ') { "..." } else { "\n" }),
        '\u{80}'..='\u{9f}' => {
            let meant = mojibake::windows(c);
            if meant == '…' {
                plain.push_str("...");
            } else if meant != c {
                plain.push(meant);
            }
        }
        '\u{ad}' | '¬' => return broken_word(c, plain, after),
        _ if is_invisible(c) => {}
        '\u{a0}' | '\u{1680}' | '\u{2000}'..='\u{200a}' | '\u{202f}' | '\u{205f}' | '\u{3000}' => plain.push(' '),
        '\u{2010}' | '\u{2011}' | '\u{fe63}' => plain.push('-'),
        '\u{2024}' => plain.push('.'),
        '\u{2025}' => plain.push_str(".."),
        '\u{2026}' | '\u{22ef}' => plain.push_str("..."),
        '\u{2028}' | '\u{2424}' | '\u{240a}' | '\u{240d}' => plain.push('\n'),
        '\u{2029}' => plain.push_str("\n\n"),
        '\u{20e3}' => plain.push_str(if plain.ends_with(|c: char| c.is_ascii_digit()) { ")" } else { "" }),
        _ if is_beside_latin(c, plain, after) => plain.extend(compatible::narrow_mark(c)),
        _ => return compatible::push_plain(c, plain).then_some(0),
    }
    Some(0)
}

/// Returns whether vertical tabs break the lines of a text: one follows a punctuation mark or precedes a capital, as none does that
/// stands for a ligature.
fn has_vertical_breaks(text: &str) -> bool {
    memchr::memchr_iter(b'\x0b', text.as_bytes()).any(|at| {
        text[..at].ends_with(['.', ',', ';', ':', '!', '?', ')']) || text[at + 1..].starts_with(char::is_uppercase)
    })
}

/// Returns whether a letter stands before and a small one after, apart from what nobody sees.
fn is_inside_word(plain: &str, after: &str) -> bool {
    plain.ends_with(char::is_alphabetic) && after.trim_start_matches(is_invisible).starts_with(char::is_lowercase)
}

/// Returns whether two letters end a text, unlike a name in a formula ("p¬q").
fn has_two_letters(plain: &str) -> bool {
    plain.chars().rev().take(2).filter(|c| c.is_alphabetic()).count() == 2
}

/// Returns the letters whose ligature has this place in TeX's text fonts; PDFs without a map of characters give the place.
fn tex_ligature(c: char) -> &'static str {
    match c {
        '\u{b}' => "ff",
        '\u{c}' => "fi",
        '\u{e}' => "ffi",
        _ => "ffl",
    }
}

/// Joins a word at a soft hyphen (or what PDFs have instead) at a line's end; within a line the hyphen is dropped.
fn broken_word(c: char, plain: &str, after: &str) -> Option<usize> {
    let line_break = after.trim_start_matches([' ', '\t']);
    let is_broken = line_break.starts_with(['\n', '\r']) && plain.ends_with(char::is_alphabetic);
    let next = line_break.trim_start();
    if is_broken
        && next.starts_with(char::is_lowercase)
        && !line_break[..line_break.len() - next.len()].contains("\n\n")
    {
        return Some(after.len() - next.len());
    }
    (c == '\u{ad}').then_some(0)
}

/// Returns whether full-width punctuation stands in Latin text, and not in Chinese or Japanese.
fn is_beside_latin(c: char, plain: &str, after: &str) -> bool {
    let is_latin = |c: char| c.is_ascii_graphic() || ('\u{ff01}'..='\u{ff5e}').contains(&c);
    let is_after = plain.trim_end().chars().next_back().is_none_or(is_latin);
    let is_before = after.trim_start().chars().next().is_none_or(is_latin);
    compatible::narrow_mark(c).is_some() && is_after && is_before
}

/// Returns whether a character is invisible: control characters, and those that Unicode calls default-ignorable.
fn is_invisible(c: char) -> bool {
    matches!(c,
        '\0'..='\u{8}' | '\u{e}'..='\u{1b}' | '\u{7f}' | '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}'..='\u{1160}'
        | '\u{17b4}'..='\u{17b5}' | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}' | '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}' | '\u{fff0}'..='\u{fffb}'
        | '\u{1bca0}'..='\u{1bca3}' | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{e0fff}')
}

/// Returns whether form C changes nothing; most texts have no byte with which a character begins that it could change.
fn is_composed(text: &str) -> bool {
    let bytes = text.as_bytes();
    let may_change = |at: usize, byte: u8| match byte {
        0xcc | 0xcd | 0xd6..=0xe1 | 0xe3..=0xff => true,
        0xce => bytes.get(at + 1) == Some(&0x87),
        0xe2 => matches!(bytes.get(at + 1), Some(0x83 | 0x84 | 0x8c | 0xab)),
        _ => false,
    };
    !bytes.iter().enumerate().any(|(at, &byte)| byte >= 0xcc && may_change(at, byte))
        || is_nfc_quick(text.chars()) == IsNormalized::Yes && !text.contains(is_overlay)
}

/// Returns whether a mark remains on letters because no character combines both: underlines and strokes of all letters.
fn is_overlay(c: char) -> bool {
    ('\u{300}'..='\u{36f}').contains(&c) || ('\u{20d0}'..='\u{20f0}').contains(&c)
}

/// Returns the text in form C, without marks that remain on letters of Latin script.
fn composed(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for c in text.nfc() {
        let is_left = is_overlay(c)
            && plain.ends_with(|before: char| before.is_ascii() || before.is_alphabetic() && before < '\u{250}');
        if !is_left {
            plain.push(c);
        }
    }
    plain
}
