//! Scores and occurrences of words without text: made on one machine, summed on another.

use std::sync::Arc;

use arrow_array::builder::{Float32Builder, Int64Builder, ListBuilder, StringBuilder, UInt64Builder};
use arrow_array::cast::AsArray;
use arrow_array::types::{Float32Type, Int64Type, UInt64Type};
use arrow_array::{Array, ArrayRef, RecordBatch};
use arrow_cast::cast;
use arrow_schema::{DataType, Field, Schema};
use llm_prevalence::corpus::GroupKey;
use llm_prevalence::run::Scores;
use llm_prevalence::score::store::Origin;
use llm_prevalence::score::{DocumentKey, ScoreTable, ScoredDocument, UsualCounts};
use llm_prevalence::tokenize::{DocumentProfile, UnitRule};
use llm_prevalence::words::{Counts, OccurrenceTable};
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use serde_json::{Value, json};

use crate::memory::record_batches;
use crate::table::Table;

/// Columns of a table of scores, after those to group by: a row per document, and one for what all documents have in common.
const SCORES: [&str; 5] = ["document", "scores", "pooled", "summary", "word_counts"];
/// Columns of a table of occurrences, after those to group by: a row per group and word, and one without a word for the group's size.
const WORDS: [&str; 6] = ["word", "n_documents", "n_units", "sum_squares", "sum_products", "unit"];

/// Scores of documents, or occurrences of words, without text.
#[pyclass(frozen, name = "Stored", module = "llm_prevalence._core")]
pub struct Stored(pub Arc<Scores>);

#[pymethods]
impl Stored {
    /// Number of documents with scores.
    #[getter]
    fn n_documents(&self) -> usize {
        self.0.table.documents().len()
    }

    /// Number of their units.
    #[getter]
    fn n_units(&self) -> usize {
        self.0.table.n_units()
    }

    /// Name of the reference that made the scores.
    #[getter]
    fn reference(&self) -> &str {
        &self.0.origin.reference_name
    }

    /// Columns to group by.
    #[getter]
    fn columns(&self) -> Vec<String> {
        self.0.table.columns.clone()
    }

    /// Returns the scores: a row per document, and a last one with what all have in common. Tables of parts of a corpus are concatenated.
    fn scores(&self) -> PyResult<Table> {
        scores_batch(&self.0).map(Table::new).map_err(|error| PyValueError::new_err(error.to_string()))
    }

    /// Returns the occurrences of words. Tables of parts of a corpus are concatenated, or summed by all columns but the numbers.
    fn words(&self) -> PyResult<Table> {
        let table = self.0.occurrences.as_ref();
        let table = table.ok_or_else(|| PyValueError::new_err("no words were counted"))?;
        words_batch(table).map(Table::new).map_err(|error| PyValueError::new_err(error.to_string()))
    }

    /// Reads tables of scores or of occurrences, as the two methods make them; returns None for another table.
    #[staticmethod]
    fn of_table(data: &Bound<'_, PyAny>) -> PyResult<Option<Stored>> {
        let batches = record_batches(data)?;
        let Some(first) = batches.first() else { return Ok(None) };
        let has = |names: &[&str]| names.iter().all(|name| first.schema().column_with_name(name).is_some());
        let scores = match (has(&SCORES[..4]), has(&WORDS)) {
            (true, _) => scores_of(&batches)?,
            (false, true) => words_of(&batches)?,
            (false, false) => return Ok(None),
        };
        Ok(Some(Stored(Arc::new(scores))))
    }
}

fn scores_batch(scores: &Scores) -> Result<RecordBatch, arrow_schema::ArrowError> {
    let Scores { table, origin, .. } = scores;
    let n_columns = table.columns.len();
    let mut values: Vec<StringBuilder> = (0..n_columns).map(|_| StringBuilder::new()).collect();
    let mut keys = UInt64Builder::new();
    let item = || Arc::new(Field::new("item", DataType::Float32, true));
    let list = || ListBuilder::new(Float32Builder::new()).with_field(item());
    let (mut units, mut pooled, mut summary) = (list(), list(), StringBuilder::new());
    let mut counts = ListBuilder::new(Int64Builder::new()).with_field(count_item());
    for document in table.documents() {
        values.iter_mut().zip(&document.values).for_each(|(column, value)| column.append_option(value.as_deref()));
        keys.append_value(document.key.0);
        units.values().append_slice(document.scores());
        units.append(true);
        pooled.values().append_slice(document.pooled());
        pooled.append(true);
        summary.append_null();
        document.profile.inspect(|of| counts.values().append_slice(&<[u32; 4]>::from(*of).map(i64::from)));
        counts.append(document.profile.is_some());
    }
    values.iter_mut().for_each(StringBuilder::append_null);
    keys.append_null();
    units.append(false);
    pooled.append(false);
    counts.append(false);
    summary.append_value(
        json!({
            "origin": origin,
            "usual": table.usual,
            "n_documents_without_units": table.n_documents_without_units,
        })
        .to_string(),
    );
    let string = |name: &str| Field::new(name, DataType::Utf8, true);
    let floats = |name: &str| Field::new(name, DataType::List(item()), true);
    let own = [
        Field::new(SCORES[0], DataType::UInt64, true),
        floats(SCORES[1]),
        floats(SCORES[2]),
        string(SCORES[3]),
        Field::new(SCORES[4], DataType::List(count_item()), true),
    ];
    let fields: Vec<Field> = table.columns.iter().map(|name| string(name)).chain(own).collect();
    let arrays = values.iter_mut().map(|column| Arc::new(column.finish()) as ArrayRef);
    let own: [ArrayRef; 5] = [
        Arc::new(keys.finish()),
        Arc::new(units.finish()),
        Arc::new(pooled.finish()),
        Arc::new(summary.finish()),
        Arc::new(counts.finish()),
    ];
    RecordBatch::try_new(Arc::new(Schema::new(fields)), arrays.chain(own).collect())
}

