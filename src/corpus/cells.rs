//! Parts of documents: bytes to strings, and several text columns to one text.

use std::borrow::Cow;

use super::{CorpusError, Text, Units};

/// Bytes as text, and whether any had to be replaced.
pub(super) fn decode<'a>(
    bytes: &'a [u8],
    strict: bool,
    file: &str,
    place: impl FnOnce() -> String,
) -> Result<(Cow<'a, str>, bool), CorpusError> {
    match std::str::from_utf8(bytes) {
        Ok(text) => Ok((Cow::Borrowed(text), false)),
        Err(_) if !strict => Ok((String::from_utf8_lossy(bytes), true)),
        Err(error) => {
            let byte = error.valid_up_to() as u64;
            Err(CorpusError::NotUtf8 { file: file.to_owned(), place: place(), byte })
        }
    }
}

/// [`decode`] for the content of a whole file, which is not held twice.
pub(super) fn decode_owned(bytes: Vec<u8>, strict: bool, file: &str) -> Result<(String, bool), CorpusError> {
    match String::from_utf8(bytes) {
        Ok(text) => Ok((text, false)),
        Err(error) => {
            let (text, replaced) = decode(error.as_bytes(), strict, file, || "the file".into())?;
            Ok((text.into_owned(), replaced))
        }
    }
}

/// Whether there is nothing to judge: no character but white space, or no word.
pub(super) fn is_blank(text: &Text) -> bool {
    match text {
        Text::Prose(prose) => prose.trim().is_empty(),
        Text::Units(units) => units.iter().all(|unit| unit.len() == 0),
    }
}

/// Joins the text columns of one document: prose by a blank line, units one after the other; `None` if they are mixed.
pub(super) fn join_texts(parts: impl Iterator<Item = Option<Text>>) -> Option<Text> {
    let mut parts = parts.flatten().filter(|part| !is_blank(part));
    let Some(mut joined) = parts.next() else {
        return Some(Text::Prose(String::new()));
    };
    for part in parts {
        match (&mut joined, part) {
            (Text::Prose(joined), Text::Prose(part)) => {
                joined.push_str("\n\n");
                joined.push_str(&part);
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
