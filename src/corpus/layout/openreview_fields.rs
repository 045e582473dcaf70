//! The fields of OpenReview's forms: which are free text, and where a note keeps them.

use serde_json::Value;

use super::object::Object;

/// Free-text fields of the venues' forms, in the order in which they are joined. Everything else in a note (titles, ratings
/// and their explanations, ticked boxes) is not text. Names are in lower case, with `_` for spaces.
pub(super) const FREE_TEXT: [&str; 75] = [
    // What the submission says.
    "summary",
    "summary_of_the_paper",
    "summary_of_paper",
    "paper_summary",
    "summary_of_contributions",
    "summary_and_contributions",
    "paper_topic_and_main_contributions",
    "brief_summary",
    // What is good and bad about it.
    "strengths",
    "strength",
    "strengths_and_weaknesses",
    "strength_and_weaknesses",
    "strengths_and_weakness",
    "strength_and_weakness",
    "summary_of_strengths",
    "reasons_to_accept",
    "pros",
    "weaknesses",
    "weakness",
    "summary_of_weaknesses",
    "reasons_to_reject",
    "cons",
    "other_strengths_and_weaknesses",
    // The review as a whole, in older and plainer forms.
    "review",
    "main_review",
    "detailed_review",
    "detailed_comments",
    "official_review",
    // Single aspects.
    "claims_and_evidence",
    "methods_and_evaluation_criteria",
    "theoretical_claims",
    "experimental_designs_or_analyses",
    "supplementary_material_review",
    ATTACHMENT,
    "relation_to_broader_scientific_literature",
    "essential_references_not_discussed",
    "clarity,_quality,_novelty_and_reproducibility",
    "clarity_quality_novelty_and_reproducibility",
    "correctness_justification",
    "relation_to_prior_work",
    "additional_feedback",
    "missing_references",
    "typos_grammar_style_and_presentation_improvements",
    // Questions.
    "questions",
    "questions_for_authors",
    "questions_for_the_authors",
    "questions_to_authors",
    "questions_to_address_in_the_rebuttal",
    "comments,_suggestions_and_typos",
    "comments_suggestions_and_typos",
    "comments_and_suggestions",
    "requested_changes",
    "other_comments_or_suggestions",
    "additional_comments",
    "minor_comments",
    // Limits.
    "limitations",
    "limitations_and_societal_impact",
    "limitations_and_social_impact",
    "broader_impact",
    "broader_impact_concerns",
    "societal_impact",
    // How it ends.
    "summary_of_the_review",
    "summary_of_review",
    "justification",
    "justification_of_rating",
    "final_justification",
    // Notes of other kinds.
    "metareview",
    "meta_review",
    "justification_for_why_not_higher_score",
    "justification_for_why_not_lower_score",
    "additional_comments_on_reviewer_discussion",
    "rebuttal",
    "comment",
    "response",
    // Of a submission alone.
    "abstract",
];

/// A field that holds the path of an attachment in most forms, and the reviewer's words about it in some.
pub(super) const ATTACHMENT: &str = "supplementary_material";

/// Fields that a script has put beside a review, and its reviewer did not write.
pub(super) const OF_OTHERS: [&str; 4] = ["metareview", "meta_review", "rebuttal", "response"];

/// Names of free text that other records have too.
const COMMON: [&str; 14] = [
    "summary",
    "abstract",
    "review",
    "comment",
    "response",
    "questions",
    "limitations",
    "justification",
    "rebuttal",
    "pros",
    "cons",
    "strength",
    "weakness",
    ATTACHMENT,
];

/// Returns whether a record is a filled form: fields of free text with `value`, or two that only forms have.
pub(super) fn has_form(record: &Object) -> bool {
    let is_text = |value: &&Value| value.as_str().is_some_and(|text| text.contains(char::is_whitespace));
    let named = |name: &String| FREE_TEXT.contains(&normal(name).as_str());
    let has_value = |value: &Value| value.get("value").filter(is_text).is_some();
    let of_form = |(name, value): &(&String, &Value)| {
        value.is_string() && named(name) && !COMMON.contains(&normal(name).as_str())
    };
    record.iter().any(|(name, value)| has_value(value) && named(name)) || record.iter().filter(of_form).count() >= 2
}

/// Returns whether a field is a box of the first forms, one answer of a few, whatever its text.
pub(super) fn is_box(name: &str) -> bool {
    name == "experience_assessment" || name.starts_with("review_assessment:")
}

/// Fields with the rating, in order of preference.
pub(super) const RATING: [&str; 9] = [
    "rating",
    "recommendation",
    "overall",
    "overall_rating",
    "overall_recommendation",
    "overall_assessment",
    "overall_score",
    "overall_evaluation",
    "review_rating",
];
/// Fields with the reviewer's confidence.
pub(super) const CONFIDENCE: [&str; 3] = ["confidence", "reviewer_confidence", "your_confidence"];

/// The fields of a note, by names in lower case with `_` for spaces.
pub(super) struct Content<'v>(Vec<(String, &'v Value)>);

