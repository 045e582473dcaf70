//! Recognises score tables among the inputs, and reads them into one.

use std::path::Path;

use jiff::civil::Date;

use super::control;
use super::dates::{DateColumns, Undated};
use super::error::RunError;
use super::options::{InputOptions, TargetOptions};
use super::refusals::TablesError;
use super::select::{embedded_with_hash, select_fitted};
use super::table_source::{TableSource, file_name, find_tables};
use crate::corpus::PeriodRule;
use crate::estimate::ControlSummary;
use crate::reference::{Reference, Scorer};
use crate::score::store::{Origin, read_origin, read_score_table};
use crate::score::{ScoreTable, VENUE};
use crate::words::store::read_stored_table;

impl TableSource<Origin> {
    fn read(&self) -> Result<ScoreTable, RunError> {
        match &self.in_memory {
            Some(scores) => Ok(scores.table.clone()),
            None => Ok(read_score_table(&self.path)?.0),
        }
    }
}

/// Returns the inputs if they are score tables; refuses a mixture of these and of text.
pub(super) fn score_tables(options: &InputOptions, inputs: &[String]) -> Result<Vec<TableSource<Origin>>, RunError> {
    let of_file = |path: &Path| match read_stored_table(path)? {
        Some(_) => Err(TablesError::Occurrences(path.display().to_string()).into()),
        None => Ok(read_origin(path)?),
    };
    find_tables(options, inputs, of_file, |_, scores| Ok(scores.origin.clone()), TablesError::Mixed)
}

/// Score tables of one reference, and that reference.
pub(super) struct Tables<'a> {
    options: &'a TargetOptions,
    tables: &'a [TableSource<Origin>],
    dates: DateColumns,
    pub reference: Reference,
    pub sha256: String,
    pub scorer: Scorer,
}

/// The target and the control, read from score tables.
pub(super) struct Split {
    pub target: ScoreTable,
    pub control: Option<(ScoreTable, ControlSummary)>,
    pub without_period: Undated,
    /// What the user should know of the tables.
    pub remarks: Vec<String>,
}

const NO_VENUE: &str = "a score table has no column venue, so the control is of all venues; from text that has the column, a group is \
                        compared with human text of its own venues [score the text again with --by venue, if it has venues]";
const OTHER_KIND_UNCHECKED: &str = "a score table counts usual words for all its documents together, so it was not checked whether the text \
                                    is of the reference's kind [score the older documents apart and give them with --control]";

