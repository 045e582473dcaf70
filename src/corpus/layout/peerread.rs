//! PeerRead: a paper with its reviews, among which are decisions and discussion.

use std::collections::BTreeSet;

use serde_json::Value;

use super::entry::{Entry, Item, real_text, unwanted};
use super::object::Object;
use super::openreview_fields::leading_number;
use crate::corpus::context::Context;
use crate::corpus::date::span;
use crate::corpus::{Layout, NoteChoice, NoteKind, Skipped};

/// Lines with which the forms of these corpora head the parts of a review, in lower case, without marks around them.
const HEADINGS: [&str; 25] = [
    "summary",
    "strengths",
    "weaknesses",
    "strengths and weaknesses",
    "questions",
    "limitations",
    "decision",
    "comment",
    "comments",
    "review",
    "main review",
    "metareview",
    "meta review",
    "meta-review",
    "rebuttal",
    "general discussion",
    "clarity",
    "originality",
    "significance",
    "quality",
    "confidence",
    "rating",
    "summary of the review",
    "summary of the paper",
    "title",
];
/// Names of the fields of a review that become the columns for rating and confidence.
const RATING: [&str; 2] = ["recommendation", "rating"];
const CONFIDENCE: [&str; 2] = ["reviewer_confidence", "confidence"];

/// Returns the layout, if the first record is a paper with reviews, unless the text asked for is the paper's own.
pub(super) fn recognise(row: &Object, text_fields: &[String]) -> Option<Layout> {
    if parsed(row).is_some() {
        return Some(Layout::PeerRead);
    }
    let reviews = row.get("reviews")?.as_array()?;
    let is_review = |review: &Value| review.get("comments").is_some_and(|text| text.is_string() || text.is_null());
    let of_paper = |name: &String| row.get(name).is_some_and(Value::is_string);
    let is_asked_for_paper = !text_fields.is_empty() && text_fields.iter().all(of_paper);
    (reviews.iter().all(is_review) && row.contains_key("title") && !is_asked_for_paper).then_some(Layout::PeerRead)
}

/// Returns the sections of a parsed paper, which lies beside the reviews as a file of its own.
fn parsed(row: &Object) -> Option<&Vec<Value>> {
    row.get("name")?.as_str()?;
    row.get("metadata")?.get("sections")?.as_array()
}

/// Returns a parsed paper, which is a submission.
fn submission<'v>(paper: &'v Object, sections: &'v [Value], wanted: NoteChoice) -> Item<'v> {
    if let Some(reason) = unwanted(NoteKind::Submission, wanted) {
        return Item::Skipped(reason);
    }
    let texts = sections.iter().filter_map(|section| real_text(section.get("text")?.as_str()?));
    let text = texts.collect::<Vec<_>>().join("\n\n");
    let year = paper.get("metadata").and_then(|metadata| metadata.get("year")).and_then(leading_number);
    let columns = vec![("year", year), ("note_kind", Some(NoteKind::Submission.name().to_owned()))];
    let id = paper.get("name").and_then(Value::as_str).map(str::to_owned);
    let parts = if text.is_empty() { Vec::new() } else { vec![(0, text.into())] };
    Item::Entry(Entry { version: None, unlisted: vec![], unread: vec![], id, parts, columns, scopes: vec![paper] })
}

