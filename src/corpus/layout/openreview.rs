//! OpenReview's notes, of both versions of its API.
//!
//! API 1 keeps a field's value in `content.FIELD` and the form's name in `invitation`; API 2 keeps it in
//! `content.FIELD.value` and has several `invitations`. Notes come one by one, in pages `{"notes": [...]}`, below the edits
//! that made them, with keys flattened to `content.FIELD`, as submissions with their replies or reviews below them, and as
//! a bare `content`, wherever a script has put that.
//!
//! One reader takes all: [`items`] looks for notes in a record, at whatever depth, and [`Content`] drops `value` if a field
//! has it. [`recognise`] tells the version of a file from its first note, for the report alone: it is the second if there is
//! `invitations`, or a field with a `value`. The files here:
//!
//! - `openreview`: recognises notes, and lists the notes of a record
//! - `openreview_fields`: the fields of a note, and which are free text
//! - `openreview_unlisted`: free text in fields that are not known
//! - `openreview_kind`, `openreview_venue`: the kind of a note; its venue, year, day and last change

use std::borrow::Cow;

use serde_json::Value;

use super::entry::{Entry, Item, real_text, unwanted};
use super::object::Object;
use super::openreview_fields::{ATTACHMENT, CONFIDENCE, Content, FREE_TEXT, OF_OTHERS, RATING, has_form, is_box};
use super::openreview_kind::{invitations, kind};
use super::openreview_unlisted::unlisted;
use super::openreview_venue::{changed, day, venue_and_year};
use crate::corpus::context::Context;
use crate::corpus::record::Version;
use crate::corpus::{Layout, NoteChoice, NoteKind, Skipped};

/// Maximum depth of nested objects and lists in which notes are looked for.
const MAX_DEPTH: usize = 8;
/// Keys that notes have besides their content.
const OF_NOTES: [&str; 6] = ["invitation", "invitations", "forum", "replyto", "signatures", "details"];

/// The form of a record with respect to notes.
enum Form {
    Note,
    /// The content of a note alone.
    Bare,
    Other,
}

impl Form {
    fn of(record: &Object) -> Self {
        let has_content = record.get("content").is_some_and(Value::is_object) || is_flat(record);
        if has_content && OF_NOTES.iter().any(|key| record.contains_key(*key)) {
            return Self::Note;
        }
        let is_bare = !has_content && (has_form(record) || is_first_form(record));
        if is_bare { Self::Bare } else { Self::Other }
    }
}

/// Returns the layout, if the first record is a note, or contains one.
pub(super) fn recognise(record: &Object) -> Option<Layout> {
    let mut found = None;
    walk(record, &[], 0, &mut |record, form, _| {
        if found.is_none() {
            found = Some(layout(record, form));
        }
    });
    found
}

fn layout(record: &Object, form: &Form) -> Layout {
    let has_value = |fields: &Object| fields.values().any(|field| field.get("value").is_some());
    let is_second = match form {
        Form::Bare => has_value(record),
        _ => {
            record.contains_key("invitations")
                || record.get("content").and_then(Value::as_object).is_some_and(has_value)
                || record.keys().any(|key| key.starts_with("content.") && key.ends_with(".value"))
        }
    };
    if is_second { Layout::OpenReviewV2 } else { Layout::OpenReviewV1 }
}

/// Calls `show` for every note in a record, with the records that it lies in, the nearest last.
fn walk<'v>(
    record: &'v Object,
    above: &[&'v Object],
    depth: usize,
    show: &mut dyn FnMut(&'v Object, &Form, &[&'v Object]),
) {
    let form = Form::of(record);
    if !matches!(form, Form::Other) {
        show(record, &form, above);
    }
    if depth == MAX_DEPTH || matches!(form, Form::Bare) {
        return;
    }
    let mut above = above.to_vec();
    above.push(record);
    for (_, value) in record.iter().filter(|(name, _)| *name != "content") {
        below(value, &above, depth, show);
    }
}

fn below<'v>(
    value: &'v Value,
    above: &[&'v Object],
    depth: usize,
    show: &mut dyn FnMut(&'v Object, &Form, &[&'v Object]),
) {
    match value {
        Value::Object(record) => walk(record, above, depth + 1, show),
        Value::Array(items) if depth < MAX_DEPTH => items.iter().for_each(|item| below(item, above, depth + 1, show)),
        _ => {}
    }
}

fn is_flat(record: &Object) -> bool {
    record.keys().any(|key| key.starts_with("content."))
}

