//! OpenReview's notes, of both versions of its API.
//!
//! API 1 keeps a field's value in `content.FIELD` and the form's name in `invitation`; API 2 keeps it in
//! `content.FIELD.value` and has several `invitations`. Notes come one by one, in pages `{"notes": [...]}`, with keys
//! flattened to `content.FIELD`, as a bare `content`, and as submissions with their replies below `details`.
//!
//! One reader takes both, note by note, so a file may hold both: [`Content`] drops `value` where a field has it, and
//! [`invitations`] takes either key. Which version a file is of, [`recognise`] tells from its first note, for the report
//! alone: it is the second if there is `invitations`, or a field with a `value`. The files here:
//!
//! - `openreview`: what is a note, and the notes of a row
//! - `openreview_fields`: the fields of a note, and which are free text
//! - `openreview_unlisted`: free text of forms that are not known
//! - `openreview_kind`, `openreview_venue`: its kind; its venue, year, day and last change

use std::borrow::Cow;

use serde::de::DeserializeSeed;
use serde_json::Value;
use serde_json::value::RawValue;

use super::openreview_fields::{CONFIDENCE, Content, FREE_TEXT, RATING};
use super::openreview_kind::{invitations, kind};
use super::openreview_unlisted::unlisted;
use super::openreview_venue::{changed, day, venue_and_year};
use super::{Entry, Item, Object, real_text, unwanted};
use crate::corpus::json_value::Wanted;
use crate::corpus::read::Context;
use crate::corpus::versions::Version;
use crate::corpus::{Layout, NoteChoice, NoteKind, Skipped};

/// Where replies are nested.
const REPLIES: [&str; 2] = ["replies", "directReplies"];

/// The layout, if the first record is a note.
pub(super) fn recognise(row: &Object) -> Option<Layout> {
    if let Some(Value::Array(notes)) = row.get("notes") {
        return notes.first().and_then(Value::as_object).and_then(recognise);
    }
    let content = row.get("content").and_then(Value::as_object);
    let is_flat = row.keys().any(|key| key.starts_with("content."));
    if content.is_none() && !is_flat {
        return is_bare(row).then_some(Layout::OpenReviewV1);
    }
    let is_note = ["invitation", "invitations", "forum", "replyto", "signatures", "details"];
    if !is_note.iter().any(|key| row.contains_key(*key)) {
        return None;
    }
    let is_second = row.contains_key("invitations")
        || content.is_some_and(|content| content.values().any(|field| field.get("value").is_some()))
        || row.keys().any(|key| key.starts_with("content.") && key.ends_with(".value"));
    Some(if is_second { Layout::OpenReviewV2 } else { Layout::OpenReviewV1 })
}

/// Whether an object is what a note of API 1 has under `content`: a review with the boxes of its form.
fn is_bare(row: &Object) -> bool {
    let has_text = |name: &str| row.get(name).is_some_and(Value::is_string);
    let is_box = |key: &String| key == "experience_assessment" || key.starts_with("review_assessment:");
    let is_graded = |name: &str| row.get(name).and_then(Value::as_str).is_some_and(|text| text.contains(": "));
    has_text("review")
        && !["id", "text", "forum"].iter().any(|key| row.contains_key(*key))
        && (row.keys().any(is_box) || (is_graded("rating") && is_graded("confidence")))
}

/// The notes of a page `{"notes": [...]}`, unparsed; `None` for anything else.
pub(in crate::corpus) fn notes_of(row: &str) -> Option<Vec<&RawValue>> {
    let keys = ["notes".to_owned()];
    let mut deserializer = serde_json::Deserializer::from_str(row);
    let notes = Wanted(&keys).deserialize(&mut deserializer).ok()?[0]?;
    let notes: Vec<&RawValue> = serde_json::from_str(notes.get()).ok()?;
    notes.iter().all(|note| note.get().starts_with('{')).then_some(notes)
}