/// Returns the reviews of a paper.
pub(super) fn items<'v>(paper: &'v Object, wanted: NoteChoice, context: &Context) -> Vec<Item<'v>> {
    if let Some(sections) = parsed(paper) {
        return vec![submission(paper, sections, wanted)];
    }
    let reviews = paper.get("reviews").and_then(Value::as_array).into_iter().flatten();
    let paper_id = match paper.get("id") {
        Some(Value::String(id)) => Some(id.clone()),
        Some(Value::Number(id)) => Some(id.to_string()),
        _ => context.input.name().split('.').next().map(str::to_owned),
    };
    let mut texts: BTreeSet<&str> = BTreeSet::new();
    let mut items = Vec::new();
    for (number, review) in reviews.filter_map(Value::as_object).enumerate() {
        let comments = review.get("comments").and_then(Value::as_str).unwrap_or_default();
        let kind = kind(review);
        // Some years of PeerRead have each review twice, once without its ratings.
        let is_copy = !comments.trim().is_empty() && !texts.insert(comments.trim());
        items.push(match unwanted(kind, wanted) {
            Some(reason) => Item::Skipped(reason),
            None if is_copy => Item::Skipped(Skipped::Duplicate),
            None => Item::Entry(entry(paper, review, kind, paper_id.as_deref(), number)),
        });
    }
    items
}

fn entry<'v>(
    paper: &'v Object,
    review: &'v Object,
    kind: NoteKind,
    paper_id: Option<&str>,
    number: usize,
) -> Entry<'v> {
    let (venue, year) = venue_and_year(paper);
    let date = ["date", "created", "time"].iter().find_map(|name| field(review, name)).and_then(Value::as_str);
    let date = date.and_then(span).filter(|span| span.first == span.last).map(|span| span.first.to_string());
    let year = year.or_else(|| date.as_deref().and_then(|date| date.get(..4)).map(str::to_owned));
    let graded = |names: &[&str]| names.iter().find_map(|name| field(review, name)).and_then(leading_number);
    let columns = vec![
        ("venue", venue),
        ("year", year),
        ("date", date),
        ("rating", graded(&RATING)),
        ("confidence", graded(&CONFIDENCE)),
        ("forum", paper_id.map(str::to_owned)),
        ("note_kind", Some(kind.name().to_owned())),
    ];
    let text = without_headings(review.get("comments").and_then(Value::as_str).unwrap_or_default());
    let parts = if text.is_empty() { Vec::new() } else { vec![(0, text.into())] };
    let id = paper_id.map(|id| format!("{id}#{}", number + 1));
    Entry { version: None, unlisted: vec![], unread: vec![], id, parts, columns, scopes: vec![review, paper] }
}

/// Returns a review's field; its name is in upper case in most of these files.
fn field<'v>(review: &'v Object, name: &str) -> Option<&'v Value> {
    let found = review.iter().find(|(key, _)| key.eq_ignore_ascii_case(name));
    found.map(|(_, value)| value).filter(|value| !value.is_null())
}

fn kind(review: &Object) -> NoteKind {
    let title = field(review, "title").and_then(Value::as_str).unwrap_or_default().to_lowercase();
    let is_meta = field(review, "is_meta_review").is_some_and(|flag| flag == &Value::Bool(true));
    let has = |part: &str| title.contains(part);
    if is_meta {
        return if has("meta") { NoteKind::MetaReview } else { NoteKind::Decision };
    }
    let is_graded = RATING.iter().any(|name| field(review, name).is_some_and(|value| leading_number(value).is_some()));
    if is_graded {
        NoteKind::Review
    } else if has("decision") || has("acceptance") {
        NoteKind::Decision
    } else if has("meta") && has("review") {
        NoteKind::MetaReview
    } else if has("author") || has("rebuttal") || has("response") || has("reply") || title.starts_with("re:") {
        NoteKind::Rebuttal
    } else if has("question") || has("comment") {
        NoteKind::Comment
    } else {
        NoteKind::Review
    }
}

