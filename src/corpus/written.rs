//! Parses lists and objects that were written into a string: `['One.', 'Two.']` by Python, `["One.", "Two."]` as JSON.

use std::borrow::Cow;

use serde_json::{Map, Value};

use crate::prose::is_rich_text;

/// Maximum depth of nested values.
const MAX_DEPTH: usize = 16;

/// Parses a string that as a whole is a list or an object.
pub(super) fn parse(text: &str) -> Option<Value> {
    let text = text.trim();
    let is_wrapped = (text.starts_with('[') && text.ends_with(']')) || (text.starts_with('{') && text.ends_with('}'));
    if !is_wrapped {
        return None;
    }
    serde_json::from_str(text).ok().or_else(|| python(text))
}

/// Parses a string that as a whole is a list of objects.
pub(super) fn list_of_objects(text: &str) -> Option<Value> {
    parse(text).filter(is_list_of_objects)
}

/// Returns whether a value is a list of objects and of nothing else, and no rich text, which is one text.
pub(super) fn is_list_of_objects(value: &Value) -> bool {
    value.as_array().is_some_and(|items| !items.is_empty() && items.iter().all(Value::is_object))
        && !is_rich_text(value)
}

/// Returns the text in a written value: the strings of a list, a paragraph each, or the only string of an object.
pub(super) fn text(value: &Value) -> Option<Cow<'_, str>> {
    match value {
        Value::Array(items) => {
            let strings = items.iter().map(Value::as_str).collect::<Option<Vec<_>>>()?;
            let is_prose = strings.iter().any(|string| string.trim().contains(char::is_whitespace));
            is_prose.then(|| strings.join("\n\n").into())
        }
        Value::Object(fields) if fields.len() == 1 => fields.values().next()?.as_str().map(Cow::Borrowed),
        _ => None,
    }
}

/// Parses a value as Python writes it.
fn python(text: &str) -> Option<Value> {
    let mut parser = Parser { rest: text };
    let value = parser.value(0)?;
    parser.rest.trim_start().is_empty().then_some(value)
}

struct Parser<'t> {
    rest: &'t str,
}

impl Parser<'_> {
    fn take(&mut self, start: &str) -> bool {
        self.rest = self.rest.trim_start();
        match self.rest.strip_prefix(start) {
            Some(rest) => {
                self.rest = rest;
                true
            }
            None => false,
        }
    }

    fn value(&mut self, depth: usize) -> Option<Value> {
        if depth > MAX_DEPTH {
            return None;
        }
        if self.take("[") {
            return self.items("]", depth).map(Value::Array);
        }
        if self.take("(") {
            return self.items(")", depth).map(Value::Array);
        }
        if self.take("{") {
            return self.object(depth).map(Value::Object);
        }
        for (name, value) in
            [("None", Value::Null), ("nan", Value::Null), ("True", true.into()), ("False", false.into())]
        {
            if self.take(name) {
                return Some(value);
            }
        }
        match self.rest.trim_start().chars().next()? {
            '"' | '\'' => self.string().map(Value::String),
            _ => self.number(),
        }
    }

    fn items(&mut self, end: &str, depth: usize) -> Option<Vec<Value>> {
        let mut items = Vec::new();
        loop {
            if self.take(end) {
                return Some(items);
            }
            items.push(self.value(depth + 1)?);
            // NumPy puts nothing but white space between strings.
            let is_apart = self.take(",") || self.rest.starts_with(end) || self.rest.starts_with(['"', '\'']);
            is_apart.then_some(())?;
        }
    }

    fn object(&mut self, depth: usize) -> Option<Map<String, Value>> {
        let mut fields = Map::new();
        while !self.take("}") {
            self.rest = self.rest.trim_start();
            let key = self.string()?;
            self.take(":").then_some(())?;
            fields.insert(key, self.value(depth + 1)?);
            (self.take(",") || self.rest.trim_start().starts_with('}')).then_some(())?;
        }
        Some(fields)
    }

    fn string(&mut self) -> Option<String> {
        let quote = self.rest.chars().next().filter(|c| matches!(c, '"' | '\''))?;
        let mut string = String::new();
        let mut characters = self.rest[1..].char_indices();
        while let Some((at, c)) = characters.next() {
            match c {
                '\\' => string.push(match characters.next()?.1 {
                    'n' => '\n',
                    't' => '\t',
                    'r' => '\r',
                    'x' => hexadecimal(&mut characters, 2)?,
                    'u' => hexadecimal(&mut characters, 4)?,
                    other => other,
                }),
                c if c == quote => {
                    self.rest = &self.rest[1 + at + 1..];
                    return Some(string);
                }
                c => string.push(c),
            }
        }
        None
    }

    fn number(&mut self) -> Option<Value> {
        self.rest = self.rest.trim_start();
        let is_part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '+');
        let end = self.rest.find(|c| !is_part(c)).unwrap_or(self.rest.len());
        let (number, rest) = self.rest.split_at(end);
        let number: f64 = number.parse().ok()?;
        self.rest = rest;
        Some(number.into())
    }
}

fn hexadecimal(characters: &mut std::str::CharIndices, n: usize) -> Option<char> {
    let digits: String = characters.take(n).map(|(_, c)| c).collect();
    u32::from_str_radix(&digits, 16).ok().and_then(char::from_u32)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn values_are_read_as_python_and_json_write_them() {
        assert_eq!(parse(r#"['It\'s one.', "It's two."]"#), Some(json!(["It's one.", "It's two."])));
        assert_eq!(parse("{'value': 'A kite.', 'n': None}"), Some(json!({ "value": "A kite.", "n": null })));
        assert_eq!(
            parse("[{'created': 'Fri, 1 Mar 2019'}, (1.5, True)]"),
            Some(json!([{ "created": "Fri, 1 Mar 2019" }, [1.5, true]]))
        );
        assert_eq!(parse("['A kite.' 'Two.']"), Some(json!(["A kite.", "Two."])));
        assert_eq!(parse(r#"["One.", "Two."]"#), Some(json!(["One.", "Two."])));
        for text in ["[1] shows kites, [2]", "[see above]", "{x}", "A ['b']", "['open", "[Abstract]"] {
            assert_eq!(parse(text), None, "{text}");
        }
    }

    #[test]
    fn text_is_what_the_strings_say() {
        assert_eq!(text(&json!(["One kite.", "Two."])).as_deref(), Some("One kite.\n\nTwo."));
        assert_eq!(text(&json!({ "value": "One kite." })).as_deref(), Some("One kite."));
        assert_eq!(text(&json!(["kites", "wind"])), None);
        assert_eq!(text(&json!({ "a": "x", "b": "y" })), None);
    }
}
