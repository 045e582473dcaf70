//! Inputs to documents, one input after the other.

use std::borrow::Cow;
use std::collections::HashSet;

use super::bytes::Bytes;
use super::cells::is_blank;
use super::fields::Fields;
use super::inputs::Input;
use super::language::foreign_language;
use super::layout::Record;
use super::{CorpusError, Document, FileSummary, Format, Layout, ReadOptions, ReadSummary, Skipped, Text};
use super::{delimited, json, parquet, pubmed, text, xlsx, zip};
use crate::prose;

/// Documents, or bytes of text, after which a batch is handed over.
const BATCH_DOCUMENTS: usize = 4096;
const BATCH_BYTES: usize = 4 << 20;

/// Reads all inputs in order and hands their documents over in batches of a few thousand, or of a few MB of text.
///
/// The batches, their order and the summary depend on nothing but the inputs' content and the options; in particular
/// not on the number of threads. Running text is cut by the rules of [`prose`](crate::prose). Documents without text are handed over as empty [`Text::Prose`].
///
/// # Errors
///
/// The first [`CorpusError`] met, in the order of the inputs and of their lines or rows. Documents before it may have been
/// handed over by then. An error of `on_batch` ends the reading and is passed on.
pub fn read_corpus(
    inputs: &[Input],
    options: &ReadOptions,
    on_batch: &mut dyn FnMut(Vec<Document>) -> Result<(), CorpusError>,
) -> Result<ReadSummary, CorpusError> {
    let mut sink = Sink::new(options, on_batch);
    for input in inputs {
        let files = read_input(input, options, &mut sink)?;
        sink.summary.files.extend(files);
    }
    sink.flush()?;
    sink.refuse_nothing()?;
    Ok(sink.summary)
}

/// What a format's reader says of the file it read.
pub(super) struct Outcome {
    pub(super) format: Format,
    pub(super) layout: Option<Layout>,
    pub(super) text_fields: Vec<String>,
    pub(super) id_field: Option<String>,
    pub(super) sha256: String,
}

impl Outcome {
    /// Of rows whose columns were chosen by name.
    pub(super) fn of_rows(format: Format, fields: Fields, sha256: String) -> Self {
        Self { format, layout: None, text_fields: fields.text, id_field: fields.id, sha256 }
    }
}

/// What the readers of all formats are given.
pub(super) struct Context<'a> {
    pub(super) input: &'a Input,
    pub(super) options: &'a ReadOptions,
}

impl Context<'_> {
    /// The file as errors name it.
    pub(super) fn file(&self) -> &str {
        self.input.shown()
    }

    pub(super) fn owned_file(&self) -> String {
        self.file().to_owned()
    }
}

fn read_input(input: &Input, options: &ReadOptions, sink: &mut Sink) -> Result<Vec<FileSummary>, CorpusError> {
    read_opened(input, Bytes::open(input)?, options, sink)
}

/// Reads one file that is open already; an archive is several.
pub(super) fn read_opened(
    input: &Input,
    bytes: Bytes,
    options: &ReadOptions,
    sink: &mut Sink,
) -> Result<Vec<FileSummary>, CorpusError> {
    let format = options.format.or_else(|| Format::from_file_name(input.name()));
    if bytes.head().is_empty() && format != Some(Format::Text) {
        return Err(CorpusError::Empty { file: input.shown().to_owned(), found: "0 bytes" });
    }
    // A format that was asked for is that of the files in an archive.
    let format = match bytes.format() {
        Some(Format::Zip) if format != Some(Format::Xlsx) => Some(Format::Zip),
        by_content => format.or(by_content),
    };
    let Some(format) = format else {
        return Err(CorpusError::UnknownFormat { file: input.shown().to_owned() });
    };
    let context = Context { input, options };
    if format == Format::Zip {
        return zip::read(&context, bytes, sink);
    }
    let (n_documents, n_skipped) = (sink.summary.n_documents, sink.n_skipped());
    sink.n_before_file = n_documents;
    let Outcome { format, layout, text_fields, id_field, sha256 } = match format {
        Format::Parquet => parquet::read(&context, bytes, sink)?,
        Format::Csv => delimited::read(&context, bytes, b',', sink)?,
        Format::Tsv => delimited::read(&context, bytes, b'\t', sink)?,
        Format::Json => json::read(&context, bytes, sink)?,
        Format::JsonLines => json::read_lines(&context, bytes, sink)?,
        Format::Text | Format::Zip => text::read(&context, bytes, sink)?,
        Format::Xlsx => xlsx::read(&context, bytes, sink)?,
        Format::PubMed => pubmed::read(&context, bytes, sink)?,
    };
    let n_documents = sink.n_in_file();
    if n_documents == 0 && sink.n_skipped() == n_skipped {
        return Err(CorpusError::Empty { file: input.shown().to_owned(), found: "no row" });
    }
    Ok(vec![FileSummary { name: input.name().to_owned(), sha256, format, layout, text_fields, id_field, n_documents }])
}

