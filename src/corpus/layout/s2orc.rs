//! Bodies of papers in sections: S2ORC (its releases with `body_text` and with `content.annotations`), unarXive (its
//! releases with `body_text` and with `sections`) and science-parse.

use serde_json::Value;

use super::arxiv::created;
use super::entry::{Entry, Item, real_text};
use super::object::Object;
use super::openreview_fields::leading_number;
use crate::corpus::Layout;
use crate::corpus::date::span;
use crate::corpus::row::shown;

/// Keys below which a parse of the paper may be nested.
const PARSES: [&str; 2] = ["pdf_parse", "latex_parse"];

/// Returns the layout, if the first record is a paper's body.
pub(super) fn recognise(row: &Object) -> Option<Layout> {
    (body(row).is_some() || annotated(row).is_some()).then_some(Layout::S2orc)
}

/// Returns a paper: the paragraphs of its body, in order.
pub(super) fn item(row: &Object) -> Item<'_> {
    let id = ["paper_id", "corpusid", "id"].iter().find_map(|key| row.get(*key)).and_then(shown);
    let paragraphs: Vec<String> = match body(row) {
        Some(sections) => sections.into_iter().filter_map(paragraph).collect(),
        None => annotated(row).into_iter().flatten().map(|text| without_marks(&text)).collect(),
    };
    let text = paragraphs.iter().filter_map(|text| real_text(text)).collect::<Vec<_>>().join("\n\n");
    let parts = if text.is_empty() { Vec::new() } else { vec![(0, text.into())] };
    let metadata = row.get("metadata").and_then(Value::as_object);
    let scopes: Vec<&Object> = std::iter::once(row).chain(metadata).collect();
    let get = |key: &str| scopes.iter().find_map(|scope| scope.get(key)).filter(|value| !value.is_null());
    let dated =
        ["publicationdate", "publication_date", "publish_time", "date"].iter().find_map(|key| get(key)?.as_str());
    let day = |text: &str| span(text).filter(|span| span.first == span.last).map(|span| span.first.to_string());
    let date = metadata.and_then(created).or_else(|| created(row)).or_else(|| day(dated?));
    let year = get("year").and_then(leading_number).or_else(|| Some(date.as_deref()?.get(..4)?.to_owned()));
    let venue = ["venue", "journal-ref"].iter().find_map(|key| get(key)).and_then(shown);
    let columns = vec![("date", date), ("year", year), ("venue", venue)];
    Item::Entry(Entry { version: None, unlisted: vec![], unread: vec![], id, parts, columns, scopes })
}

/// Returns the sections of the body: a list of objects with `text`, or a map from headings to such objects.
fn body(row: &Object) -> Option<Vec<&Value>> {
    let nested = || PARSES.iter().find_map(|name| row.get(*name)?.get("body_text"));
    let sections = row.get("body_text").or_else(nested).or_else(|| row.get("sections"))?;
    let sections: Vec<&Value> = match sections {
        Value::Array(sections) => sections.iter().collect(),
        Value::Object(sections) => sections.values().collect(),
        _ => return None,
    };
    let has_text = |section: &&Value| section.get("text").is_some_and(|text| text.is_string() || text.is_null());
    sections.iter().all(has_text).then_some(sections)
}

/// Returns the text of a section that is a paragraph, not a formula or a table.
fn paragraph(section: &Value) -> Option<String> {
    let is_paragraph = match section.get("content_type").and_then(Value::as_str) {
        None => true,
        Some(kind) => matches!(kind, "paragraph" | "listitem"),
    };
    section.get("text")?.as_str().filter(|_| is_paragraph).map(without_marks)
}

/// Returns the paragraphs that the annotations of a text give by their first and last character.
fn annotated(row: &Object) -> Option<Vec<String>> {
    let content = row.get("content")?;
    let text = content.get("text")?.as_str()?;
    let spans = match content.get("annotations")?.get("paragraph")? {
        Value::String(json) => serde_json::from_str::<Vec<Value>>(json).ok()?,
        Value::Array(spans) => spans.clone(),
        _ => return None,
    };
    let starts: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
    let at = |span: &Value, key: &str| -> Option<usize> {
        let place = span.get(key)?;
        let place = place.as_u64().or_else(|| place.as_str()?.parse().ok())?;
        starts.get(usize::try_from(place).ok()?).copied()
    };
    let cut = |span: &Value| text.get(at(span, "start")?..at(span, "end")?).map(str::to_owned);
    Some(spans.iter().filter_map(cut).collect())
}

/// Removes the marks `{{cite:...}}` and the like that stand for removed text.
fn without_marks(text: &str) -> String {
    let mut kept = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("{{") {
        let Some(end) = rest[at..].find("}}").map(|end| at + end + 2) else { break };
        let is_mark =
            rest[at + 2..end].split_once(':').is_some_and(|(kind, _)| kind.bytes().all(|b| b.is_ascii_lowercase()));
        kept.push_str(if is_mark { &rest[..at] } else { &rest[..end] });
        rest = &rest[end..];
    }
    kept + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_cut() {
        assert_eq!(without_marks("As {{cite:ab12}} shows, {{formula:9-x}} holds."), "As  shows,  holds.");
        assert_eq!(without_marks("A {{set}} stays, {{ too"), "A {{set}} stays, {{ too");
    }
}
