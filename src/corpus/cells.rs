//! Parts of documents: bytes to strings, and several text columns to one text.

use std::borrow::Cow;

use super::document::{Text, Units};
use super::error::CorpusError;
use super::problem::{Place, Problem};
use super::row::Cell;
use super::written;

/// Number of strings in a list of which at least one has white space if they are texts.
const WORDS_PER_TEXT: usize = 10;

/// Returns bytes as text, and whether any had to be replaced.
pub(super) fn decode<'a>(
    bytes: &'a [u8],
    strict: bool,
    file: &str,
    place: impl FnOnce() -> Place,
) -> Result<(Cow<'a, str>, bool), CorpusError> {
    match std::str::from_utf8(bytes) {
        Ok(text) => Ok((Cow::Borrowed(text), false)),
        Err(_) if !strict => Ok((String::from_utf8_lossy(bytes), true)),
        Err(error) => {
            let byte = error.valid_up_to() as u64;
            Err(CorpusError::new(file, place().at_byte(byte), Problem::NotUtf8))
        }
    }
}

/// Decodes the content of a whole file like [`decode`], without holding it twice.
pub(super) fn decode_owned(bytes: Vec<u8>, strict: bool, file: &str) -> Result<(String, bool), CorpusError> {
    match String::from_utf8(bytes) {
        Ok(text) => Ok((text, false)),
        Err(error) => {
            let (text, replaced) = decode(error.as_bytes(), strict, file, || Place::FILE)?;
            Ok((text.into_owned(), replaced))
        }
    }
}

/// Returns whether there is nothing to judge: no character but white space, or no word.
pub(super) fn is_blank(text: &Text) -> bool {
    match text {
        Text::Prose(prose) => prose.trim().is_empty(),
        Text::Units(units) => units.iter().all(|unit| unit.len() == 0),
    }
}

/// Returns the text of a cell; `None` if it is not text.
pub(super) fn text_of(cell: &Cell, are_sentences: bool, is_written: bool) -> Option<Text> {
    Some(match cell {
        Cell::Null => Text::as_it_is(""),
        Cell::Text(text) if is_written => Text::as_it_is(unwritten(text)),
        Cell::Text(text) => Text::as_it_is(text.to_string()),
        Cell::List(units) if are_sentences || is_of_texts(units) => Text::as_it_is(paragraphs(units)),
        Cell::List(units) => Text::Units(units.clone()),
        Cell::Number(_) | Cell::Nested(_) => return None,
    })
}

fn unwritten(text: &str) -> String {
    let value = written::parse(text);
    value.as_ref().and_then(written::text).map_or_else(|| text.to_owned(), Cow::into_owned)
}

/// Returns whether the strings of a list are texts: among words, one of many may have white space too, such as `et al`.
pub(super) fn is_of_texts(units: &Units) -> bool {
    let n_spaced = units.iter().flatten().filter(|word| word.trim().contains(char::is_whitespace)).count();
    n_spaced > 0 && WORDS_PER_TEXT * n_spaced >= units.iter().flatten().count()
}

/// Returns the strings of lists as one paragraph each.
fn paragraphs(units: &Units) -> String {
    units.iter().flatten().map(without_marks).filter(|text| !text.is_empty()).collect::<Vec<_>>().join("\n\n")
}

/// Returns a sentence without the marks `<S>` and `</S>` that some corpora put around it.
fn without_marks(text: &str) -> &str {
    let text = text.trim();
    let inner = text.strip_prefix("<S>").or(text.strip_prefix("<s>")).unwrap_or(text);
    inner.strip_suffix("</S>").or(inner.strip_suffix("</s>")).unwrap_or(inner).trim()
}

/// Joins the text columns of one document: prose by a blank line, units one after the other; `None` if they are mixed.
pub(super) fn join_texts(parts: impl Iterator<Item = Option<Text>>) -> Option<Text> {
    let mut parts = parts.flatten().filter(|part| !is_blank(part));
    let Some(mut joined) = parts.next() else {
        return Some(Text::as_it_is(""));
    };
    for part in parts {
        match (&mut joined, part) {
            (Text::Prose(joined), Text::Prose(part)) => {
                joined.add_paragraph(&part);
            }
            (Text::Units(joined), Text::Units(part)) => append(joined, &part),
            _ => return None,
        }
    }
    Some(joined)
}

fn append(units: &mut Units, more: &Units) {
    for unit in more.iter() {
        unit.for_each(|word| units.push_word(word));
        units.end_unit();
    }
}
