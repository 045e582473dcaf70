//! JSON values to text: the wanted fields of an object, unparsed, and what becomes of them.

use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, Visitor};
use serde_json::Value;
use serde_json::value::RawValue;

use super::fields::Kind;
use super::{Text, Units};

/// Lists inside one another that are taken apart; what lies deeper stays as it is written.
const MAX_DEPTH: usize = 16;

/// Collects the values of the wanted keys of one object, without parsing any of them.
pub(super) struct Wanted<'k>(pub(super) &'k [String]);

impl<'de> DeserializeSeed<'de> for Wanted<'_> {
    type Value = Vec<Option<&'de RawValue>>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for Wanted<'_> {
    type Value = Vec<Option<&'de RawValue>>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut values = vec![None; self.0.len()];
        while let Some(slot) = map.next_key_seed(Key(self.0))? {
            match slot {
                Some(slot) => values[slot] = Some(map.next_value()?),
                None => drop(map.next_value::<IgnoredAny>()?),
            }
        }
        Ok(values)
    }
}

/// The index of a key among the wanted ones.
struct Key<'k>(&'k [String]);

impl<'de> DeserializeSeed<'de> for Key<'_> {
    type Value = Option<usize>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl Visitor<'_> for Key<'_> {
    type Value = Option<usize>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a key")
    }

    fn visit_str<E>(self, key: &str) -> Result<Self::Value, E> {
        Ok(self.0.iter().position(|wanted| wanted == key))
    }
}

/// A string, with lone surrogates (which Python writes and UTF-8 has not) replaced; whether there were any.
pub(super) fn string(raw: &str) -> Result<(String, bool), serde_json::Error> {
    match serde_json::from_str::<String>(raw) {
        Ok(string) => Ok((string, false)),
        Err(error) => match serde_json::from_str::<Lossy>(raw) {
            Ok(Lossy(string)) => Ok((string, true)),
            Err(_) => Err(error),
        },
    }
}

/// A string read as bytes, as which serde_json accepts lone surrogates.
struct Lossy(String);

impl<'de> serde::Deserialize<'de> for Lossy {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_bytes(LossyVisitor)
    }
}

struct LossyVisitor;

impl Visitor<'_> for LossyVisitor {
    type Value = Lossy;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a string")
    }

    fn visit_bytes<E>(self, bytes: &[u8]) -> Result<Lossy, E> {
        Ok(Lossy(String::from_utf8_lossy(bytes).into_owned()))
    }
}

/// The kind of a value, from its first character.
pub(super) fn kind_name(raw: &str) -> &'static str {
    match raw.bytes().next() {
        Some(b'{') => "an object",
        Some(b'[') => "a list",
        Some(b'"') => "a string",
        Some(b't' | b'f') => "true or false",
        Some(b'n') => "null",
        Some(b'-' | b'0'..=b'9') => "a number",
        _ => "no JSON value",
    }
}

/// Why a value is not text.
pub(super) enum NotText {
    Kind(String),
    Syntax(serde_json::Error),
}

/// A text value: a string, a list of words (one unit), or a list of such lists; and whether characters were replaced.
pub(super) fn text(raw: &RawValue) -> Result<(Option<Text>, bool), NotText> {
    let raw = raw.get();
    match raw.bytes().next() {
        Some(b'n') => Ok((None, false)),
        Some(b'"') => {
            string(raw).map(|(prose, replaced)| (Some(Text::Prose(prose)), replaced)).map_err(NotText::Syntax)
        }
        Some(b'[') => {
            let mut units = Units::default();
            let replaced = fill_units(raw, &mut units)?;
            Ok((Some(Text::Units(units)), replaced))
        }
        _ => Err(NotText::Kind(kind_name(raw).to_owned())),
    }
}

