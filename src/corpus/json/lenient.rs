//! Mends text that is nearly JSON, as scripts write it: `NaN`, a comma too many, Python's dictionaries.

use std::borrow::Cow;

use serde_json::value::RawValue;

use crate::corpus::written;

/// Names of numbers that JSON does not have.
const NO_NUMBERS: [&str; 4] = ["-Infinity", "Infinity", "NaN", "nan"];

/// Mark before each value of a JSON text sequence.
const RECORD_SEPARATOR: char = '\u{1e}';

/// Returns a value without the mark of a sequence before it; a string that holds an object as JSON is that object.
pub(super) fn unwrapped(text: &str) -> Cow<'_, str> {
    let text = text.trim_start_matches(RECORD_SEPARATOR);
    let is_object =
        |inner: &String| inner.trim_start().starts_with('{') && serde_json::from_str::<&RawValue>(inner).is_ok();
    match text.starts_with("\"{").then(|| serde_json::from_str::<String>(text).ok()).flatten().filter(is_object) {
        Some(inner) => Cow::Owned(inner),
        None => Cow::Borrowed(text),
    }
}

/// Returns the JSON value that was meant, if `text` is not valid JSON but can be mended.
pub(super) fn mended(text: &str) -> Option<Cow<'_, str>> {
    let is_json = |text: &str| serde_json::from_str::<&RawValue>(text).is_ok();
    let trimmed = text.trim_end();
    if let Some(whole) = trimmed.strip_suffix(',').filter(|whole| is_json(whole)) {
        return Some(Cow::Borrowed(whole));
    }
    let mended = without_extras(trimmed.strip_suffix(',').unwrap_or(trimmed));
    if is_json(&mended) {
        return Some(Cow::Owned(mended));
    }
    let is_python = trimmed.trim_start().starts_with("{'");
    let value = is_python.then(|| written::parse(trimmed.strip_suffix(',').unwrap_or(trimmed))).flatten()?;
    Some(Cow::Owned(value.to_string()))
}

/// Puts `null` for numbers that JSON does not have, and removes commas before a closing bracket.
fn without_extras(text: &str) -> String {
    let mut mended = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        if c == '"' {
            let end = string_end(rest);
            push_string(&mut mended, &rest[..end]);
            rest = &rest[end..];
        } else if let Some(name) = NO_NUMBERS.iter().find(|name| rest.starts_with(**name)) {
            mended.push_str("null");
            rest = &rest[name.len()..];
        } else {
            let is_extra = c == ',' && rest[1..].trim_start().starts_with([']', '}']);
            mended.push(if is_extra { ' ' } else { c });
            rest = &rest[c.len_utf8()..];
        }
    }
    mended
}

/// Appends a string, with escapes for control characters that stand in it as they are.
fn push_string(mended: &mut String, string: &str) {
    for c in string.chars() {
        match c {
            '\0'..='\u{1f}' => mended.push_str(&format!("\\u{:04x}", u32::from(c))),
            c => mended.push(c),
        }
    }
}

/// Returns the end of the string that begins here, including its closing quotation mark.
fn string_end(text: &str) -> usize {
    let bytes = text.as_bytes();
    let mut at = 1;
    while let Some(found) = bytes.get(at..).and_then(|rest| memchr::memchr2(b'"', b'\\', rest)) {
        at += found;
        if bytes[at] == b'"' {
            return at + 1;
        }
        at += 2;
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_nearly_json_is_mended() {
        for (text, expected) in [
            (r#"{"a": NaN, "b": "NaN, \" }"}"#, r#"{"a": null, "b": "NaN, \" }"}"#),
            (r#"{"a": -Infinity},"#, r#"{"a": null}"#),
            (r#"{"a": 1},"#, r#"{"a": 1}"#),
            (r#"{"a": [1, 2,], }"#, r#"{"a": [1, 2 ]  }"#),
            ("{\"a\": \"It\tflies\u{1}\"}", r#"{"a": "It\u0009flies\u0001"}"#),
            (r#"{'a': "It's", 'b': None}"#, r#"{"a":"It's","b":null}"#),
        ] {
            assert_eq!(mended(text).as_deref(), Some(expected), "{text}");
        }
        for (text, expected) in [
            (r#""{\"a\": \"It flies.\"}""#, r#"{"a": "It flies."}"#),
            ("\u{1e}{\"a\": 1}", r#"{"a": 1}"#),
            (r#""{It} flies.""#, r#""{It} flies.""#),
            (r#""{It flies.""#, r#""{It flies.""#),
        ] {
            assert_eq!(unwrapped(text), expected, "{text}");
        }
        for text in [r#"{"a": }"#, r#"{"a": "cut sho"#, "{a: 1}"] {
            assert_eq!(mended(text), None, "{text}");
        }
    }
}
