//! arXiv's metadata, as the snapshot on Kaggle has it, a paper a row, and as arxiv-public-datasets has it.

use serde_json::Value;

use super::entry::{Entry, Item, real_text};
use super::object::Object;
use crate::corpus::Layout;
use crate::corpus::date::span;
use crate::corpus::row::shown;
use crate::corpus::wrapped::unwrapped;

/// The key of the dates of versions, if they are separate from their names.
const DATES: &str = "versions_dates";

/// Returns the layout, if the first record is a paper's metadata.
pub(super) fn recognise(row: &Object) -> Option<Layout> {
    let has_dates = row.get(DATES).is_some_and(Value::is_array);
    let is_version = |version: &Value| version.get("created").is_some() || (version.is_string() && has_dates);
    let is_version = |versions: &Value| versions.as_array().is_some_and(|all| all.iter().all(is_version));
    let is_paper = row.get("abstract").is_some_and(Value::is_string)
        && row.contains_key("categories")
        && row.get("versions").is_some_and(is_version);
    is_paper.then_some(Layout::Arxiv)
}

/// Returns a paper: its abstract, with the day of its first version.
pub(super) fn item(row: &Object) -> Item<'_> {
    let id = row.get("id").and_then(shown);
    let date = created(row);
    let year = date.as_deref().and_then(|date| date.get(..4)).map(str::to_owned);
    let text = row.get("abstract").and_then(Value::as_str).map(unwrapped).unwrap_or_default();
    let parts = real_text(&text).map(|text| (0, text.to_owned().into())).into_iter().collect();
    let columns = vec![("date", date), ("year", year), ("category", category(row))];
    Item::Entry(Entry { version: None, unlisted: vec![], unread: vec![], id, parts, columns, scopes: vec![row] })
}

/// Returns the day of the first version. `update_date` is that of the last change, which may be the archive's own.
pub(super) fn created(paper: &Object) -> Option<String> {
    let first = |key: &str| paper.get(key)?.as_array()?.first();
    let first = first("versions").and_then(|version| version.get("created")).or_else(|| first(DATES))?.as_str()?;
    span(first).filter(|span| span.first == span.last).map(|span| span.first.to_string())
}

/// Returns the first of the categories, which is the primary one.
fn category(paper: &Object) -> Option<String> {
    let first = match paper.get("categories")? {
        Value::Array(all) => all.first()?.as_str()?,
        other => other.as_str()?,
    };
    first.split([' ', ',']).find(|part| !part.is_empty()).map(str::to_owned)
}
