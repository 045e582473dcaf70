//! Works as OpenAlex gives them: the abstract is an index from its words to their positions.

use serde_json::Value;

use super::entry::{Entry, Item, real_text};
use super::object::Object;
use crate::corpus::Layout;
use crate::corpus::row::shown;

/// The key of the index.
const INDEX: &str = "abstract_inverted_index";
/// Prefixes of ids and DOIs.
const ID: &str = "https://openalex.org/";
const DOI: &str = "https://doi.org/";

/// Returns the layout, if the first record is a work.
pub(super) fn recognise(row: &Object) -> Option<Layout> {
    let index = row.get(INDEX)?;
    let is_index = |index: &Object| index.values().all(Value::is_array);
    (index.is_null() || index.as_object().is_some_and(is_index)).then_some(Layout::OpenAlex)
}

/// Returns a work: its abstract, with the day of its publication.
pub(super) fn item(row: &Object) -> Item<'_> {
    let get = |key: &str| row.get(key).and_then(shown);
    let text = row.get(INDEX).and_then(Value::as_object).map(in_order).unwrap_or_default();
    let parts = real_text(&text).map(|text| (0, text.to_owned().into())).into_iter().collect();
    let date = get("publication_date");
    let year = get("publication_year").or_else(|| date.as_deref()?.get(..4).map(str::to_owned));
    let columns = vec![
        ("date", date),
        ("year", year),
        ("venue", venue(row)),
        ("category", category(row)),
        ("doi", get("doi").map(|doi| doi.trim_start_matches(DOI).to_owned())),
    ];
    let id = get("id").map(|id| id.trim_start_matches(ID).to_owned());
    Item::Entry(Entry { version: None, unlisted: vec![], unread: vec![], id, parts, columns, scopes: vec![row] })
}

/// Puts the words in the order of their positions.
fn in_order(index: &Object) -> String {
    let places = index.iter().flat_map(|(word, places)| {
        let places = places.as_array().into_iter().flatten().filter_map(Value::as_u64);
        places.map(move |place| (place, word.as_str()))
    });
    let mut words: Vec<(u64, &str)> = places.collect();
    words.sort_unstable();
    let words: Vec<&str> = words.into_iter().map(|(_, word)| word).collect();
    match words.split_first() {
        Some((heading, rest)) if is_heading(heading, rest) => format!("{heading}\n\n{}", rest.join(" ")),
        _ => words.join(" "),
    }
}

/// Returns whether the first word is the heading `Abstract`, and no part of the sentence after it.
fn is_heading(first: &str, rest: &[&str]) -> bool {
    let is_capital = rest.first().is_some_and(|next| next.starts_with(char::is_uppercase));
    is_capital && first.trim_end_matches([':', '.']).eq_ignore_ascii_case("abstract")
}

fn venue(row: &Object) -> Option<String> {
    let source = row.get("primary_location").and_then(|place| place.get("source"));
    source.or_else(|| row.get("host_venue"))?.get("display_name").and_then(shown)
}

fn category(row: &Object) -> Option<String> {
    let topic = row.get("primary_topic").filter(|topic| topic.is_object());
    topic.or_else(|| row.get("concepts")?.as_array()?.first())?.get("display_name").and_then(shown)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_stand_where_their_places_say() {
        let index =
            serde_json::json!({"flies.": [2, 5], "A": [0], "kite": [1, 4], "The": [3], "": [9], "odd": ["x", -1]});
        assert_eq!(in_order(index.as_object().unwrap()).trim(), "A kite flies. The kite flies.");
        for (first, expected) in
            [("Abstract", "Abstract\n\nThe wind"), ("ABSTRACT:", "ABSTRACT:\n\nThe wind"), ("In", "In The wind")]
        {
            let index = serde_json::json!({first: [0], "The": [1], "wind": [2]});
            assert_eq!(in_order(index.as_object().unwrap()), expected);
        }
        let index = serde_json::json!({"Abstract": [0], "kites": [1]});
        assert_eq!(in_order(index.as_object().unwrap()), "Abstract kites");
    }
}
