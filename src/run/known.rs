//! Reads texts of known source, for fits, validations and lints.

use std::collections::{BTreeMap, BTreeSet};

use super::dates::DATE_COLUMNS;
use super::error::RunError;
use super::input::source_input;
use super::known_options::KnownOptions;
use super::one_sided::{FIELD_COLUMNS, OneSided};
use super::reading::Reading;
use super::refusals::KnownError;
use crate::corpus::{Columns, Document, read_corpus};
use crate::estimate::SourceInput;
use crate::progress::Progress;
use crate::reference::{FileCard, Grouping, HUMAN, KnownCorpus, KnownDocument};

/// Columns that keep documents together if no other is named.
pub(super) const SPLIT_COLUMNS: [&str; 3] = ["forum", "paper", "paper_id"];
/// The column with the exact generator.
const GENERATOR: &str = "generator";

/// Columns that distinguish kinds of human text if no others are named.
const STRATUM_COLUMNS: [&str; 2] = ["venue", "year"];
/// The column that says what an LLM was asked for, if no other is named.
const KIND_COLUMN: &str = "prompt";

/// The texts of known source that were read.
#[derive(Debug, Default)]
#[non_exhaustive]
pub struct KnownTexts {
    /// The corpora, one for each source and argument.
    pub corpora: Vec<KnownCorpus>,
    /// Columns that keep documents together, in order of precedence.
    pub split_by: Vec<String>,
    /// Summaries of what was read, one for each argument.
    pub inputs: Vec<SourceInput>,
    /// Warnings about fields and forms that only one side has.
    pub warnings: Vec<String>,
}

/// Reads human and LLM texts, with their values in the columns `strata` if they have any.
///
/// # Errors
/// Fails if a side is missing, a text cannot be read, or its source is not known.
pub fn read_known_texts(
    options: &KnownOptions,
    strata: &[String],
    progress: &dyn Progress,
) -> Result<KnownTexts, RunError> {
    if options.llm.is_empty() {
        return Err(KnownError::NoLlm.into());
    }
    if options.human.is_empty() && options.source_field.is_none() {
        return Err(KnownError::NoHuman.into());
    }
    let mut reader = Reader::new(options, strata, progress)?;
    if !options.human.is_empty() {
        reader.read(&Origin::Named(HUMAN.to_owned()), &options.human)?;
    }
    for (name, path) in &options.llm {
        let origin = Origin::of(name.as_deref(), path, options.source_field.as_deref())?;
        reader.read(&origin, std::slice::from_ref(path))?;
    }
    reader.found.warnings = reader.one_sided.warnings();
    Ok(reader.found)
}

/// The source of the texts in some files.
enum Origin {
    /// The source of this name.
    Named(String),
    /// The source that this column names for each text.
    Column(String),
}

impl Origin {
    /// Returns the origin of LLM texts with this name, if they have one, in the files at `path`.
    fn of(name: Option<&str>, path: &str, source_field: Option<&str>) -> Result<Origin, KnownError> {
        match (name, source_field) {
            (Some(name), _) if name.is_empty() || name == HUMAN => {
                Err(KnownError::NotAName(format!("{name}={path}"), name.to_owned()))
            }
            (Some(name), _) => Ok(Origin::Named(name.to_owned())),
            (None, Some(column)) => Ok(Origin::Column(column.to_owned())),
            (None, None) => Err(KnownError::Nameless(path.to_owned())),
        }
    }
}

/// Returns the groups, with the names of the sources that their patterns match.
pub(super) fn groups(pools: &[(String, String)], corpora: &[KnownCorpus]) -> Result<Vec<Grouping>, KnownError> {
    let known: BTreeSet<&String> = corpora.iter().map(|corpus| &corpus.source).filter(|name| *name != HUMAN).collect();
    let mut groups: Vec<Grouping> = Vec::new();
    for (name, pattern) in pools {
        let argument = || format!("{name}={pattern}");
        let pattern = glob::Pattern::new(pattern).map_err(|error| KnownError::NotAPattern(argument(), error))?;
        let matched: Vec<String> =
            known.iter().filter(|source| pattern.matches(source)).map(|s| (*s).clone()).collect();
        if matched.is_empty() {
            let known = known.iter().map(|name| name.as_str()).collect::<Vec<_>>().join(", ");
            return Err(KnownError::EmptyGroup(argument(), known));
        }
        match groups.iter_mut().find(|group| group.name == *name) {
            Some(group) => group.sources.extend(matched),
            None => groups.push(Grouping { name: name.clone(), sources: matched }),
        }
    }
    Ok(groups)
}

/// Returns the name of a kind and its pattern.
fn kind((name, pattern): &(String, String)) -> Result<(String, glob::Pattern), KnownError> {
    let parsed = glob::Pattern::new(pattern).map_err(|_| KnownError::NotAKind(format!("{name}={pattern}")))?;
    Ok((name.clone(), parsed))
}

/// A reader of the arguments, one after the other.
struct Reader<'a> {
    options: &'a KnownOptions,
    /// Columns that keep documents together.
    split: Vec<String>,
    dates: Vec<String>,
    strata: &'a [String],
    /// Columns that distinguish kinds of human text.
    forms: Vec<String>,
    /// The column that says what an LLM was asked for; `kinds` are the names for its values.
    kind_field: String,
    kinds: Vec<(String, glob::Pattern)>,
    /// Columns whose values both sides should have; `one_sided` counts what they have.
    fields: Vec<String>,
    one_sided: OneSided,
    columns: Columns,
    progress: &'a dyn Progress,
    found: KnownTexts,
}