/// Returns whether an object is the `content` of a note of API 1: a review with the boxes of its form.
fn is_first_form(row: &Object) -> bool {
    let has_text = |name: &str| row.get(name).is_some_and(Value::is_string);
    let is_graded = |name: &str| row.get(name).and_then(Value::as_str).is_some_and(|text| text.contains(": "));
    has_text("review")
        && !["id", "text", "forum"].iter().any(|key| row.contains_key(*key))
        && (row.keys().any(|key| is_box(key)) || (is_graded("rating") && is_graded("confidence")))
}

/// Returns the notes in a record.
pub(super) fn items<'v>(record: &'v Object, wanted: NoteChoice, context: &Context) -> Vec<Item<'v>> {
    let mut items = Vec::new();
    walk(record, &[], 0, &mut |record, form, above| match form {
        Form::Bare => items.push((record, true, above.to_vec())),
        _ => items.push((record, false, above.to_vec())),
    });
    let n_bare = items.iter().filter(|(_, is_bare, _)| *is_bare).count();
    let mut number = 0;
    let item = |(record, is_bare, above): (&'v Object, bool, Vec<&'v Object>)| {
        number += usize::from(is_bare);
        let stem = || context.input.name().split('.').next().map(str::to_owned);
        match is_bare {
            true => bare_note(record, &above, wanted, || {
                stem().map(|stem| if n_bare > 1 || !above.is_empty() { format!("{stem}#{number}") } else { stem })
            }),
            false => item(record, &above, wanted),
        }
    };
    items.into_iter().map(item).collect()
}

fn item<'v>(note: &'v Object, above: &[&'v Object], wanted: NoteChoice) -> Item<'v> {
    let text = |key: &str| note.get(key).and_then(Value::as_str);
    let id = text("id").map(str::to_owned);
    let parent = above.last().copied();
    // An edit is younger than the note that it has changed.
    let edited = parent.filter(|parent| parent.get("note").is_some()).and_then(changed);
    let changed = || changed(note).max(edited);
    let version = id.clone().filter(|id| !id.is_empty()).map(|id| Version { id, changed: changed() });
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
    let scopes = std::iter::once(note).chain(above.iter().rev().copied()).collect();
    let unlisted = if kind == NoteKind::Submission { Vec::new() } else { unlisted(&content) };
    Item::Entry(Entry { version, id, parts: parts(&content, kind), unlisted, unread: vec![], columns, scopes })
}

/// Returns a note of which only the content is known; its file is named after it.
fn bare_note<'v>(
    row: &'v Object,
    above: &[&'v Object],
    wanted: NoteChoice,
    name: impl FnOnce() -> Option<String>,
) -> Item<'v> {
    let content = Content::of_content(row);
    let kind = if content.is_meta_review() { NoteKind::MetaReview } else { NoteKind::Review };
    if let Some(reason) = unwanted(kind, wanted) {
        return Item::Skipped(reason);
    }
    let scopes: Vec<&Object> = std::iter::once(row).chain(above.iter().rev().copied()).collect();
    let text = |key: &str| scopes.iter().find_map(|scope| scope.get(key)).and_then(Value::as_str).map(str::to_owned);
    let date = scopes.iter().find_map(|scope| day(scope));
    let columns = vec![
        ("venue", text("venue")),
        ("year", date.as_deref().and_then(|date| date.get(..4)).map(str::to_owned)),
        ("date", date),
        ("rating", content.number(&RATING)),
        ("confidence", content.number(&CONFIDENCE)),
        ("forum", text("forum")),
        ("note_kind", Some(kind.name().to_owned())),
    ];
    let id = row.get("id").and_then(Value::as_str).map(str::to_owned).or_else(name);
    // What a script has put beside a form's fields may be anybody's.
    let unread = unlisted(&Content::of_form(row, false)).into_iter().map(|(name, _)| name).collect();
    let unlisted = unlisted(&Content::of_form(row, true));
    Item::Entry(Entry { id, version: None, parts: parts(&content, kind), unlisted, unread, columns, scopes })
}

/// Returns the free text of a note, field by field; of a submission, its abstract.
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
    let fields = fields.filter_map(|(place, name)| Some((place, real_text(content.text(name)?)?)));
    fields
        .filter(|(place, text)| FREE_TEXT[*place] != ATTACHMENT || is_answer(text))
        .filter(|(place, _)| kind != NoteKind::Review || !OF_OTHERS.contains(&FREE_TEXT[*place]))
        .map(|(at, text)| (at, text.into()))
        .collect()
}

/// Returns whether the field for an attachment holds words about it rather than its path.
fn is_answer(text: &str) -> bool {
    text.split_whitespace().nth(2).is_some()
}
