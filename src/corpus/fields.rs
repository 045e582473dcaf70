//! Which columns hold the text and the id.

use std::collections::HashSet;

use super::{CorpusError, ReadOptions};

/// The most columns that are read, and how many of them an error lists.
const MAX_COLUMNS: usize = 100_000;
const MAX_LISTED: usize = 60;
/// Names under which text is found without being told, compared without regard to case.
const TEXT_NAMES: [&str; 14] = [
    "text",
    "review",
    "comments",
    "comment",
    "abstract",
    "content",
    "body",
    "sentence",
    "sentences",
    "human_sentence",
    "ai_sentence",
    "inference_sentence",
    "tokens",
    "words",
];

/// What a column holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Kind {
    /// Strings.
    Text,
    /// Lists of words, or lists of such lists.
    Words,
    /// Anything else, named.
    Other(String),
}

#[derive(Debug, Clone)]
pub(super) struct Column {
    pub(super) name: String,
    pub(super) kind: Kind,
}

/// The columns to read, by name.
#[derive(Debug, Clone)]
pub(super) struct Fields {
    pub(super) text: Vec<String>,
    pub(super) id: Option<String>,
}

/// Chooses the text columns and the id column of a file.
pub(super) fn choose_fields(file: &str, columns: &[Column], options: &ReadOptions) -> Result<Fields, CorpusError> {
    let id = options.id_field.clone().or_else(|| named(columns, &["id"]).next().map(|column| column.name.clone()));
    if !options.text_fields.is_empty() {
        return Ok(Fields { text: options.text_fields.clone(), id });
    }
    let text = vec![choose_text(file, columns, options, id.as_deref())?];
    Ok(Fields { text, id })
}

fn choose_text(file: &str, columns: &[Column], options: &ReadOptions, id: Option<&str>) -> Result<String, CorpusError> {
    let readable = |column: &&Column| !matches!(column.kind, Kind::Other(_));
    let file = file.to_owned();
    let found = list_columns(columns);
    let by_name: Vec<&Column> = named(columns, &TEXT_NAMES).filter(readable).collect();
    match by_name[..] {
        [column] => return Ok(column.name.clone()),
        [] => {}
        _ => {
            let candidates = list(by_name.iter().map(|column| column.name.as_str()));
            return Err(CorpusError::ManyTextColumns { file, candidates, found });
        }
    }
    // A column that was asked for as something else is not the text.
    let is_free =
        |column: &&Column| Some(column.name.as_str()) != id && !options.value_names().any(|name| name == column.name);
    for kind in [Kind::Text, Kind::Words] {
        let of_kind: Vec<&Column> = columns.iter().filter(|column| column.kind == kind).filter(is_free).collect();
        match of_kind[..] {
            [column] => return Ok(column.name.clone()),
            [] => {}
            _ => return Err(CorpusError::NoTextColumn { file, found }),
        }
    }
    match named(columns, &TEXT_NAMES).next() {
        Some(Column { name, kind: Kind::Other(kind) }) => {
            Err(CorpusError::NotTextColumn { file, column: name.clone(), found: kind.clone(), columns: found })
        }
        _ => Err(CorpusError::NoTextColumn { file, found }),
    }
}

fn named<'a>(columns: &'a [Column], names: &[&str]) -> impl Iterator<Item = &'a Column> {
    columns.iter().filter(move |column| names.iter().any(|name| column.name.eq_ignore_ascii_case(name)))
}

/// Whether text is found under this name without being told.
pub(super) fn is_text_name(name: &str) -> bool {
    TEXT_NAMES.iter().any(|known| known.eq_ignore_ascii_case(name))
}

/// Refuses more columns than can be listed and searched.
pub(super) fn check_n_columns(file: &str, found: usize) -> Result<(), CorpusError> {
    if found <= MAX_COLUMNS {
        return Ok(());
    }
    Err(CorpusError::TooManyColumns { file: file.to_owned(), found, limit: MAX_COLUMNS })
}

/// Refuses two columns of one name. Unnamed ones, such as the index that pandas writes, cannot be asked for and may repeat.
pub(super) fn check_column_names(file: &str, columns: &[Column]) -> Result<(), CorpusError> {
    let mut names = HashSet::with_capacity(columns.len());
    match columns.iter().find(|column| !column.name.is_empty() && !names.insert(column.name.as_str())) {
        Some(column) => Err(CorpusError::DuplicateColumn { file: file.to_owned(), column: column.name.clone() }),
        None => Ok(()),
    }
}

/// Column names as an error shows them.
pub(super) fn list<'a>(mut names: impl Iterator<Item = &'a str>) -> String {
    let mut shown: Vec<String> = names.by_ref().take(MAX_LISTED).map(|name| format!("`{name}`")).collect();
    match names.count() {
        0 => {}
        n_more => shown.push(format!("and {n_more} more")),
    }
    shown.join(", ")
}

pub(super) fn list_columns(columns: &[Column]) -> String {
    list(columns.iter().map(|column| column.name.as_str()))
}

/// The error for a column that is not there.
pub(super) fn no_such_column(file: &str, column: &str, columns: &[Column]) -> CorpusError {
    CorpusError::NoSuchColumn { file: file.to_owned(), column: column.to_owned(), found: list_columns(columns) }
}

/// Where the text, the id and the values stand among the columns of a file with a header or schema.
pub(super) struct Positions {
    pub(super) text: Vec<usize>,
    pub(super) id: Option<usize>,
    /// In the order of [`ReadOptions::value_names`]; `None` for an optional column that is not there.
    pub(super) values: Vec<Option<usize>>,
}

impl Positions {
    /// Finds the chosen and the requested columns, which must be there unless they are optional.
    pub(super) fn find(
        file: &str,
        columns: &[Column],
        fields: &Fields,
        options: &ReadOptions,
    ) -> Result<Self, CorpusError> {
        let optional = |name: &String| columns.iter().position(|column| column.name == *name);
        let required = |name: &String| optional(name).ok_or_else(|| no_such_column(file, name, columns));
        let values = options.columns.iter().map(|name| required(name).map(Some));
        let values = values.chain(options.optional_columns.iter().map(|name| Ok(optional(name))));
        Ok(Self {
            text: fields.text.iter().map(required).collect::<Result<_, _>>()?,
            id: fields.id.as_ref().map(required).transpose()?,
            values: values.collect::<Result<_, _>>()?,
        })
    }
}
