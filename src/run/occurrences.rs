//! Makes one occurrence table with periods of all inputs: counts text, or reads tables without text.

use std::path::Path;

use super::dates::{DateColumns, Undated};
use super::error::RunError;
use super::input::input_read;
use super::options::{InputOptions, WordsRun};
use super::reading::Reading;
use super::refusals::{Listed, OccurrencesError};
use super::score_corpus::refuse_repeats;
use super::scores::Scores;
use super::table_source::{TableSource, file_name, find_tables};
use crate::corpus::{Columns, Document, GroupKey, PeriodRule, read_corpus};
use crate::estimate::InputSummary;
use crate::numbers::counted;
use crate::progress::Progress;
use crate::score::store::read_origin;
use crate::words::OccurrenceTable;
use crate::words::store::{COLUMNS, StoredTable, read_occurrence_table, read_stored_table};

/// The words of all inputs, counted by group and period.
pub(super) struct Counted {
    /// The counts; the columns are those to group by, and every group has a period.
    pub table: OccurrenceTable,
    pub undated: Undated,
    pub input: InputSummary,
    /// Number of words that stored tables leave out, and minimum number of documents with a word; `None` for text.
    pub left_out: Option<(u64, u64)>,
}

/// Counts the words of all inputs, which are text or occurrence tables.
pub(super) fn count(run: &WordsRun, progress: &dyn Progress) -> Result<Counted, RunError> {
    refuse_repeats(&run.by)?;
    let dates = DateColumns::new(run.date_field.as_ref());
    let tables = stored_tables(&run.input)?;
    let counted = match tables.is_empty() {
        true => from_text(run, &dates, progress)?,
        false => from_tables(run, &dates, &tables, progress)?,
    };
    if counted.table.n_documents() == 0 {
        refuse_empty(&counted, &dates, run.period)?;
    }
    Ok(counted)
}

/// Refuses columns whose names an occurrence table uses itself.
pub(super) fn check_stored_columns(by: &[String]) -> Result<(), OccurrencesError> {
    let taken = by.iter().find(|column| COLUMNS.contains(&column.as_str()));
    taken.map_or(Ok(()), |column| Err(OccurrencesError::NameTaken(column.clone())))
}

fn refuse_empty(counted: &Counted, dates: &DateColumns, rule: PeriodRule) -> Result<(), OccurrencesError> {
    let undated = &counted.undated;
    let examples: Vec<&str> = undated.examples.iter().map(String::as_str).collect();
    Err(match (undated.n_documents(), &examples[..]) {
        (0, _) => OccurrencesError::NoText,
        (_, []) => OccurrencesError::NoDate(dates.shown(), Listed(counted.input.columns.clone())),
        (_, examples) => OccurrencesError::NoPeriod(rule, dates.shown(), examples.join(", ")),
    })
}

fn from_text(run: &WordsRun, dates: &DateColumns, progress: &dyn Progress) -> Result<Counted, RunError> {
    let inputs = run.input.reading.find_inputs(&run.input.inputs)?;
    let columns = dates.add_to(Columns::default().require(&run.by));
    let mut table = OccurrenceTable::new(run.unit.unwrap_or_default(), run.by.clone());
    let (mut undated, mut n_read) = (Undated::default(), 0);
    let waiting = Reading::new(&inputs, &run.input.reading.amount, progress);
    waiting.step("reading");
    let summary = read_corpus(&inputs, &columns.read_by(&run.input.reading), &mut |batch| {
        n_read += batch.len();
        let dated = |mut document: Document| {
            let period = undated.period_or_count(run.period, dates.of(&document, &columns), 1)?;
            document.values = run.by.iter().map(|name| document.value(&columns, name).map(str::to_owned)).collect();
            Some((document, Some(period.first)))
        };
        let (documents, periods): (Vec<Document>, Vec<_>) = batch.into_iter().filter_map(dated).unzip();
        table.count_in_periods(&documents, &periods);
        waiting.step(&format!("words of {} counted", counted(n_read, "document")));
        Ok(())
    })?;
    let input = InputSummary {
        n_documents: table.n_documents() as usize,
        n_documents_without_units: table.n_documents_without_units,
        ..input_read(&summary)
    };
    Ok(Counted { table, undated, input, left_out: None })
}

