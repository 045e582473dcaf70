//! What the objects of a JSON file are: plain rows with a column of text, or records in a known layout.

use std::collections::HashMap;

use super::fields::{Column, Fields, Kind, choose_fields};
use super::json_row::{RowError, Slots};
use super::json_value::{Entries, kind};
use super::layout::{Reader, Record, keys, notes_of, recognise};
use super::read::{Context, Outcome};
use super::{CorpusError, Format, Layout};

/// Makes documents of the objects of one file.
pub(super) enum Rows<'a> {
    Plain { fields: Fields, columns: Vec<Column>, slots: Slots },
    Layout { first: String, reader: Reader<'a> },
}

/// What was found out about the rows of a file.
pub(super) struct Found {
    layout: Option<Layout>,
    text_fields: Vec<String>,
    unlisted_fields: Vec<String>,
    id_field: Option<String>,
}

impl Found {
    /// In rows whose columns were chosen by name.
    pub(super) fn by_name(fields: Fields) -> Self {
        Self { layout: None, text_fields: fields.text, unlisted_fields: Vec::new(), id_field: fields.id }
    }

    /// In records of a layout.
    pub(super) fn in_layout(reader: Reader, context: &Context) -> Self {
        let (layout, text_fields, unlisted_fields) = reader.finish();
        let id_field = context.options.id_field.clone().or_else(|| Some("id".to_owned()));
        Self { layout: Some(layout), text_fields, unlisted_fields, id_field }
    }

    pub(super) fn outcome(self, format: Format, sha256: String) -> Outcome {
        let Self { layout, text_fields, unlisted_fields, id_field } = self;
        Outcome { format, layout, text_fields, unlisted_fields, id_field, sha256 }
    }
}

impl<'a> Rows<'a> {
    /// Looks at the first rows, each with its place; `explain` adds the place to an error.
    pub(super) fn choose<P: Copy>(
        context: &'a Context<'a>,
        scanned: &[(&str, P)],
        empty: &'static str,
        explain: impl Fn(RowError, P) -> CorpusError,
    ) -> Result<Self, CorpusError> {
        let Some((first, _)) = scanned.first() else {
            return Err(CorpusError::Empty { file: context.owned_file(), found: empty });
        };
        let recognised = recognise(context, first).map_err(|error| explain(error, scanned[0].1))?;
        if let Some(layout) = recognised {
            return Ok(Self::Layout { first: (*first).to_owned(), reader: Reader::new(layout, context) });
        }
        let columns = scan(scanned, explain)?;
        let fields = choose_fields(context.file(), &columns, context.options)?;
        let slots = Slots::new(&fields, context.options);
        Ok(Self::Plain { fields, columns, slots })
    }

    /// The documents that a row holds, and whether characters in it were replaced.
    pub(super) fn records(&self, row: &str) -> Result<(Vec<Record>, bool), RowError> {
        let reader = match self {
            Self::Plain { slots, .. } => {
                let (document, replaced) = slots.document(row)?;
                return Ok((vec![Record::Document(document)], replaced));
            }
            Self::Layout { reader, .. } => reader,
        };
        let Some(notes) = reader.has_pages().then(|| notes_of(row)).flatten() else { return reader.records(row) };
        let (mut records, mut any_replaced) = (Vec::new(), false);
        for note in notes {
            let (more, replaced) = reader.records(note.get())?;
            records.extend(more);
            any_replaced |= replaced;
        }
        Ok((records, any_replaced))
    }

    /// Fails for a column that was asked for and that no row had.
    pub(super) fn finish(self, context: &Context) -> Result<Found, CorpusError> {
        match self {
            Self::Plain { fields, columns, slots } => {
                slots.check_seen(context.file(), &columns)?;
                Ok(Found::by_name(fields))
            }
            Self::Layout { first, reader } => {
                reader.check_seen(keys(&first).into_iter())?;
                Ok(Found::in_layout(reader, context))
            }
        }
    }
}

/// The columns that these rows have, in the order of their first appearance.
fn scan<P: Copy>(rows: &[(&str, P)], explain: impl Fn(RowError, P) -> CorpusError) -> Result<Vec<Column>, CorpusError> {
    let mut columns: Vec<(String, Option<Kind>)> = Vec::new();
    let mut places: HashMap<String, usize> = HashMap::new();
    for (row, place) in rows {
        let Entries(entries) = RowError::parse(row, serde_json::from_str).map_err(|e| explain(e, *place))?;
        for (name, value) in entries {
            match places.get(&name) {
                Some(at) => columns[*at].1 = columns[*at].1.take().or_else(|| kind(value)),
                None => {
                    places.insert(name.clone(), columns.len());
                    columns.push((name, kind(value)));
                }
            }
        }
    }
    let unknown = || Kind::Other("nothing but null in the rows looked at".into());
    Ok(columns.into_iter().map(|(name, kind)| Column { name, kind: kind.unwrap_or_else(unknown) }).collect())
}
