//! JSON objects whose keys are not known before, and their values as text.

use serde_json::Value;
use serde_json::value::RawValue;

use super::Object;
use crate::corpus::json_row::RowError;

/// An object, and whether `\u` escapes that stand for half a character were replaced in it.
pub(super) fn object(row: &str) -> Result<(Object, bool), RowError> {
    match serde_json::from_str::<Object>(row) {
        Ok(object) => Ok((object, false)),
        Err(error) => match replace_halves(row).map(|row| serde_json::from_str::<Object>(&row)) {
            Some(Ok(object)) => Ok((object, true)),
            _ => Err(match serde_json::from_str::<&RawValue>(row) {
                Ok(value) if !value.get().starts_with('{') => {
                    RowError::NotAnObject(crate::corpus::json_value::kind_name(value.get()))
                }
                _ => RowError::syntax(error, 0),
            }),
        },
    }
}

/// A value as a column shows it: strings as they are, lists joined by `, `, objects as compact JSON.
pub(super) fn value_text(value: &Value) -> Option<String> {
    match value {
        Value::Null => None,
        Value::String(text) => Some(text.clone()),
        Value::Array(items) => Some(items.iter().filter_map(value_text).collect::<Vec<_>>().join(", ")),
        other => Some(other.to_string()),
    }
}

/// The row with every lone surrogate escape replaced by that of U+FFFD; `None` if it has none.
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
    use super::*;

    #[test]
    fn half_characters_are_replaced_and_whole_ones_kept() {
        let (row, replaced) = object(r#"{"a":"x \ud83d y","b":"\ud83d\ude00 \\ud83d","c":"\udc00"}"#).ok().unwrap();
        assert!(replaced);
        assert_eq!(row["a"], "x \u{FFFD} y");
        assert_eq!(row["b"], "\u{1F600} \\ud83d");
        assert_eq!(row["c"], "\u{FFFD}");
        assert!(!object(r#"{"a":"\ud83d\ude00"}"#).ok().unwrap().1);
        assert!(object(r#"{"a":"\ud83d"#).is_err());
    }
}
