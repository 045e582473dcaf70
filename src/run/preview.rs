//! Shows how the input would be read, without an estimate.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::Serialize;

use super::dates::DateColumns;
use super::error::RunError;
use super::input::source_input;
use super::options::TargetOptions;
use super::refusals::TargetError;
use super::select::{Selected, select};
use super::tables::score_tables;
use crate::corpus::{Columns, Document, FileSummary, ReadSummary, Span, read_corpus, span};
use crate::estimate::{CutSummary, ReferenceSummary, RunSummary};
use crate::progress::Progress;
use crate::tokenize::{UnitRule, UnitVisitor, visit_units};

/// Number of documents whose units are counted.
const N_SHOWN: usize = 3;
/// Maximum number of characters of an id that are shown.
const MAX_ID_CHARACTERS: usize = 60;

/// The record of how an input is read.
#[derive(Debug, Clone, Serialize)]
#[non_exhaustive]
pub struct Preview {
    /// Summary of the run, with the settings that an estimate would have; its reference is `None` if none is named.
    #[serde(flatten)]
    pub run: RunSummary<Option<ReferenceSummary>>,
    /// Notes to read before estimating.
    pub warnings: Vec<String>,
    /// The files, grouped by how they are read.
    pub files: Vec<Alike>,
    /// Number of documents.
    pub n_documents: u64,
    /// Number of documents without text.
    pub n_documents_without_text: u64,
    /// Number of documents with bytes that are not UTF-8.
    pub n_documents_invalid_utf8: u64,
    /// Summary of what is cut from running text because it is not prose.
    pub cut: Option<CutSummary>,
    /// Numbers of records left out, by reason.
    pub skipped: BTreeMap<&'static str, u64>,
    /// Numbers of documents that are clearly not in English, by its code.
    pub other_languages: BTreeMap<&'static str, u64>,
    /// Share of the documents that these are, 0 to 1.
    pub other_language_share: Option<f64>,
    /// Decisions about the files that nobody asked for.
    pub remarks: Vec<String>,
    /// The column with dates, the number of documents with one, and the first and last day.
    pub date: Option<DateRange>,
    /// The first documents, with their numbers of units.
    pub first_documents: Vec<Sample>,
}

/// Files that are read alike.
#[derive(Debug, Clone, Serialize)]
#[non_exhaustive]
pub struct Alike {
    /// Number of files.
    pub n_files: usize,
    /// Name of the first one.
    pub name: String,
    /// Their format.
    pub format: &'static str,
    /// The layout of their records, if it is a known one.
    pub layout: Option<&'static str>,
    /// The columns with text.
    pub text_fields: Vec<String>,
    /// The column with the id of a document.
    pub id_field: Option<String>,
    /// Number of their documents.
    pub n_documents: u64,
}

/// The range of the dates in an input.
#[derive(Debug, Clone, Serialize)]
#[non_exhaustive]
pub struct DateRange {
    /// Name of the column.
    pub field: String,
    /// Number of documents with a date in it.
    pub n_documents: u64,
    /// The first day.
    pub first: Date,
    /// The last day.
    pub last: Date,
}

/// One of the first documents.
#[derive(Debug, Clone, Serialize)]
#[non_exhaustive]
pub struct Sample {
    /// Its id, shortened.
    pub id: Option<String>,
    /// Number of its units.
    pub n_units: usize,
}

