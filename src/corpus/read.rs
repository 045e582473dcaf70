//! Inputs to documents, one input after the other.

use std::borrow::Cow;

use super::bytes::Bytes;
use super::cells::is_blank;
use super::inputs::Input;
use super::language::foreign_language;
use super::layout::Record;
use super::versions::Versions;
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
/// Notes with an id are handed over last, for of several versions of one, wherever they stand, only the newest is; until
/// then their text lies in a temporary file.
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
        read_opened(input, Bytes::open(input)?, options, &mut sink)?;
    }
    sink.release()?;
    sink.flush()?;
    sink.refuse_nothing()?;
    Ok(sink.summary)
}

/// What a format's reader says of the file it read.
pub(super) struct Outcome {
    pub(super) format: Format,
    pub(super) layout: Option<Layout>,
    pub(super) text_fields: Vec<String>,
    pub(super) unlisted_fields: Vec<String>,
    pub(super) id_field: Option<String>,
    pub(super) sha256: String,
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

/// Reads one file that is open already; an archive is several.
pub(super) fn read_opened(
    input: &Input,
    bytes: Bytes,
    options: &ReadOptions,
    sink: &mut Sink,
) -> Result<(), CorpusError> {
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
    sink.n_before_file = n_documents + sink.n_held;
    let Outcome { format, layout, text_fields, unlisted_fields, id_field, sha256 } = match format {
        Format::Parquet => parquet::read(&context, bytes, sink)?,
        Format::Csv => delimited::read(&context, bytes, b',', sink)?,
        Format::Tsv => delimited::read(&context, bytes, b'\t', sink)?,
        Format::Json => json::read(&context, bytes, sink)?,
        Format::JsonLines => json::read_lines(&context, bytes, sink)?,
        Format::Text | Format::Zip => text::read(&context, bytes, sink)?,
        Format::Xlsx => xlsx::read(&context, bytes, sink)?,
        Format::PubMed => pubmed::read(&context, bytes, sink)?,
    };
    if sink.n_in_file() == 0 && sink.n_skipped() == n_skipped {
        return Err(CorpusError::Empty { file: input.shown().to_owned(), found: "no row" });
    }
    // Notes that are held back are added when they are released.
    let n_documents = sink.summary.n_documents - n_documents;
    let name = input.name().to_owned();
    sink.summary.files.push(FileSummary {
        name,
        sha256,
        format,
        layout,
        text_fields,
        unlisted_fields,
        id_field,
        n_documents,
    });
    Ok(())
}

/// Gathers documents into batches and counts them.
pub(super) struct Sink<'a> {
    on_batch: &'a mut dyn FnMut(Vec<Document>) -> Result<(), CorpusError>,
    batch: Vec<Document>,
    n_bytes: usize,
    n_before_file: u64,
    versions: Versions,
    /// Versions of notes taken so far, and not released.
    n_held: u64,
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
            versions: Versions::default(),
            n_held: 0,
            english_only: options.english_only,
            summary: ReadSummary::default(),
        }
    }

    /// Takes one record of a layout.
    pub(super) fn push_record(&mut self, record: Record) -> Result<(), CorpusError> {
        match record {
            Record::Skipped(reason) => self.skip(reason),
            Record::Document(document) => self.push(document)?,
            Record::Version(version, note) => {
                // The file being read is the next to be listed.
                if self.versions.hold(version, self.summary.files.len(), note)? {
                    self.skip(Skipped::Duplicate);
                }
                self.n_held += 1;
            }
        }
        Ok(())
    }

    /// Takes the newest versions of the notes that were held back.
    fn release(&mut self) -> Result<(), CorpusError> {
        self.n_held = 0;
        std::mem::take(&mut self.versions).release(|file, note| {
            let Some(note) = note else {
                self.skip(Skipped::Deleted);
                return Ok(());
            };
            let before = self.summary.n_documents;
            self.push(note.into())?;
            self.summary.files[file].n_documents += self.summary.n_documents - before;
            Ok(())
        })
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
        self.summary.n_documents + self.n_held - self.n_before_file
    }

    /// Files read so far.
    pub(super) fn n_files(&self) -> usize {
        self.summary.files.len()
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
