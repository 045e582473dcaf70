//! The result of `trend` as it leaves the tool; the field names are those of the JSON.

use jiff::civil::Date;
use serde::Serialize;

use crate::corpus::{Event, Period, PeriodRule, UndatedSummary};
use crate::estimate::{GroupEstimate, RunSummary};
use crate::interval::{Difference, Interval};
use crate::words::LlmWordsOverTime;

/// One run of `trend`.
#[derive(Debug, Clone, Serialize)]
#[non_exhaustive]
pub struct Trend {
    /// What it was made from, and with what.
    #[serde(flatten)]
    pub run: RunSummary,
    /// The command, as it can be typed again; folders are left out.
    pub command: String,
    /// How long a period is.
    pub period: PeriodRule,
    /// Documents that are in no period.
    pub undated: UndatedSummary,
    /// Dates to mark.
    pub events: Vec<Event>,
    /// One for each combination of the values of `--by`.
    pub series: Vec<TrendSeries>,
    /// Whether the reference still fits the later periods.
    pub ageing: Ageing,
    /// What was found, in one sentence, with what has to be known before it is believed.
    pub headline: String,
}

/// The estimates of one group over time.
#[derive(Debug, Clone, Default, Serialize)]
#[non_exhaustive]
pub struct TrendSeries {
    /// Values of `--by`, joined by a blank; empty where everything is one series.
    pub name: String,
    /// By rising period; periods without any document are absent.
    pub periods: Vec<PeriodEstimate>,
    /// Estimates of the documents without a period: those of the target, those of the control.
    pub undated: Vec<GroupEstimate>,
    /// Those asked for, then the last period less the first, less the one before, and less the highest before it, where these differ. Small
    /// periods are left out of these, and of what follows.
    pub changes: Vec<Change>,
    /// Whether alpha rises or falls over the periods; none with fewer than three.
    pub slope: Option<SlopeTest>,
    /// Whether the periods after a date differ from those before; none without periods on both sides.
    pub break_test: Option<BreakTest>,
    /// What a person would say of it, a sentence each.
    pub sentences: Vec<String>,
}

/// The estimate of one period.
#[derive(Debug, Clone, Serialize)]
#[non_exhaustive]
pub struct PeriodEstimate {
    /// When.
    pub period: Period,
    /// Its estimate; numbers are missing where there is too little text.
    #[serde(flatten)]
    pub estimate: GroupEstimate,
    /// Whether the number of units or documents is too small to lean on: drawn hollow.
    pub is_small: bool,
    /// Why a fall towards this period may be an artefact of the reference: drawn hatched. None: it may be believed.
    pub artefact: Option<String>,
}

/// The difference between two periods.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Change {
    /// Label of the earlier period.
    pub from: String,
    /// Label of the later period.
    pub to: String,
    /// Periods that the earlier one was chosen from because it is the highest; 1 if it was not chosen by its share. Interval and
    /// p-value allow for the choice.
    pub n_choices: usize,
    /// Later less earlier.
    #[serde(flatten)]
    pub difference: Difference,
    /// The difference without systematic error: what chance in the documents alone allows.
    pub without_systematic_error: Difference,
}

/// A linear contrast of the periods: the least-squares slope. Placebos, human by construction, take no part.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[non_exhaustive]
pub struct SlopeTest {
    /// Change of alpha in a year.
    pub per_year: f64,
    /// Its interval.
    pub interval: Interval,
    /// Two-sided p-value of no slope.
    pub p_value: f64,
}

/// The mean of the periods from a date on, less that of the periods before, placebos included; a period with the date in its midst
/// is in neither.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[non_exhaustive]
pub struct BreakTest {
    /// The date.
    pub date: Date,
    /// Periods before it.
    pub n_before: usize,
    /// Periods from it on.
    pub n_after: usize,
    /// The difference of the means.
    #[serde(flatten)]
    pub difference: Difference,
}

/// Whether the reference is older than the text.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Ageing {
    /// Whether it has aged: later shares are then probably too low.
    pub aged: bool,
    /// The generator of the reference that was released last, where its date is known.
    pub newest_generator: Option<NewestGenerator>,
    /// Label of the first period that begins after it; none: the text is not later.
    pub later_from: Option<String>,
    /// Whether the misfit rises over the periods.
    pub misfit_rises: bool,
    /// Whether the words that the reference knows as LLM words become rarer while others that were rare before LLMs become more
    /// frequent; none where the words are not known (score tables).
    pub llm_words_fall: Option<bool>,
    /// How often these words occur in each period; none where the words are not known.
    pub words: Option<LlmWordsOverTime>,
    /// What was seen, a sentence each.
    pub reasons: Vec<String>,
}

/// A generator and when it was released.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct NewestGenerator {
    /// Its name in the reference.
    pub name: String,
    /// When it was released.
    pub released: Date,
}
