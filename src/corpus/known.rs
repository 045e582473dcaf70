//! Records of formats whose columns are known beforehand: bibliographies and XML of papers.

use std::io;

use super::choose::Fields;
use super::context::{Context, Found};
use super::error::CorpusError;
use super::input::{MAX_LINE_BYTES, is_too_long, read_error};
use super::make::records;
use super::names::{find, list};
use super::note::{NoteChoice, NoteKind, Skipped};
use super::problem::{Place, Problem};
use super::row::{Cell, Row};
use super::sink::Sink;

/// The cell for the kind of a record that is no paper, such as a reviewer's report, and the one that says that it is printed
/// with its paper.
const NOTE_KIND: &str = "note_kind";
const PRINTED: &str = "printed";
/// The cell for the status of a record.
const STATUS: &str = "status";

/// The cells of one record.
pub(super) type Cells = Vec<(&'static str, String)>;

/// The reason why reading a file had to stop.
#[derive(Debug)]
pub(super) enum Fault {
    /// The content is faulty on this line.
    Content { line: u64, reason: String },
    /// The reader failed, also for a record that is too long.
    Read(io::Error),
    /// The receiver of the records failed.
    Taker(CorpusError),
}

impl From<io::Error> for Fault {
    fn from(error: io::Error) -> Self {
        Self::Read(error)
    }
}

impl Fault {
    /// Returns the error to report: `what` and `hint` are the message for damaged content; `record` names what may be too long.
    pub(super) fn explain(
        self,
        context: &Context,
        (what, hint): (&'static str, &'static str),
        record: &'static str,
        n_documents: u64,
    ) -> CorpusError {
        match self {
            Self::Taker(error) => error,
            Self::Content { line, reason } => {
                context.error(Place::line(line), Problem::Unreadable { what, reason, hint })
            }
            Self::Read(error) if is_too_long(&error) => {
                let hint = "check how the file was made: none is that long";
                context.problem(Problem::TooLarge { what: record, limit_mib: (MAX_LINE_BYTES >> 20) as u64, hint })
            }
            Self::Read(error) => read_error(context.file(), error, n_documents),
        }
    }
}

/// The way the records of one file are read.
pub(super) struct Known<'a> {
    context: &'a Context<'a>,
    fields: Fields,
    /// Whether there are records of which only some are wanted.
    has_kinds: bool,
}

impl<'a> Known<'a> {
    /// Refuses columns that records of this format do not have; `text` is the column that is read by default.
    pub(super) fn new(context: &'a Context<'a>, columns: &[&str], text: &str) -> Result<Self, CorpusError> {
        let options = context.options;
        let column = |name: &str| find(columns.iter().copied(), name).map(str::to_owned);
        let mut required = options.text_fields.iter().chain(&options.id_field).chain(&options.columns);
        if let Some(name) = required.find(|name| column(name).is_none()) {
            let found = list(columns.iter().copied());
            return Err(context.problem(Problem::NoSuchColumn { column: name.clone(), found }));
        }
        let actual = |name: &str| column(name).unwrap_or_else(|| name.to_owned());
        let text = match &options.text_fields[..] {
            [] => vec![text.to_owned()],
            named => named.iter().map(|name| actual(name)).collect(),
        };
        let id = Some(actual(options.id_field.as_deref().unwrap_or("id")));
        let values = options.value_names().map(actual).collect();
        let fields = Fields { text, id, values, ..Fields::default() };
        Ok(Self { context, fields, has_kinds: columns.contains(&NOTE_KIND) })
    }

    /// Hands over a record, or counts the reason for skipping it.
    pub(super) fn push(&self, place: Place, cells: Cells, sink: &mut Sink) -> Result<(), CorpusError> {
        let get = |name: &str| cells.iter().find(|(known, _)| *known == name).map(|(_, value)| value.as_str());
        if get(STATUS) == Some("deleted") {
            sink.skip(Skipped::Deleted);
            return Ok(());
        }
        if let Some(reason) = self.unwanted(get(NOTE_KIND), get(PRINTED).is_some()) {
            sink.skip(reason);
            return Ok(());
        }
        let mut row = Row::at(place.clone());
        cells.iter().for_each(|(name, value)| row.push(*name, Cell::text(Some(value.as_str()))));
        let records = records(&row, &self.fields).map_err(|problem| self.context.error(place, problem))?;
        records.into_iter().try_for_each(|record| sink.push_record(record))
    }

    /// Returns the reason to skip a record: unless kinds are asked for, papers are read, not what is printed with them.
    fn unwanted(&self, kind: Option<&str>, is_printed: bool) -> Option<Skipped> {
        let wanted = self.context.options.note_kind;
        let kind = kind.and_then(NoteKind::named);
        let is_wanted = match wanted {
            _ if !self.has_kinds => true,
            NoteChoice::Usual => kind.is_none_or(|kind| !is_printed && wanted.takes(kind)),
            _ => wanted.takes(kind.unwrap_or(NoteKind::Submission)),
        };
        (!is_wanted).then_some(Skipped::Note(kind.unwrap_or(NoteKind::Submission)))
    }

    /// Returns what was found out about the records.
    pub(super) fn finish(self) -> Found {
        let Fields { text, id, .. } = self.fields;
        Found { text_fields: text, id_field: id, ..Found::default() }
    }
}
