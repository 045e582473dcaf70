//! The warnings about a trend as a whole.

use jiff::civil::Date;

use super::sign::Sign;

/// A warning about a trend as a whole.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum TrendWarning {
    /// Two periods that were to be compared cannot be, because one of them has no estimate.
    NoChange {
        /// Label of one period.
        from: String,
        /// Label of the other.
        to: String,
        /// Names of the series in which they cannot.
        series: Vec<String>,
    },
    /// There are no large enough periods on both sides of the date that was asked for.
    NoBreak {
        /// The date.
        date: Date,
        /// Names of the series without such periods.
        series: Vec<String>,
    },
    /// There are signs of age, although the reference is not found to have aged.
    Signs {
        /// The signs.
        signs: Vec<Sign>,
        /// Whether some of the text is later than the reference's newest generator.
        is_later: bool,
    },
    /// Without the text, it is not known whether the reference's LLM words go out of use.
    WordsUnknown,
    /// All periods belong to the control.
    ControlAlone,
    /// Something about the input or the control, as [`RunSummary::notes`](crate::estimate::RunSummary::notes) says it.
    Input(String),
}
