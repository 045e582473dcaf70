//! Reads the values of a JSON file as objects, texts, lists of cells, or objects around the records.

use std::borrow::Cow;
use std::sync::atomic::{AtomicU64, Ordering};

use serde_json::Value;

use super::lenient::{mended, unwrapped};
use super::position::{Position, Wrong};
use super::row::{Replaced, cell_of, entries, row};
use super::value::{kind_name, parse};
use crate::corpus::context::{Context, Found};
use crate::corpus::layout::{Object, Reader, recognise};
use crate::corpus::record::Record;
use crate::corpus::remark::Remark;
use crate::corpus::row::{Cell, Row};
use crate::corpus::sampled::SampledColumns;
use crate::corpus::table::{N_SCANNED, Reading, SCANNED_BYTES};
use crate::corpus::{CorpusError, Problem};

/// Maximum length of a nested value that is looked into to find the columns, in bytes.
const SCANNED_NESTED: usize = 256 << 10;
/// Maximum length of a cell in the header of a list of lists, in bytes.
const MAX_HEADER_BYTES: usize = 40;
/// Keys of objects around a record, as APIs and databases have them.
const AROUND: [&str; 6] = ["row", "_source", "node", "document", "record", "item"];
/// The key beside a record with the names of its cells that were cut, in pages of the Hugging Face API.
const TRUNCATED: &str = "truncated_cells";
/// The key of a record's id beside it, and the keys of lines that say what to do with the record below, in Elasticsearch.
const ID_AROUND: &str = "_id";
const ACTIONS: [&str; 2] = ["index", "create"];
/// The name of the column for texts without one.
const TEXT: &str = "text";

/// A value that will become records, with its key in a map of them.
#[derive(Debug, Clone)]
pub(super) struct Item<'a> {
    pub(super) text: Cow<'a, str>,
    pub(super) position: Position,
    pub(super) key: Option<Cow<'a, str>>,
}

impl<'a> Item<'a> {
    pub(super) fn new(text: impl Into<Cow<'a, str>>, position: Position) -> Self {
        Self { text: text.into(), position, key: None }
    }

    /// Returns the item without what a program put around its value.
    fn unwrapped(&self) -> Item<'_> {
        Item { text: unwrapped(&self.text), position: self.position, key: self.key.as_deref().map(Cow::Borrowed) }
    }
}

/// The kind of the values of one file, told by the first of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Kind {
    Object,
    /// Objects with the record below this key.
    Around(String),
    /// Objects, each below a line that says what a database is to do with it, as Elasticsearch takes them in bulk.
    Bulk,
    /// Strings, each a text.
    Text,
    /// Lists of cells with these columns; the first list is the header if it looks like one.
    Cells {
        columns: Vec<String>,
        header: Option<String>,
    },
}

impl Kind {
    /// Returns the kind of a file that begins with this value.
    pub(super) fn of(first: &str) -> Self {
        match first.bytes().next() {
            Some(b'"') => Self::Text,
            Some(b'[') => Self::of_list(first).unwrap_or(Self::Object),
            _ if action(first).is_some() => Self::Bulk,
            _ => Self::around(first).unwrap_or(Self::Object),
        }
    }

    fn of_list(first: &str) -> Option<Self> {
        let cells: Vec<Value> = serde_json::from_str(first).ok()?;
        // A list in which nothing could be text is for an error to tell of.
        cells.iter().find(|cell| cell.is_string())?;
        let is_name =
            |cell: &Value| cell.as_str().is_some_and(|name| !name.is_empty() && name.len() <= MAX_HEADER_BYTES);
        let names: Vec<String> = cells.iter().filter_map(Value::as_str).map(str::to_owned).collect();
        let differ = (1..names.len()).all(|at| !names[..at].contains(&names[at]));
        Some(match cells.len() > 1 && cells.iter().all(is_name) && differ {
            true => Self::Cells { columns: names, header: Some(first.to_owned()) },
            false => Self::Cells { columns: numbered(cells.len()), header: None },
        })
    }