/// Splits "NeurIPS 2024", "iclr_2017" or "acl2017" into venue and year.
fn venue_and_year(paper: &Object) -> (Option<String>, Option<String>) {
    let year_of = |key: &str| paper.get(key).and_then(leading_number).filter(|year| year.len() == 4);
    let Some(name) = ["conference", "venue"].iter().find_map(|key| paper.get(*key)).and_then(Value::as_str) else {
        return (None, year_of("year"));
    };
    let is_year = |at: &usize| {
        let digits =
            |range: std::ops::Range<usize>| name.get(range).is_some_and(|of| of.bytes().all(|b| b.is_ascii_digit()));
        digits(*at..at + 4) && !digits(at + 4..at + 5) && (*at == 0 || !digits(at - 1..*at))
    };
    let Some(at) = (0..name.len()).find(is_year) else { return (Some(name.to_owned()), year_of("year")) };
    let venue = format!("{} {}", &name[..at], &name[at + 4..]);
    let venue = venue.split(|c: char| c.is_whitespace() || c == '_').filter(|part| !part.is_empty());
    let venue = venue.collect::<Vec<_>>().join(" ");
    ((!venue.is_empty()).then_some(venue), Some(name[at..at + 4].to_owned()))
}

/// Returns the text without the form's headings, and without the parts below them that say nothing.
fn without_headings(text: &str) -> String {
    let mut parts: Vec<String> = vec![String::new()];
    for line in text.lines() {
        match parts.last_mut() {
            Some(part) if !is_heading(line) => {
                part.push_str(line);
                part.push('\n');
            }
            _ => parts.push(String::new()),
        }
    }
    parts.iter().filter_map(|part| real_text(part)).collect::<Vec<_>>().join("\n\n")
}

/// Returns whether a line is a heading of a form: `SUMMARY:`, or `- Strengths:`. "Strengths:" alone is the reviewer's own.
fn is_heading(line: &str) -> bool {
    let line = line.trim();
    let Some(name) = line.strip_suffix(':') else { return false };
    let is_loud = !name.contains(char::is_lowercase);
    let name = match name.strip_prefix("- ") {
        Some(name) => name,
        None if is_loud => name,
        None => return false,
    };
    HEADINGS.contains(&name.trim().to_lowercase().replace('_', " ").as_str())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn headings_of_the_form_are_cut_and_those_of_the_reviewer_kept() {
        let text = "SUMMARY:\nA paper on kites.\n\nSTRENGTHS:\nN/A\n\nWEAKNESSES:\nStrengths:\nIt flies.\n\n- General Discussion:\nFine.";
        assert_eq!(without_headings(text), "A paper on kites.\n\nStrengths:\nIt flies.\n\nFine.");
        assert_eq!(without_headings("The SUMMARY: is short."), "The SUMMARY: is short.");
        assert_eq!(without_headings("LIMITATIONS:\nN/A"), "");
    }

    #[test]
    fn venues_of_papers() {
        let of = |name: &str| venue_and_year(json!({ "conference": name }).as_object().unwrap());
        let pair = |venue: &str, year: &str| (Some(venue.to_owned()), Some(year.to_owned()));
        assert_eq!(of("NeurIPS 2024"), pair("NeurIPS", "2024"));
        assert_eq!(of("iclr_2017"), pair("iclr", "2017"));
        assert_eq!(of("ICLR 2017 conference submission"), pair("ICLR conference submission", "2017"));
        assert_eq!(of("ACL"), (Some("ACL".to_owned()), None));
    }

    #[test]
    fn kinds_of_notes() {
        let of = |note: Value| kind(note.as_object().unwrap());
        assert_eq!(of(json!({ "TITLE": "Decision", "IS_META_REVIEW": true })), NoteKind::Decision);
        assert_eq!(of(json!({ "TITLE": "Meta review", "IS_META_REVIEW": true })), NoteKind::MetaReview);
        assert_eq!(of(json!({ "TITLE": "Some comments", "RECOMMENDATION": 5 })), NoteKind::Review);
        assert_eq!(of(json!({ "TITLE": "Author reply", "IS_META_REVIEW": false })), NoteKind::Rebuttal);
        assert_eq!(of(json!({ "TITLE": "pre-review question" })), NoteKind::Comment);
        assert_eq!(of(json!({ "comments": "Good." })), NoteKind::Review);
    }
}
