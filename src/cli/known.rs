//! Texts of known source, as `fit`, `validate` and `reference lint` are given them.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use anyhow::Context;

use super::args::KnownArgs;
use super::target::input_read;
use crate::corpus::{Document, ReadSummary, find_inputs, read_corpus};
use crate::estimate::{InputSummary, SourceInput};
use crate::progress::Progress;
use crate::reference::{FileCard, Grouping, HUMAN, KnownCorpus, KnownDocument};

/// Columns that keep documents together where no other is named.
pub const SPLIT_COLUMNS: [&str; 3] = ["forum", "paper", "paper_id"];
/// Columns with a date where no other is named.
pub const DATE_COLUMNS: [&str; 4] = ["date", "created", "announced", "year"];
/// The column with the exact generator.
const GENERATOR: &str = "generator";

/// What was read.
pub struct KnownTexts {
    /// One for each source and argument.
    pub corpora: Vec<KnownCorpus>,
    /// Columns that keep documents together, in the order in which they count.
    pub split_by: Vec<String>,
    /// What was read, one for each argument.
    pub inputs: Vec<SourceInput>,
}

/// Reads everything that `--human` and `--llm` name, with the values of the columns `strata` where there are such.
pub fn read_known_texts(
    arguments: &KnownArgs,
    strata: &[String],
    progress: &dyn Progress,
) -> anyhow::Result<KnownTexts> {
    anyhow::ensure!(
        !arguments.llm.is_empty(),
        "--llm is missing: LLM text is needed, such as --llm gpt-4=reviews.jsonl"
    );
    anyhow::ensure!(
        !arguments.human.is_empty() || arguments.source_field.is_some(),
        "--human is missing: human text is needed, or a column that tells the sources apart (--source-field)"
    );
    let columns = Columns::of(arguments, strata);
    let (mut corpora, mut split_by, mut inputs) = (Vec::new(), Vec::new(), Vec::new());
    if !arguments.human.is_empty() {
        let origin = Origin::Named(HUMAN.to_owned());
        let (read, input) =
            read_known(arguments, &columns, &origin, &arguments.human, strata, &mut split_by, progress)?;
        corpora.extend(read);
        inputs.push(input);
    }
    for argument in &arguments.llm {
        let (origin, path) = Origin::of(argument, arguments.source_field.as_deref())?;
        let (read, input) = read_known(arguments, &columns, &origin, &[path], strata, &mut split_by, progress)?;
        corpora.extend(read);
        inputs.push(input);
    }
    Ok(KnownTexts { corpora, split_by, inputs })
}

/// Who wrote the texts of some files.
enum Origin {
    /// One source.
    Named(String),
    /// Whoever a column names.
    Column(String),
}

impl Origin {
    /// What `--llm ARGUMENT` says, and the path in it.
    fn of(argument: &str, source_field: Option<&str>) -> anyhow::Result<(Origin, String)> {
        let named = argument.split_once('=').filter(|_| !Path::new(argument).exists());
        match (named, source_field) {
            (Some((name, path)), _) => {
                anyhow::ensure!(
                    !name.is_empty() && name != HUMAN,
                    "--llm {argument}: an LLM source needs a name of its own, not \"{name}\""
                );
                Ok((Origin::Named(name.to_owned()), path.to_owned()))
            }
            (None, Some(column)) => Ok((Origin::Column(column.to_owned()), argument.to_owned())),
            (None, None) => anyhow::bail!(
                "--llm {argument}: a name and a path are needed, such as gpt-4=reviews.jsonl, or a column that names the LLM (--source-field)"
            ),
        }
    }
}

/// The groups of `--group NAME=PATTERN`, with the names of the sources that the patterns match.
pub fn groups(arguments: &[String], corpora: &[KnownCorpus]) -> anyhow::Result<Vec<Grouping>> {
    let known: BTreeSet<&String> = corpora.iter().map(|corpus| &corpus.source).filter(|name| *name != HUMAN).collect();
    let mut groups: Vec<Grouping> = Vec::new();
    for argument in arguments {
        let (name, pattern) = argument
            .split_once('=')
            .with_context(|| format!("--group {argument}: a name and a pattern are needed, such as gpt-4o=gpt-4o*"))?;
        let pattern = glob::Pattern::new(pattern).with_context(|| format!("--group {argument}: not a pattern"))?;
        let matched: Vec<String> =
            known.iter().filter(|source| pattern.matches(source)).map(|s| (*s).clone()).collect();
        anyhow::ensure!(
            !matched.is_empty(),
            "--group {argument}: no LLM source has such a name [LLM sources here: {}]",
            known.iter().map(|name| name.as_str()).collect::<Vec<_>>().join(", ")
        );
        match groups.iter_mut().find(|group| group.name == name) {
            Some(group) => group.sources.extend(matched),
            None => groups.push(Grouping { name: name.to_owned(), sources: matched }),
        }
    }
    Ok(groups)
}