/// Gathers documents into batches and counts them.
pub(super) struct Sink<'a> {
    on_batch: &'a mut dyn FnMut(Vec<Document>) -> Result<(), CorpusError>,
    batch: Vec<Document>,
    n_bytes: usize,
    n_before_file: u64,
    /// Keys of the records so far, to take each once.
    keys: HashSet<Box<str>>,
    english_only: bool,
    summary: ReadSummary,
}

impl<'a> Sink<'a> {
    fn new(options: &ReadOptions, on_batch: &'a mut dyn FnMut(Vec<Document>) -> Result<(), CorpusError>) -> Self {
        Self {
            on_batch,
            batch: Vec::new(),
            n_bytes: 0,
            n_before_file: 0,
            keys: HashSet::new(),
            english_only: options.english_only,
            summary: ReadSummary::default(),
        }
    }

    /// Takes one record of a layout.
    pub(super) fn push_record(&mut self, record: Record) -> Result<(), CorpusError> {
        match record {
            Record::Skipped(reason) => self.skip(reason),
            Record::Document { document, key } => {
                if key.is_none_or(|key| self.keys.insert(key.into_boxed_str())) {
                    return self.push(document);
                }
                self.skip(Skipped::Duplicate);
            }
        }
        Ok(())
    }

    /// Counts a record that is no document.
    pub(super) fn skip(&mut self, reason: Skipped) {
        *self.summary.skipped.entry(reason).or_default() += 1;
    }

    /// Takes one document.
    pub(super) fn push(&mut self, mut document: Document) -> Result<(), CorpusError> {
        if let Text::Prose(text) = &mut document.text
            && let Cow::Owned(prose) = prose::cut(text, &mut self.summary.cut)
        {
            *text = prose;
        }
        if is_blank(&document.text) {
            document.text = Text::Prose(String::new());
            self.summary.n_without_text += 1;
        } else if let Some(language) = foreign_language(&document.text) {
            *self.summary.other_languages.entry(language).or_default() += 1;
            if self.english_only {
                self.skip(Skipped::OtherLanguage);
                return Ok(());
            }
        }
        self.summary.n_documents += 1;
        self.n_bytes += document.text.n_bytes();
        self.batch.push(document);
        if self.batch.len() >= BATCH_DOCUMENTS || self.n_bytes >= BATCH_BYTES { self.flush() } else { Ok(()) }
    }

    /// Counts one more document (or line) in which bytes were replaced.
    pub(super) fn count_replaced(&mut self) {
        self.summary.n_invalid_utf8 += 1;
    }

    /// Documents of the present file so far.
    pub(super) fn n_in_file(&self) -> u64 {
        self.summary.n_documents - self.n_before_file
    }

    fn n_skipped(&self) -> u64 {
        self.summary.skipped.values().sum()
    }

    /// A corpus of which everything was skipped is an error: there is nothing to judge.
    fn refuse_nothing(&self) -> Result<(), CorpusError> {
        if self.summary.n_documents > 0 || self.summary.skipped.is_empty() {
            return Ok(());
        }
        let skipped = self.summary.skipped.iter().map(|(reason, n)| format!("{n} skipped as {}", reason.name()));
        Err(CorpusError::AllSkipped { skipped: skipped.collect::<Vec<_>>().join(", ") })
    }

    fn flush(&mut self) -> Result<(), CorpusError> {
        self.n_bytes = 0;
        if self.batch.is_empty() {
            return Ok(());
        }
        (self.on_batch)(std::mem::take(&mut self.batch))
    }
}
