//! Arguments of `score`.

use std::path::PathBuf;

use clap::Args;

use super::input::InputArgs;
use super::values::{SCORERS, one_of};
use crate::reference::Scorer;
use crate::run::ScoreRun;

#[derive(Debug, Args)]
pub struct ScoreArgs {
    #[command(flatten)]
    pub input: InputArgs,
    /// Reference to score with: reviews, abstracts, or a file
    #[arg(long, value_name = "NAME|PATH", default_value = "reviews")]
    pub reference: String,
    /// Column to keep in the table, for grouping by it later; repeat for several
    #[arg(long, value_name = "COLUMN")]
    pub by: Vec<String>,
    /// Method that scores units
    #[arg(long, value_parser = one_of(SCORERS), default_value = "logistic")]
    pub scorer: Scorer,
    /// Score only documents that the reference held out of its fit
    #[arg(long)]
    pub held_out: bool,
    /// Keep only this many random documents of each group
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..), conflicts_with = "words")]
    pub sample: Option<u32>,
    /// Seed of the sample and of the default salt
    #[arg(long, default_value_t = 0)]
    pub seed: u64,
    /// Secret for hashing document ids into keys [default: derived from the input and the seed, so that anyone who has
    /// both can repeat it]
    #[arg(long, value_name = "SECRET", conflicts_with = "anonymous")]
    pub salt: Option<String>,
    /// Number the documents in the order of their scores instead of hashing their ids
    #[arg(long)]
    pub anonymous: bool,
    /// File to write the score table to (parquet)
    #[arg(short = 'o', value_name = "FILE", required_unless_present = "words")]
    pub file: Option<PathBuf>,
    /// File to write the occurrence table to (parquet), which `words` reads: the number of units of each group with
    /// each word, without words in fewer than 5 documents
    #[arg(long, value_name = "FILE")]
    pub words: Option<PathBuf>,
}

impl From<&ScoreArgs> for ScoreRun {
    fn from(arguments: &ScoreArgs) -> ScoreRun {
        ScoreRun {
            reference: arguments.reference.clone(),
            by: arguments.by.clone(),
            scorer: arguments.scorer,
            held_out: arguments.held_out,
            n_sample: arguments.sample.map(|n| n as usize),
            seed: arguments.seed,
            salt: arguments.salt.clone(),
            anonymous: arguments.anonymous,
            occurrences: arguments.words.is_some(),
            ..ScoreRun::new((&arguments.input).into())
        }
    }
}
