//! From inputs to one occurrence table with periods: counted from text, or read from tables without text.

use std::path::{Path, PathBuf};

use super::args::WordsArgs;
use super::dates::{DateColumns, PERIOD, Undated};
use super::target::input_read;
use crate::corpus::{Document, PeriodRule, find_inputs, read_corpus};
use crate::estimate::InputSummary;
use crate::progress::Progress;
use crate::score::store::read_origin;
use crate::tokenize::UnitRule;
use crate::words::OccurrenceTable;
use crate::words::store::{COLUMNS, StoredTable, read_occurrence_table, read_stored_table};

/// Words counted by group and period.
pub struct Counted {
    /// Its columns are those of `--by`, and [`PERIOD`].
    pub table: OccurrenceTable,
    pub undated: Undated,
    pub input: InputSummary,
    /// Words that stored tables leave out, and in how many documents a word has to be there; none: counted from text.
    pub left_out: Option<(u64, u64)>,
}

/// Counts the words of all inputs, which are text or occurrence tables.
pub fn count(arguments: &WordsArgs, progress: &dyn Progress) -> anyhow::Result<Counted> {
    refuse_repeats(&arguments.by)?;
    let tables = stored_tables(&arguments.input.inputs)?;
    let counted =
        if tables.is_empty() { from_text(arguments, progress)? } else { from_tables(arguments, &tables, progress)? };
    if counted.table.n_documents() == 0 {
        refuse_empty(&counted.undated, &DateColumns::new(arguments.date_field.as_ref()), arguments.period.into())?;
    }
    Ok(counted)
}

/// Refuses columns named twice.
fn refuse_repeats(by: &[String]) -> anyhow::Result<()> {
    for (place, column) in by.iter().enumerate() {
        anyhow::ensure!(!by[..place].contains(column), "--by {column}: named twice");
    }
    Ok(())
}

/// Refuses columns that an occurrence table has of its own.
pub fn check_stored_columns(by: &[String]) -> anyhow::Result<()> {
    let taken = by.iter().find(|column| COLUMNS.contains(&column.as_str()));
    taken.map_or(Ok(()), |column| {
        anyhow::bail!("--by {column}: an occurrence table has a column of this name [rename the column]")
    })
}

fn refuse_empty(undated: &Undated, columns: &DateColumns, rule: PeriodRule) -> anyhow::Result<()> {
    let names = columns.names.join(", ");
    anyhow::ensure!(undated.n_documents() > 0, "no document with text is left to count");
    let examples: Vec<&str> = undated.examples.iter().map(String::as_str).collect();
    anyhow::ensure!(
        !examples.is_empty(),
        "no document has a date, looked for in {names} [name the column with --date-field]"
    );
    anyhow::bail!(
        "no document has a date that names a {rule}, found in {names}: {} [name another column with --date-field, or choose a longer --period]",
        examples.join(", ")
    )
}

fn from_text(arguments: &WordsArgs, progress: &dyn Progress) -> anyhow::Result<Counted> {
    let dates = DateColumns::new(arguments.date_field.as_ref());
    let inputs = find_inputs(&arguments.input.inputs)?;
    let (by, rule) = (&arguments.by, PeriodRule::from(arguments.period));
    let (mut required, mut optional) = (by.clone(), vec![]);
    if dates.is_named { &mut required } else { &mut optional }.extend(dates.names.clone());
    let options = arguments.input.reading.options(required, optional);
    let mut table = OccurrenceTable::new(arguments.unit.map_or_else(UnitRule::default, UnitRule::from), columns(by));
    let (mut undated, mut n_read) = (Undated::default(), 0);
    progress.step("reading");
    let summary = read_corpus(&inputs, &options, &mut |batch| {
        n_read += batch.len();
        let dated = |mut document: Document| {
            let date = DateColumns::first(&document.values[by.len()..]);
            let period = undated.period_or_count(rule, date)?;
            document.values.truncate(by.len());
            document.values.push(Some(period));
            Some(document)
        };
        let documents: Vec<Document> = batch.into_iter().filter_map(dated).collect();
        table.count(&documents);
        progress.step(&format!("{n_read} documents counted"));
        Ok(())
    })?;
    let input = InputSummary {
        n_documents: table.n_documents() as usize,
        n_documents_without_units: table.n_documents_without_units,
        ..input_read(&summary)
    };
    Ok(Counted { table, undated, input, left_out: None })
}

