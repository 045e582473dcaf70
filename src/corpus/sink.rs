//! Gathers documents into batches, and counts them.

use std::borrow::Cow;

use super::cells::is_blank;
use super::context::{Context, Found, Outcome};
use super::language::foreign_language;
use super::record::Record;
use super::twice::Twice;
use super::versions::Versions;
use super::{CorpusError, Document, FileSummary, Problem, ReadOptions, ReadSummary, Skipped, Text};
use crate::prose::{self, Prose};

/// Number of documents, or of bytes of text, after which a batch is handed over.
const BATCH_DOCUMENTS: usize = 4096;
const BATCH_BYTES: usize = 4 << 20;

/// A collector that gathers documents into batches and counts them.
pub(super) struct Sink<'a> {
    on_batch: &'a mut dyn FnMut(Vec<Document>) -> Result<(), CorpusError>,
    batch: Vec<Document>,
    n_bytes: usize,
    n_before_file: u64,
    versions: Versions,
    twice: Twice,
    /// Number of versions of records taken so far and not yet released.
    n_held: u64,
    english_only: bool,
    /// The error for which the first skipped file was skipped.
    passed_over: Option<CorpusError>,
    summary: ReadSummary,
}

impl<'a> Sink<'a> {
    pub(super) fn new(
        options: &ReadOptions,
        on_batch: &'a mut dyn FnMut(Vec<Document>) -> Result<(), CorpusError>,
    ) -> Self {
        Self {
            on_batch,
            batch: Vec::new(),
            n_bytes: 0,
            n_before_file: 0,
            versions: Versions::default(),
            twice: Twice::default(),
            n_held: 0,
            english_only: options.english_only,
            passed_over: None,
            summary: ReadSummary::default(),
        }
    }

    /// Takes one record.
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

    /// Takes the newest versions of the records that were held back.
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

    /// Counts a skipped record.
    pub(super) fn skip(&mut self, reason: Skipped) {
        *self.summary.skipped.entry(reason).or_default() += 1;
    }

    /// Takes one document.
    pub(super) fn push(&mut self, mut document: Document) -> Result<(), CorpusError> {
        if let Text::Prose(text) = &mut document.text
            && let Cow::Owned(prose) = prose::cut(text, &mut self.summary.cut)
        {
            *text = Prose::as_it_is(prose);
        }
        if is_blank(&document.text) {
            document.text = Text::as_it_is("");
            self.summary.n_without_text += 1;
        } else if let Some(language) = foreign_language(&document.text) {
            *self.summary.other_languages.entry(language).or_default() += 1;
            if self.english_only {
                self.skip(Skipped::OtherLanguage);
                return Ok(());
            }
        }
        self.summary.n_same_text += u64::from(self.twice.is_known(&document.text));
        self.summary.n_documents += 1;
        self.n_bytes += document.text.n_bytes();
        self.batch.push(document);
        if self.batch.len() >= BATCH_DOCUMENTS || self.n_bytes >= BATCH_BYTES { self.flush() } else { Ok(()) }
    }

    /// Counts one more document (or line) in which bytes were replaced.
    pub(super) fn count_replaced(&mut self) {
        self.summary.n_invalid_utf8 += 1;
    }

    /// Returns the number of documents of the present file so far.
    pub(super) fn n_in_file(&self) -> u64 {
        self.summary.n_documents + self.n_held - self.n_before_file
    }

    /// Returns the number of files read so far.
    pub(super) fn n_files(&self) -> usize {
        self.summary.files.len()
    }

    fn n_skipped(&self) -> u64 {
        self.summary.skipped.values().sum()
    }

    /// Begins a file, and returns the counts before it.
    pub(super) fn start_file(&mut self) -> Before {
        let before = Before { n_documents: self.summary.n_documents, n_skipped: self.n_skipped() };
        self.n_before_file = before.n_documents + self.n_held;
        before
    }

    /// Ends a file; fails if there was nothing in it.
    pub(super) fn end_file(&mut self, context: &Context, before: &Before, outcome: Outcome) -> Result<(), CorpusError> {
        if self.n_in_file() == 0 && self.n_skipped() == before.n_skipped {
            return Err(context.problem(Problem::Empty { found: "no row" }));
        }
        let Outcome { format, sha256, found } = outcome;
        let Found { layout, text_fields, unlisted_fields, id_field } = found;
        // What is held back is added when it is released.
        let n_documents = self.summary.n_documents - before.n_documents;
        let name = context.input.name().to_owned();
        let file = FileSummary { name, sha256, format, layout, text_fields, unlisted_fields, id_field, n_documents };
        self.summary.files.push(file);
        Ok(())
    }

    /// Skips a file without a column of text, unless there is no other.
    pub(super) fn pass_over(&mut self, error: CorpusError) {
        self.skip(Skipped::NoTextColumn);
        if let CorpusError::In { file, .. } = &error {
            self.summary.first_without_text_column.get_or_insert_with(|| file.clone());
        }
        self.passed_over.get_or_insert(error);
    }

    /// Hands over what is left. A corpus of which everything was skipped is an error: there is nothing to judge.
    pub(super) fn finish(mut self) -> Result<ReadSummary, CorpusError> {
        self.release()?;
        self.flush()?;
        if self.summary.n_documents > 0 || self.summary.skipped.is_empty() {
            return Ok(self.summary);
        }
        if let Some(error) = self.passed_over {
            return Err(error);
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

/// The counts before a file.
pub(super) struct Before {
    n_documents: u64,
    n_skipped: u64,
}
