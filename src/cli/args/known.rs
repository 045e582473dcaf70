//! Texts of known source, and the arguments of `fit`.

use std::path::PathBuf;

use clap::Args;

use super::{ReadingArgs, UNITS, one_of, share};
use crate::occurrence::VocabularyRule;
use crate::reference::{Card, FitOptions};
use crate::run::{FitRun, KnownOptions};
use crate::tokenize::UnitRule;

/// Texts of known source.
#[derive(Debug, Clone, Args)]
pub struct KnownArgs {
    /// Human text: files, folders or globs
    #[arg(long, num_args = 1.., value_name = "PATH")]
    pub human: Vec<String>,
    /// LLM text and the name of the LLM; repeat for several. With --source-field a path alone
    #[arg(long, num_args = 1.., value_name = "[NAME=]PATH")]
    pub llm: Vec<String>,
    /// Column that names the LLM of each text of --llm ("human" for human text)
    #[arg(long, value_name = "COLUMN")]
    pub source_field: Option<String>,
    /// Pool LLM sources whose names match a pattern; repeat for several patterns or pools. All in one: llm=*
    #[arg(long, value_name = "NAME=PATTERN")]
    pub group: Vec<String>,
    /// Columns that tell one kind of human text from another, such as venue,year [default: venue,year]
    #[arg(long, value_name = "COLUMNS", value_delimiter = ',')]
    pub stratum: Vec<String>,
    /// Column with what an LLM was asked for [default: prompt]
    #[arg(long, value_name = "COLUMN")]
    pub kind_field: Option<String>,
    /// Name for values of that column that match a pattern, such as rewritten=polish*; repeat for several
    #[arg(long, value_name = "NAME=PATTERN")]
    pub kind: Vec<String>,
    #[command(flatten)]
    pub reading: ReadingArgs,
    /// Column that keeps documents together, such as the paper a review is of [default: forum, paper or paper_id]
    #[arg(long, value_name = "COLUMN")]
    pub split_by: Option<String>,
    /// Column with the date or year, for the record [default: date, created, announced or year]
    #[arg(long, value_name = "COLUMN")]
    pub date_field: Option<String>,
}

#[derive(Debug, Args)]
pub struct FitArgs {
    #[command(flatten)]
    pub known: KnownArgs,
    /// Share of groups to leave out, for testing
    #[arg(long, value_name = "SHARE", default_value_t = 0.0, value_parser = share)]
    pub hold_out: f64,
    /// What the mixture is over
    #[arg(long, value_parser = one_of(UNITS), default_value = "sentence")]
    pub unit: UnitRule,
    /// Fewest human units with a word of the vocabulary
    #[arg(long, default_value_t = 5, value_name = "N")]
    pub min_human_units: u64,
    /// Fewest LLM units with a word of the vocabulary
    #[arg(long, default_value_t = 3, value_name = "N")]
    pub min_llm_units: u64,
    /// Folds of the calibration
    #[arg(long, default_value_t = 5, value_parser = clap::value_parser!(u8).range(2..=100))]
    pub folds: u8,
    /// Seed of the folds
    #[arg(long, default_value_t = 0)]
    pub seed: u64,
    /// Name of the reference [default: the output file's]
    #[arg(long)]
    pub name: Option<String>,
    /// What it is, in a sentence, for its card
    #[arg(long, default_value = "")]
    pub description: String,
    /// What it is good for, for its card; repeat for several
    #[arg(long, value_name = "TEXT")]
    pub good_for: Vec<String>,
    /// What it is not for, for its card; repeat for several
    #[arg(long, value_name = "TEXT")]
    pub not_for: Vec<String>,
    /// The reference to write
    #[arg(short = 'o', value_name = "FILE")]
    pub file: PathBuf,
}

impl From<&KnownArgs> for KnownOptions {
    fn from(arguments: &KnownArgs) -> KnownOptions {
        KnownOptions {
            human: arguments.human.clone(),
            strata: arguments.stratum.clone(),
            kind_field: arguments.kind_field.clone(),
            kinds: arguments.kind.clone(),
            llm: arguments.llm.clone(),
            source_field: arguments.source_field.clone(),
            groups: arguments.group.clone(),
            reading: arguments.reading.options(),
            split_by: arguments.split_by.clone(),
            date_field: arguments.date_field.clone(),
        }
    }
}

impl From<&FitArgs> for FitRun {
    fn from(arguments: &FitArgs) -> FitRun {
        let usual = FitRun::new((&arguments.known).into());
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
        FitRun { fit, known: usual.known }
    }
}
