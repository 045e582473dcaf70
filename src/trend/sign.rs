//! The signs that a reference is older than the text.

use crate::words::LlmWordsOverTime;

use super::generators::NewestGenerator;

/// A sign of age, or the reason why it is not known.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum Sign {
    /// The names of these sources do not tell when they came out.
    UnknownRelease(Vec<String>),
    /// The text from a period on is later than the newest generator.
    LaterText {
        /// The reference's name.
        reference: String,
        /// Its newest generator.
        newest: NewestGenerator,
        /// Label of the first period that is later.
        from: String,
    },
    /// The words that the reference knows as LLM words fall while others rise.
    Words(LlmWordsOverTime),
    /// A sign in the last period of one series, or in its later periods.
    OfSeries {
        /// The series' name; empty if everything is one series.
        series: String,
        /// The sign.
        sign: SeriesSign,
    },
}

/// A sign of age in one series; periods are given by their labels.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum SeriesSign {
    /// In this period more documents score above the control than the share explains.
    BeyondControl(String),
    /// In this period most of the share is text unlike that of any LLM in the reference.
    MostlyUnknown(String),
    /// The share falls, and the reference does not fit the text.
    Fall(Fall),
    /// The misfit rises.
    MisfitRise {
        /// First of the later periods, with its misfit.
        from: (String, f64),
        /// Last period, with its misfit.
        to: (String, f64),
        /// Whether the misfit rises by more than the share does.
        exceeds_share: bool,
    },
}

/// A fall of the share.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum Fall {
    /// From the highest period to the last.
    Between {
        /// Size of the fall, 0 to 1.
        size: f64,
        /// Label of the highest period.
        from: String,
        /// Label of the last period.
        to: String,
    },
    /// Mean fall per year over the later periods, 0 to 1.
    PerYear(f64),
}

/// The reason why a fall may be an artefact: an aged reference reads the period lower than the highest before it.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Artefact {
    /// Label of the highest period before.
    pub highest: String,
    /// The reference's newest generator, which is older than the text.
    pub newest: NewestGenerator,
}
