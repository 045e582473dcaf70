//! Reads the rows of a file as documents with chosen columns, or as records in a known layout.

use std::sync::atomic::{AtomicBool, Ordering};

use serde_json::Value;

use super::about::refuse_about_texts;
use super::choose::{Fields, choose};
use super::context::{Context, Found};
use super::error::CorpusError;
use super::layout::{Object, Reader, recognise};
use super::make::{head, kind, records};
use super::names::{find, plain};
use super::note::Skipped;
use super::problem::{Place, Problem};
use super::record::Record;
use super::row::{Cell, Row};
use super::sampled::{EACH, SampledColumns};
use super::sink::Sink;
use super::written;

/// Number of rows from which the columns of a file are learnt.
pub(super) const N_SCANNED: usize = 100;
/// Number of bytes of such rows that are enough.
pub(super) const SCANNED_BYTES: usize = 16 << 20;
/// Maximum number of columns that are read.
const MAX_COLUMNS: usize = 100_000;

/// The way the rows of one file are read.
pub(super) enum Reading<'a> {
    /// Rows are read by the chosen columns.
    Plain(Box<Plain<'a>>),
    /// Rows are read as records of a layout.
    Layout(Reader<'a>),
}

/// Rows whose columns were chosen.
pub(super) struct Plain<'a> {
    context: &'a Context<'a>,
    fields: Fields,
    columns: SampledColumns,
    /// Columns that some row must have, and whether one had; rows are read on several threads.
    required: Vec<(String, AtomicBool)>,
}

impl<'a> Reading<'a> {
    /// Looks at the first rows of a table, which has no columns other than these.
    pub(super) fn of_table(
        context: &'a Context<'a>,
        columns: SampledColumns,
        first: Option<&Row>,
    ) -> Result<Self, CorpusError> {
        let n_columns = columns.columns.len();
        if n_columns > MAX_COLUMNS {
            return Err(context.problem(Problem::TooManyColumns { found: n_columns, limit: MAX_COLUMNS }));
        }
        let object = first.map(object).unwrap_or_default();
        if let Some(layout) = recognise(context, &object) {
            return Ok(Self::Layout(Reader::new(layout, context, columns.names().map(str::to_owned).collect())));
        }
        let plain = Plain::new(context, columns)?;
        plain.check(|name| find(plain.columns.names(), name).is_some())?;
        Ok(Self::Plain(Box::new(plain)))
    }

    /// Looks at the first rows of a file whose later rows may have other columns.
    pub(super) fn of_rows(context: &'a Context<'a>, columns: SampledColumns) -> Result<Self, CorpusError> {
        Plain::new(context, columns).map(|plain| Self::Plain(Box::new(plain)))
    }

    /// Returns whether a column is read.
    pub(super) fn wants(&self, name: &str) -> bool {
        match self {
            Self::Layout(_) => true,
            Self::Plain(plain) => plain.fields.wants(name),
        }
    }

    /// Returns the records that a row holds.
    pub(super) fn records(&self, row: &Row) -> Result<Vec<Record>, CorpusError> {
        match self {
            Self::Plain(plain) => plain.records(row),
            Self::Layout(reader) => reader.records(&object(row), &row.place),
        }
    }

    /// Fails for a column that was asked for but that no row had.
    pub(super) fn finish(self) -> Result<Found, CorpusError> {
        match self {
            Self::Layout(reader) => reader.finish(),
            Self::Plain(plain) => {
                let seen = |name: &str| {
                    let mut required = plain.required.iter();
                    required.any(|(known, seen)| known == name && seen.load(Ordering::Relaxed))
                };
                plain.check(seen)?;
                let Fields { text, id, rows, .. } = plain.fields;
                let columns = plain.columns.names().map(str::to_owned).collect();
                let (joined_by, remarks) = (rows.ids().to_vec(), rows.remark().into_iter().collect());
                Ok(Found { text_fields: text, id_field: id, columns, joined_by, remarks, ..Found::default() })
            }
        }
    }
}

impl Fields {
    fn wants(&self, name: &str) -> bool {
        let same = |asked: &str| asked.eq_ignore_ascii_case(name) || head(asked).eq_ignore_ascii_case(name);
        let version = self.version.iter().flat_map(|(ids, version)| ids.iter().chain([version]));
        let others = self.id.iter().chain(&self.kind).chain(version).chain(self.rows.ids());
        self.text.iter().chain(&self.values).chain(others).any(|asked| same(asked))
    }
}

impl<'a> Plain<'a> {
    fn new(context: &'a Context<'a>, mut columns: SampledColumns) -> Result<Self, CorpusError> {
        refuse_about_texts(context, &columns)?;
        let options = context.options;
        let given = given(context, &columns);
        given.iter().for_each(|(name, _)| {
            columns.column(name);
        });
        let fields = choose(&columns, options).map_err(|problem| context.problem(problem))?;
        let fields = Fields { given, ..fields };
        let named = options.id_field.iter().chain(&options.columns);
        // What was chosen is there; what was asked for has to be shown.
        let names = options.text_fields.iter().chain(named);
        let is_given = |name: &String| fields.given.iter().any(|(known, _)| plain(known) == plain(name));
        let required = names.map(|name| (name.clone(), AtomicBool::new(is_given(name)))).collect();
        Ok(Self { context, fields, columns, required })
    }

