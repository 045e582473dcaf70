//! Gathers the documents of a file after file, and counts what is skipped.

use std::collections::BTreeMap;

use super::batch::{Raw, Read};
use super::context::{Context, Found, Outcome};
use super::document::Document;
use super::error::CorpusError;
use super::format::Format;
use super::joining::Joining;
use super::names::list;
use super::note::Skipped;
use super::problem::Problem;
use super::record::Record;
use super::remark::Remark;
use super::summary::{FileSummary, ReadSummary};
use super::versions::Versions;

/// Number of documents, or of bytes of text, after which a batch is handed over.
const BATCH_DOCUMENTS: usize = 4096;
const BATCH_BYTES: usize = 4 << 20;

/// A collector that gathers documents as they are read.
pub(super) struct Sink<'a> {
    on_batch: &'a mut dyn FnMut(Vec<Raw>) -> Result<(), CorpusError>,
    batch: Vec<Raw>,
    n_bytes: usize,
    n_taken: u64,
    n_before_file: u64,
    versions: Versions,
    joining: Joining,
    /// Number of versions of records taken so far and not yet released.
    n_held: u64,
    /// The error for which the first skipped file was skipped.
    passed_over: Option<CorpusError>,
    summary: ReadSummary,
    /// Whether each file of the summary was found rather than named.
    are_found: Vec<bool>,
}

impl<'a> Sink<'a> {
    pub(super) fn new(on_batch: &'a mut dyn FnMut(Vec<Raw>) -> Result<(), CorpusError>) -> Self {
        Self {
            on_batch,
            batch: Vec::new(),
            n_bytes: 0,
            n_taken: 0,
            n_before_file: 0,
            versions: Versions::default(),
            joining: Joining::default(),
            n_held: 0,
            passed_over: None,
            summary: ReadSummary::default(),
            are_found: Vec::new(),
        }
    }

    /// Takes one record.
    pub(super) fn push_record(&mut self, record: Record) -> Result<(), CorpusError> {
        match record {
            Record::Skipped(reason) => self.skip(reason),
            Record::Document(document) => {
                self.push_joined()?;
                self.push(document)?;
            }
            Record::Part(key, row) => {
                if let Some(document) = self.joining.take(key, row) {
                    self.push(document)?;
                }
            }
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

    /// Takes the document whose rows were read last, if rows are joined.
    fn push_joined(&mut self) -> Result<(), CorpusError> {
        self.joining.finish().map_or(Ok(()), |document| self.push(document))
    }

    /// Takes the newest versions of the records that were held back.
    fn release(&mut self) -> Result<(), CorpusError> {
        self.n_held = 0;
        std::mem::take(&mut self.versions).release(|file, note| {
            let Some(note) = note else {
                self.skip(Skipped::Deleted);
                return Ok(());
            };
            self.push_to(file, note.into())
        })
    }

    /// Counts files that are not read, by their endings.
    pub(super) fn count_unread(&mut self, endings: &BTreeMap<String, u64>) {
        for (ending, n) in endings {
            *self.summary.unread_endings.entry(ending.clone()).or_default() += n;
        }
    }

    /// Counts a skipped record.
    pub(super) fn skip(&mut self, reason: Skipped) {
        *self.summary.skipped.entry(reason).or_default() += 1;
    }

    /// Takes one document.
    pub(super) fn push(&mut self, document: Document) -> Result<(), CorpusError> {
        // The file being read is the next to be listed.
        self.push_to(self.summary.files.len(), document)
    }

    fn push_to(&mut self, file: usize, document: Document) -> Result<(), CorpusError> {
        self.n_taken += 1;
        self.n_bytes += document.text.n_bytes();
        self.batch.push(Raw { file, document });
        if self.batch.len() >= BATCH_DOCUMENTS || self.n_bytes >= BATCH_BYTES { self.flush() } else { Ok(()) }
    }

    /// Counts one more document (or line) in which bytes were replaced.
    pub(super) fn count_replaced(&mut self) {
        self.summary.n_invalid_utf8 += 1;
    }

    /// Returns the number of documents of the present file so far.
    pub(super) fn n_in_file(&self) -> u64 {
        self.n_taken + self.n_held - self.n_before_file
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
        self.n_before_file = self.n_taken + self.n_held;
        Before { n_skipped: self.n_skipped() }
    }

    /// Ends a file; fails if there was nothing in it.
    pub(super) fn end_file(&mut self, context: &Context, before: &Before, outcome: Outcome) -> Result<(), CorpusError> {
        self.push_joined()?;
        if self.n_in_file() == 0 && self.n_skipped() == before.n_skipped {
            return Err(context.problem(Problem::Empty { found: "no row" }));
        }
        let Outcome { format, sha256, found } = outcome;
        let Found { layout, text_fields, unlisted_fields, id_field, columns, joined_by, mut remarks } = found;
        remarks.extend(self.joining.remark(list(joined_by.iter().map(String::as_str))));
        let name = context.input.name().to_owned();
        // Documents are counted when their texts are cut.
        let n_documents = 0;
        let file = FileSummary {
            name,
            sha256,
            format,
            layout,
            text_fields,
            unlisted_fields,
            id_field,
            columns,
            remarks,
            n_documents,
        };
        self.summary.files.push(file);
        self.are_found.push(context.input.is_found());
        Ok(())
    }

    /// Skips a file without a column of text or about the others, unless there is no other.
    pub(super) fn pass_over(&mut self, error: CorpusError) {
        let is_about_others = matches!(error.problem(), Some(Problem::AboutOthers));
        self.skip(if is_about_others { Skipped::AboutCorpus } else { Skipped::NoTextColumn });
        match &error {
            CorpusError::In { file, .. } if is_about_others => self.summary.about_others.push(file.clone()),
            CorpusError::In { file, .. } => {
                self.summary.first_without_text_column.get_or_insert_with(|| file.clone());
            }
            _ => {}
        }
        self.passed_over.get_or_insert(error);
    }

    /// Notes which of the files found in folders are tables and the like, if others are texts.
    fn remark_on_mixture(&mut self) {
        let files = self.summary.files.iter_mut().zip(&self.are_found).filter(|(_, is_found)| **is_found);
        let (texts, others): (Vec<_>, Vec<_>) =
            files.map(|(file, _)| file).partition(|file| file.format == Format::Text);
        if !texts.is_empty() {
            others.into_iter().for_each(|file| file.remarks.push(Remark::BesideTexts));
        }
    }

    /// Hands over what is left.
    pub(super) fn finish(mut self) -> Result<Read, CorpusError> {
        self.remark_on_mixture();
        self.release()?;
        self.flush()?;
        Ok(Read { summary: self.summary, passed_over: self.passed_over })
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
    n_skipped: u64,
}