/// The note that a row is, and those nested in it.
pub(super) fn items<'v>(row: &'v Object, wanted: NoteChoice, context: &Context) -> Vec<Item<'v>> {
    let mut items = Vec::new();
    let is_flat = || row.keys().any(|key| key.starts_with("content."));
    if row.contains_key("content") || is_flat() || !is_bare(row) {
        notes(row, None, wanted, &mut items);
    } else {
        items.push(bare_note(row, wanted, context));
    }
    items
}

fn notes<'v>(note: &'v Object, parent: Option<&'v Object>, wanted: NoteChoice, items: &mut Vec<Item<'v>>) {
    items.push(item(note, parent, wanted));
    let details = note.get("details").and_then(Value::as_object);
    for replies in REPLIES.iter().filter_map(|name| details?.get(*name)?.as_array()) {
        replies.iter().filter_map(Value::as_object).for_each(|reply| notes(reply, Some(note), wanted, items));
    }
}

fn item<'v>(note: &'v Object, parent: Option<&'v Object>, wanted: NoteChoice) -> Item<'v> {
    let text = |key: &str| note.get(key).and_then(Value::as_str);
    let id = text("id").map(str::to_owned);
    let version = id.clone().filter(|id| !id.is_empty()).map(|id| Version { id, changed: changed(note) });
    if note.get("ddate").is_some_and(|date| !date.is_null()) {
        return version.map_or(Item::Skipped(Skipped::Deleted), Item::Deleted);
    }
    let content = Content::of_note(note);
    let kind = kind(note, &content);
    if let Some(reason) = unwanted(kind, wanted) {
        return Item::Skipped(reason);
    }
    let parent_id = || parent.and_then(|parent| parent.get("forum").or(parent.get("id"))).and_then(Value::as_str);
    let forum = text("forum").or_else(parent_id).map(str::to_owned);
    let named = if invitations(note).is_empty() { parent.unwrap_or(note) } else { note };
    let (venue, year) = venue_and_year(named);
    let date = day(note);
    let year = year.or_else(|| date.as_deref().and_then(|date| date.get(..4)).map(str::to_owned));
    let columns = vec![
        ("venue", venue),
        ("year", year),
        ("date", date),
        ("rating", content.number(&RATING)),
        ("confidence", content.number(&CONFIDENCE)),
        ("forum", forum),
        ("note_kind", Some(kind.name().to_owned())),
    ];
    let scopes = std::iter::once(note).chain(parent).collect();
    let unlisted = if kind == NoteKind::Submission { Vec::new() } else { unlisted(&content) };
    Item::Entry(Entry { version, id, parts: parts(&content, kind), unlisted, columns, scopes })
}

/// A note of which there is nothing but its content; its file is named after it.
fn bare_note<'v>(row: &'v Object, wanted: NoteChoice, context: &Context) -> Item<'v> {
    if let Some(reason) = unwanted(NoteKind::Review, wanted) {
        return Item::Skipped(reason);
    }
    let content = Content::of_content(row);
    let columns = vec![
        ("venue", None),
        ("year", None),
        ("date", None),
        ("rating", content.number(&RATING)),
        ("confidence", content.number(&CONFIDENCE)),
        ("forum", None),
        ("note_kind", Some(NoteKind::Review.name().to_owned())),
    ];
    let id = context.input.name().split('.').next().map(str::to_owned);
    Item::Entry(Entry {
        id,
        version: None,
        parts: parts(&content, NoteKind::Review),
        unlisted: vec![],
        columns,
        scopes: vec![row],
    })
}

/// The free text of a note, field by field; of a submission, its abstract.
fn parts<'v>(content: &Content<'v>, kind: NoteKind) -> Vec<(usize, Cow<'v, str>)> {
    if kind == NoteKind::Submission {
        let place = FREE_TEXT.len() - 1;
        return content
            .text(FREE_TEXT[place])
            .and_then(real_text)
            .map(|text| (place, text.into()))
            .into_iter()
            .collect();
    }
    let fields = FREE_TEXT.iter().enumerate().take(FREE_TEXT.len() - 1);
    fields.filter_map(|(place, name)| Some((place, real_text(content.text(name)?)?.into()))).collect()
}
