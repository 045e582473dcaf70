//! JSON values: strings with lone surrogates in them, and the names of kinds of values.

use std::fmt;

use serde::de::{Deserializer, Visitor};

/// Parses a string, replacing lone surrogates (which Python writes and UTF-8 lacks), and returns whether there were any.
pub(super) fn string(raw: &str) -> Result<(String, bool), serde_json::Error> {
    match serde_json::from_str::<String>(raw) {
        Ok(string) => Ok((string, false)),
        Err(error) => match serde_json::from_str::<Lossy>(raw) {
            Ok(Lossy(string)) => Ok((string, true)),
            Err(_) => Err(error),
        },
    }
}

/// A string read as bytes, a form in which serde_json accepts lone surrogates.
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

/// Returns the kind of a value, from its first character.
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

/// Parses a value whose keys are not known before, and returns whether `\u` escapes of lone surrogates were replaced in it.
pub(super) fn parse<T: serde::de::DeserializeOwned>(raw: &str) -> Result<(T, bool), serde_json::Error> {
    match serde_json::from_str(raw) {
        Ok(value) => Ok((value, false)),
        Err(error) => match replace_halves(raw).map(|raw| serde_json::from_str(&raw)) {
            Some(Ok(value)) => Ok((value, true)),
            _ => Err(error),
        },
    }
}

/// Returns an error's message without its position, which is relative to the value that was parsed.
pub(super) fn reason(error: &serde_json::Error) -> String {
    let message = error.to_string();
    match message.rfind(" at line ") {
        Some(at) => message[..at].to_owned(),
        None => message,
    }
}

/// Returns the row with every lone surrogate escape replaced by that of U+FFFD; `None` if it has none.
fn replace_halves(row: &str) -> Option<String> {
    let mut replaced = String::new();
    let (mut done, mut at) = (0, 0);
    let escape = |at: usize| row.get(at..at + 6).filter(|text| text.starts_with("\\u")).and_then(unit);
    while let Some(found) = row[at..].find('\\') {
        at += found;
        at += match (escape(at), escape(at + 6)) {
            (Some(0xD800..0xDC00), Some(0xDC00..0xE000)) => 12,
            (Some(0xD800..0xE000), _) => {
                replaced += &row[done..at];
                replaced += "\\ufffd";
                done = at + 6;
                6
            }
            (Some(_), _) => 6,
            // The character after a backslash may be a backslash too; it is one byte in valid JSON.
            (None, _) => 1 + row[at + 1..].chars().next().map_or(0, char::len_utf8),
        };
    }
    (done > 0).then(|| replaced + &row[done..])
}

fn unit(escape: &str) -> Option<u16> {
    u16::from_str_radix(escape.get(2..)?, 16).ok()
}

#[cfg(test)]
mod tests {
    use serde_json::{Map, Value};

    use super::*;

    #[test]
    fn half_characters_are_replaced_and_whole_ones_kept() {
        let (row, replaced) =
            parse::<Map<String, Value>>(r#"{"a":"x \ud83d y","b":"\ud83d\ude00 \\ud83d","c":"\udc00"}"#).ok().unwrap();
        assert!(replaced);
        assert_eq!(row["a"], "x \u{FFFD} y");
        assert_eq!(row["b"], "\u{1F600} \\ud83d");
        assert_eq!(row["c"], "\u{FFFD}");
        assert!(!parse::<Map<String, Value>>(r#"{"a":"\ud83d\ude00"}"#).ok().unwrap().1);
        assert!(parse::<Map<String, Value>>(r#"{"a":"\ud83d"#).is_err());
    }
}