impl<'a> Tables<'a> {
    /// Finds the reference of `tables`, of which there is at least one.
    pub fn new(options: &'a TargetOptions, tables: &'a [TableSource<Origin>]) -> Result<Tables<'a>, RunError> {
        let TableSource { path, about: origin, .. } = &tables[0];
        if options.held_out {
            return Err(TablesError::HeldOutNeedsText.into());
        }
        let (reference, sha256) = reference_of(options, path, origin)?;
        let dates = DateColumns::new(options.control.date_field.as_ref());
        Ok(Tables { options, tables, dates, reference, sha256, scorer: origin.scorer })
    }

    /// Reads the tables, and divides them into target and control.
    pub fn read(&self, period: Option<PeriodRule>) -> Result<Split, RunError> {
        let mut target = self.read_all(self.tables)?;
        let without_period = self.add_periods(&mut target, period)?;
        let (mut target, mut control) = match control::Before::of(&self.options.control) {
            Some(before) => {
                let (target, control, summary) = before.split(target, self.file_names())?;
                (target, Some((control, summary)))
            }
            None => (target, self.control()?),
        };
        if self.options.control.before.is_none()
            && let Some((table, _)) = &mut control
            && self.dates.place(&table.columns).is_some()
        {
            self.add_periods(table, period)?;
        }
        let by = &self.options.by;
        if let Some(column) = by.iter().find(|column| !target.columns.contains(column)) {
            let (file, known) = (self.tables[0].path.display().to_string(), target.columns.join(", "));
            return Err(TablesError::NoColumn(file, column.clone(), known).into());
        }
        let mut remarks = Vec::new();
        if self.options.control.before.is_some() && self.reference.strata.is_some() {
            remarks.push(OTHER_KIND_UNCHECKED.to_owned());
        }
        let has_venue = |table: &ScoreTable| table.columns.iter().any(|column| column == VENUE);
        if control.as_ref().is_some_and(|(control, _)| !has_venue(&target) || !has_venue(control)) {
            remarks.push(NO_VENUE.to_owned());
        }
        target.set_venues();
        control.iter_mut().for_each(|(table, _)| table.set_venues());
        target.keep_columns(by);
        control.iter_mut().for_each(|(table, _)| table.keep_columns(by));
        let control = control.map(|(table, summary)| (table.into_drawn(), summary));
        Ok(Split { target: target.into_drawn(), control, without_period, remarks })
    }

    /// Returns the names of the files.
    pub fn file_names(&self) -> Vec<String> {
        file_names(self.tables)
    }

    /// Sets the period of every document, from the first of the date columns that the table has.
    fn add_periods(&self, table: &mut ScoreTable, rule: Option<PeriodRule>) -> Result<Undated, TablesError> {
        let mut undated = Undated::default();
        let Some(rule) = rule else { return Ok(undated) };
        let place = self.dates.place(&table.columns);
        let place = place.ok_or_else(|| TablesError::NoDates(self.dates.shown()))?;
        let mut first =
            |date: Option<&str>| -> Option<Date> { undated.period_or_count(rule, date, 1).map(|period| period.first) };
        table.set_periods(|document| first(document.values[place].as_deref()));
        Ok(undated)
    }

    /// Reads the score tables that are named as control.
    fn control(&self) -> Result<Option<(ScoreTable, ControlSummary)>, RunError> {
        let paths = &self.options.control.inputs;
        if paths.is_empty() {
            return Ok(None);
        }
        let tables = score_tables(&self.options.input, paths)?;
        if tables.is_empty() {
            return Err(TablesError::ControlIsText.into());
        }
        let table = self.read_all(&tables)?;
        let n_documents = table.documents().len();
        let summary = ControlSummary { files: file_names(&tables), n_documents, ..ControlSummary::default() };
        Ok(Some((table, summary)))
    }

    /// Reads all of these tables into one; they must be by one reference and have the same columns.
    fn read_all(&self, tables: &[TableSource<Origin>]) -> Result<ScoreTable, RunError> {
        for TableSource { path, about: origin, .. } in tables {
            self.refuse_other(path, origin)?;
        }
        let mut table = tables[0].read()?;
        for source in &tables[1..] {
            let (path, more) = (&source.path, source.read()?);
            if more.columns != table.columns {
                let [found, first] = [&more, &table].map(|table| table.columns.join(", "));
                return Err(TablesError::OtherColumns(path.display().to_string(), found, first).into());
            }
            table.append(more);
        }
        Ok(table)
    }

    fn refuse_other(&self, path: &Path, origin: &Origin) -> Result<(), TablesError> {
        let file = path.display().to_string();
        if origin.reference_sha256 != self.sha256 {
            return Err(TablesError::OtherReference(
                file,
                origin.reference_name.clone(),
                short(&origin.reference_sha256),
                self.reference.card.name.clone(),
                short(&self.sha256),
            ));
        }
        let is_asked = self.options.scorer.is_none_or(|scorer| scorer == origin.scorer);
        if origin.scorer != self.scorer || !is_asked {
            return Err(TablesError::OtherScorer(file, origin.scorer));
        }
        Ok(())
    }
}

fn file_names(tables: &[TableSource<Origin>]) -> Vec<String> {
    tables.iter().map(|source| file_name(&source.path)).collect()
}

/// Returns the reference that made the table: the one named, or else the embedded one with its hash.
fn reference_of(options: &TargetOptions, path: &Path, origin: &Origin) -> Result<(Reference, String), RunError> {
    let known = options.reference.as_deref().or_else(|| embedded_with_hash(&origin.reference_sha256));
    let unknown = || {
        let (name, hash) = (origin.reference_name.clone(), short(&origin.reference_sha256));
        TablesError::UnknownReference(path.display().to_string(), name, hash)
    };
    select_fitted(known.ok_or_else(unknown)?)
}

fn short(hash: &str) -> String {
    hash.get(..12).unwrap_or(hash).to_owned()
}
