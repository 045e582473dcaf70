//! What to read, and how.

use clap::Args;

use crate::corpus::{Format, ReadOptions};

/// What to read, and how.
#[derive(Debug, Clone, Args)]
pub struct InputArgs {
    /// Files, folders, globs, or - for standard input (parquet, CSV, TSV, JSON, JSON Lines, .txt, .md; also .gz, .zst)
    #[arg(required = true, value_name = "INPUT")]
    pub inputs: Vec<String>,
    #[command(flatten)]
    pub reading: ReadingArgs,
}

#[derive(Debug, Clone, Args)]
pub struct ReadingArgs {
    /// Format of the input: auto, parquet, csv, tsv, json, jsonl or text
    #[arg(long, value_name = "FORMAT", default_value = "auto")]
    pub format: FormatArg,
    /// Column with the text [default: found by name: text, review, abstract, ...]; repeat to join several
    #[arg(long, value_name = "COLUMN")]
    pub text_field: Vec<String>,
    /// Column that names a document [default: id]
    #[arg(long, value_name = "COLUMN")]
    pub id_field: Option<String>,
    /// Refuse bytes that are not UTF-8 instead of replacing them
    #[arg(long)]
    pub strict: bool,
}

impl ReadingArgs {
    /// Options for reading, with the columns whose values are needed.
    pub fn options(&self, columns: Vec<String>, optional_columns: Vec<String>) -> ReadOptions {
        ReadOptions {
            format: self.format.0,
            text_fields: self.text_field.clone(),
            id_field: self.id_field.clone(),
            columns,
            optional_columns,
            strict: self.strict,
        }
    }
}

/// A format, or auto.
#[derive(Debug, Clone, Copy)]
pub struct FormatArg(pub Option<Format>);

impl std::str::FromStr for FormatArg {
    type Err = crate::corpus::CorpusError;

    fn from_str(name: &str) -> Result<Self, Self::Err> {
        if name == "auto" { Ok(FormatArg(None)) } else { name.parse().map(|format| FormatArg(Some(format))) }
    }
}

/// Human text of the input's own kind.
#[derive(Debug, Clone, Args)]
pub struct ControlArgs {
    /// Control: human text of the input's kind (files, folders or globs, or score tables where the input is some)
    #[arg(long, num_args = 1.., value_name = "PATH")]
    pub control: Vec<String>,
    /// Control: the documents of the input from before this day, such as 2022-11-30
    #[arg(long, value_name = "DATE", conflicts_with = "control")]
    pub control_before: Option<String>,
    /// Column with the date or year [default: date, created, announced or year]
    #[arg(long, value_name = "COLUMN")]
    pub date_field: Option<String>,
}
