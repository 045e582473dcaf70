//! Makes documents ready: their texts are cut to prose and looked at, many at a time, and counted in their order.

use std::borrow::Cow;
use std::collections::BTreeMap;

use rayon::prelude::*;

use super::batch::{Raw, Read};
use super::cells::is_blank;
use super::document::{Document, Text};
use super::encoding::is_mac_roman;
use super::error::CorpusError;
use super::language::foreign_language;
use super::letter_case::{LetterCase, letter_case};
use super::note::{NoteKind, Skipped};
use super::remark::Remark;
use super::same_id::Ids;
use super::summary::ReadSummary;
use super::traces::{has_chat_mark, has_line_break};
use super::twice::{Twice, fingerprint};
use crate::prose::{self, Prose, Tally};

/// Number of documents that one parallel task makes ready.
const DOCUMENTS_PER_TASK: usize = 32;

/// A document with its prose, and what was seen of it.
struct Prepared {
    file: usize,
    document: Document,
    n_characters: usize,
    has_line_break: bool,
    has_chat_mark: bool,
    letter_case: Option<LetterCase>,
    is_blank: bool,
    is_mac_roman: bool,
    language: Option<&'static str>,
    fingerprint: Option<u64>,
}

/// Hands over documents that are ready, and counts them.
pub(super) struct Preparation<'a> {
    on_batch: &'a mut dyn FnMut(Vec<Document>) -> Result<(), CorpusError>,
    english_only: bool,
    twice: Twice,
    ids: Ids,
    /// Numbers of documents by file, of those among them in Mac OS Roman, and of those with an id again.
    n_of_file: Vec<[u64; 3]>,
    counts: ReadSummary,
}

impl<'a> Preparation<'a> {
    pub(super) fn new(
        english_only: bool,
        on_batch: &'a mut dyn FnMut(Vec<Document>) -> Result<(), CorpusError>,
    ) -> Self {
        Self {
            on_batch,
            english_only,
            twice: Twice::default(),
            ids: Ids::default(),
            n_of_file: Vec::new(),
            counts: ReadSummary::default(),
        }
    }

    /// Makes a batch ready and hands it over.
    pub(super) fn take(&mut self, batch: Vec<Raw>) -> Result<(), CorpusError> {
        let n = batch.len();
        let tasks = batch.into_par_iter().chunks(DOCUMENTS_PER_TASK).map(|raw| {
            let mut tally = Tally::default();
            let prepared: Vec<Prepared> = raw.into_iter().map(|raw| Prepared::of(raw, &mut tally)).collect();
            (prepared, tally)
        });
        let tasks: Vec<(Vec<Prepared>, Tally)> = tasks.collect();
        let mut documents = Vec::with_capacity(n);
        for (prepared, tally) in tasks {
            self.counts.cut.merge(&tally);
            documents.extend(prepared.into_iter().filter_map(|prepared| self.count(prepared)));
        }
        if documents.is_empty() { Ok(()) } else { (self.on_batch)(documents) }
    }

    /// Counts a document, and returns it unless it is left out.
    fn count(&mut self, prepared: Prepared) -> Option<Document> {
        let Prepared {
            file,
            document,
            n_characters,
            has_line_break,
            has_chat_mark,
            letter_case,
            is_blank,
            is_mac_roman,
            language,
            fingerprint,
        } = prepared;
        self.counts.n_without_text += u64::from(is_blank);
        if let Some(language) = language {
            *self.counts.other_languages.entry(language).or_default() += 1;
            if self.english_only {
                *self.counts.skipped.entry(Skipped::OtherLanguage).or_default() += 1;
                return None;
            }
        }
        self.counts.n_same_text += u64::from(fingerprint.is_some_and(|of| self.twice.is_known(of)));
        let is_again = document.id.as_deref().zip(fingerprint);
        let is_again = is_again.is_some_and(|(id, of)| self.ids.has_other_text(file, id, of));
        self.counts.n_documents += 1;
        self.counts.n_with_chat_marks += u64::from(has_chat_mark);
        self.counts.letter_cases.take(letter_case);
        self.counts.longest.take(n_characters);
        self.counts.long.take(n_characters, has_line_break);
        if self.n_of_file.len() <= file {
            self.n_of_file.resize(file + 1, [0; 3]);
        }
        self.n_of_file[file][0] += 1;
        self.n_of_file[file][1] += u64::from(is_mac_roman);
        self.n_of_file[file][2] += u64::from(is_again);
        Some(document)
    }

