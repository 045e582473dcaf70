//! Works as Crossref gives them, and CSL JSON: dates in parts, abstracts in JATS.

use serde_json::Value;

use super::entry::{Entry, Item, real_text};
use super::object::Object;
use crate::corpus::Layout;
use crate::corpus::row::shown;
use crate::corpus::xml::jats_fragment;

/// Keys of the day of publication, in order of preference; the first is the earliest day if Crossref gives it.
const DATES: [&str; 6] = ["published", "published-online", "published-print", "posted", "issued", "created"];
const PARTS: &str = "date-parts";

/// Returns the layout, if the first record is a work.
pub(super) fn recognise(row: &Object) -> Option<Layout> {
    let has_parts = DATES.iter().any(|name| row.get(*name).is_some_and(|date| date.get(PARTS).is_some()));
    let is_work = ["DOI", "container-title", "type", "title"].iter().any(|name| row.contains_key(*name));
    let has_jats = row.contains_key("DOI")
        && row.get("abstract").and_then(Value::as_str).is_some_and(|text| text.contains("<jats:"));
    ((has_parts && is_work) || has_jats).then_some(Layout::Crossref)
}

/// Returns a work: its abstract, with the day of its publication.
pub(super) fn item(row: &Object) -> Item<'_> {
    let get = |key: &str| row.get(key).and_then(first);
    let text = row.get("abstract").and_then(Value::as_str).map(without_jats).unwrap_or_default();
    let parts = real_text(&text).map(|text| (0, text.to_owned().into())).into_iter().collect();
    let date = DATES.iter().find_map(|name| day(row.get(*name)?));
    let year = date.as_deref().and_then(|date| date.get(..4)).map(str::to_owned);
    let columns = vec![
        ("date", date),
        ("year", year),
        ("venue", get("container-title").or_else(|| get("group-title"))),
        ("category", get("subject")),
        ("doi", get("DOI")),
    ];
    let id = get("id").or_else(|| get("DOI"));
    Item::Entry(Entry { version: None, unlisted: vec![], unread: vec![], id, parts, columns, scopes: vec![row] })
}

/// Extracts text from JATS; anything else, and JATS that is not well-formed, is left for prose to judge.
fn without_jats(text: &str) -> String {
    if !text.contains("<jats:") && !text.contains("<p>") {
        return text.to_owned();
    }
    jats_fragment(text).unwrap_or_else(|| text.to_owned())
}

/// Returns a day as "2021-03-05", or as much of it as there is.
fn day(date: &Value) -> Option<String> {
    let parts = date.get(PARTS)?.as_array()?.first()?.as_array()?;
    let part = |at: usize| {
        let part = parts.get(at)?;
        part.as_u64().or_else(|| part.as_str()?.parse().ok())
    };
    let year = part(0).filter(|year| (1000..10_000).contains(year))?;
    Some(match (part(1).filter(|month| (1..=12).contains(month)), part(2).filter(|day| (1..=31).contains(day))) {
        (Some(month), Some(day)) => format!("{year}-{month:02}-{day:02}"),
        (Some(month), None) => format!("{year}-{month:02}"),
        _ => year.to_string(),
    })
}

/// Returns a value, or the first of several.
fn first(value: &Value) -> Option<String> {
    match value {
        Value::Array(all) => all.first().and_then(shown),
        value => shown(value),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn abstracts_lose_their_headings_and_tags() {
        for (text, expected) in [
            (
                "<jats:title>Abstract</jats:title><jats:sec><jats:title>Aim</jats:title><jats:p>We <jats:italic>fly</jats:italic>.\
                 </jats:p></jats:sec><jats:p>It lands &amp; more.</jats:p>",
                "We fly.\n\nIt lands & more.",
            ),
            ("<p>We fly.</p>", "We fly."),
            ("We fly.", "We fly."),
            ("<jats:p>We fly & land.", "<jats:p>We fly & land."),
        ] {
            assert_eq!(without_jats(text), expected);
        }
    }

    #[test]
    fn dates_have_as_many_parts_as_are_given() {
        for (parts, expected) in [
            (serde_json::json!([[2021, 3, 5]]), Some("2021-03-05")),
            (serde_json::json!([["2021", "3"]]), Some("2021-03")),
            (serde_json::json!([[2021]]), Some("2021")),
            (serde_json::json!([[null]]), None),
            (serde_json::json!([]), None),
        ] {
            assert_eq!(day(&serde_json::json!({ "date-parts": parts })).as_deref(), expected);
        }
    }
}
