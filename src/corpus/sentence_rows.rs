//! Recognises tables whose rows are single sentences, and the columns that say which of them are one document.

use super::names::{is_document_id, list, plain, words};
use super::remark::Remark;
use super::sampled::{Column, SampledColumns};

/// Ends of the names of columns with the place of a sentence in its document, as [`plain`] has them.
const PLACES: [&str; 9] = ["id", "idx", "index", "number", "num", "nr", "no", "position", "order"];
/// What a row may be, as the names of such columns begin.
const PARTS: [&str; 4] = ["sentence", "sent", "paragraph", "para"];
/// Maximum number of words of the median value if values are sentences.
const MAX_WORDS: usize = 60;

/// The meaning of the rows of a table.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) enum RowKind {
    /// A row is a document.
    #[default]
    Documents,
    /// Rows are sentences; those that follow each other with the same values in these columns are a document.
    Sentences { ids: Vec<String> },
    /// Rows are sentences, but those with one value in this column do not stand together.
    Apart { id: String },
    /// Rows are sentences, and no column says of which document.
    Alone { text: String },
}

impl RowKind {
    /// Tells the meaning of rows by the names of their columns and by how ids repeat; `id` is the column that was asked for.
    pub(super) fn of(columns: &SampledColumns, text: &[String], id: Option<&str>) -> Self {
        let [text] = text else { return Self::Documents };
        let is_asked = |column: &&Column| Some(column.name.as_str()) == id;
        let is_sentence = words(text).iter().any(|word| matches!(word.as_str(), "sentence" | "sent"));
        let is_by_row = columns.columns.iter().any(|column| is_asked(&column) && column.repeats.are_unique());
        let is_part = is_sentence || is_paragraph(text) || columns.names().any(is_place) || numbers_paragraphs(columns);
        if is_by_row || !is_part {
            return Self::Documents;
        }
        let is_id = |column: &&Column| column.name != *text && (is_asked(column) || is_document_id(&column.name));
        let ids = columns.columns.iter().filter(is_id).filter(|column| column.repeats.recur());
        let mut ids: Vec<&Column> = ids.collect();
        // The last tells most documents apart.
        ids.sort_by_key(|column| column.repeats.n_distinct());
        match ids.last() {
            Some(_) if ids.iter().any(|column| column.repeats.stand_together()) => {
                Self::Sentences { ids: ids.iter().map(|column| column.name.clone()).collect() }
            }
            Some(column) => Self::Apart { id: column.name.clone() },
            None if is_sentence && columns.columns.iter().any(|column| column.name == *text && is_short(column)) => {
                Self::Alone { text: text.clone() }
            }
            None => Self::Documents,
        }
    }

    /// Returns the columns that say which rows are one document.
    pub(super) fn ids(&self) -> &[String] {
        match self {
            Self::Sentences { ids } => ids,
            _ => &[],
        }
    }

    /// Returns what is to be said of rows that were read one by one.
    pub(super) fn remark(&self) -> Option<Remark> {
        match self {
            Self::Apart { id } => Some(Remark::SentencesApart { column: list([id.as_str()].into_iter()) }),
            Self::Alone { text } => Some(Remark::SentencesAlone { column: list([text.as_str()].into_iter()) }),
            Self::Documents | Self::Sentences { .. } => None,
        }
    }
}

/// Returns whether a column of this name holds paragraphs, or their numbers.
fn is_paragraph(name: &str) -> bool {
    matches!(&*plain(name), "paragraph" | "para" | "paragraphtext")
}

/// Returns whether a column called `paragraph` has numbers: the places of paragraphs in their documents.
fn numbers_paragraphs(columns: &SampledColumns) -> bool {
    let has_numbers = |column: &Column| match column.has_text() {
        true => !column.values.is_uncoded(),
        false => column.other == Some("numbers"),
    };
    columns.columns.iter().any(|column| is_paragraph(&column.name) && has_numbers(column))
}

/// Returns whether a column of this name has the place of a sentence in its document.
fn is_place(name: &str) -> bool {
    let name = plain(name);
    PARTS.iter().any(|part| name.strip_prefix(part).is_some_and(|end| PLACES.contains(&end)))
}

/// Returns whether the values of a column are strings of the length of a sentence.
fn is_short(column: &Column) -> bool {
    !column.has_lists() && column.has_text() && column.values.median_words() <= MAX_WORDS
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::Place;
    use crate::corpus::row::{Cell, Row};

    /// Returns the meaning of rows with these names and values.
    fn of(names: &str, rows: &[&str], id: Option<&str>) -> RowKind {
        let cells = |row: &&str| {
            let cells = names.split(',').zip(row.split(','));
            cells.map(|(name, value)| (name.to_owned().into(), Cell::Text(value.to_owned().into()))).collect()
        };
        let rows: Vec<Row> = rows.iter().map(|row| Row { place: Place::FILE, cells: cells(row) }).collect();
        let text = names.split(',').next_back().unwrap().to_owned();
        RowKind::of(&SampledColumns::of(rows.iter()), &[text], id)
    }

    #[test]
    fn rows_of_one_id_are_one_document_if_they_are_sentences() {
        let rows = ["p,1,1,It flies.", "p,1,2,It lands.", "p,2,1,Wind is weak.", "p,2,2,It is red.", "q,3,1,No."];
        let sentences = |ids: &[&str]| RowKind::Sentences { ids: ids.iter().map(|id| (*id).to_owned()).collect() };
        assert_eq!(of("paper_id,review_id,sent_idx,text", &rows, None), sentences(&["paper_id", "review_id"]));
        assert_eq!(of("topic,doc_id,score,sentence", &rows, None), sentences(&["doc_id"]));
        assert_eq!(of("paper_id,review_id,score,text", &rows, None), RowKind::Documents);
        assert_eq!(of("topic,score,n,sentence", &rows, None), RowKind::Alone { text: "sentence".to_owned() });
        assert_eq!(of("topic,score,sentence_id,text", &rows, None), RowKind::Documents);
        let apart = ["1,It flies.", "2,It lands.", "1,Wind is weak.", "2,It is red."];
        assert_eq!(of("doc_id,sentence", &apart, None), RowKind::Apart { id: "doc_id".to_owned() });
        let numbered = ["a,1,It flies.", "a,2,It lands.", "b,3,Wind is weak.", "b,4,It is red."];
        assert_eq!(of("doc_id,nr,sentence", &numbered, None), sentences(&["doc_id"]));
        assert_eq!(of("doc_id,nr,sentence", &numbered, Some("nr")), RowKind::Documents);
        assert_eq!(of("doc_id,nr,paragraph", &numbered, None), sentences(&["doc_id"]));
        assert_eq!(of("doc_id,paragraph_no,text", &numbered, None), sentences(&["doc_id"]));
        assert_eq!(of("doc_id,nr,text", &numbered, None), RowKind::Documents);
    }
}
