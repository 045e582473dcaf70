//! The kind of note that an invitation asks for.

use serde_json::Value;

use super::object::Object;
use super::openreview_fields::{Content, FREE_TEXT};
use crate::corpus::NoteKind;

/// Returns the invitations of a note: `invitation` in API 1, `invitations` in API 2, which may be flattened to one string.
pub(super) fn invitations(note: &Object) -> Vec<&str> {
    let listed = match note.get("invitations") {
        Some(Value::Array(all)) => all.iter().filter_map(Value::as_str).collect(),
        Some(Value::String(all)) => all.split(',').map(unquoted).collect(),
        _ => Vec::new(),
    };
    if listed.is_empty() { note.get("invitation").and_then(Value::as_str).into_iter().collect() } else { listed }
}

fn unquoted(item: &str) -> &str {
    item.trim_matches(|c: char| c.is_whitespace() || matches!(c, '[' | ']' | '"' | '\''))
}

/// Returns the kind of a note, told by the first of its invitations that tells it, else by its fields.
pub(super) fn kind(note: &Object, content: &Content) -> NoteKind {
    let invitations = invitations(note);
    if invitations.is_empty() {
        return by_fields(content);
    }
    invitations.into_iter().map(by_invitation).find(|kind| *kind != NoteKind::Other).unwrap_or(NoteKind::Other)
}

/// Tells the kind by the name at the end of an invitation, as in `ICLR.cc/2020/Conference/Paper7/-/Official_Review`.
pub(in crate::corpus) fn by_invitation(invitation: &str) -> NoteKind {
    let invitation = invitation.to_lowercase();
    let name = invitation.rsplit('/').next().unwrap_or_default();
    let name = name.trim_end_matches(|c: char| c.is_ascii_digit());
    let has = |part: &str| name.contains(part);
    if has("ethics") || has("acknowledg") || has("revision") || has("rating") || name == "edit" {
        NoteKind::Other
    } else if has("meta") && has("review") || has("area_chair") && has("review") {
        NoteKind::MetaReview
    } else if has("comment") {
        NoteKind::Comment
    } else if name.ends_with("review") {
        NoteKind::Review
    } else if has("rebuttal") || has("response") {
        NoteKind::Rebuttal
    } else if (has("decision") && !has("reject")) || name == "acceptance" {
        NoteKind::Decision
    } else if has("submission") {
        NoteKind::Submission
    } else {
        NoteKind::Other
    }
}

fn by_fields(content: &Content) -> NoteKind {
    let has = |name: &str| content.get(name).is_some();
    if content.is_meta_review() {
        NoteKind::MetaReview
    } else if has("decision") {
        NoteKind::Decision
    } else if has("rebuttal") {
        NoteKind::Rebuttal
    } else if has("abstract") {
        NoteKind::Submission
    } else if FREE_TEXT.iter().any(|name| !matches!(*name, "comment" | "response" | "abstract") && has(name)) {
        NoteKind::Review
    } else if has("comment") {
        NoteKind::Comment
    } else {
        NoteKind::Other
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn invitations_of_the_years() {
        use NoteKind::*;
        for (invitation, expected) in [
            ("ICLR.cc/2017/conference/-/paper12/official/review", Review),
            ("ICLR.cc/2018/Conference/-/Paper12/Official_Review", Review),
            ("NeurIPS.cc/2023/Conference/Submission9/-/Official_Review", Review),
            ("V/2024/Conference/Submission9/-/Review", Review),
            ("V/2020/Conference/Paper1/-/Official_Review1", Review),
            ("V/2020/Conference/Paper1/-/Meta_Review", MetaReview),
            ("V/2019/Conference/-/Paper1/Meta_Review", MetaReview),
            ("V/2020/Conference/Paper1/-/MetaReview", MetaReview),
            ("V/2020/Conference/Paper1/-/Official_Comment", Comment),
            ("V/2020/Conference/Paper1/-/Public_Comment", Comment),
            ("V/2025/Conference/Submission1/Official_Review2/-/Rebuttal", Rebuttal),
            ("V/2023/Conference/Submission1/-/Author_Rebuttal", Rebuttal),
            ("V/2023/Conference/Submission1/-/Decision", Decision),
            ("ICLR.cc/2017/conference/-/paper12/acceptance", Decision),
            ("V/2023/Conference/-/Submission", Submission),
            ("V/2020/Conference/-/Blind_Submission", Submission),
            ("V/2023/Conference/Submission1/-/Ethics_Review", Other),
            ("V/2023/Conference/Submission1/-/Mandatory_Acknowledgement", Other),
            ("V/2023/Conference/-/Edit", Other),
            ("", Other),
        ] {
            assert_eq!(by_invitation(invitation), expected, "{invitation}");
        }
    }

    #[test]
    fn the_first_invitation_that_tells_counts() {
        let note = serde_json::json!({
            "invitations": ["V/2025/-/Edit", "V/2025/Submission1/-/Official_Review", "V/2025/-/Decision"]
        });
        let note = note.as_object().unwrap();
        assert_eq!(kind(note, &Content::of_note(note)), NoteKind::Review);
        let flat = serde_json::json!({ "invitations": "['V/2025/Submission1/-/Meta_Review', 'V/2025/-/Edit']" });
        let flat = flat.as_object().unwrap();
        assert_eq!(kind(flat, &Content::of_note(flat)), NoteKind::MetaReview);
    }
}
