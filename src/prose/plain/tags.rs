//! Tags of HTML and XML, as far as they can be told from angle brackets in running text.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use super::elements::{Kind, is_flag, kind, stands_alone};

/// Maximum length of an attribute's value (it may hold an image), in bytes.
const LONGEST_VALUE: usize = 200_000;
/// Maximum length of a tag without the values in quotes, in bytes.
const LONGEST_TAG: usize = 1_000;
/// Maximum length of a name, in bytes.
const LONGEST_NAME: usize = 40;

/// The form of a piece in angle brackets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    Open,
    Close,
    Empty,
    Comment,
    /// The beginning of character data, which "]]>" ends.
    Cdata,
    /// A declaration or a processing instruction.
    Other,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Tag<'a> {
    pub form: Form,
    /// The name without its namespace, in small letters.
    pub name: String,
    pub attributes: &'a str,
    has_namespace: bool,
    pub bytes: Range<usize>,
    /// The index of the tag that closes an opening one.
    pub closed_by: Option<usize>,
}

/// Returns the tags of a text, in order.
pub(super) fn find(text: &str) -> Vec<Tag<'_>> {
    let mut tags = Vec::new();
    let mut at = 0;
    // Looked for once: comments that are not closed would each cost a search to the end.
    let last_comment = memchr::memmem::rfind(text.as_bytes(), b"-->").unwrap_or(0);
    while let Some(found) = memchr::memchr(b'<', &text.as_bytes()[at..]) {
        at += found;
        match tag_at(text, at, last_comment).filter(|tag| !is_in_backticks(text, &tag.bytes)) {
            Some(tag) => {
                at = tag.bytes.end;
                tags.push(tag);
            }
            None => at += 1,
        }
    }
    pair(&mut tags);
    let opened: HashSet<String> =
        tags.iter().filter(|tag| tag.form == Form::Open).map(|tag| tag.name.clone()).collect();
    tags.retain(|tag| is_tag(tag, &opened));
    // The places of closing tags have moved.
    pair(&mut tags);
    tags
}

/// Returns whether a tag stands in backticks, as code in Markdown does.
fn is_in_backticks(text: &str, bytes: &Range<usize>) -> bool {
    text[..bytes.start].ends_with('`') || text[bytes.end..].starts_with('`')
}

/// Finds for each opening tag the one that closes it.
fn pair(tags: &mut [Tag<'_>]) {
    let mut open: HashMap<String, Vec<usize>> = HashMap::new();
    for index in 0..tags.len() {
        tags[index].closed_by = None;
        match tags[index].form {
            Form::Open => open.entry(tags[index].name.clone()).or_default().push(index),
            Form::Close => {
                if let Some(opening) = open.get_mut(&tags[index].name).and_then(Vec::pop) {
                    tags[opening].closed_by = Some(index);
                }
            }
            _ => {}
        }
    }
}

/// Returns whether this is a tag and not a word in angle brackets: "Vec<T>", "the <EOS> token", "<s>".
fn is_tag(tag: &Tag<'_>, opened: &HashSet<String>) -> bool {
    match tag.form {
        Form::Open => {
            tag.closed_by.is_some() || tag.has_namespace || tag.attributes.contains('=') || stands_alone(&tag.name)
        }
        Form::Close => kind(&tag.name) != Kind::Unknown || tag.name.len() > 2 || opened.contains(&tag.name),
        _ => true,
    }
}

/// Returns the tag that the angle bracket at `at` begins; no comment ends after `last_comment`.
fn tag_at(text: &str, at: usize, last_comment: usize) -> Option<Tag<'_>> {
    let rest = &text[at..];
    let other = |form: Form, len: usize| {
        let (name, attributes) = (String::new(), "");
        Some(Tag { form, name, attributes, has_namespace: false, bytes: at..at + len, closed_by: None })
    };
    let window = &rest.as_bytes()[..rest.len().min(LONGEST_TAG)];
    let until = |end: &str| memchr::memmem::find(window, end.as_bytes()).map(|found| found + end.len());
    match rest.as_bytes().get(1)? {
        b'!' if rest.starts_with("<!--") && at < last_comment => {
            let end = memchr::memmem::find(&rest.as_bytes()[4..], b"-->")?;
            other(Form::Comment, 4 + end + 3)
        }
        b'!' if rest.starts_with("<![CDATA[") => other(Form::Cdata, "<![CDATA[".len()),
        b'!' if rest[2..].starts_with(['[', 'D', 'd', 'E', 'e']) => until(">").and_then(|len| other(Form::Other, len)),
        b'?' => until("?>").and_then(|len| other(Form::Other, len)),
        b'/' => element(text, at, at + 2, Form::Close),
        byte if byte.is_ascii_alphabetic() => element(text, at, at + 1, Form::Open),
        _ => None,
    }
}

