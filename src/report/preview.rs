//! The preview of how an input would be read, as text.

use std::collections::BTreeMap;

use super::input::cut_note;
use super::wording::phrases::joined;
use crate::corpus::skipped_in_words;
use crate::numbers::{counted, percent, thousands};
use crate::run::{Alike, DateRange, Preview, Sample};

/// Renders a line for files that are read alike, and two on their columns.
fn lines(of: &Alike) -> String {
    let others = match of.n_files {
        1 => String::new(),
        n => format!(" and {} more", n - 1),
    };
    let layout = of.layout.map(|layout| format!(", layout {layout}")).unwrap_or_default();
    let none = |what: &str| format!("no {what}");
    let text = match &of.text_fields[..] {
        [] => "the file".to_owned(),
        fields => fields.join(", "),
    };
    format!(
        "{}{others}: {}{layout}, {}\n  text: {text}\n  id: {}\n",
        of.name,
        of.format,
        counted(of.n_documents as usize, "document"),
        of.id_field.clone().unwrap_or_else(|| none("column"))
    )
}

/// Renders what was recognised, with a line break at the end.
pub fn render_preview(of: &Preview) -> String {
    let mut text: String = of.files.iter().map(lines).collect();
    text += &match &of.date {
        Some(DateRange { field, n_documents, first, last }) => {
            let n = thousands(*n_documents as usize);
            format!("date: {field}, {n} of {}, {first} to {last}\n", counted(of.n_documents as usize, "document"))
        }
        None => "date: no column with a readable date [name it with --date-field]\n".to_owned(),
    };
    text += &format!(
        "documents: {}, {} without text\n",
        thousands(of.n_documents as usize),
        thousands(of.n_documents_without_text as usize)
    );
    let counts = |counts: &BTreeMap<&str, u64>| {
        counts.iter().map(|(name, n)| format!("{} {name}", thousands(*n as usize))).collect::<Vec<_>>().join(", ")
    };
    if of.n_documents_invalid_utf8 > 0 {
        text +=
            &format!("bytes that are not UTF-8: in {}\n", counted(of.n_documents_invalid_utf8 as usize, "document"));
    }
    if let Some(note) = of.cut.as_ref().and_then(|cut| cut_note(&cut.tally)) {
        text += &(note + "\n");
    }
    if !of.skipped.is_empty() {
        text += &format!("left out: {}\n", joined(of.skipped.iter().map(|(name, n)| skipped_in_words(name, *n)), ", "));
    }
    if let Some(share) = of.other_language_share {
        text += &format!("not in English: {} % ({})\n", percent(share, 1), counts(&of.other_languages));
    }
    for remark in &of.remarks {
        text += &format!("note: {remark}\n");
    }
    for Sample { id, n_units } in &of.first_documents {
        let id = id.as_deref().unwrap_or("(no id)");
        text += &format!("  {id}: {}\n", counted(*n_units, &of.run.unit.to_string()));
    }
    text
}
