//! Arguments for texts of known source, and those of `fit`.

use std::path::{Path, PathBuf};

use clap::Args;

use super::input::ReadingArgs;
use super::values::{UNITS, one_of, share};
use crate::occurrence::VocabularyRule;
use crate::reference::{Card, FitOptions};
use crate::run::{FitRun, KnownError, KnownOptions};
use crate::tokenize::UnitRule;

/// Arguments for texts of known source.
#[derive(Debug, Clone, Args)]
pub struct KnownArgs {
    /// Human text: files, folders or globs
    #[arg(long, num_args = 1.., value_name = "PATH")]
    pub human: Vec<String>,
    /// LLM text with the name of the LLM, such as gpt-4=gpt4.jsonl; repeat for several LLMs. With --source-field, a
    /// path alone is enough
    #[arg(long, num_args = 1.., value_name = "[NAME=]PATH")]
    pub llm: Vec<String>,
    /// Column that names the LLM of each text of --llm, or says "human" for human text
    #[arg(long, value_name = "COLUMN")]
    pub source_field: Option<String>,
    /// Pool the LLM sources whose names match a pattern, such as gpt-4o=gpt-4o*, or all with llm=*; repeat for several
    /// patterns or pools
    #[arg(long, value_name = "NAME=PATTERN")]
    pub group: Vec<String>,
    /// Columns that distinguish kinds of human text, separated by commas [default: venue,year]
    #[arg(long, value_name = "COLUMNS", value_delimiter = ',')]
    pub stratum: Vec<String>,
    /// Column that says what the LLM was asked for [default: prompt]
    #[arg(long, value_name = "COLUMN")]
    pub kind_field: Option<String>,
    /// Name the values of --kind-field that match a pattern, such as rewritten=polish*; repeat for several names
    #[arg(long, value_name = "NAME=PATTERN")]
    pub kind: Vec<String>,
    #[command(flatten)]
    pub reading: ReadingArgs,
    /// Keep documents with the same value in this column together, such as the reviews of a paper [default: the first
    /// found of forum, paper and paper_id]
    #[arg(long, value_name = "COLUMN")]
    pub split_by: Option<String>,
    /// Column with the date or year, which `fit` stores in the reference [default: the first found of date, created,
    /// announced and year]
    #[arg(long, value_name = "COLUMN")]
    pub date_field: Option<String>,
}

#[derive(Debug, Args)]
pub struct FitArgs {
    #[command(flatten)]
    pub known: KnownArgs,
    /// Share of groups (see --split-by) to hold out for testing, from 0 to below 1
    #[arg(long, value_name = "SHARE", default_value_t = 0.0, value_parser = share)]
    pub hold_out: f64,
    /// Fit for shares of sentences or of whole documents
    #[arg(long, value_parser = one_of(UNITS), default_value = "sentence")]
    pub unit: UnitRule,
    /// Minimum number of human units (sentences or documents, see --unit) that contain a word for it to enter the
    /// vocabulary
    #[arg(long, default_value_t = 5, value_name = "N")]
    pub min_human_units: u64,
    /// Minimum number of LLM units (sentences or documents, see --unit) that contain a word for it to enter the
    /// vocabulary
    #[arg(long, default_value_t = 3, value_name = "N")]
    pub min_llm_units: u64,
    /// Number of folds for the calibration, 2 to 100
    #[arg(long, default_value_t = 5, value_parser = clap::value_parser!(u8).range(2..=100))]
    pub folds: u8,
    /// Seed of the division into folds
    #[arg(long, default_value_t = 0)]
    pub seed: u64,
    /// Name of the reference [default: that of the output file]
    #[arg(long)]
    pub name: Option<String>,
    /// Sentence for the reference's card that says what it is
    #[arg(long, default_value = "")]
    pub description: String,
    /// Use that the reference's card recommends; repeat for several
    #[arg(long, value_name = "TEXT")]
    pub good_for: Vec<String>,
    /// Use that the reference's card advises against; repeat for several
    #[arg(long, value_name = "TEXT")]
    pub not_for: Vec<String>,
    /// File to write the reference to
    #[arg(short = 'o', value_name = "FILE")]
    pub file: PathBuf,
}

impl TryFrom<&KnownArgs> for KnownOptions {
    type Error = KnownError;

    fn try_from(arguments: &KnownArgs) -> Result<KnownOptions, KnownError> {
        Ok(KnownOptions {
            human: arguments.human.clone(),
            strata: arguments.stratum.clone(),
            kind_field: arguments.kind_field.clone(),
            kinds: pairs(&arguments.kind, KnownError::NotAKind)?,
            llm: arguments.llm.iter().map(|argument| named(argument)).collect(),
            source_field: arguments.source_field.clone(),
            groups: pairs(&arguments.group, KnownError::NotAGroup)?,
            reading: arguments.reading.options(),
            split_by: arguments.split_by.clone(),
            date_field: arguments.date_field.clone(),
        })
    }
}

/// Parses `[NAME=]PATH`; a path that exists as it is has no name.
fn named(argument: &str) -> (Option<String>, String) {
    match argument.split_once('=').filter(|_| !Path::new(argument).exists()) {
        Some((name, path)) => (Some(name.to_owned()), path.to_owned()),
        None => (None, argument.to_owned()),
    }
}

/// Parses arguments that are `NAME=PATTERN`; `refuse` makes the error for one without a name.
fn pairs(arguments: &[String], refuse: fn(String) -> KnownError) -> Result<Vec<(String, String)>, KnownError> {
    let pair = |argument: &String| {
        let (name, pattern) = argument.split_once('=').ok_or_else(|| refuse(argument.clone()))?;
        Ok((name.to_owned(), pattern.to_owned()))
    };
    arguments.iter().map(pair).collect()
}

impl TryFrom<&FitArgs> for FitRun {
    type Error = KnownError;

    fn try_from(arguments: &FitArgs) -> Result<FitRun, KnownError> {
        let usual = FitRun::new((&arguments.known).try_into()?);
        let file_name = arguments.file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let stem = file_name.trim_end_matches(".json").trim_end_matches(".reference").to_owned();
        let fit = FitOptions {
            card: Card {
                name: arguments.name.clone().unwrap_or(stem),
                description: arguments.description.clone(),
                good_for: arguments.good_for.clone(),
                not_for: arguments.not_for.clone(),
            },
            unit: arguments.unit,
            vocabulary_rule: VocabularyRule {
                min_human_units: arguments.min_human_units,
                min_llm_units: arguments.min_llm_units,
            },
            seed: arguments.seed,
            n_folds: arguments.folds,
            held_out_share: arguments.hold_out,
            ..usual.fit
        };
        Ok(FitRun { fit, known: usual.known })
    }
}
