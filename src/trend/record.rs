//! The result of `trend`; the field names are those of the JSON, to which `report` adds the sentences.

use jiff::civil::Date;
use serde::Serialize;

use crate::corpus::{Event, Period, PeriodRule, UndatedSummary};
use crate::estimate::{GroupEstimate, RunSummary};
use crate::interval::{Difference, Interval};
use crate::words::LlmWordsOverTime;

use super::generators::NewestGenerator;
use super::sign::{Artefact, Sign};
use super::warning::TrendWarning;

/// One run of `trend`.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Trend {
    /// The inputs, the reference and the settings.
    pub run: RunSummary,
    /// Warnings about the run as a whole.
    pub warnings: Vec<TrendWarning>,
    /// The command, in a form that can be typed again; folders are left out.
    pub command: String,
    /// The length of a period.
    pub period: PeriodRule,
    /// Counts of the documents that are in no period.
    pub undated: UndatedSummary,
    /// Dates to mark.
    pub events: Vec<Event>,
    /// The series, one for each combination of the values of `--by`.
    pub series: Vec<TrendSeries>,
    /// Whether the reference still fits the later periods.
    pub ageing: Ageing,
}

impl Trend {
    /// Returns the periods of all series, series by series.
    pub fn periods(&self) -> impl Iterator<Item = &PeriodEstimate> + Clone {
        self.series.iter().flat_map(|series| &series.periods)
    }
}

/// The estimates of one group over time.
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
pub struct TrendSeries {
    /// Values of `--by`, joined by a blank; empty if everything is one series.
    pub name: String,
    /// The periods, by rising time; those without any document are absent.
    pub periods: Vec<PeriodEstimate>,
    /// Estimates of the documents without a period: those of the target and those of the control.
    pub undated: Vec<GroupEstimate>,
    /// The changes asked for, then those to the last period from the first, from the one before, and from the highest
    /// before it, if these differ. Small periods are left out of the latter, and of what follows.
    pub changes: Vec<Change>,
    /// Test of whether alpha rises or falls over the periods; `None` with fewer than three.
    pub slope: Option<SlopeTest>,
    /// Test of whether the periods after a date differ from those before; `None` without periods on both sides.
    pub break_test: Option<BreakTest>,
}

/// The estimate of one period.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct PeriodEstimate {
    /// The period.
    pub period: Period,
    /// Its estimate; numbers are missing if there is too little text.
    pub estimate: GroupEstimate,
    /// Whether it has too few units or documents to rely on; it is then drawn hollow.
    pub is_small: bool,
    /// The reason why a fall towards this period may be an artefact of the reference; it is then drawn hatched. `None`
    /// if the fall may be believed.
    pub artefact: Option<Artefact>,
}

/// The difference between two periods.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Change {
    /// Label of the earlier period.
    pub from: String,
    /// Label of the later period.
    pub to: String,
    /// Number of periods that the earlier one was chosen from as the highest; 1 if it was not chosen by its share.
    /// Interval and p-value allow for the choice.
    pub n_choices: usize,
    /// The later share minus the earlier one.
    #[serde(flatten)]
    pub difference: Difference,
    /// The difference without systematic error: with the uncertainty by chance in the documents alone.
    pub without_systematic_error: Difference,
}

/// The least-squares slope, a linear contrast of the periods. Placebos, human by construction, take no part.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[non_exhaustive]
pub struct SlopeTest {
    /// Change of alpha per year.
    pub per_year: f64,
    /// Its interval.
    pub interval: Interval,
    /// Two-sided p-value of no slope.
    pub p_value: f64,
}

/// The mean of the periods from a date on minus that of the periods before, placebos included; a period that the date
/// divides is in neither.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[non_exhaustive]
pub struct BreakTest {
    /// The date.
    pub date: Date,
    /// Number of periods before it.
    pub n_before: usize,
    /// Number of periods from it on.
    pub n_after: usize,
    /// The difference of the means.
    #[serde(flatten)]
    pub difference: Difference,
}

/// The signs that the reference is older than the text.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Ageing {
    /// Whether it has aged: later shares are then probably too low.
    pub aged: bool,
    /// The generator of the reference that was released last, if its date is known.
    pub newest_generator: Option<NewestGenerator>,
    /// Label of the first period that begins after its release; `None` if the text is not later.
    pub later_from: Option<String>,
    /// Whether the misfit rises over the periods.
    pub misfit_rises: bool,
    /// Whether the words that the reference knows as LLM words become rarer while others that were rare before LLMs
    /// become more frequent; `None` if the words are not known (score tables).
    pub llm_words_fall: Option<bool>,
    /// The occurrence of these words in each period; `None` if the words are not known.
    pub words: Option<LlmWordsOverTime>,
    /// The signs that were found.
    pub reasons: Vec<Sign>,
}
