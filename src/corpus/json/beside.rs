//! Looks for records with text beside the array that is read of a page.

use serde_json::value::RawValue;

use super::position::Position;
use super::row::{entries, row};
use crate::corpus::names::is_other_name;
use crate::corpus::sampled::SampledColumns;

/// Maximum number of records that are looked at.
const LOOKED_AT: usize = 20;
/// Maximum length of a nested value that is looked into, in bytes.
const MAX_NESTED: usize = 64 << 10;

/// Returns the path of a list of objects in a page, at any depth of objects, that has a column of prose.
pub(super) fn list_with_text(page: &str) -> Option<String> {
    let entries = entries(page, |_| true).ok()?;
    entries.iter().find_map(|(name, raw)| match raw.get().bytes().next() {
        Some(b'[') => has_text(raw.get()).then(|| name.to_string()),
        Some(b'{') => list_with_text(raw.get()).map(|inner| format!("{name}.{inner}")),
        _ => None,
    })
}

fn has_text(list: &str) -> bool {
    let records: Vec<&RawValue> = serde_json::from_str(list).unwrap_or_default();
    let records = records.iter().take(LOOKED_AT).filter(|record| record.get().starts_with('{'));
    let rows = records.filter_map(|record| row(record.get(), Position::START, MAX_NESTED, |_| true).ok());
    let rows: Vec<_> = rows.map(|(row, _)| row).collect();
    let columns = SampledColumns::of(rows.iter());
    let mut all = columns.columns.iter().chain(&columns.paths);
    all.any(|column| column.values.is_prose() && !is_other_name(&column.name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_of_texts_are_told_from_what_is_about_the_page() {
        let text = "The kite of this paper flies in weak wind. It lands on its own.";
        let reviews = format!(r#"{{"papers":null,"more":{{"reviews":[{{"id":1,"said":"{text}"}}]}}}}"#);
        assert_eq!(list_with_text(&reviews).as_deref(), Some("more.reviews"));
        for page in [
            r#"{"rows":null,"features":[{"name":"text","type":{"dtype":"string"}}],"total":6}"#,
            r#"{"notes":null,"links":[{"title":"The kite of this paper flies in weak wind and lands on its own, it seems."}]}"#,
            r#"{"items":null,"tags":["The kite flies."]}"#,
            "[",
        ] {
            assert_eq!(list_with_text(page), None, "{page}");
        }
    }
}
