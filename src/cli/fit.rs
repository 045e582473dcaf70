//! `fit`: texts of known source to a reference file.

use anyhow::Context;

use super::args::FitArgs;
use super::output::{complain, write_whole};
use super::progress::Spinner;
use crate::corpus::{Document, find_inputs, read_corpus};
use crate::occurrence::VocabularyRule;
use crate::progress::Progress;
use crate::reference::{Card, FileCard, FitOptions, HUMAN, KnownCorpus, KnownDocument, Reference, fit};
use crate::tokenize::UnitRule;

/// Columns that keep documents together where no other is named.
const SPLIT_COLUMNS: [&str; 3] = ["forum", "paper", "paper_id"];
/// Columns with a date where no other is named.
const DATE_COLUMNS: [&str; 4] = ["date", "created", "announced", "year"];
/// The column with the exact generator.
const GENERATOR: &str = "generator";

/// Runs the command.
pub fn run(arguments: &FitArgs, quiet: bool) -> anyhow::Result<()> {
    let progress = Spinner::new(quiet);
    let columns = Columns::of(arguments);
    let mut split_by = Vec::new();
    let mut corpora = vec![read_known(arguments, &columns, HUMAN, &arguments.human, &mut split_by, &progress)?];
    for argument in &arguments.llm {
        let (name, path) = argument
            .split_once('=')
            .with_context(|| format!("--llm {argument}: a name and a path are needed, such as gpt-4=reviews.jsonl"))?;
        anyhow::ensure!(
            !name.is_empty() && name != HUMAN,
            "--llm {argument}: an LLM source needs a name of its own, not \"{name}\""
        );
        corpora.push(read_known(arguments, &columns, name, &[path.to_owned()], &mut split_by, &progress)?);
    }
    let reference = fit(corpora, &options(arguments, split_by), &progress)?;
    let bytes = reference.to_bytes();
    write_whole(&arguments.file, |out| Ok(out.write_all(&bytes)?))?;
    drop(progress);
    if !quiet {
        summarise(arguments, &reference);
    }
    Ok(())
}

/// Which columns hold groups, dates and generators, in the order of a document's values.
struct Columns {
    required: Vec<String>,
    optional: Vec<String>,
    split: Vec<String>,
    dates: Vec<String>,
}

impl Columns {
    fn of(arguments: &FitArgs) -> Columns {
        let pick = |named: &Option<String>, usual: &[&str]| match named {
            Some(column) => vec![column.clone()],
            None => usual.iter().map(|column| (*column).to_owned()).collect(),
        };
        let split = pick(&arguments.split_by, &SPLIT_COLUMNS);
        let dates = pick(&arguments.date_field, &DATE_COLUMNS);
        let named = [&arguments.split_by, &arguments.date_field];
        let required: Vec<String> = named.into_iter().flatten().cloned().collect();
        let all = split.iter().chain(&dates).cloned().chain([GENERATOR.to_owned()]);
        let optional = all.filter(|column| !required.contains(column)).collect();
        Columns { required, optional, split, dates }
    }

    /// The first value that a document has in `columns`.
    fn first(&self, document: &Document, columns: &[String]) -> Option<String> {
        columns.iter().find_map(|column| self.value(document, column).cloned())
    }

    fn value<'a>(&self, document: &'a Document, wanted: &String) -> Option<&'a String> {
        let place = self.required.iter().chain(&self.optional).position(|column| column == wanted)?;
        document.values[place].as_ref()
    }

    /// Notes which split columns some document has, in the order in which they count.
    fn note_split(&self, documents: &[Document], found: &mut Vec<String>) {
        let has = |column: &String| documents.iter().any(|document| self.value(document, column).is_some());
        let new: Vec<&String> = self.split.iter().filter(|column| found.contains(column) || has(column)).collect();
        *found = new.into_iter().cloned().collect();
    }
}

fn read_known(
    arguments: &FitArgs,
    columns: &Columns,
    source: &str,
    paths: &[String],
    split_by: &mut Vec<String>,
    progress: &dyn Progress,
) -> anyhow::Result<KnownCorpus> {
    progress.step(&format!("reading {source}"));
    let inputs = find_inputs(paths)?;
    let options = arguments.reading.options(columns.required.clone(), columns.optional.clone());
    let mut documents = Vec::new();
    let generator = [GENERATOR.to_owned()];
    let summary = read_corpus(&inputs, &options, &mut |batch| {
        columns.note_split(&batch, split_by);
        documents.extend(batch.into_iter().map(|document| KnownDocument {
            group: columns.first(&document, &columns.split),
            date: columns.first(&document, &columns.dates),
            generator: columns.first(&document, &generator),
            text: document.text,
        }));
        Ok(())
    })?;
    let files = summary.files.into_iter().map(|file| FileCard { name: file.name, sha256: file.sha256 }).collect();
    Ok(KnownCorpus { source: source.to_owned(), files, documents })
}

fn options(arguments: &FitArgs, split_by: Vec<String>) -> FitOptions {
    let file_name = arguments.file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let stem = file_name.trim_end_matches(".json").trim_end_matches(".reference").to_owned();
    FitOptions {
        card: Card {
            name: arguments.name.clone().unwrap_or(stem),
            description: arguments.description.clone(),
            good_for: arguments.good_for.clone(),
            not_for: arguments.not_for.clone(),
        },
        unit: UnitRule::from(arguments.unit),
        vocabulary_rule: VocabularyRule {
            min_human_units: arguments.min_human_units,
            min_llm_units: arguments.min_llm_units,
        },
        seed: arguments.seed,
        n_folds: arguments.folds,
        split_by,
        held_out_share: arguments.hold_out,
        ..FitOptions::default()
    }
}

fn summarise(arguments: &FitArgs, reference: &Reference) {
    let sources: Vec<String> =
        reference.sources.iter().map(|source| format!("{} {}", source.name, source.n_units)).collect();
    complain(&format!(
        "{}: {} words; {}s: {}",
        arguments.file.display(),
        reference.vocabulary.len(),
        reference.settings.unit,
        sources.join(", ")
    ));
    if reference.sources.len() > 2 {
        complain("note: the LLM sources are kept apart in the counts, and pooled into one share");
    }
}