impl<'a> Reader<'a> {
    fn new(
        options: &'a KnownOptions,
        strata: &'a [String],
        progress: &'a dyn Progress,
    ) -> Result<Reader<'a>, KnownError> {
        let pick = |named: &Option<String>, usual: &[&str]| match named {
            Some(column) => vec![column.clone()],
            None => usual.iter().map(|column| (*column).to_owned()).collect(),
        };
        let split = pick(&options.split_by, &SPLIT_COLUMNS);
        let dates = pick(&options.date_field, &DATE_COLUMNS);
        let named: Vec<String> = [&options.split_by, &options.date_field].into_iter().flatten().cloned().collect();
        let columns = Columns::default().require(&named).offer(&split).offer(&dates);
        let forms = match options.strata.is_empty() {
            true => STRATUM_COLUMNS.iter().map(|column| (*column).to_owned()).collect(),
            false => options.strata.clone(),
        };
        let kind_field = options.kind_field.clone().unwrap_or_else(|| KIND_COLUMN.to_owned());
        let kinds = options.kinds.iter().map(kind).collect::<Result<_, _>>()?;
        let columns = columns.offer(&[GENERATOR.to_owned(), kind_field.clone()]).offer(&forms).offer(strata);
        let fields: Vec<String> = FIELD_COLUMNS.iter().map(|column| (*column).to_owned()).collect();
        let columns = columns.offer(&fields);
        let (found, one_sided) = (KnownTexts::default(), OneSided::default());
        Ok(Reader {
            options,
            split,
            dates,
            strata,
            forms,
            kind_field,
            kinds,
            fields,
            one_sided,
            columns,
            progress,
            found,
        })
    }

    /// Reads the corpora in some files: one, or if a column names the sources, one for each in order of their names.
    fn read(&mut self, origin: &Origin, paths: &[String]) -> Result<(), RunError> {
        let name = if let Origin::Named(name) = origin { name } else { &paths[0] };
        let inputs = self.options.reading.find_inputs(paths)?;
        let columns = match origin {
            Origin::Column(column) => self.columns.clone().require(std::slice::from_ref(column)),
            Origin::Named(_) => self.columns.clone(),
        };
        let mut documents: BTreeMap<Option<String>, Vec<KnownDocument>> = BTreeMap::new();
        let reading = columns.read_by(&self.options.reading);
        let step = format!("reading {name}");
        let waiting = Reading::new(&inputs, &reading.amount, self.progress);
        waiting.step(&step);
        let summary = read_corpus(&inputs, &reading, &mut |batch| {
            self.note_split(&batch, &columns);
            waiting.step(&step);
            for document in batch {
                let source = match origin {
                    Origin::Named(name) => Some(name.as_str()),
                    Origin::Column(column) => document.value(&columns, column).filter(|name| !name.trim().is_empty()),
                };
                let (source, is_human) = (source.map(str::to_owned), source == Some(HUMAN));
                self.one_sided.note(&document, &columns, &self.fields, is_human);
                documents.entry(source).or_default().push(self.known(document, &columns, is_human));
            }
            Ok(())
        })?;
        self.found.inputs.push(source_input(name, &summary));
        let files = summary.files.into_iter().map(|file| FileCard { name: file.name, sha256: file.sha256 });
        self.add(origin, paths, documents, files.collect())
    }

    fn add(
        &mut self,
        origin: &Origin,
        paths: &[String],
        mut documents: BTreeMap<Option<String>, Vec<KnownDocument>>,
        files: Vec<FileCard>,
    ) -> Result<(), RunError> {
        if let (Some(nameless), Origin::Column(column)) = (documents.get(&None), origin) {
            return Err(KnownError::UnknownSource(paths[0].clone(), nameless.len(), column.clone()).into());
        }
        if let (true, Origin::Named(name)) = (documents.is_empty(), origin) {
            documents.insert(Some(name.clone()), vec![]);
        }
        let by_column = matches!(origin, Origin::Column(_));
        let corpus = |(source, documents): (Option<String>, Vec<KnownDocument>)| {
            source.map(|source| KnownCorpus { source, files: files.clone(), by_column, documents })
        };
        self.found.corpora.extend(documents.into_iter().filter_map(corpus));
        Ok(())
    }

    /// Returns the stratum of a document: its form for human text, what was asked for if an LLM wrote it.
    fn stratum(&self, document: &Document, columns: &Columns, is_human: bool) -> Option<String> {
        if is_human {
            let values: Vec<&str> = self.forms.iter().filter_map(|column| document.value(columns, column)).collect();
            return Some(values.join(" ")).filter(|stratum| !stratum.is_empty());
        }
        let asked = document.value(columns, &self.kind_field)?;
        let named = self.kinds.iter().find(|(_, pattern)| pattern.matches(asked));
        Some(named.map_or(asked, |(name, _)| name).to_owned())
    }

    fn known(&self, document: Document, columns: &Columns, is_human: bool) -> KnownDocument {
        let owned = |value: Option<&str>| value.map(str::to_owned);
        let value = |column: &String| Some((column.clone(), document.value(columns, column)?.to_owned()));
        KnownDocument {
            group: owned(document.first_value(columns, &self.split)),
            date: owned(document.first_value(columns, &self.dates)),
            generator: owned(document.value(columns, GENERATOR)),
            strata: self.strata.iter().filter_map(value).collect(),
            stratum: self.stratum(&document, columns, is_human),
            text: document.text,
        }
    }

    /// Notes which split columns some document has, in order of precedence.
    fn note_split(&mut self, documents: &[Document], columns: &Columns) {
        let found = &self.found.split_by;
        let has = |column: &String| documents.iter().any(|document| document.value(columns, column).is_some());
        let all = self.split.iter().filter(|column| found.contains(column) || has(column));
        self.found.split_by = all.cloned().collect();
    }
}
