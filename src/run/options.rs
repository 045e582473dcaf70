//! The options of runs: plain values, which any caller can fill in.

use std::sync::Arc;

use jiff::civil::Date;

use super::scores::Scores;
use crate::corpus::{CHATGPT, Event, PeriodRule, ReadOptions};
use crate::estimate::EstimateOptions;
use crate::interval::CalibrationMap;
use crate::reference::Scorer;
use crate::tokenize::UnitRule;
use crate::words::{Rank, WordsOptions};

/// Name of the reference that is used if none is named.
pub const DEFAULT_REFERENCE: &str = "reviews";

/// Name that stands for no reference, so that no words are marked.
pub const NO_REFERENCE: &str = "none";

/// Inputs, and the options for reading them.
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
pub struct InputOptions {
    /// Files, folders, globs, or `-` for standard input.
    pub inputs: Vec<String>,
    /// Options for reading; each run fills in the columns.
    pub reading: ReadOptions,
    /// Score tables and occurrence tables in memory, which inputs name as they name files.
    pub stored: Vec<(String, Arc<Scores>)>,
}

impl InputOptions {
    /// Returns options that read `inputs` in the formats that their names and content tell.
    pub fn new(inputs: impl IntoIterator<Item = impl Into<String>>) -> InputOptions {
        let inputs = inputs.into_iter().map(Into::into).collect();
        InputOptions { inputs, reading: ReadOptions::default(), stored: vec![] }
    }

    /// Sets the options for reading.
    pub fn reading(self, reading: ReadOptions) -> InputOptions {
        InputOptions { reading, ..self }
    }

    /// Sets the tables in memory, which inputs name as they name files.
    pub fn stored(self, stored: Vec<(String, Arc<Scores>)>) -> InputOptions {
        InputOptions { stored, ..self }
    }

    /// Returns the tables in memory among these inputs, by their names.
    pub(super) fn stored_in<'s>(&'s self, inputs: &'s [String]) -> impl Iterator<Item = (&'s str, &'s Arc<Scores>)> {
        let is_named = |name: &String| inputs.contains(name);
        self.stored.iter().filter(move |(name, _)| is_named(name)).map(|(name, scores)| (name.as_str(), scores))
    }
}

/// The control: human text of the input's own kind.
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
pub struct ControlOptions {
    /// Files, folders or globs with the control, or score tables if the input is score tables.
    pub inputs: Vec<String>,
    /// The day before which documents of the input are the control; `None` if they are not.
    pub before: Option<Date>,
    /// The column with the date or year; `None` takes one with a usual name.
    pub date_field: Option<String>,
}

impl ControlOptions {
    /// Sets the files, folders or globs with the control.
    pub fn inputs(self, inputs: Vec<String>) -> ControlOptions {
        ControlOptions { inputs, ..self }
    }

    /// Sets the day before which documents of the input are the control.
    pub fn before(self, before: Date) -> ControlOptions {
        ControlOptions { before: Some(before), ..self }
    }

    /// Sets the column with the date or year.
    pub fn date_field(self, date_field: impl Into<String>) -> ControlOptions {
        ControlOptions { date_field: Some(date_field.into()), ..self }
    }
}

/// A target, with the reference and the settings that it is estimated with.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct TargetOptions {
    /// The input.
    pub input: InputOptions,
    /// Name or file of the reference; `None` takes that of the score table, or [`DEFAULT_REFERENCE`].
    pub reference: Option<String>,
    /// Columns to group by.
    pub by: Vec<String>,
    /// The scorer of units; `None` takes that of the score table, or the default.
    pub scorer: Option<Scorer>,
    /// The unit that alpha is a share of; `None` takes the reference's own.
    pub unit: Option<UnitRule>,
    /// The calibration, which turns scores into log ratios of densities.
    pub calibration: CalibrationMap,
    /// Nominal coverage of the interval, 0 to 1.
    pub level: f64,
    /// Seed of the random numbers.
    pub seed: u64,
    /// Whether to estimate only documents that the reference held out of its fit.
    pub held_out: bool,
    /// The control: human text of the input's own kind.
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

    /// Sets the name or file of the reference.
    pub fn reference(self, reference: impl Into<String>) -> TargetOptions {
        TargetOptions { reference: Some(reference.into()), ..self }
    }

    /// Sets the columns to group by.
    pub fn by(self, by: Vec<String>) -> TargetOptions {
        TargetOptions { by, ..self }
    }

    /// Sets the scorer of units.
    pub fn scorer(self, scorer: Scorer) -> TargetOptions {
        TargetOptions { scorer: Some(scorer), ..self }
    }

    /// Sets the unit that alpha is a share of.
    pub fn unit(self, unit: UnitRule) -> TargetOptions {
        TargetOptions { unit: Some(unit), ..self }
    }

    /// Sets the calibration.
    pub fn calibration(self, calibration: CalibrationMap) -> TargetOptions {
        TargetOptions { calibration, ..self }
    }

    /// Sets the nominal coverage of the interval, 0 to 1.
    pub fn level(self, level: f64) -> TargetOptions {
        TargetOptions { level, ..self }
    }

    /// Sets the seed of the random numbers.
    pub fn seed(self, seed: u64) -> TargetOptions {
        TargetOptions { seed, ..self }
    }

    /// Sets whether to estimate only documents that the reference held out of its fit.
    pub fn held_out(self, held_out: bool) -> TargetOptions {
        TargetOptions { held_out, ..self }
    }

    /// Sets the control.
    pub fn control(self, control: ControlOptions) -> TargetOptions {
        TargetOptions { control, ..self }
    }

    /// Returns the reference's name or file if no score table says which it is.
    pub(super) fn reference_name(&self) -> &str {
        self.reference.as_deref().unwrap_or(DEFAULT_REFERENCE)
    }
}

