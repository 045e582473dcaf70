//! Makes a text plain before anything is cut: its characters, without the wrapping that some program put around them.
//!
//! In this order: a list of strings as a program prints it, or rich text in JSON, is replaced by its strings; escapes and LaTeX accents by what they
//! stand for; tags are removed and entities become characters; characters that look the same are unified. A text without a
//! backslash, an angle bracket, an ampersand and anything beyond ASCII passes untouched.

mod accents;
mod characters;
mod code_points;
mod compatible;
mod elements;
mod emphasis;
mod entities;
mod escapes;
mod excel;
mod hyphens;
mod line_marks;
mod listing;
mod lookalikes;
mod markup;
mod model_marks;
mod mojibake;
mod pairs;
mod rich_text;
mod spaces;
mod tags;

use std::borrow::Cow;

use super::tally::{Mend, Tally};

#[cfg(feature = "files")]
pub(crate) use rich_text::is_rich_text;

/// Maximum number of times that escaped markup is taken for markup: "&amp;lt;p&amp;gt;" is a tag that was escaped twice.
const MOST_ROUNDS: usize = 3;

/// Bytes without which a text is already plain.
static TELLING: [bool; 256] = {
    let mut table = [false; 256];
    let mut byte = 0;
    while byte < 256 {
        let is_control = byte < 0x20 && !matches!(byte as u8, b'\t' | b'\n' | b'\r') || byte >= 0x7f;
        table[byte] = is_control || matches!(byte as u8, b'<' | b'&' | b'\\');
        byte += 1;
    }
    table
};

/// Returns the plain text of the input, and counts what was mended on the way.
pub(super) fn plain<'a>(text: &'a str, tally: &mut Tally) -> Cow<'a, str> {
    let mut text = Cow::Borrowed(text);
    if let Some(strings) = rich_text::text(&text).or_else(|| listing::strings(&text)) {
        text = tally.mended(Mend::Listing, strings);
    }
    mend(&mut text, Mend::Escapes, tally, spaces::restored);
    mend(&mut text, Mend::Escapes, tally, excel::decoded);
    mend(&mut text, Mend::Escapes, tally, line_marks::broken);
    mend(&mut text, Mend::Escapes, tally, code_points::decoded);
    mend(&mut text, Mend::Marks, tally, model_marks::removed);
    if !text.bytes().any(|byte| TELLING[usize::from(byte)]) {
        return text;
    }
    mend(&mut text, Mend::Escapes, tally, escapes::unescaped);
    mend(&mut text, Mend::Accents, tally, accents::composed);
    for _ in 0..MOST_ROUNDS {
        let had_markup = markup::stripped(&text, tally).map(|stripped| text = stripped.into()).is_some();
        let had_entities = mend(&mut text, Mend::Entities, tally, entities::decoded);
        if !had_entities && !had_markup {
            break;
        }
    }
    mend(&mut text, Mend::Mojibake, tally, mojibake::decoded);
    mend(&mut text, Mend::Characters, tally, |text| {
        let plain = characters::plain(text);
        lookalikes::latin(plain.as_deref().unwrap_or(text)).or(plain)
    });
    if memchr::memmem::find(text.as_bytes(), "\u{fffd}".as_bytes()).is_some() {
        tally.count_mend(Mend::Lost);
    }
    text
}

/// Restores words that are emphasised or broken at the end of a line.
pub(super) fn whole_words<'a>(text: Cow<'a, str>, tally: &mut Tally) -> Cow<'a, str> {
    let mut text = text;
    mend(&mut text, Mend::Hyphens, tally, hyphens::joined);
    if let Some(unwrapped) = emphasis::unwrapped(&text) {
        text = unwrapped.into();
    }
    text
}

/// Replaces the text by the result of `change`, if that differs; returns whether it did.
fn mend(text: &mut Cow<'_, str>, kind: Mend, tally: &mut Tally, change: impl Fn(&str) -> Option<String>) -> bool {
    let Some(changed) = change(text) else { return false };
    *text = tally.mended(kind, changed);
    true
}

#[cfg(test)]
mod tests;
