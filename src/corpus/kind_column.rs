//! Recognises a column that says of every row which kind of note it holds.

use super::layout::by_invitation;
use super::names::plain;
use super::note::NoteKind;
use super::sampled::{Column, SampledColumns};

/// Names of such columns, as [`plain`] has them.
const NAMES: [&str; 15] = [
    "type",
    "kind",
    "notetype",
    "notekind",
    "replytype",
    "posttype",
    "commenttype",
    "documenttype",
    "doctype",
    "reviewtype",
    "role",
    "authorrole",
    "writerrole",
    "invitation",
    "invitations",
];
/// Names of columns that say whether a row is a meta-review.
const META: [&str; 2] = ["ismetareview", "ismeta"];
/// What is written in such columns, as [`plain`] has it without numbers.
const WRITTEN: [(NoteKind, &[&str]); 6] = [
    (NoteKind::Review, &["review", "officialreview", "reviewer", "referee", "refereereport", "reviewreport"]),
    (
        NoteKind::MetaReview,
        &[
            "metareview",
            "metareviewer",
            "areachair",
            "areachairreview",
            "ac",
            "sac",
            "seniorareachair",
            "chair",
            "editor",
        ],
    ),
    (NoteKind::Comment, &["comment", "officialcomment", "publiccomment", "discussion"]),
    (
        NoteKind::Rebuttal,
        &[
            "rebuttal",
            "authorrebuttal",
            "authorresponse",
            "authorreply",
            "authorfeedback",
            "response",
            "author",
            "authors",
        ],
    ),
    (NoteKind::Decision, &["decision", "editordecision"]),
    (NoteKind::Submission, &["submission", "paper", "abstract"]),
];

/// Returns the column in which every row looked at has a kind, and some are reviews.
pub(super) fn kind_column(columns: &SampledColumns) -> Option<String> {
    let is_kind = |name: &str, values: &[String]| {
        let kinds: Vec<Option<NoteKind>> = values.iter().map(|value| kind_of(name, value)).collect();
        kinds.iter().all(Option::is_some) && kinds.contains(&Some(NoteKind::Review))
    };
    let says = |column: &&Column| {
        let name = plain(&column.name);
        META.contains(&name.as_str())
            || NAMES.contains(&name.as_str()) && column.values.labels().is_some_and(|labels| is_kind(&name, labels))
    };
    columns.columns.iter().find(says).map(|column| column.name.clone())
}

/// Returns whether the values of a column say that some rows hold another kind of note than reviews.
pub(super) fn has_other_kinds(column: &Column) -> bool {
    let name = plain(column.name.rsplit(['.', ']']).next().unwrap_or_default());
    let kinds =
        |labels: &[String]| -> Option<Vec<NoteKind>> { labels.iter().map(|value| kind_of(&name, value)).collect() };
    let is_named = NAMES.contains(&name.as_str()) || name == "author";
    let kinds = column.values.labels().filter(|_| is_named).and_then(kinds);
    kinds.is_some_and(|kinds| kinds.iter().any(|kind| *kind != NoteKind::Review))
}

/// Returns the kind that a value says in a column of this name; `None` if it says none.
pub(super) fn kind_of(column: &str, value: &str) -> Option<NoteKind> {
    if META.contains(&plain(column).as_str()) {
        let is_meta = matches!(plain(value.trim()).as_str(), "true" | "1" | "1.0" | "yes" | "y");
        return Some(if is_meta { NoteKind::MetaReview } else { NoteKind::Review });
    }
    if value.contains("/-/") {
        return Some(by_invitation(value));
    }
    let letters: String = plain(value).chars().filter(|c| c.is_alphabetic()).collect();
    let letters = letters.strip_suffix('s').filter(|one| *one != "author").unwrap_or(&letters);
    WRITTEN.iter().find(|(_, written)| written.contains(&letters)).map(|(kind, _)| *kind)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_are_told_however_they_are_written() {
        for (value, expected) in [
            ("Official Review", Some(NoteKind::Review)),
            ("Reviewer 2", Some(NoteKind::Review)),
            ("meta_review", Some(NoteKind::MetaReview)),
            ("Authors", Some(NoteKind::Rebuttal)),
            ("author_response", Some(NoteKind::Rebuttal)),
            ("V/2023/Conference/Submission1/-/Official_Comment", Some(NoteKind::Comment)),
            ("journal-article", None),
            ("gpt-4", None),
        ] {
            assert_eq!(kind_of("type", value), expected, "{value}");
        }
        assert_eq!(kind_of("is_meta_review", "True"), Some(NoteKind::MetaReview));
        assert_eq!(kind_of("is_meta_review", "0"), Some(NoteKind::Review));
    }
}