/// An input, and the options for following its words over time.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct WordsRun {
    /// The input: text, or occurrence tables.
    pub input: InputOptions,
    /// The column with the date or year; `None` takes one with a usual name.
    pub date_field: Option<String>,
    /// The length of a period.
    pub period: PeriodRule,
    /// Columns to group by.
    pub by: Vec<String>,
    /// The day that marks the baseline: periods that end before it are from before LLMs.
    pub baseline_before: Date,
    /// Name or file of the reference whose LLM words are marked, or [`NO_REFERENCE`].
    pub reference: String,
    /// Words to show; if empty, those with the most excess.
    pub words: Vec<String>,
    /// Number of words to show of each group.
    pub n_top: usize,
    /// The order of words with an excess.
    pub rank: Rank,
    /// The unit that a rate is a share of; `None` takes sentences, or the unit of the occurrence table.
    pub unit: Option<UnitRule>,
    /// Dates to mark, besides the release of ChatGPT.
    pub events: Vec<Event>,
    /// Nominal coverage of the intervals, 0 to 1.
    pub level: f64,
    /// The command in a form that can be typed again, for the record.
    pub command: String,
}

impl WordsRun {
    /// Returns the usual choices for `input`.
    pub fn new(input: InputOptions) -> WordsRun {
        let usual = WordsOptions::new(PeriodRule::default(), CHATGPT);
        WordsRun {
            input,
            date_field: None,
            period: usual.period,
            by: vec![],
            baseline_before: usual.baseline_before,
            reference: DEFAULT_REFERENCE.to_owned(),
            words: usual.words,
            n_top: usual.n_top,
            rank: usual.rank,
            unit: None,
            events: vec![],
            level: usual.level,
            command: String::new(),
        }
    }

    /// Sets the column with the date or year.
    pub fn date_field(self, date_field: impl Into<String>) -> WordsRun {
        WordsRun { date_field: Some(date_field.into()), ..self }
    }

    /// Sets the length of a period.
    pub fn period(self, period: PeriodRule) -> WordsRun {
        WordsRun { period, ..self }
    }

    /// Sets the columns to group by.
    pub fn by(self, by: Vec<String>) -> WordsRun {
        WordsRun { by, ..self }
    }

    /// Sets the day that marks the baseline: periods that end before it are from before LLMs.
    pub fn baseline_before(self, baseline_before: Date) -> WordsRun {
        WordsRun { baseline_before, ..self }
    }

    /// Sets the name or file of the reference whose LLM words are marked, or [`NO_REFERENCE`].
    pub fn reference(self, reference: impl Into<String>) -> WordsRun {
        WordsRun { reference: reference.into(), ..self }
    }

    /// Sets the words to show.
    pub fn words(self, words: Vec<String>) -> WordsRun {
        WordsRun { words, ..self }
    }

    /// Sets the number of words to show of each group.
    pub fn n_top(self, n_top: usize) -> WordsRun {
        WordsRun { n_top, ..self }
    }

    /// Sets the order of words with an excess.
    pub fn rank(self, rank: Rank) -> WordsRun {
        WordsRun { rank, ..self }
    }

    /// Sets the unit that a rate is a share of.
    pub fn unit(self, unit: UnitRule) -> WordsRun {
        WordsRun { unit: Some(unit), ..self }
    }

    /// Sets dates to mark, besides the release of ChatGPT.
    pub fn events(self, events: Vec<Event>) -> WordsRun {
        WordsRun { events, ..self }
    }

    /// Sets the nominal coverage of the intervals, 0 to 1.
    pub fn level(self, level: f64) -> WordsRun {
        WordsRun { level, ..self }
    }

    /// Sets the command in a form that can be typed again, for the record.
    pub fn command(self, command: impl Into<String>) -> WordsRun {
        WordsRun { command: command.into(), ..self }
    }
}
