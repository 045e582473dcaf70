//! What the files of one input say together: kinds by their names, columns by their headers, and those that nobody reads.

use std::collections::{BTreeMap, BTreeSet};

use super::kind_column::kind_of;
use super::names::list;
use super::summary::FileSummary;
use super::{Format, NoteKind};

/// Maximum number of endings, columns or files that a remark lists.
const MAX_LISTED: usize = 4;

/// Returns a remark on files whose names say that they hold no reviews, read beside one whose name says that it does.
pub(super) fn other_kinds(files: &[FileSummary]) -> Option<String> {
    let kind = |file: &&FileSummary| {
        let stem = file.name.split('.').next().unwrap_or_default();
        // A text is named after its document.
        (file.layout.is_none() && file.format != Format::Text).then(|| kind_of("", stem)).flatten()
    };
    let of_kind = |is_review: bool| {
        let is_it = move |file: &&FileSummary| kind(file).is_some_and(|kind| (kind == NoteKind::Review) == is_review);
        files.iter().filter(is_it).map(|file| file.name.as_str())
    };
    let reviews = of_kind(true).next()?;
    of_kind(false).next()?;
    let others: BTreeSet<&str> = of_kind(false).collect();
    let others = listed(others.iter().copied());
    Some(format!(
        "read like `{reviews}`, although they hold something else by their names: {others} [name the files of one kind alone]"
    ))
}

/// Returns a remark on files whose texts came from columns of different names.
pub(super) fn other_columns(files: &[FileSummary]) -> Option<String> {
    let mut of_columns: BTreeMap<String, &str> = BTreeMap::new();
    for file in files.iter().filter(|file| file.layout.is_none() && !file.text_fields.is_empty()) {
        of_columns.entry(list(file.text_fields.iter().map(String::as_str))).or_insert(&file.name);
    }
    if of_columns.len() < 2 {
        return None;
    }
    let shown = of_columns.iter().take(MAX_LISTED).map(|(columns, file)| format!("{columns} in {file}"));
    Some(format!(
        "the files have their text in columns of different names: {}{} [if these are texts of different kinds, name the files of one alone]",
        shown.collect::<Vec<_>>().join(", "),
        more(of_columns.len())
    ))
}

/// Returns a remark on files in folders that were not read, by their endings.
pub(super) fn unread(endings: &BTreeMap<String, u64>) -> Option<String> {
    if endings.is_empty() {
        return None;
    }
    let shown = endings.iter().take(MAX_LISTED).map(|(ending, n)| match ending.as_str() {
        "" => format!("{n} without an ending"),
        _ => format!("{n} .{ending}"),
    });
    Some(format!(
        "files in the folders that were not read, as their endings are none of a format that is: {}{} [name one to learn how to convert it]",
        shown.collect::<Vec<_>>().join(", "),
        more(endings.len())
    ))
}

fn listed<'n>(names: impl Iterator<Item = &'n str> + Clone) -> String {
    let shown = names.clone().take(MAX_LISTED).map(|name| format!("`{name}`"));
    format!("{}{}", shown.collect::<Vec<_>>().join(", "), more(names.count()))
}

fn more(n: usize) -> String {
    if n > MAX_LISTED { format!(" and {} more", n - MAX_LISTED) } else { String::new() }
}
