//! Arguments for the inputs and how they are read.

use clap::Args;
use jiff::civil::Date;

use super::outputs::{LANGUAGES, Language, one_of_these};
use super::values::date;
use crate::corpus::{Format, Layout, NoteChoice, ReadOptions};
use crate::run::{ControlOptions, InputOptions};

/// Arguments for the inputs and how they are read.
#[derive(Debug, Clone, Args)]
pub struct InputArgs {
    /// Files, folders or globs to read, or - for standard input: tables, JSON, text, papers and bibliographies (see
    /// --format), also packed as .zip, .tar, .gz, .zst, .bz2 or .xz
    #[arg(required = true, value_name = "INPUT")]
    pub inputs: Vec<String>,
    #[command(flatten)]
    pub reading: ReadingArgs,
}

#[derive(Debug, Clone, Args)]
pub struct ReadingArgs {
    // Lists the names that are accepted, so that none is missing.
    #[arg(long, value_name = "FORMAT", default_value = "auto", help = format_help())]
    pub format: FormatArg,
    /// Kind of notes to read from peer-review data: review, meta-review, comment, rebuttal, decision, submission (its
    /// abstract), or all (every kind but submission) [default: review; of papers with their reviews, the papers]
    #[arg(long, value_name = "KIND")]
    pub note_kind: Option<NoteChoice>,
    /// Skip documents that are clearly not in LANGUAGE; only en is available
    #[arg(long, value_parser = one_of_these(LANGUAGES))]
    pub language: Option<Language>,
    /// Column with the text; repeat to join several [default: found by name, such as text, review or abstract]
    #[arg(long, value_name = "COLUMN")]
    pub text_field: Vec<String>,
    /// Column with the id of a document [default: id, else one such as review_id or paper_id]
    #[arg(long, value_name = "COLUMN")]
    pub id_field: Option<String>,
    /// Stop at bytes that are not UTF-8, instead of replacing them
    #[arg(long)]
    pub strict: bool,
}

fn format_help() -> String {
    let join = |names: Vec<&str>| names.join(", ");
    let formats = join(Format::ALL.into_iter().map(Format::name).collect());
    let layouts = join(Layout::ALL.into_iter().map(Layout::name).collect());
    format!("Format of the input: auto, {formats}; or the layout of its records: {layouts}")
}

impl ReadingArgs {
    /// Returns the options for reading; the run adds the columns that it needs.
    pub fn options(&self) -> ReadOptions {
        ReadOptions {
            format: self.format.format,
            layout: self.format.layout,
            text_fields: self.text_field.clone(),
            id_field: self.id_field.clone(),
            strict: self.strict,
            note_kind: self.note_kind.unwrap_or_default(),
            english_only: self.language.is_some(),
            ..ReadOptions::default()
        }
    }
}

/// A format, a layout, or auto.
#[derive(Debug, Clone, Copy)]
pub struct FormatArg {
    pub format: Option<Format>,
    pub layout: Option<Layout>,
}

impl std::str::FromStr for FormatArg {
    type Err = crate::corpus::CorpusError;

    fn from_str(name: &str) -> Result<Self, Self::Err> {
        let layout = Layout::ALL.into_iter().find(|layout| layout.name() == name);
        let format = match (name, layout) {
            ("auto", _) => None,
            (_, Some(layout)) => (layout == Layout::PdfText).then_some(Format::Text),
            _ => Some(name.parse()?),
        };
        Ok(FormatArg { format, layout })
    }
}

/// Arguments for the control, human text of the input's own kind.
#[derive(Debug, Clone, Args)]
pub struct ControlArgs {
    /// Use this human text, of the same kind as the input, as the control: files, folders or globs, or score tables if
    /// the input is score tables
    #[arg(long, num_args = 1.., value_name = "PATH")]
    pub control: Vec<String>,
    /// Use the documents of the input from before this day as the control, such as 2022-11-30
    #[arg(long, value_name = "DATE", value_parser = date, conflicts_with = "control")]
    pub control_before: Option<Date>,
    /// Column with the date or year [default: the first found of date, created, announced and year]
    #[arg(long, value_name = "COLUMN")]
    pub date_field: Option<String>,
}

impl From<&InputArgs> for InputOptions {
    fn from(arguments: &InputArgs) -> InputOptions {
        InputOptions::new(arguments.inputs.clone()).reading(arguments.reading.options())
    }
}

impl From<&ControlArgs> for ControlOptions {
    fn from(arguments: &ControlArgs) -> ControlOptions {
        ControlOptions {
            inputs: arguments.control.clone(),
            before: arguments.control_before,
            date_field: arguments.date_field.clone(),
        }
    }
}
