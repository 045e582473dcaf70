//! Finds the free text of forms without a known text field.

use serde_json::Value;

use super::entry::real_text;
use super::openreview_fields::{Content, FREE_TEXT};

/// Minimum number of words of free text; fewer are a title, an answer or a choice.
const MIN_WORDS: usize = 10;
/// Words in the names of fields that hold no free text, however long: of the submission, choices, and declarations.
const NOT_TEXT: [&str; 42] = [
    "title",
    "tldr",
    "tl;dr",
    "keyword",
    "keywords",
    "abstract",
    "author",
    "authors",
    "authorids",
    "pdf",
    "url",
    "link",
    "email",
    "affiliation",
    "attachment",
    "venue",
    "venueid",
    "bibtex",
    "area",
    "areas",
    "track",
    "rating",
    "score",
    "grade",
    "rank",
    "confidence",
    "recommendation",
    "expertise",
    "flag",
    "code",
    "conduct",
    "ethics",
    "ethical",
    "policy",
    "license",
    "consent",
    "certify",
    "certification",
    "agreement",
    "acknowledgement",
    "acknowledgment",
    "compliance",
];
/// Beginnings of ticked boxes, in lower case.
const DECLARATIONS: [&str; 7] =
    ["i agree", "i certify", "i acknowledge", "i confirm", "i declare", "i have read", "yes, i "];

/// Returns the free text of a note whose form has no known text field, by the names of the fields.
pub(super) fn unlisted<'v>(content: &Content<'v>) -> Vec<(String, &'v str)> {
    // The last known one is a submission's.
    let known = &FREE_TEXT[..FREE_TEXT.len() - 1];
    if content.names().any(|name| known.contains(&name)) {
        return Vec::new();
    }
    let text = |name: &str| content.get(name).and_then(Value::as_str).and_then(real_text);
    let names = content.names().filter(|name| !is_other(name));
    let mut fields: Vec<(String, &str)> =
        names.filter_map(|name| Some((name.to_owned(), text(name)?))).filter(|(_, text)| is_free(text)).collect();
    fields.sort_unstable();
    fields.dedup();
    fields
}

fn is_other(name: &str) -> bool {
    name.split(|c: char| c.is_whitespace() || matches!(c, '_' | '-' | '.' | ',')).any(|word| NOT_TEXT.contains(&word))
}

/// Returns whether a text was written freely, rather than chosen or ticked.
fn is_free(text: &str) -> bool {
    let after_number = text.trim_start_matches(|c: char| c.is_ascii_digit());
    let is_choice =
        after_number.len() < text.len() && after_number.trim_start().starts_with([':', '=', '-', '\u{2013}']);
    let start: String = text.chars().take(20).collect::<String>().to_lowercase();
    let is_declared = DECLARATIONS.iter().any(|declaration| start.starts_with(declaration));
    !is_choice && !is_declared && text.split_whitespace().nth(MIN_WORDS - 1).is_some()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    const KITE: &str = "The kite of this paper flies in weak wind and lands on its own.";

    fn names(content: Value) -> Vec<String> {
        let content = content.as_object().unwrap();
        unlisted(&Content::of_content(content)).into_iter().map(|(name, _)| name).collect()
    }

    #[test]
    fn written_fields_are_told_from_chosen_and_ticked_ones() {
        let content = json!({
            "What is good": KITE, "evaluation": KITE, "title": KITE, "paper_title": KITE, "Overall Rating": KITE,
            "presentation": "3: The paper is written well, but some of its figures are too small.",
            "soundness": "4 = All claims are proven, and I have checked every one of the proofs.",
            "box": "I certify that I have written this without the help of anybody or anything else.",
            "code_of_conduct": KITE, "short": "It flies.", "list": [KITE], "number": 7, "filler": "N/A"
        });
        assert_eq!(names(content), ["evaluation", "what_is_good"]);
        assert_eq!(
            names(json!({ "steps": format!("1. {KITE}"), "points": format!("2) {KITE}") })),
            ["points", "steps"]
        );
    }

    #[test]
    fn a_form_with_a_known_field_is_read_by_it_alone_even_where_it_is_empty() {
        assert!(names(json!({ "summary": "N/A", "evaluation": KITE })).is_empty());
        assert_eq!(names(json!({ "abstract": KITE, "evaluation": KITE })), ["evaluation"]);
    }
}