fn columns(by: &[String]) -> Vec<String> {
    by.iter().cloned().chain([PERIOD.to_owned()]).collect()
}

fn sorted(names: impl Iterator<Item = String>) -> Vec<String> {
    let mut names: Vec<String> = names.collect();
    names.sort();
    names
}

/// The inputs, if they are occurrence tables; a mixture of these and of text is refused, and so are score tables.
fn stored_tables(inputs: &[String]) -> anyhow::Result<Vec<(PathBuf, StoredTable)>> {
    let is_parquet =
        |path: &&Path| path.is_file() && path.extension().is_some_and(|of| of.eq_ignore_ascii_case("parquet"));
    let mut tables = Vec::new();
    for path in inputs.iter().map(Path::new).filter(is_parquet) {
        anyhow::ensure!(
            !matches!(read_origin(path), Ok(Some(_))),
            "{}: a score table, which has no words [make an occurrence table with `llm-prevalence score --words`]",
            path.display()
        );
        tables.extend(read_stored_table(path)?.map(|stored| (path.to_owned(), stored)));
    }
    anyhow::ensure!(
        tables.is_empty() || tables.len() == inputs.len(),
        "occurrence tables and text cannot be mixed [make tables of all with `llm-prevalence score --words`]"
    );
    tables.sort_by(|a, b| a.0.cmp(&b.0));
    tables.dedup_by(|a, b| a.0 == b.0);
    Ok(tables)
}

fn from_tables(
    arguments: &WordsArgs,
    tables: &[(PathBuf, StoredTable)],
    progress: &dyn Progress,
) -> anyhow::Result<Counted> {
    progress.step("reading occurrences");
    let (path, first) = &tables[0];
    let unit = arguments.unit.map_or(first.unit, UnitRule::from);
    let mut whole = OccurrenceTable::new(first.unit, first.columns.clone());
    let mut left_out = (0, 0);
    for (other, stored) in tables {
        let shown = other.display();
        anyhow::ensure!(
            stored.unit == unit,
            "{shown}: its units are {}s [leave out --unit, or make the table again]",
            stored.unit
        );
        anyhow::ensure!(
            stored.columns == first.columns,
            "{shown}: its columns ({}) differ from those of {} ({})",
            stored.columns.join(", "),
            path.display(),
            first.columns.join(", ")
        );
        let (table, stored) = read_occurrence_table(other)?;
        whole.merge(&table);
        left_out = (left_out.0 + stored.n_words_left_out, left_out.1.max(stored.min_documents));
    }
    let (table, undated) = with_periods(&whole, arguments, path)?;
    let input = InputSummary {
        files: sorted(
            tables
                .iter()
                .map(|(path, _)| path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()),
        ),
        n_documents: table.n_documents() as usize,
        n_documents_without_units: table.n_documents_without_units,
        ..InputSummary::default()
    };
    Ok(Counted { table, undated, input, left_out: Some(left_out) })
}

/// A stored table by the columns of `--by` and the period.
fn with_periods(
    stored: &OccurrenceTable,
    arguments: &WordsArgs,
    path: &Path,
) -> anyhow::Result<(OccurrenceTable, Undated)> {
    let dates = DateColumns::new(arguments.date_field.as_ref());
    let place = |column: &String| stored.columns.iter().position(|known| known == column);
    let missing = |column: &str| {
        anyhow::anyhow!(
            "{}: the occurrence table has no column {column} [columns: {}; or make it again with --by for it]",
            path.display(),
            stored.columns.join(", ")
        )
    };
    let by = arguments.by.iter().map(|column| place(column).ok_or_else(|| missing(column)));
    let by = by.collect::<anyhow::Result<Vec<usize>>>()?;
    let dated: Vec<usize> = dates.names.iter().filter_map(place).collect();
    anyhow::ensure!(!dated.is_empty(), missing(&dates.names.join(", ")));
    let mut undated = Undated::default();
    let table = stored.regroup(columns(&arguments.by), |values, n_documents| {
        let date = DateColumns::first(dated.iter().map(|&place| &values[place]));
        let period = undated.period_or_count_all(arguments.period.into(), date, n_documents as usize)?;
        Some(by.iter().map(|&place| values[place].clone()).chain([Some(period)]).collect())
    });
    Ok((table, undated))
}
