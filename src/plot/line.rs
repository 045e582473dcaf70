//! Shares over time: a line for each series, with intervals, in one panel or several.

use super::options::FigureOptions;
use jiff::civil::Date;

/// Points (1/72 inch) in a millimetre.
const PER_MILLIMETRE: f64 = 72.0 / 25.4;

/// Shares of one or several series over time.
#[derive(Debug, Clone, PartialEq)]
pub struct LineFigure {
    /// Panels with the same axes.
    pub panels: Vec<LinePanel>,
    /// What the shares are of, with the unit: `LLM share of sentences, %`.
    pub axis: String,
    /// What bands and bars are: `95 % interval`.
    pub interval: String,
    /// What few is few of, for the key: `few sentences or documents`.
    pub few: String,
    /// Dates to mark.
    pub marks: Vec<Mark>,
    /// Ranges to shade.
    pub shades: Vec<Shade>,
    /// What stands beneath, a paragraph each.
    pub notes: Vec<String>,
    /// How it is to look.
    pub options: FigureOptions,
}

/// Series with axes of their own.
#[derive(Debug, Clone, PartialEq)]
pub struct LinePanel {
    /// What stands above it; may be empty.
    pub title: String,
    /// Series, in the order of their colours.
    pub series: Vec<LineSeries>,
}

/// A line.
#[derive(Debug, Clone, PartialEq)]
pub struct LineSeries {
    /// Its name; empty: it needs none.
    pub name: String,
    /// By rising time.
    pub points: Vec<LinePoint>,
}

/// The estimate of a period.
#[derive(Debug, Clone, PartialEq)]
pub struct LinePoint {
    /// First day of the period.
    pub first: Date,
    /// Its last day; the next point is joined only if its period begins on the day after.
    pub last: Date,
    /// Name of the period.
    pub label: String,
    /// The estimate; none: a mark on the axis.
    pub value: Option<LineValue>,
    /// What was to be expected, 0 to 1.
    pub expected: Option<f64>,
    /// At least this, 0 to 1, whatever the model: a stroke beneath the point.
    pub floor: Option<f64>,
    /// Whether there is too little to lean on: drawn hollow.
    pub hollow: bool,
    /// Whether the reference does not fit: marked.
    pub flagged: bool,
    /// Whether it is of the control.
    pub placebo: bool,
    /// Whether a fall towards this point may be an artefact: drawn hatched and dashed.
    pub artefact: bool,
    /// Everything about it, for those who point at it or hear it read.
    pub description: String,
}

/// A share with its interval, 0 to 1.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct LineValue {
    /// The share.
    pub share: f64,
    /// Lower end of its interval.
    pub lower: f64,
    /// Upper end.
    pub upper: f64,
}

/// A date to mark.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Mark {
    /// When.
    pub date: Date,
    /// In a few words.
    pub label: String,
}

/// A range to shade.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Shade {
    /// From this day.
    pub first: Date,
    /// To this one.
    pub last: Date,
    /// In a few words.
    pub label: String,
}

impl LineFigure {
    /// Width in points.
    pub(super) fn width(&self) -> f64 {
        self.options.width * PER_MILLIMETRE
    }
}
