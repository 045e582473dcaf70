//! Bytes to documents through the public API, with what must hold of every result.

use std::path::Path;

use llm_prevalence::corpus::{
    CorpusError, Document, ReadOptions, ReadSummary, Skipped, Text, find_inputs, read_corpus,
};
use tempfile::TempDir;

thread_local! {
    /// Where a thread puts its file; `fuzz/run` points TMPDIR to memory.
    static FOLDER: TempDir = TempDir::new().expect("a temporary folder");
}

/// Columns that are asked for where they exist.
const COLUMNS: [&str; 4] = ["date", "rating", "year", "deep"];
/// No message is longer, whatever is in the file.
const MAX_MESSAGE_BYTES: usize = 4000;

/// Runs `f` on a file of this name and content.
pub fn with_file<T>(name: &str, content: &[u8], f: impl FnOnce(&Path) -> T) -> T {
    FOLDER.with(|folder| {
        let path = folder.path().join(name);
        std::fs::write(&path, content).expect("room for the file");
        f(&path)
    })
}

/// Asserts that an error says which file it is about, at a length that can be read.
pub fn check_message(name: &str, message: &str) {
    assert!(message.contains(name), "does not name {name}: {message}");
    assert!(message.len() < MAX_MESSAGE_BYTES, "{} bytes: {message}", message.len());
}

/// Options that ask for more than the text.
pub fn options() -> ReadOptions {
    ReadOptions::default().optional_columns(COLUMNS.map(str::to_owned).to_vec())
}

/// What is read from a file of this name and content.
pub fn read(name: &str, content: &[u8], options: &ReadOptions) -> Option<(Vec<Document>, ReadSummary)> {
    let (mut documents, mut n_batches) = (Vec::new(), 0);
    let result = with_file(name, content, |path| {
        let path = path.to_str().expect("a path in UTF-8").to_owned();
        read_corpus(&find_inputs(&[path])?, options, &mut |batch| {
            assert!(!batch.is_empty());
            n_batches += 1;
            documents.extend(batch);
            Ok(())
        })
    });
    match result {
        Ok(summary) => {
            check_summary(&summary, &documents, options);
            Some((documents, summary))
        }
        Err(CorpusError::AllSkipped { .. }) => None,
        Err(error) => {
            check_message(name, &error.to_string());
            None
        }
    }
}

/// Reads a file twice, and asserts that what is read without a replacement is what `strict` reads; says whether anything was.
pub fn read_both_ways(name: &str, content: &[u8], options: &ReadOptions) -> bool {
    let lenient = read(name, content, options);
    let strict = read(name, content, &options.clone().strict(true));
    let is_read = lenient.is_some();
    if let Some(strict) = strict {
        assert_eq!(strict.1.n_invalid_utf8, 0);
        assert_eq!(lenient, Some(strict));
    } else if let Some((_, summary)) = lenient {
        assert!(summary.n_invalid_utf8 > 0, "strict reading refuses what lenient reading does not replace");
    }
    is_read
}

/// Nothing is dropped without a word: documents and their counts agree.
fn check_summary(summary: &ReadSummary, documents: &[Document], options: &ReadOptions) {
    let is_empty = |document: &&Document| matches!(&document.text, Text::Prose(prose) if prose.is_empty());
    assert_eq!(summary.n_documents, documents.len() as u64);
    assert_eq!(summary.n_without_text, documents.iter().filter(is_empty).count() as u64);
    assert_eq!(summary.files.iter().map(|file| file.n_documents).sum::<u64>(), summary.n_documents);
    // The header of a CSV file is one more.
    assert!(summary.n_invalid_utf8 <= summary.n_documents + summary.skipped.values().sum::<u64>() + 1);
    assert!(!summary.skipped.contains_key(&Skipped::OtherLanguage), "nobody asked for a language");
    assert!(documents.iter().all(|document| document.values.len() == options.value_names().count()));
}