impl<'v> Content<'v> {
    /// Reads the fields of a note: below `content`, with or without `.value`, or in keys with dots.
    pub(super) fn of_note(note: &'v Object) -> Self {
        let nested = note.get("content").and_then(Value::as_object).into_iter().flatten();
        let nested = nested.map(|(name, value)| (name.as_str(), value));
        let dotted = note.iter().filter_map(|(name, value)| Some((name.strip_prefix("content.")?, value)));
        let dotted = dotted.map(|(name, value)| (name.strip_suffix(".value").unwrap_or(name), value));
        Self(nested.chain(dotted).filter_map(|(name, value)| Some((normal(name), bare(value)?))).collect())
    }

    /// Reads the fields of an object that is itself the content of a note.
    pub(super) fn of_content(content: &'v Object) -> Self {
        Self(content.iter().filter_map(|(name, value)| Some((normal(name), bare(value)?))).collect())
    }

    /// Reads the fields of such an object that surely belong to a form, or the others: a form's have a `value`.
    pub(super) fn of_form(content: &'v Object, is_sure: bool) -> Self {
        let fields = content.iter().filter(|(_, value)| value.is_object() == is_sure);
        Self(fields.filter_map(|(name, value)| Some((normal(name), bare(value)?))).collect())
    }

    pub(super) fn get(&self, name: &str) -> Option<&'v Value> {
        self.0.iter().find(|(known, _)| known == name).map(|(_, value)| *value)
    }

    /// Returns the names of the fields that may be read.
    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(|(name, _)| name.as_str())
    }

    /// Returns whether it is a meta-review: it has the text of one, and of no review.
    pub(super) fn is_meta_review(&self) -> bool {
        let has_meta = self.text("metareview").or_else(|| self.text("meta_review")).is_some();
        has_meta
            && !["review", "strengths", "weaknesses", "strengths_and_weaknesses"]
                .iter()
                .any(|name| self.text(name).is_some())
    }

    /// Returns the text of a field, if it has any.
    pub(super) fn text(&self, name: &str) -> Option<&'v str> {
        self.get(name).and_then(Value::as_str).filter(|text| !text.trim().is_empty())
    }

    /// Returns the number that the first of these fields begins with, as in "6: Weak Accept".
    pub(super) fn number(&self, names: &[&str]) -> Option<String> {
        names.iter().find_map(|name| self.get(name)).and_then(leading_number)
    }
}

fn normal(name: &str) -> String {
    name.trim().to_lowercase().replace(' ', "_")
}

/// Unwraps a field: in API 1 it is its value; in API 2 the value is under `value`, or missing if not everybody may read it.
fn bare(value: &Value) -> Option<&Value> {
    match value {
        Value::Object(field) => field.get("value"),
        other => Some(other),
    }
}

/// Returns the number at the start of a value.
pub(super) fn leading_number(value: &Value) -> Option<String> {
    let text = match value {
        Value::Number(number) => return Some(plain(&number.to_string())),
        Value::String(text) => text.trim(),
        _ => return None,
    };
    let is_part = |(at, c): &(usize, char)| c.is_ascii_digit() || *c == '.' || (*at == 0 && *c == '-');
    let end = text.char_indices().take_while(is_part).count();
    // "3rd" is no number, and "10%" none either.
    let is_apart = !text[end..].starts_with(|c: char| c.is_alphanumeric() || c == '%');
    let number = text[..end].trim_end_matches('.');
    (is_apart && number.parse::<f64>().is_ok()).then(|| plain(number))
}

/// Shortens "6.0" to "6".
fn plain(number: &str) -> String {
    number.strip_suffix(".0").unwrap_or(number).to_owned()
}

/// Returns a key of an object, or a field of the note that it is.
pub(super) fn lookup<'v>(object: &'v Object, name: &str) -> Option<&'v Value> {
    if let Some(value) = object.get(name) {
        return Some(value);
    }
    let name = name.strip_prefix("content.").unwrap_or(name);
    if let Some(content) = object.get("content").and_then(Value::as_object) {
        return content.get(name).map(|value| bare(value).unwrap_or(&Value::Null));
    }
    object.get(&format!("content.{name}")).or_else(|| object.get(&format!("content.{name}.value")))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn numbers_stand_at_the_start() {
        for (value, expected) in [
            (json!("6: Weak Accept"), Some("6")),
            (json!(7), Some("7")),
            (json!(3.5), Some("3.5")),
            (json!(4.0), Some("4")),
            (json!("3 good"), Some("3")),
            (json!("-1"), Some("-1")),
            (json!("Accept"), None),
            (json!("3rd"), None),
            (json!("Top 5%"), None),
            (json!("5% of papers"), None),
            (json!(null), None),
        ] {
            assert_eq!(leading_number(&value).as_deref(), expected, "{value}");
        }
    }

    #[test]
    fn free_text_names_are_normal_and_differ() {
        for (place, name) in FREE_TEXT.iter().enumerate() {
            assert_eq!(normal(name), *name);
            assert!(!FREE_TEXT[..place].contains(name), "{name}");
        }
    }
}
