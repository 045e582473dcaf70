//! Inputs to documents, one input after the other.

use super::bytes::Bytes;
use super::cells::is_blank;
use super::inputs::Input;
use super::{CorpusError, Document, FileSummary, Format, ReadOptions, ReadSummary, Text};
use super::{delimited, json, parquet, text};

/// Documents, or bytes of text, after which a batch is handed over.
const BATCH_DOCUMENTS: usize = 4096;
const BATCH_BYTES: usize = 4 << 20;

/// Reads all inputs in order and hands their documents over in batches of a few thousand, or of a few MB of text.
///
/// The batches, their order and the summary depend on nothing but the inputs' content and the options; in particular
/// not on the number of threads. Documents without text are handed over as empty [`Text::Prose`].
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
    let mut sink = Sink { on_batch, batch: Vec::new(), n_bytes: 0, n_before_file: 0, summary: ReadSummary::default() };
    for input in inputs {
        let file = read_input(input, options, &mut sink)?;
        sink.summary.files.push(file);
    }
    sink.flush()?;
    Ok(sink.summary)
}

/// What a format's reader says of the file it read.
pub(super) struct Outcome {
    pub(super) format: Format,
    pub(super) text_fields: Vec<String>,
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

fn read_input(input: &Input, options: &ReadOptions, sink: &mut Sink) -> Result<FileSummary, CorpusError> {
    let bytes = Bytes::open(input)?;
    let format = options.format.or_else(|| Format::from_file_name(input.name()));
    if bytes.head().is_empty() && format != Some(Format::Text) {
        return Err(CorpusError::Empty { file: input.shown().to_owned(), found: "0 bytes" });
    }
    let Some(format) = format.or_else(|| bytes.format()) else {
        return Err(CorpusError::UnknownFormat { file: input.shown().to_owned() });
    };
    let context = Context { input, options };
    sink.n_before_file = sink.summary.n_documents;
    let Outcome { format, text_fields, sha256 } = match format {
        Format::Parquet => parquet::read(&context, bytes, sink)?,
        Format::Csv => delimited::read(&context, bytes, b',', sink)?,
        Format::Tsv => delimited::read(&context, bytes, b'\t', sink)?,
        Format::Json => json::read(&context, bytes, sink)?,
        Format::JsonLines => json::read_lines(&context, bytes, sink)?,
        Format::Text => text::read(&context, bytes, sink)?,
    };
    let n_documents = sink.n_in_file();
    if n_documents == 0 {
        return Err(CorpusError::Empty { file: input.shown().to_owned(), found: "no row" });
    }
    Ok(FileSummary { name: input.name().to_owned(), sha256, format, text_fields, n_documents })
}

/// Gathers documents into batches and counts them.
pub(super) struct Sink<'a> {
    on_batch: &'a mut dyn FnMut(Vec<Document>) -> Result<(), CorpusError>,
    batch: Vec<Document>,
    n_bytes: usize,
    n_before_file: u64,
    summary: ReadSummary,
}

impl Sink<'_> {
    /// Takes one document.
    pub(super) fn push(&mut self, mut document: Document) -> Result<(), CorpusError> {
        if is_blank(&document.text) {
            document.text = Text::Prose(String::new());
            self.summary.n_without_text += 1;
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

    fn flush(&mut self) -> Result<(), CorpusError> {
        self.n_bytes = 0;
        if self.batch.is_empty() {
            return Ok(());
        }
        (self.on_batch)(std::mem::take(&mut self.batch))
    }
}