    fn around(first: &str) -> Option<Self> {
        let entries = entries(first, |_| true).ok()?;
        let holds_object = |name: &str| entries.iter().any(|(key, raw)| key == name && raw.get().starts_with('{'));
        let name = AROUND.iter().find(|name| holds_object(name))?;
        // Beside it is what is said about the record, not another text.
        let is_short = entries.iter().all(|(key, raw)| key == name || raw.get().len() < 200);
        is_short.then(|| Self::Around((*name).to_owned()))
    }
}

/// Returns the id in a line that says what to do with the object below it, if there is one; `None` for any other line.
fn action(line: &str) -> Option<Option<String>> {
    let outer = entries(line, |_| true).ok()?;
    let [(name, raw)] = &outer[..] else { return None };
    let inner = entries(raw.get(), |_| true).ok().filter(|_| ACTIONS.contains(&&**name))?;
    let id = inner.iter().find(|(key, _)| key == ID_AROUND);
    let is_action = inner.is_empty() || id.is_some() || inner.iter().any(|(key, _)| key == "_index");
    is_action.then(|| cell_of(id?.1, 0).ok()?.0.shown())
}

/// Returns the id that the line above gives to each of these; `last` is that of the line above the first, and becomes that of
/// the last.
pub(super) fn ids_above<'l>(lines: impl Iterator<Item = &'l str>, last: &mut Option<String>) -> Vec<Option<String>> {
    lines.map(|line| std::mem::replace(last, action(line).flatten())).collect()
}

/// Returns names for columns without one.
fn numbered(n: usize) -> Vec<String> {
    (1..=n).map(|number| format!("column {number}")).collect()
}

/// Turns the values of one file into records.
pub(super) struct JsonRows<'a> {
    context: &'a Context<'a>,
    kind: Kind,
    reading: Reading<'a>,
    n_truncated: AtomicU64,
}

impl<'a> JsonRows<'a> {
    /// Looks at the first values and chooses how to read them.
    pub(super) fn choose(
        context: &'a Context<'a>,
        items: &[Item],
        empty: &'static str,
        kind: Option<Kind>,
    ) -> Result<Self, CorpusError> {
        let unwrapped: Vec<Item> = items.iter().take(N_SCANNED).map(Item::unwrapped).collect();
        let are_texts = unwrapped.first().is_some_and(|first| Kind::of(&first.text) == Kind::Text);
        let items = if are_texts { items } else { &unwrapped[..] };
        let Some(first) = items.first() else { return Err(context.problem(Problem::Empty { found: empty })) };
        let fail = |(place, problem): Wrong| context.error(place, problem);
        let whole = mended_if_broken(&first.text);
        let kind = kind.unwrap_or_else(|| Kind::of(&whole));
        if let Some((layout, keys)) = layout(context, first, &kind).map_err(fail)? {
            let reading = Reading::Layout(Reader::new(layout, context, keys));
            return Ok(Self { context, kind, reading, n_truncated: AtomicU64::new(0) });
        }
        let mut texts = Vec::new();
        let mut n_bytes = 0;
        for item in items.iter().take(N_SCANNED) {
            n_bytes += item.text.len();
            texts.push(item);
            if n_bytes >= SCANNED_BYTES {
                break;
            }
        }
        let texts: Vec<(Cow<str>, &Item)> =
            texts.into_iter().map(|item| (mended_if_broken(&item.text), item)).collect();
        let mut rows = Vec::with_capacity(texts.len());
        for (text, item) in &texts {
            rows.extend(plain(&kind, text, item, SCANNED_NESTED, |_| true).map_err(fail)?.map(|(row, _)| row));
        }
        let columns = SampledColumns::of(rows.iter());
        if columns.columns.is_empty() && rows.is_empty() {
            return Err(context.problem(Problem::Empty { found: empty }));
        }
        let reading = Reading::of_rows(context, columns)?;
        Ok(Self { context, kind, reading, n_truncated: AtomicU64::new(0) })
    }