    /// Returns the summary of all. A corpus of which everything was skipped is an error: there is nothing to judge.
    pub(super) fn finish(self, read: Read) -> Result<ReadSummary, CorpusError> {
        let Read { mut summary, passed_over } = read;
        let counts = self.counts;
        for (reason, n) in counts.skipped {
            *summary.skipped.entry(reason).or_default() += n;
        }
        for (file, [n_documents, n_texts, n_same_id]) in summary.files.iter_mut().zip(self.n_of_file) {
            file.n_documents = n_documents;
            // The ids of a layout may be those of papers, with a number, as its reader makes them.
            summary.n_same_id += if file.layout.is_none() { n_same_id } else { 0 };
            file.remarks.extend((n_texts > 0).then_some(Remark::MacRoman { n_texts }));
        }
        let summary = ReadSummary {
            n_documents: counts.n_documents,
            n_without_text: counts.n_without_text,
            cut: counts.cut,
            n_same_text: counts.n_same_text,
            n_with_chat_marks: counts.n_with_chat_marks,
            letter_cases: counts.letter_cases,
            longest: counts.longest,
            long: counts.long,
            other_languages: counts.other_languages,
            ..summary
        };
        if summary.n_documents > 0 || summary.skipped.is_empty() {
            return Ok(summary);
        }
        if let Some(error) = passed_over {
            return Err(error);
        }
        let skipped = summary.skipped.iter().map(|(reason, n)| reason.counted(*n)).collect::<Vec<_>>().join(", ");
        Err(CorpusError::AllSkipped { skipped, hint: hint(&summary.skipped) })
    }
}

/// Returns a hint on the options that read what was left out; empty if none does.
fn hint(skipped: &BTreeMap<Skipped, u64>) -> String {
    let option = |reason: &Skipped| match reason {
        Skipped::Note(NoteKind::Other) => Some("--note-kind all".to_owned()),
        Skipped::Note(kind) => Some(format!("--note-kind {}", kind.name())),
        _ => None,
    };
    let options: Vec<String> = skipped.keys().filter_map(option).collect();
    let of_notes = (!options.is_empty()).then(|| format!("to read them: {}", options.join(" or ")));
    let is_foreign = skipped.contains_key(&Skipped::OtherLanguage);
    let of_language = is_foreign.then(|| "to read other languages, leave out --language".to_owned());
    let hints: Vec<String> = of_notes.into_iter().chain(of_language).collect();
    if hints.is_empty() { String::new() } else { format!(" [{}]", hints.join("; ")) }
}

impl Prepared {
    fn of(Raw { file, mut document }: Raw, tally: &mut Tally) -> Prepared {
        let is_mac_roman = matches!(&document.text, Text::Prose(text) if is_mac_roman(text));
        let (n_characters, has_line_break, has_chat_mark) = match &document.text {
            Text::Prose(text) => (text.chars().count(), has_line_break(text), has_chat_mark(text)),
            Text::Units(_) => (0, false, false),
        };
        if let Text::Prose(text) = &mut document.text
            && let Cow::Owned(prose) = prose::cut(text, tally)
        {
            *text = Prose::as_it_is(prose);
        }
        let is_blank = is_blank(&document.text);
        if is_blank {
            document.text = Text::as_it_is("");
        }
        let language = if is_blank { None } else { foreign_language(&document.text) };
        let letter_case = match &document.text {
            Text::Prose(text) => letter_case(text),
            Text::Units(_) => None,
        };
        let fingerprint = fingerprint(&document.text);
        Prepared {
            file,
            document,
            n_characters,
            has_line_break,
            has_chat_mark,
            letter_case,
            is_blank,
            is_mac_roman,
            language,
            fingerprint,
        }
    }
}
