//! Names the texts of known source, and the options for reading them.

use crate::corpus::ReadOptions;

/// Texts of known source, and the options for reading them.
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
pub struct KnownOptions {
    /// Files, folders or globs with human text.
    pub human: Vec<String>,
    /// LLM text: the name of its source, `None` if a column names the sources, and a file, folder or glob.
    pub llm: Vec<(Option<String>, String)>,
    /// The column that names the source of each LLM text.
    pub source_field: Option<String>,
    /// Sources to pool: the name of a pool, and a pattern of the names of its sources, such as `gpt-4o*`.
    pub groups: Vec<(String, String)>,
    /// Columns that distinguish kinds of human text; if empty, `venue` and `year`.
    pub strata: Vec<String>,
    /// The column that says what an LLM was asked for; `None` takes `prompt`.
    pub kind_field: Option<String>,
    /// Names for its values, each with a pattern, such as `rewritten` with `polish*`; values that match no pattern keep theirs.
    pub kinds: Vec<(String, String)>,
    /// Options for reading; the columns are filled in.
    pub reading: ReadOptions,
    /// The column that keeps documents together; `None` takes one with a usual name.
    pub split_by: Option<String>,
    /// The column with the date or year; `None` takes one with a usual name.
    pub date_field: Option<String>,
}

impl KnownOptions {
    /// Sets the files, folders or globs with human text.
    pub fn human(self, human: Vec<String>) -> KnownOptions {
        KnownOptions { human, ..self }
    }

    /// Sets the LLM text: the name of its source, `None` if a column names the sources, and a file, folder or glob.
    pub fn llm(self, llm: Vec<(Option<String>, String)>) -> KnownOptions {
        KnownOptions { llm, ..self }
    }

    /// Sets the column that names the source of each LLM text.
    pub fn source_field(self, source_field: impl Into<String>) -> KnownOptions {
        KnownOptions { source_field: Some(source_field.into()), ..self }
    }

    /// Sets the sources to pool: the name of a pool, and a pattern of the names of its sources.
    pub fn groups(self, groups: Vec<(String, String)>) -> KnownOptions {
        KnownOptions { groups, ..self }
    }

    /// Sets the columns that distinguish kinds of human text.
    pub fn strata(self, strata: Vec<String>) -> KnownOptions {
        KnownOptions { strata, ..self }
    }

    /// Sets the column that says what an LLM was asked for.
    pub fn kind_field(self, kind_field: impl Into<String>) -> KnownOptions {
        KnownOptions { kind_field: Some(kind_field.into()), ..self }
    }

    /// Sets names for its values, each with a pattern.
    pub fn kinds(self, kinds: Vec<(String, String)>) -> KnownOptions {
        KnownOptions { kinds, ..self }
    }

    /// Sets the options for reading.
    pub fn reading(self, reading: ReadOptions) -> KnownOptions {
        KnownOptions { reading, ..self }
    }

    /// Sets the column that keeps documents together.
    pub fn split_by(self, split_by: impl Into<String>) -> KnownOptions {
        KnownOptions { split_by: Some(split_by.into()), ..self }
    }

    /// Sets the column with the date or year.
    pub fn date_field(self, date_field: impl Into<String>) -> KnownOptions {
        KnownOptions { date_field: Some(date_field.into()), ..self }
    }
}