    /// Returns whether objects have their ids in the lines above them.
    pub(super) fn are_bulk(&self) -> bool {
        self.kind == Kind::Bulk
    }

    /// Returns the records that a value holds, and whether characters in it were replaced.
    pub(super) fn records(&self, item: &Item) -> Result<Replaced<Vec<Record>>, CorpusError> {
        let item = if self.kind == Kind::Text { item } else { &item.unwrapped() };
        match self.try_records(item, &item.text) {
            Err(error) if is_syntax(&error) => match mended(&item.text) {
                Some(text) => self.try_records(item, &text),
                None => Err(error),
            },
            found => found,
        }
    }

    fn try_records(&self, item: &Item, text: &str) -> Result<Replaced<Vec<Record>>, CorpusError> {
        let fail = |(place, problem): Wrong| self.context.error(place, problem);
        let (records, replaced) = match &self.reading {
            Reading::Layout(reader) => {
                let (object, replaced) = object(&self.kind, text, item).map_err(fail)?;
                (reader.records(&object, &item.position.place())?, replaced)
            }
            Reading::Plain(_) => {
                let row = plain(&self.kind, text, item, usize::MAX, |name| self.reading.wants(name)).map_err(fail)?;
                let Some((row, replaced)) = row else { return Ok((Vec::new(), false)) };
                (self.reading.records(&row)?, replaced)
            }
        };
        if replaced && self.context.options.strict {
            return Err(self.context.error(item.position.place(), Problem::HalfCharacter));
        }
        if !records.is_empty() && is_truncated(&self.kind, text) {
            self.n_truncated.fetch_add(1, Ordering::Relaxed);
        }
        Ok((records, replaced))
    }

    /// Fails for a column that was asked for but that no value had.
    pub(super) fn finish(self) -> Result<Found, CorpusError> {
        let n_rows = self.n_truncated.into_inner();
        let mut found = self.reading.finish()?;
        found.remarks.extend((n_rows > 0).then_some(Remark::Truncated { n_rows }));
        Ok(found)
    }
}

fn is_syntax(error: &CorpusError) -> bool {
    matches!(error.problem(), Some(Problem::BadJson { .. }))
}

fn mended_if_broken(text: &str) -> Cow<'_, str> {
    match serde_json::from_str::<&serde_json::value::RawValue>(text) {
        Ok(_) => text.into(),
        Err(_) => mended(text).unwrap_or(text.into()),
    }
}

/// Returns the layout of the records, if it is a known one, and the keys of the first.
fn layout(context: &Context, first: &Item, kind: &Kind) -> Result<Option<(crate::corpus::Layout, Vec<String>)>, Wrong> {
    if !matches!(kind, Kind::Object | Kind::Around(_)) {
        return Ok(None);
    }
    let text = mended_if_broken(&first.text);
    let object = match object(kind, &text, first) {
        Ok((object, _)) => object,
        Err(wrong) if context.options.layout.is_some() => return Err(wrong),
        // What is wrong with it is told of when its columns are looked at.
        Err(_) => return Ok(None),
    };
    Ok(recognise(context, &object).map(|layout| (layout, object.keys().cloned().collect())))
}

/// Returns the record in a value.
fn inner<'t>(kind: &Kind, text: &'t str) -> Option<&'t str> {
    let Kind::Around(name) = kind else { return Some(text) };
    entries(text, |key| key == name).ok()?.first().map(|(_, raw)| raw.get()).filter(|raw| raw.starts_with('{'))
}

/// Returns the id that stands beside the record in a value.
fn id_around<'t>(kind: &Kind, text: &'t str) -> Option<Cell<'t>> {
    let Kind::Around(_) = kind else { return None };
    let entries = entries(text, |key| key == ID_AROUND).ok()?;
    let &(_, raw) = entries.first()?;
    cell_of(raw, 0).ok().map(|(cell, _)| cell)
}