/// Reads an input and returns how it was read, without estimating anything.
///
/// # Errors
/// Fails if the input cannot be read, or if it is a score table.
///
/// # Examples
///
/// ```
/// use llm_prevalence::progress::Silent;
/// use llm_prevalence::run::{InputOptions, TargetOptions, preview};
///
/// # let folder = tempfile::tempdir()?;
/// # let path = folder.path().join("reviews.csv").display().to_string();
/// let rows = (0..40).map(|n| format!("{n},I liked part {n}. The proof in step {n} is wrong.\n"));
/// std::fs::write(&path, format!("id,text\n{}", rows.collect::<String>()))?;
/// let found = preview(&TargetOptions::new(InputOptions::new([path])), &Silent)?;
/// assert_eq!((found.n_documents, found.files[0].format), (40, "csv"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn preview(options: &TargetOptions, progress: &dyn Progress) -> Result<Preview, RunError> {
    if !score_tables(&options.input, &options.input.inputs)?.is_empty() {
        return Err(TargetError::PreviewOfScores.into());
    }
    let reference = options.reference.as_deref().map(|name| select(name).map(|found| summary(&found, options)));
    let (reference, own_unit) = reference.transpose()?.unzip();
    let unit = options.unit.or(own_unit).unwrap_or_default();
    let dates = DateColumns::new(options.control.date_field.as_ref());
    let columns = dates.add_to(Columns::default().require(&options.by));
    let mut days: Vec<Option<(u64, Span)>> = vec![None; dates.names.len()];
    let mut first_documents = Vec::new();
    progress.step("reading");
    let reading = columns.read_by(&options.input.reading);
    let summary = read_corpus(&options.input.reading.find_inputs(&options.input.inputs)?, &reading, &mut |batch| {
        for document in &batch {
            dates.names.iter().zip(&mut days).for_each(|(name, days)| widen(days, document.value(&columns, name)));
        }
        let shown = batch.iter().take(N_SHOWN - first_documents.len());
        first_documents.extend(shown.map(|document| sample(document, unit)));
        Ok(())
    })?;
    let found = dates.names.iter().zip(days).find_map(|(name, days)| days.map(|days| (name, days)));
    let date = found.map(|(field, (n_documents, Span { first, last }))| DateRange {
        field: field.clone(),
        n_documents,
        first,
        last,
    });
    let input = source_input("", &summary).input;
    let run = RunSummary { input, ..RunSummary::new(unit, options.level, options.seed, reference) };
    Ok(recognised(run, summary, date, first_documents))
}

/// Returns the summary of a reference, and the unit that it is for.
fn summary(found: &Selected, options: &TargetOptions) -> (ReferenceSummary, UnitRule) {
    match found {
        Selected::Fitted(reference, sha256) => {
            let (scorer, own) = (options.scorer.unwrap_or_default(), reference.settings.unit);
            (ReferenceSummary::new(reference, sha256, scorer, options.unit.unwrap_or(own)), own)
        }
        Selected::Published(name, sha256, _) => (ReferenceSummary::published(name, sha256), UnitRule::Sentence),
    }
}

/// Widens a range to hold another date.
fn widen(days: &mut Option<(u64, Span)>, value: Option<&str>) {
    let Some(span) = value.and_then(span) else { return };
    let (n, known) = days.unwrap_or((0, span));
    *days = Some((n + 1, Span { first: known.first.min(span.first), last: known.last.max(span.last) }));
}

fn sample(document: &Document, unit: UnitRule) -> Sample {
    struct Count(usize);
    impl UnitVisitor for Count {
        fn word(&mut self, _: &str) {}
        fn end_unit(&mut self, counts: bool) {
            self.0 += usize::from(counts);
        }
    }
    let mut count = Count(0);
    visit_units(&document.text, unit, &mut String::new(), &mut count);
    let shown = |id: &String| id.chars().filter(|c| !c.is_control()).take(MAX_ID_CHARACTERS).collect();
    Sample { id: document.id.as_ref().map(shown), n_units: count.0 }
}

fn recognised(
    run: RunSummary<Option<ReferenceSummary>>,
    summary: ReadSummary,
    date: Option<DateRange>,
    first_documents: Vec<Sample>,
) -> Preview {
    let other_language_share = summary.other_language_share();
    let mut files: Vec<Alike> = Vec::new();
    for file in &summary.files {
        match files.iter_mut().find(|known| known.is_like(file)) {
            Some(known) => {
                known.n_files += 1;
                known.n_documents += file.n_documents;
            }
            None => files.push(Alike::of(file)),
        }
    }
    Preview {
        warnings: run.notes(),
        run,
        files,
        n_documents: summary.n_documents,
        n_documents_without_text: summary.n_without_text,
        n_documents_invalid_utf8: summary.n_invalid_utf8,
        cut: CutSummary::new(&summary.cut),
        skipped: summary.skipped.iter().map(|(reason, n)| (reason.name(), *n)).collect(),
        remarks: summary.remarks(),
        other_languages: summary.other_languages,
        other_language_share,
        date,
        first_documents,
    }
}

impl Alike {
    fn of(file: &FileSummary) -> Alike {
        Alike {
            n_files: 1,
            name: file.name.clone(),
            format: file.format.name(),
            layout: file.layout.map(|layout| layout.name()),
            text_fields: file.text_fields.clone(),
            id_field: file.id_field.clone(),
            n_documents: file.n_documents,
        }
    }

    fn is_like(&self, file: &FileSummary) -> bool {
        self.format == file.format.name()
            && self.layout == file.layout.map(|layout| layout.name())
            && self.text_fields == file.text_fields
            && self.id_field == file.id_field
    }
}