fn count_item() -> Arc<Field> {
    Arc::new(Field::new("item", DataType::Int64, true))
}

fn words_batch(table: &OccurrenceTable) -> Result<RecordBatch, arrow_schema::ArrowError> {
    let mut values: Vec<StringBuilder> = table.columns.iter().map(|_| StringBuilder::new()).collect();
    let (mut words, mut unit) = (StringBuilder::new(), StringBuilder::new());
    let mut counts: [UInt64Builder; 4] = std::array::from_fn(|_| UInt64Builder::new());
    let mut push = |key: &GroupKey, word: Option<&str>, of: Counts| {
        values.iter_mut().zip(&key.values).for_each(|(column, value)| column.append_option(value.as_deref()));
        words.append_option(word);
        unit.append_value(table.unit.to_string());
        let numbers = [of.n_documents, of.n_units, of.sum_squares, of.sum_products];
        counts.iter_mut().zip(numbers).for_each(|(column, number)| column.append_value(number));
    };
    let known = table.words();
    for (key, group) in table.groups() {
        push(key, None, group.size);
        let with = known.iter().map(|(word, number)| (word, group.of_word(*number)));
        with.filter(|(_, of)| of.n_documents > 0).for_each(|(word, of)| push(key, Some(word), of));
    }
    let text = |name: &str| Field::new(name, DataType::Utf8, true);
    let number = |name: &&str| Field::new(*name, DataType::UInt64, false);
    let fields = table.columns.iter().map(|name| text(name)).chain([text(WORDS[0])]);
    let fields: Vec<Field> = fields.chain(WORDS[1..5].iter().map(number)).chain([text(WORDS[5])]).collect();
    let arrays = values.iter_mut().map(|column| Arc::new(column.finish()) as ArrayRef);
    let arrays = arrays.chain([Arc::new(words.finish()) as ArrayRef]);
    let arrays = arrays.chain(counts.iter_mut().map(|column| Arc::new(column.finish()) as ArrayRef));
    let arrays: Vec<ArrayRef> = arrays.chain([Arc::new(unit.finish()) as ArrayRef]).collect();
    RecordBatch::try_new(Arc::new(Schema::new(fields)), arrays)
}

/// Returns a column in a type.
fn column(batch: &RecordBatch, name: &str, of: &DataType) -> PyResult<ArrayRef> {
    let found = batch.column_by_name(name).ok_or_else(|| PyValueError::new_err(format!("no column \"{name}\"")))?;
    cast(found, of).map_err(|error| PyValueError::new_err(format!("column \"{name}\": {error}")))
}

/// Returns the columns to group by: all but those of the table's own.
fn group_columns(batch: &RecordBatch, own: &[&str]) -> Vec<String> {
    let schema = batch.schema();
    let names = schema.fields().iter().map(|field| field.name().clone());
    names.filter(|name| !own.contains(&name.as_str())).collect()
}

fn group_values(batch: &RecordBatch, columns: &[String]) -> PyResult<Vec<ArrayRef>> {
    columns.iter().map(|name| column(batch, name, &DataType::Utf8)).collect()
}

fn values_of(columns: &[ArrayRef], row: usize) -> Vec<Option<String>> {
    let value = |column: &ArrayRef| column.is_valid(row).then(|| column.as_string::<i32>().value(row).to_owned());
    columns.iter().map(value).collect()
}

fn damaged(what: impl std::fmt::Display) -> PyErr {
    PyValueError::new_err(format!("not a whole table of scores: {what} [make it again with score()]"))
}

fn scores_of(batches: &[RecordBatch]) -> PyResult<Scores> {
    let columns = group_columns(&batches[0], &SCORES);
    let summaries = summaries(batches)?;
    let first = summaries.first().ok_or_else(|| damaged("no summary"))?;
    let origin: Origin = serde_json::from_value(first["origin"].clone()).map_err(damaged)?;
    let mut table = ScoreTable::new(columns.clone());
    for summary in &summaries {
        if summary["origin"] != first["origin"] {
            return Err(damaged("its parts were scored with different references or choices"));
        }
        let usual: UsualCounts = serde_json::from_value(summary["usual"].clone()).map_err(damaged)?;
        table.usual.merge(&usual);
        table.n_documents_without_units += summary["n_documents_without_units"].as_u64().unwrap_or(0);
    }
    batches.iter().try_for_each(|batch| add_documents(batch, &columns, origin.components.len(), &mut table))?;
    Ok(Scores::new(table, origin, None))
}

