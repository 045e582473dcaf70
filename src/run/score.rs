//! Turns text into tables of scores and of occurrences, without the text.

use sha2::{Digest, Sha256};

use super::error::RunError;
use super::input::input_read;
use super::occurrences::check_stored_columns;
use super::options::{DEFAULT_REFERENCE, InputOptions};
use super::score_corpus::{HeldOut, Wanted, score_corpus};
use super::scores::Scores;
use super::select::select_fitted;
use crate::corpus::ReadSummary;
use crate::progress::Progress;
use crate::reference::Scorer;
use crate::score::store::Origin;
use crate::score::{ScoreTable, UnitScorer, sample_groups};

/// An input, and the options for scoring it.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct ScoreRun {
    /// The input.
    pub input: InputOptions,
    /// Name or file of the reference.
    pub reference: String,
    /// Columns to keep in the tables.
    pub by: Vec<String>,
    /// The scorer of units.
    pub scorer: Scorer,
    /// Whether to score only documents that the reference held out of its fit.
    pub held_out: bool,
    /// Number of random documents to keep of each group; `None` keeps all.
    pub n_sample: Option<usize>,
    /// Seed of the sample and of the default salt.
    pub seed: u64,
    /// Secret that document keys are hashed with; `None` derives a salt from the input and the seed.
    pub salt: Option<String>,
    /// Whether to number the documents in the order of their scores instead.
    pub anonymous: bool,
    /// Whether to count the occurrences of every word as well.
    pub occurrences: bool,
    /// Whether tables without a document are a result: of a part of a corpus they are.
    pub may_be_empty: bool,
}

impl ScoreRun {
    /// Returns the usual choices for `input`.
    pub fn new(input: InputOptions) -> ScoreRun {
        ScoreRun {
            input,
            reference: DEFAULT_REFERENCE.to_owned(),
            by: vec![],
            scorer: Scorer::default(),
            held_out: false,
            n_sample: None,
            seed: 0,
            salt: None,
            anonymous: false,
            occurrences: false,
            may_be_empty: false,
        }
    }

    /// Sets the name or file of the reference.
    pub fn reference(self, reference: impl Into<String>) -> ScoreRun {
        ScoreRun { reference: reference.into(), ..self }
    }

    /// Sets the columns to keep in the tables.
    pub fn by(self, by: Vec<String>) -> ScoreRun {
        ScoreRun { by, ..self }
    }

    /// Sets the scorer of units.
    pub fn scorer(self, scorer: Scorer) -> ScoreRun {
        ScoreRun { scorer, ..self }
    }

    /// Sets whether to score only documents that the reference held out of its fit.
    pub fn held_out(self, held_out: bool) -> ScoreRun {
        ScoreRun { held_out, ..self }
    }

    /// Sets the number of random documents to keep of each group.
    pub fn n_sample(self, n_sample: usize) -> ScoreRun {
        ScoreRun { n_sample: Some(n_sample), ..self }
    }

    /// Sets the seed of the sample and of the default salt.
    pub fn seed(self, seed: u64) -> ScoreRun {
        ScoreRun { seed, ..self }
    }

    /// Sets the secret that document keys are hashed with.
    pub fn salt(self, salt: impl Into<String>) -> ScoreRun {
        ScoreRun { salt: Some(salt.into()), ..self }
    }

    /// Sets whether to number the documents in the order of their scores instead.
    pub fn anonymous(self, anonymous: bool) -> ScoreRun {
        ScoreRun { anonymous, ..self }
    }

    /// Sets whether to count the occurrences of every word as well.
    pub fn occurrences(self, occurrences: bool) -> ScoreRun {
        ScoreRun { occurrences, ..self }
    }

    /// Sets whether tables without a document are a result.
    pub fn may_be_empty(self, may_be_empty: bool) -> ScoreRun {
        ScoreRun { may_be_empty, ..self }
    }
}

/// Scores the text of the input: for each unit the log ratios of LLM against human text, in nats, and no text.
///
/// # Errors
/// Fails if the input or the reference cannot be read, or if no document has text and there has to be one.
///
/// # Examples
///
/// ```
/// use llm_prevalence::progress::Silent;
/// use llm_prevalence::run::{InputOptions, ScoreRun, score};
///
/// # let folder = tempfile::tempdir()?;
/// # let path = folder.path().join("reviews.csv").display().to_string();
/// let rows = (0..40).map(|n| format!("{n},I liked part {n}. The proof in step {n} is wrong.\n"));
/// std::fs::write(&path, format!("id,text\n{}", rows.collect::<String>()))?;
/// let scores = score(&ScoreRun::new(InputOptions::new([path])), &Silent)?;
/// assert_eq!((scores.table.n_documents(), scores.table.n_units()), (40, 80));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn score(run: &ScoreRun, progress: &dyn Progress) -> Result<Scores, RunError> {
    let (reference, sha256) = select_fitted(&run.reference)?;
    let held_out = HeldOut::of(&reference, run.held_out)?;
    let unit_scorer = UnitScorer::new(&reference, run.scorer);
    let wanted = Wanted {
        by: &run.by,
        held_out: held_out.as_ref(),
        occurrences: run.occurrences.then_some(reference.settings.unit),
        ..Wanted::default()
    };
    if run.occurrences {
        check_stored_columns(&run.by)?;
    }
    let corpus = score_corpus(&run.input, &wanted, &unit_scorer, progress)?;
    if corpus.target.table.documents().is_empty() && !run.may_be_empty {
        return Err(RunError::NothingToScore);
    }
    let origin = Origin::new(&reference, sha256, run.scorer);
    let table = ready(run, corpus.target.table, &corpus.summary);
    let input = input_read(&corpus.summary);
    Ok(Scores { table, origin, occurrences: corpus.target.occurrences, input })
}

/// Returns the documents to keep, with keys that can be shared.
fn ready(run: &ScoreRun, mut table: ScoreTable, summary: &ReadSummary) -> ScoreTable {
    if let Some(n) = run.n_sample {
        sample_groups(&mut table, n, run.seed);
    }
    if run.anonymous {
        table.number();
    } else {
        let salt = run.salt.as_ref().map(|salt| salt.as_bytes().to_vec());
        table.salt(&salt.unwrap_or_else(|| default_salt(summary, run.seed)));
    }
    table
}

/// Returns a salt that depends on what was read and on the seed, but not on the order of files.
fn default_salt(summary: &ReadSummary, seed: u64) -> Vec<u8> {
    let mut hashes: Vec<&str> = summary.files.iter().map(|file| file.sha256.as_str()).collect();
    hashes.sort_unstable();
    Sha256::digest(format!("salt {seed} {}", hashes.join(" "))).to_vec()
}