/// Returns the tag of an element whose name begins at `start`.
fn element(text: &str, at: usize, start: usize, form: Form) -> Option<Tag<'_>> {
    let is_part = |byte: &&u8| byte.is_ascii_alphanumeric() || b":_.-".contains(byte);
    let len = text.as_bytes()[start..].iter().take(LONGEST_NAME + 1).take_while(is_part).count();
    let name = &text[start..start + len];
    let local = name.rsplit(':').next()?;
    if len > LONGEST_NAME
        || !local.starts_with(|c: char| c.is_ascii_alphabetic())
        || !name.starts_with(|c: char| c.is_ascii_alphabetic())
    {
        return None;
    }
    let inside = start + len;
    let end = closing_bracket(text.as_bytes(), inside)?;
    let region = text[inside..end].trim();
    let (attributes, form) = match region.strip_suffix('/') {
        Some(attributes) if form == Form::Open => (attributes, Form::Empty),
        _ => (region, form),
    };
    let is_spaced = attributes.is_empty() || text[inside..].starts_with(|c: char| c.is_whitespace() || c == '/');
    (is_spaced && are_attributes(attributes)).then(|| Tag {
        form,
        name: local.to_ascii_lowercase(),
        attributes,
        has_namespace: local.len() < name.len(),
        bytes: at..end + 1,
        closed_by: None,
    })
}

/// Returns the position of the bracket that closes a tag, outside of quoted values.
fn closing_bracket(bytes: &[u8], mut at: usize) -> Option<usize> {
    let mut limit = at + LONGEST_TAG;
    loop {
        let window = &bytes[at..bytes.len().min(limit.max(at))];
        let found = window.iter().position(|byte| matches!(byte, b'>' | b'<' | b'='))?;
        at += found;
        match bytes[at] {
            b'>' => return Some(at),
            b'<' => return None,
            _ => at += 1,
        }
        if let Some(&quote @ (b'"' | b'\'')) = bytes.get(at) {
            let value = &bytes[at + 1..bytes.len().min(at + 1 + LONGEST_VALUE)];
            let len = memchr::memchr(quote, value)?;
            at += 1 + len + 1;
            limit += len + 2;
        }
    }
}

/// Returns whether these are attributes: "class=\"x\"", "type=text", and words without a value beside such or where HTML has them.
fn are_attributes(region: &str) -> bool {
    let has_value = region.contains('=');
    let is_name = |c: char| c.is_alphanumeric() || ":_.-@".contains(c);
    let mut rest = region;
    while !rest.is_empty() {
        let len = rest.find(|c| !is_name(c)).unwrap_or(rest.len());
        let name = &rest[..len];
        if name.is_empty() || !has_value && !is_flag(&name.to_ascii_lowercase()) {
            return false;
        }
        rest = after_value(&rest[len..]).trim_start();
    }
    true
}

/// Returns what follows the value of an attribute, if it has one.
fn after_value(rest: &str) -> &str {
    let Some(value) = rest.strip_prefix('=') else { return rest };
    match value.chars().next() {
        Some(quote @ ('"' | '\'')) => value[1..].split_once(quote).map_or("", |(_, after)| after),
        _ => &value[value.find(char::is_whitespace).unwrap_or(value.len())..],
    }
}
