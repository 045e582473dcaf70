//! Full stops that belong to what stands before them: abbreviations and initials.

use super::abbreviations::{Hold, LONGEST, hold_after, is_opener};
use super::words::is_word_character;

/// Returns whether a full stop between `before` and `after` belongs to an abbreviation or an initial.
#[inline]
pub(super) fn is_held(before: &str, after: &str) -> bool {
    let hold = hold_after(last_token(before)).or_else(|| ends_with_initial(before).then_some(Hold::UnlessOpener));
    match hold {
        None => false,
        Some(Hold::Always) => true,
        Some(Hold::BeforeNumber) => after.trim_start_matches(['(', '[', '#']).starts_with(|c: char| c.is_ascii_digit()),
        Some(Hold::UnlessOpener) => !starts_with_opener(after),
    }
}

/// Returns the letters, digits and full stops at the end of `text`; empty if too many for an abbreviation.
fn last_token(text: &str) -> &str {
    let is_part = |byte: &u8| byte.is_ascii_alphanumeric() || *byte == b'.';
    let len = text.bytes().rev().take(LONGEST + 1).take_while(is_part).count();
    let token = &text[text.len() - len..];
    let goes_on = text[..text.len() - len].chars().next_back().is_some_and(is_word_character);
    if goes_on || len > LONGEST { "" } else { token }
}

/// Returns whether `text` ends with a single capital letter, as in "J", "U.S" and "J.-P".
fn ends_with_initial(text: &str) -> bool {
    let mut chars = text.chars().rev();
    chars.next().is_some_and(char::is_uppercase)
        && chars.next().is_none_or(|c| c.is_whitespace() || ".-‐(['\"‘“".contains(c))
}

fn starts_with_opener(text: &str) -> bool {
    let len = text.bytes().take_while(u8::is_ascii_alphabetic).count();
    // "A" opens a sentence, but "A." is another initial.
    is_opener(&text[..len]) && text.as_bytes().get(len) != Some(&b'.')
}