/// Which columns hold groups, dates and generators, in the order of a document's values.
struct Columns {
    required: Vec<String>,
    optional: Vec<String>,
    split: Vec<String>,
    dates: Vec<String>,
}

impl Columns {
    fn of(arguments: &KnownArgs, strata: &[String]) -> Columns {
        let pick = |named: &Option<String>, usual: &[&str]| match named {
            Some(column) => vec![column.clone()],
            None => usual.iter().map(|column| (*column).to_owned()).collect(),
        };
        let split = pick(&arguments.split_by, &SPLIT_COLUMNS);
        let dates = pick(&arguments.date_field, &DATE_COLUMNS);
        let named = [&arguments.split_by, &arguments.date_field];
        let required: Vec<String> = named.into_iter().flatten().cloned().collect();
        let all = split.iter().chain(&dates).cloned().chain([GENERATOR.to_owned()]).chain(strata.iter().cloned());
        let mut optional: Vec<String> = Vec::new();
        for column in all.filter(|column| !required.contains(column)) {
            if !optional.contains(&column) {
                optional.push(column);
            }
        }
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

/// What a result says of the texts of a source.
pub fn source_input(name: &str, summary: &ReadSummary) -> SourceInput {
    let input = InputSummary {
        n_documents: (summary.n_documents - summary.n_without_text) as usize,
        n_documents_without_units: summary.n_without_text,
        ..input_read(summary)
    };
    SourceInput { name: name.to_owned(), input }
}

/// The corpora in some files: one, or where a column names the sources, one for each in the order of their names; and
/// what was read.
fn read_known(
    arguments: &KnownArgs,
    columns: &Columns,
    origin: &Origin,
    paths: &[String],
    strata: &[String],
    split_by: &mut Vec<String>,
    progress: &dyn Progress,
) -> anyhow::Result<(Vec<KnownCorpus>, SourceInput)> {
    let name = if let Origin::Named(name) = origin { name } else { &paths[0] };
    progress.step(&format!("reading {name}"));
    let inputs = find_inputs(paths)?;
    let mut required = columns.required.clone();
    let mut optional = columns.optional.clone();
    if let Origin::Column(column) = origin {
        optional.retain(|known| known != column);
        required.push(column.clone());
    }
    let here = Columns { required, optional, split: columns.split.clone(), dates: columns.dates.clone() };
    let options = arguments.reading.options(here.required.clone(), here.optional.clone());
    let mut documents: BTreeMap<Option<String>, Vec<KnownDocument>> = BTreeMap::new();
    let generator = [GENERATOR.to_owned()];
    let summary = read_corpus(&inputs, &options, &mut |batch| {
        here.note_split(&batch, split_by);
        for document in batch {
            let source = match origin {
                Origin::Named(name) => Some(name.clone()),
                Origin::Column(column) => here.value(&document, column).filter(|name| !name.trim().is_empty()).cloned(),
            };
            documents.entry(source).or_default().push(KnownDocument {
                group: here.first(&document, &here.split),
                date: here.first(&document, &here.dates),
                generator: here.first(&document, &generator),
                strata: strata.iter().map(|column| here.value(&document, column).cloned()).collect(),
                text: document.text,
            });
        }
        Ok(())
    })?;
    let input = source_input(name, &summary);
    let files: Vec<FileCard> =
        summary.files.into_iter().map(|file| FileCard { name: file.name, sha256: file.sha256 }).collect();
    if let (Some(nameless), Origin::Column(column)) = (documents.get(&None), origin) {
        anyhow::bail!(
            "{}: {} of its documents have nothing in column \"{column}\", so their source is unknown [fill it in, or leave them out]",
            paths[0],
            nameless.len()
        );
    }
    if let (true, Origin::Named(name)) = (documents.is_empty(), origin) {
        documents.insert(Some(name.clone()), vec![]);
    }
    let by_column = matches!(origin, Origin::Column(_));
    let corpus = |(source, documents): (Option<String>, Vec<KnownDocument>)| {
        source.map(|source| KnownCorpus { source, files: files.clone(), by_column, documents })
    };
    Ok((documents.into_iter().filter_map(corpus).collect(), input))
}
