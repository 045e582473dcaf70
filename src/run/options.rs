//! What is given to runs: plain values, whoever filled them in.

use jiff::civil::Date;

use crate::corpus::{Event, PeriodRule, ReadOptions};
use crate::estimate::EstimateOptions;
use crate::interval::CalibrationMap;
use crate::reference::Scorer;
use crate::tokenize::UnitRule;
use crate::words::Rank;

/// The reference that is used when none is named.
pub const DEFAULT_REFERENCE: &str = "reviews";

/// What the reference is called where no words are to be marked.
pub const NO_REFERENCE: &str = "none";

/// The release of ChatGPT: text from later may be by an LLM.
pub const CHATGPT: Date = jiff::civil::date(2022, 11, 30);

/// What to read, and how.
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
pub struct InputOptions {
    /// Files, folders, globs, or `-` for standard input.
    pub inputs: Vec<String>,
    /// How they are read; the columns are filled in by each run.
    pub reading: ReadOptions,
}

impl InputOptions {
    /// Returns options that read `inputs` as their names and content say.
    pub fn new(inputs: impl IntoIterator<Item = impl Into<String>>) -> InputOptions {
        InputOptions { inputs: inputs.into_iter().map(Into::into).collect(), reading: ReadOptions::default() }
    }

    /// Sets how the inputs are read.
    pub fn reading(self, reading: ReadOptions) -> InputOptions {
        InputOptions { reading, ..self }
    }
}

/// Human text of the input's own kind.
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
pub struct ControlOptions {
    /// Files, folders or globs with it, or score tables where the input is some.
    pub inputs: Vec<String>,
    /// Whether it is the documents of the input from before this day.
    pub before: Option<Date>,
    /// The column with the date or year; none: one with a usual name.
    pub date_field: Option<String>,
}

/// What is estimated, and with what.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct TargetOptions {
    /// What to read.
    pub input: InputOptions,
    /// Name or file of the reference; none: that of the score table, or [`DEFAULT_REFERENCE`].
    pub reference: Option<String>,
    /// Columns to group by.
    pub by: Vec<String>,
    /// How units are scored; none: as the score table was, or the usual way.
    pub scorer: Option<Scorer>,
    /// What alpha is a share of; none: the reference's own unit.
    pub unit: Option<UnitRule>,
    /// How scores become log ratios of densities.
    pub calibration: CalibrationMap,
    /// Coverage of the interval.
    pub level: f64,
    /// Seed of whatever is random.
    pub seed: u64,
    /// Whether only documents count that the reference has left out of its fit.
    pub held_out: bool,
    /// Human text of the input's own kind.
    pub control: ControlOptions,
}

impl TargetOptions {
    /// Returns the usual choices for `input`.
    pub fn new(input: InputOptions) -> TargetOptions {
        let usual = EstimateOptions::default();
        TargetOptions {
            input,
            reference: None,
            by: vec![],
            scorer: None,
            unit: None,
            calibration: usual.calibration,
            level: usual.level,
            seed: usual.seed,
            held_out: false,
            control: ControlOptions::default(),
        }
    }

    /// Returns the reference's name or file where no score table says which it is.
    pub(super) fn reference_name(&self) -> &str {
        self.reference.as_deref().unwrap_or(DEFAULT_REFERENCE)
    }
}

/// Texts of known source.
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
pub struct KnownOptions {
    /// Files, folders or globs with human text.
    pub human: Vec<String>,
    /// LLM text, `NAME=PATH`; with a column that names the sources a path alone.
    pub llm: Vec<String>,
    /// The column that names the source of each LLM text.
    pub source_field: Option<String>,
    /// Sources to pool, `NAME=PATTERN`.
    pub groups: Vec<String>,
    /// Columns that tell one kind of human text from another, as venue and year do; none: `venue` and `year`.
    pub strata: Vec<String>,
    /// The column with what an LLM was asked for; none: `prompt`.
    pub kind_field: Option<String>,
    /// What to call its values, `NAME=PATTERN`, such as `rewritten=polish*`; values that no pattern matches keep their names.
    pub kinds: Vec<String>,
    /// How the texts are read; the columns are filled in.
    pub reading: ReadOptions,
    /// The column that keeps documents together; none: one with a usual name.
    pub split_by: Option<String>,
    /// The column with the date or year; none: one with a usual name.
    pub date_field: Option<String>,
}

/// Words to follow over time, and how.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct WordsRun {
    /// What to read: text, or occurrence tables.
    pub input: InputOptions,
    /// The column with the date or year; none: one with a usual name.
    pub date_field: Option<String>,
    /// How long a period is.
    pub period: PeriodRule,
    /// Columns to group by.
    pub by: Vec<String>,
    /// Periods that end before this day are from before LLMs.
    pub baseline_before: Date,
    /// Name or file of the reference whose LLM words are marked, or [`NO_REFERENCE`].
    pub reference: String,
    /// Words to show; none: those with the most excess.
    pub words: Vec<String>,
    /// How many words to show of each group.
    pub n_top: usize,
    /// By what words with excess are put in order.
    pub rank: Rank,
    /// What a rate is a share of; none: sentences, or what the occurrence table has.
    pub unit: Option<UnitRule>,
    /// Dates to mark, beside the release of ChatGPT.
    pub events: Vec<Event>,
    /// Coverage of the intervals.
    pub level: f64,
    /// The command, as it can be typed again, for the record.
    pub command: String,
}

impl WordsRun {
    /// Returns the usual choices for `input`.
    pub fn new(input: InputOptions) -> WordsRun {
        WordsRun {
            input,
            date_field: None,
            period: PeriodRule::default(),
            by: vec![],
            baseline_before: CHATGPT,
            reference: DEFAULT_REFERENCE.to_owned(),
            words: vec![],
            n_top: 30,
            rank: Rank::default(),
            unit: None,
            events: vec![],
            level: 0.95,
            command: String::new(),
        }
    }
}
