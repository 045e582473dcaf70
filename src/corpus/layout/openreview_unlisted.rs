//! Finds the free text of a form outside of its known text fields.

use serde_json::Value;

use super::entry::real_text;
use super::openreview_fields::{Content, FREE_TEXT, is_box};
use crate::corpus::names::is_confidential_name;

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
const DECLARATIONS: [&str; 10] = [
    "i agree",
    "i certify",
    "i acknowledge",
    "i confirm",
    "i declare",
    "i understand",
    "i have read",
    "i did not use",
    "yes, i ",
    "no, i ",
];

/// Returns the free text of a note outside of the known text fields, by the names of the fields.
pub(super) fn unlisted<'v>(content: &Content<'v>) -> Vec<(String, &'v str)> {
    // The last known one is a submission's, and is no text of a review.
    let text = |name: &str| content.get(name).and_then(Value::as_str).and_then(real_text);
    let names = content.names().filter(|name| !FREE_TEXT.contains(name) && !is_other(name));
    let mut fields: Vec<(String, &str)> =
        names.filter_map(|name| Some((name.to_owned(), text(name)?))).filter(|(_, text)| is_free(text)).collect();
    fields.sort_unstable();
    fields.dedup();
    fields
}

/// Returns whether a field of this name holds something else than what its writer says about the paper.
fn is_other(name: &str) -> bool {
    let mut words = name.split(|c: char| c.is_whitespace() || matches!(c, '_' | '-' | '.' | ','));
    // "Comments to authors" are not about authors.
    let is_about =
        words.by_ref().take_while(|word| !matches!(*word, "for" | "to")).any(|word| NOT_TEXT.contains(&word));
    is_about || is_box(name) || is_confidential_name(name)
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
    fn fields_beside_known_ones_are_read_by_the_same_rules() {
        let content = json!({
            "summary": KITE, "strengths": "N/A", "abstract": KITE, "evaluation": KITE, "comments to authors": KITE,
            "Confidential comments": KITE, "note_to_area_chairs": KITE, "reviewer_expertise": KITE,
            "significance": "8: Top 50% of accepted papers, clear accept, and well above the threshold",
            "ethics_details": KITE, "code_of_conduct": KITE, "experience_assessment": KITE,
            "review_assessment:_checking": KITE, "llm": "I did not use a language model for any part of this review."
        });
        assert_eq!(names(content), ["comments_to_authors", "evaluation"]);
    }
}