fn fill_units(raw: &str, units: &mut Units) -> Result<bool, NotText> {
    let items: Vec<&RawValue> = serde_json::from_str(raw).map_err(NotText::Syntax)?;
    let is_nested = items.iter().any(|item| item.get().starts_with('['));
    if !is_nested {
        return fill_unit(&items, units);
    }
    let mut replaced = false;
    for item in items {
        match item.get() {
            "null" => units.end_unit(),
            list if list.starts_with('[') => {
                let words: Vec<&RawValue> = serde_json::from_str(list).map_err(NotText::Syntax)?;
                replaced |= fill_unit(&words, units)?;
            }
            other => return Err(NotText::Kind(format!("a list that holds a list and {}", kind_name(other)))),
        }
    }
    Ok(replaced)
}

fn fill_unit(words: &[&RawValue], units: &mut Units) -> Result<bool, NotText> {
    let mut any_replaced = false;
    for word in words {
        match word.get() {
            "null" => {}
            raw if raw.starts_with('"') => {
                let (word, replaced) = string(raw).map_err(NotText::Syntax)?;
                units.push_word(&word);
                any_replaced |= replaced;
            }
            other => return Err(NotText::Kind(format!("a list that holds {}", kind_name(other)))),
        }
    }
    units.end_unit();
    Ok(any_replaced)
}

/// A value as text: strings as they are, numbers as written, lists joined by `, `, objects as compact JSON.
pub(super) fn value(raw: &RawValue) -> Result<Option<String>, serde_json::Error> {
    value_at(raw, 0)
}

fn value_at(raw: &RawValue, depth: usize) -> Result<Option<String>, serde_json::Error> {
    let raw = raw.get();
    Ok(match raw.bytes().next() {
        Some(b'n') => None,
        Some(b'"') => Some(string(raw)?.0),
        Some(b'[') if depth < MAX_DEPTH => {
            let items: Vec<&RawValue> = serde_json::from_str(raw)?;
            let items = items.into_iter().map(|item| value_at(item, depth + 1)).collect::<Result<Vec<_>, _>>()?;
            Some(items.into_iter().flatten().collect::<Vec<_>>().join(", "))
        }
        Some(b'{') => Some(serde_json::from_str::<Value>(raw)?.to_string()),
        _ => Some(raw.to_owned()),
    })
}

/// All keys of an object with their values, unparsed.
pub(super) struct Entries<'a>(pub(super) Vec<(String, &'a RawValue)>);

impl<'de> serde::Deserialize<'de> for Entries<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(EntriesVisitor)
    }
}

struct EntriesVisitor;

impl<'de> Visitor<'de> for EntriesVisitor {
    type Value = Entries<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut entries = Vec::new();
        while let Some(entry) = map.next_entry()? {
            entries.push(entry);
        }
        Ok(Entries(entries))
    }
}

/// What a value says about its column; `None` for null and for an empty list.
pub(super) fn kind(raw: &RawValue) -> Option<Kind> {
    match raw.get().bytes().next() {
        Some(b'"') => Some(Kind::Text),
        Some(b'n') => None,
        Some(b'[') => match serde_json::from_str::<Vec<&RawValue>>(raw.get()).unwrap_or_default()[..] {
            [] => None,
            ref items if items.iter().all(|item| is_words(item.get())) => Some(Kind::Words),
            _ => Some(Kind::Other("lists that are not of words".into())),
        },
        Some(b'{') => Some(Kind::Other("objects".into())),
        Some(b't' | b'f') => Some(Kind::Other("true or false".into())),
        _ => Some(Kind::Other("numbers".into())),
    }
}

fn is_words(item: &str) -> bool {
    let is_word = |item: &str| item.starts_with('"') || item == "null";
    let is_list = || serde_json::from_str::<Vec<&RawValue>>(item);
    is_word(item) || is_list().is_ok_and(|words| words.iter().all(|word| is_word(word.get())))
}

/// An error's message without its position, which is relative to the value that was parsed.
pub(super) fn reason(error: &serde_json::Error) -> String {
    let message = error.to_string();
    match message.rfind(" at line ") {
        Some(at) => message[..at].to_owned(),
        None => message,
    }
}