    fn records(&self, row: &Row) -> Result<Vec<Record>, CorpusError> {
        for (name, seen) in self.required.iter().filter(|(_, seen)| !seen.load(Ordering::Relaxed)) {
            let names = row.cells.iter().map(|(name, _)| &**name);
            if find(names.clone(), name).or_else(|| find(names, head(name))).is_some() {
                seen.store(true, Ordering::Relaxed);
            }
        }
        if let Some(kind) = kind(row, &self.fields).filter(|kind| !self.context.options.note_kind.takes(*kind)) {
            return Ok(vec![Record::Skipped(Skipped::Note(kind))]);
        }
        records(row, &self.fields).map_err(|problem| self.context.error(row.place.clone(), problem))
    }

    /// Fails for the first required column that is missing.
    fn check(&self, is_there: impl Fn(&str) -> bool) -> Result<(), CorpusError> {
        let in_list = |name: &str| self.columns.paths.iter().any(|path| path.name.ends_with(&format!("{EACH}.{name}")));
        let is_missing = |(name, _): &&(String, AtomicBool)| !is_there(name) && !is_there(head(name)) && !in_list(name);
        let Some((name, _)) = self.required.iter().find(is_missing) else { return Ok(()) };
        Err(self.context.problem(Problem::NoSuchColumn { column: name.clone(), found: self.columns.list() }))
    }
}

/// Returns the columns that the names of folders give and that the file itself does not have, with their values.
fn given(context: &Context, columns: &SampledColumns) -> Vec<(String, String)> {
    let new = context.input.partitions().filter(|(name, _)| find(columns.names(), name).is_none());
    new.map(|(name, value)| (name.to_owned(), value.to_owned())).collect()
}

/// Returns the JSON object that a row of a table was made of. NaN, as pandas writes it for a missing value, becomes null.
fn object(row: &Row) -> Object {
    let value = |name: &str, cell: &Cell| match cell {
        Cell::Text(text) | Cell::Number(text) if text == "NaN" => Value::Null,
        // A layout's lists are written into one cell; the text of a note is its writer's.
        Cell::Text(text) if !name.starts_with("content.") => {
            written::parse(text).unwrap_or_else(|| Value::String(text.to_string()))
        }
        Cell::Nested(value) => value.clone(),
        other => other.shown().map_or(Value::Null, Value::String),
    };
    row.cells.iter().map(|(name, cell)| (name.to_string(), value(name, cell))).collect()
}

/// Rows that are read one after the other; the first ones are held back until the columns are known.
pub(super) struct Table<'a> {
    context: &'a Context<'a>,
    first: Vec<Row<'static>>,
    n_bytes: usize,
    reading: Option<Reading<'a>>,
}

impl<'a> Table<'a> {
    pub(super) fn new(context: &'a Context<'a>) -> Self {
        Self { context, first: Vec::new(), n_bytes: 0, reading: None }
    }

    /// Takes a row.
    pub(super) fn push(&mut self, row: Row, sink: &mut Sink) -> Result<(), CorpusError> {
        if let Some(reading) = &self.reading {
            return reading.records(&row)?.into_iter().try_for_each(|record| sink.push_record(record));
        }
        self.n_bytes += row.n_bytes();
        self.first.push(row.into_owned());
        let is_enough = self.first.len() == N_SCANNED || self.n_bytes >= SCANNED_BYTES;
        if is_enough { self.choose(sink) } else { Ok(()) }
    }

    /// Hands over the rows that were held back.
    fn choose(&mut self, sink: &mut Sink) -> Result<(), CorpusError> {
        let columns = SampledColumns::of(self.first.iter());
        let reading = self.reading.insert(Reading::of_table(self.context, columns, self.first.first())?);
        for row in std::mem::take(&mut self.first) {
            reading.records(&row)?.into_iter().try_for_each(|record| sink.push_record(record))?;
        }
        Ok(())
    }

    /// Returns what was found out about the rows.
    pub(super) fn finish(mut self, sink: &mut Sink) -> Result<Found, CorpusError> {
        if self.reading.is_none() {
            if self.first.is_empty() {
                return Err(self.context.problem(Problem::Empty { found: "no row" }));
            }
            self.choose(sink)?;
        }
        self.reading.map_or_else(|| Ok(Found::default()), Reading::finish)
    }
}

/// Refuses two columns of one name. Unnamed ones, such as the index that pandas writes, cannot be asked for and may repeat.
pub(super) fn check_names(context: &Context, names: &[String]) -> Result<(), CorpusError> {
    if names.len() > MAX_COLUMNS {
        return Err(context.problem(Problem::TooManyColumns { found: names.len(), limit: MAX_COLUMNS }));
    }
    let mut known = std::collections::HashSet::with_capacity(names.len());
    match names.iter().find(|name| !name.is_empty() && !known.insert(name.as_str())) {
        Some(name) => Err(context.error(Place::FILE, Problem::DuplicateColumn { column: name.clone() })),
        None => Ok(()),
    }
}