/// Returns whether cells of the record in a value were cut.
fn is_truncated(kind: &Kind, text: &str) -> bool {
    let truncated = |(_, raw): &(_, &serde_json::value::RawValue)| raw.get().contains('"');
    matches!(kind, Kind::Around(_))
        && entries(text, |key| key == TRUNCATED).is_ok_and(|found| found.iter().any(truncated))
}

/// Returns the object that a value holds.
fn object(kind: &Kind, text: &str, item: &Item) -> Result<Replaced<Object>, Wrong> {
    let id = id_around(kind, text).and_then(|id| id.shown());
    let text = inner(kind, text).unwrap_or(text);
    let (mut object, replaced) = parse::<Object>(text).map_err(|error| item.position.no_object(text, &error))?;
    if let Some(key) = &item.key {
        let name = if object.contains_key("id") { "forum" } else { "id" };
        object.entry(name).or_insert_with(|| Value::String(key.to_string()));
    }
    if let Some(id) = id {
        object.entry("id").or_insert(Value::String(id));
    }
    Ok((object, replaced))
}

/// Returns the row that a value holds; `None` for the header of lists, and for a line about the object below it.
fn plain<'t>(
    kind: &Kind,
    text: &'t str,
    item: &Item,
    max_nested: usize,
    wants: impl Fn(&str) -> bool,
) -> Result<Option<Replaced<Row<'t>>>, Wrong> {
    let position = item.position;
    let mut found = match kind {
        Kind::Bulk if action(text).is_some() => return Ok(None),
        Kind::Object | Kind::Around(_) | Kind::Bulk => {
            row(inner(kind, text).unwrap_or(text), position, max_nested, wants)?
        }
        Kind::Cells { header: Some(header), .. } if header == text => return Ok(None),
        Kind::Text | Kind::Cells { .. } => cells(kind, text, position, max_nested, wants)?,
    };
    let key = item.key.as_ref().map(|key| Cell::Text(key.to_string().into())).or_else(|| id_around(kind, text));
    if let Some(key) = key.filter(|_| found.0.get("id").is_none()) {
        found.0.push("id", key);
    }
    Ok(Some(found))
}

/// Returns the row of a text or of a list of cells.
fn cells<'t>(
    kind: &Kind,
    text: &'t str,
    position: Position,
    max_nested: usize,
    wants: impl Fn(&str) -> bool,
) -> Result<Replaced<Row<'t>>, Wrong> {
    let syntax = |error: serde_json::Error| position.syntax(&error);
    let columns = match kind {
        Kind::Cells { columns, .. } => &columns[..],
        _ => &[],
    };
    let is_right = text.starts_with(if columns.is_empty() { '"' } else { '[' });
    let mut row = Row::at(position.place());
    if !is_right && serde_json::from_str::<&serde_json::value::RawValue>(text).is_ok() {
        return Err((position.place(), Problem::NotAnObject { found: kind_name(text) }));
    }
    if columns.is_empty() {
        let raw = serde_json::from_str(text).map_err(syntax)?;
        let (cell, replaced) = cell_of(raw, max_nested).map_err(syntax)?;
        row.push(TEXT, cell);
        return Ok((row, replaced));
    }
    let raws: Vec<&serde_json::value::RawValue> = serde_json::from_str(text).map_err(syntax)?;
    if raws.len() > columns.len() {
        let (expected, found) = (columns.len() as u64, raws.len() as u64);
        return Err((position.place(), Problem::Ragged { expected, found }));
    }
    let mut any_replaced = false;
    for (name, raw) in columns.iter().zip(raws).filter(|(name, _)| wants(name)) {
        let (cell, replaced) = cell_of(raw, max_nested).map_err(syntax)?;
        any_replaced |= replaced;
        row.push(name.clone(), cell);
    }
    Ok((row, any_replaced))
}