/// Returns what the parts say of all their documents.
fn summaries(batches: &[RecordBatch]) -> PyResult<Vec<Value>> {
    let mut summaries = Vec::new();
    for batch in batches {
        let found = column(batch, SCORES[3], &DataType::Utf8)?;
        for text in found.as_string::<i32>().iter().flatten() {
            summaries.push(serde_json::from_str(text).map_err(damaged)?);
        }
    }
    Ok(summaries)
}

fn add_documents(batch: &RecordBatch, columns: &[String], k: usize, table: &mut ScoreTable) -> PyResult<()> {
    let k = k.max(1);
    let floats = DataType::List(Arc::new(Field::new("item", DataType::Float32, true)));
    let groups = group_values(batch, columns)?;
    let (keys, summary) = (keys(batch)?, column(batch, SCORES[3], &DataType::Utf8)?);
    let (scores, pooled) = (column(batch, SCORES[1], &floats)?, column(batch, SCORES[2], &floats)?);
    let counts = column(batch, SCORES[4], &DataType::List(count_item()))?;
    let of_row = |lists: &ArrayRef, row: usize| {
        lists.as_list::<i32>().value(row).as_primitive::<Float32Type>().values().to_vec()
    };
    for row in (0..batch.num_rows()).filter(|&row| summary.is_null(row)) {
        let key = keys[row].ok_or_else(|| damaged("a document without a key"))?;
        let (scores, pooled) = (of_row(&scores, row), of_row(&pooled, row));
        let is_whole = scores.len() % k == 0 && (pooled.is_empty() || pooled.len() * k == scores.len());
        if !is_whole || scores.iter().chain(&pooled).any(|score| !score.is_finite()) {
            return Err(damaged("a document's scores are not those of its sentences"));
        }
        let mut document = ScoredDocument::with_pooled(key, values_of(&groups, row), scores, pooled, k);
        document.profile = counts_of(&counts, row)?;
        table.push(document);
    }
    Ok(())
}

/// Returns the counts of a document's words; `None` if they were not counted.
fn counts_of(lists: &ArrayRef, row: usize) -> PyResult<Option<DocumentProfile>> {
    if lists.is_null(row) {
        return Ok(None);
    }
    let counts = lists.as_list::<i32>().value(row);
    let counts = counts.as_primitive::<Int64Type>().values().iter().map(|&count| u32::try_from(count).ok());
    let counts: Option<[u32; 4]> = counts.collect::<Option<Vec<u32>>>().and_then(|counts| counts.try_into().ok());
    counts.map(|counts| Some(counts.into())).ok_or_else(|| damaged("a document without the four counts of its words"))
}

/// Returns the documents' keys. Engines without unsigned numbers carry their bits in signed ones.
fn keys(batch: &RecordBatch) -> PyResult<Vec<Option<DocumentKey>>> {
    let is_signed = batch.column_by_name(SCORES[0]).is_some_and(|found| *found.data_type() == DataType::Int64);
    if is_signed {
        let found = column(batch, SCORES[0], &DataType::Int64)?;
        let keys = found.as_primitive::<Int64Type>().iter();
        return Ok(keys.map(|key| key.map(|key| DocumentKey(key.cast_unsigned()))).collect());
    }
    let found = column(batch, SCORES[0], &DataType::UInt64)?;
    Ok(found.as_primitive::<UInt64Type>().iter().map(|key| key.map(DocumentKey)).collect())
}

fn words_of(batches: &[RecordBatch]) -> PyResult<Scores> {
    let columns = group_columns(&batches[0], &WORDS);
    let mut table: Option<OccurrenceTable> = None;
    for batch in batches {
        let groups = group_values(batch, &columns)?;
        let words = column(batch, WORDS[0], &DataType::Utf8)?;
        let units = column(batch, WORDS[5], &DataType::Utf8)?;
        let counts =
            WORDS[1..5].iter().map(|name| column(batch, name, &DataType::UInt64)).collect::<PyResult<Vec<_>>>()?;
        for row in 0..batch.num_rows() {
            let unit: UnitRule =
                units.as_string::<i32>().value(row).parse().map_err(
                    |error: llm_prevalence::tokenize::UnknownUnitRule| PyValueError::new_err(error.to_string()),
                )?;
            let table = table.get_or_insert_with(|| OccurrenceTable::new(unit, columns.clone()));
            let number = |at: usize| counts[at].as_primitive::<UInt64Type>().value(row);
            let of =
                Counts { n_documents: number(0), n_units: number(1), sum_squares: number(2), sum_products: number(3) };
            let word = words.is_valid(row).then(|| words.as_string::<i32>().value(row));
            table.add(&GroupKey::from(values_of(&groups, row)), word, of);
        }
    }
    let table = table.ok_or_else(|| PyValueError::new_err("a table of occurrences without a row"))?;
    let origin = Origin::default();
    Ok(Scores::new(ScoreTable::new(vec![]), origin, Some(table)))
}
