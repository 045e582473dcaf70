//! Summarises what was read, for the record of a result.

use crate::corpus::ReadSummary;
use crate::estimate::{CutSummary, InputSummary, SourceInput};
use crate::score::ScoreTable;

/// Returns the summary of text that was read into `table`.
pub(super) fn input_of(table: &ScoreTable, summary: &ReadSummary) -> InputSummary {
    InputSummary {
        n_documents: table.n_documents(),
        n_units: table.n_units(),
        n_documents_without_units: table.n_documents_without_units,
        remarks: summary.remarks().into_iter().chain(table.repeated.remarks()).collect(),
        ..input_read(summary)
    }
}

/// Returns the summary of what was read, before the documents with units are known.
pub(super) fn input_read(summary: &ReadSummary) -> InputSummary {
    let mut files: Vec<String> = summary.files.iter().map(|file| file.name.clone()).collect();
    files.sort();
    InputSummary {
        files,
        n_documents: 0,
        n_units: 0,
        n_documents_without_units: 0,
        n_documents_invalid_utf8: summary.n_invalid_utf8,
        cut: CutSummary::new(&summary.cut),
        text_fields: summary.text_fields().into_iter().map(str::to_owned).collect(),
        n_same_text: summary.n_same_text,
        first_without_text_column: summary.first_without_text_column.clone(),
        layouts: summary.layouts().into_iter().map(|layout| layout.name().to_owned()).collect(),
        unlisted_text_fields: summary.unlisted_fields().into_iter().map(str::to_owned).collect(),
        columns: summary.columns().into_iter().filter(|name| !name.is_empty()).map(str::to_owned).collect(),
        remarks: summary.remarks(),
        skipped: summary.skipped.iter().map(|(reason, n)| (reason.name().to_owned(), *n)).collect(),
        other_languages: summary.other_languages.iter().map(|(code, n)| ((*code).to_owned(), *n)).collect(),
        other_language_share: summary.other_language_share(),
        text: None,
    }
}

/// Returns the summary of the texts of a source.
pub(super) fn source_input(name: &str, summary: &ReadSummary) -> SourceInput {
    let input = InputSummary {
        n_documents: (summary.n_documents - summary.n_without_text) as usize,
        n_documents_without_units: summary.n_without_text,
        ..input_read(summary)
    };
    SourceInput { name: name.to_owned(), input }
}
