//! arXiv's metadata, as the snapshot on Kaggle has it, a paper a row, and as arxiv-public-datasets has it.

use serde_json::Value;

use super::{Entry, Item, Object, real_text};
use crate::corpus::Layout;
use crate::corpus::date::span;
use crate::corpus::row::shown;

/// The days of the versions, where they are apart from their names.
const DATES: &str = "versions_dates";

/// The layout, if the first record is a paper's metadata.
pub(super) fn recognise(row: &Object) -> Option<Layout> {
    let has_dates = row.get(DATES).is_some_and(Value::is_array);
    let is_version = |version: &Value| version.get("created").is_some() || (version.is_string() && has_dates);
    let is_version = |versions: &Value| versions.as_array().is_some_and(|all| all.iter().all(is_version));
    let is_paper = row.get("abstract").is_some_and(Value::is_string)
        && row.contains_key("categories")
        && row.get("versions").is_some_and(is_version);
    is_paper.then_some(Layout::Arxiv)
}

/// A paper: its abstract, with the day of its first version.
pub(super) fn item(row: &Object) -> Item<'_> {
    let id = row.get("id").and_then(shown);
    let date = created(row);
    let year = date.as_deref().and_then(|date| date.get(..4)).map(str::to_owned);
    let text = row.get("abstract").and_then(Value::as_str).map(unwrapped).unwrap_or_default();
    let parts = real_text(&text).map(|text| (0, text.to_owned().into())).into_iter().collect();
    let columns = vec![("date", date), ("year", year), ("category", category(row))];
    Item::Entry(Entry { version: None, unlisted: vec![], id, parts, columns, scopes: vec![row] })
}

/// The day of the first version. `update_date` is that of the last change, which may be the archive's own.
pub(super) fn created(paper: &Object) -> Option<String> {
    let first = |key: &str| paper.get(key)?.as_array()?.first();
    let first = first("versions").and_then(|version| version.get("created")).or_else(|| first(DATES))?.as_str()?;
    span(first).filter(|span| span.first == span.last).map(|span| span.first.to_string())
}

/// The first of the categories, which is the primary one.
fn category(paper: &Object) -> Option<String> {
    let first = match paper.get("categories")? {
        Value::Array(all) => all.first()?.as_str()?,
        other => other.as_str()?,
    };
    first.split([' ', ',']).find(|part| !part.is_empty()).map(str::to_owned)
}

/// Lines joined to paragraphs; one begins after a blank line, and where a line is indented.
pub(in crate::corpus) fn unwrapped(text: &str) -> String {
    let mut joined = String::with_capacity(text.len());
    let mut after_blank = false;
    for line in text.trim().lines() {
        if line.trim().is_empty() {
            after_blank = true;
            continue;
        }
        if !joined.is_empty() {
            joined.push_str(if after_blank || line.starts_with("  ") { "\n\n" } else { " " });
        }
        joined.push_str(line.trim());
        after_blank = false;
    }
    joined
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hard_wrapped_lines_are_joined_to_paragraphs() {
        assert_eq!(
            unwrapped("  We study\nkites and\n1. not a list\n  A second part\nends.\n"),
            "We study kites and 1. not a list\n\nA second part ends."
        );
        assert_eq!(unwrapped("One.\n\nTwo.\n"), "One.\n\nTwo.");
        assert_eq!(unwrapped(" \n"), "");
    }
}