impl TableSource<StoredTable> {
    fn read(&self) -> Result<OccurrenceTable, RunError> {
        match self.in_memory.as_ref().and_then(|scores| scores.occurrences.clone()) {
            Some(table) => Ok(table),
            None => Ok(read_occurrence_table(&self.path)?.0),
        }
    }
}

/// Returns the inputs if they are occurrence tables; refuses a mixture of these and of text, and score tables.
fn stored_tables(options: &InputOptions) -> Result<Vec<TableSource<StoredTable>>, RunError> {
    let of_file = |path: &Path| match read_origin(path) {
        Ok(Some(_)) => Err(OccurrencesError::Scores(path.display().to_string()).into()),
        _ => Ok(read_stored_table(path)?),
    };
    let of_memory = |name: &str, scores: &Scores| match &scores.occurrences {
        Some(table) => Ok(StoredTable::of_all_words(table)),
        None => Err(OccurrencesError::Scores(name.to_owned()).into()),
    };
    find_tables(options, &options.inputs, of_file, of_memory, OccurrencesError::Mixed)
}

fn from_tables(
    run: &WordsRun,
    dates: &DateColumns,
    tables: &[TableSource<StoredTable>],
    progress: &dyn Progress,
) -> Result<Counted, RunError> {
    progress.step("reading occurrences");
    let TableSource { path, about: first, .. } = &tables[0];
    let mut whole = OccurrenceTable::new(first.unit, first.columns.clone());
    let mut left_out = (0, 0);
    for source in tables {
        let (stored, shown) = (&source.about, source.path.display().to_string());
        if stored.unit != run.unit.unwrap_or(first.unit) {
            return Err(OccurrencesError::OtherUnit(shown, stored.unit).into());
        }
        if stored.columns != first.columns {
            let (found, of_first) = (stored.columns.join(", "), first.columns.join(", "));
            let first = path.display().to_string();
            return Err(OccurrencesError::OtherColumns(shown, found, first, of_first).into());
        }
        whole.merge(&source.read()?);
        left_out = (left_out.0 + stored.n_words_left_out, left_out.1.max(stored.min_documents));
    }
    let (table, undated) = with_periods(&whole, run, dates, path)?;
    let mut files: Vec<String> = tables.iter().map(|source| file_name(&source.path)).collect();
    files.sort();
    let input = InputSummary {
        files,
        n_documents: table.n_documents() as usize,
        n_documents_without_units: table.n_documents_without_units,
        ..InputSummary::default()
    };
    Ok(Counted { table, undated, input, left_out: (left_out.1 > 0).then_some(left_out) })
}

/// Regroups a stored table by the columns to group by and by period.
fn with_periods(
    stored: &OccurrenceTable,
    run: &WordsRun,
    dates: &DateColumns,
    path: &Path,
) -> Result<(OccurrenceTable, Undated), OccurrencesError> {
    let place = |column: &String| stored.columns.iter().position(|known| known == column);
    let missing = |column: &str| {
        let (file, known) = (path.display().to_string(), stored.columns.join(", "));
        OccurrencesError::NoColumn(file, column.to_owned(), known)
    };
    let by = run.by.iter().map(|column| place(column).ok_or_else(|| missing(column)));
    let by = by.collect::<Result<Vec<usize>, _>>()?;
    let dated: Vec<usize> = dates.names.iter().filter_map(place).collect();
    if dated.is_empty() {
        return Err(missing(&dates.shown()));
    }
    let mut undated = Undated::default();
    let table = stored.regroup(run.by.clone(), |group, n_documents| {
        let date = dated.iter().find_map(|&place| group.values[place].as_deref());
        let period = undated.period_or_count(run.period, date, n_documents as usize)?;
        let values = by.iter().map(|&place| group.values[place].clone()).collect();
        Some(GroupKey { values, period: Some(period.first) })
    });
    Ok((table, undated))
}
