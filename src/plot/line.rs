//! Shares over time: a line for each series, with intervals, in one panel or several.

use super::options::FigureOptions;
use jiff::civil::Date;

/// Shares of one or several series over time, made by [`report`](crate::report).
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct LineFigure {
    /// Panels with the same axes.
    pub panels: Vec<LinePanel>,
    /// Title of the axis with the unit: `LLM share of sentences, %`.
    pub axis: String,
    /// Meaning of bands and bars: `95 % interval`.
    pub interval: String,
    /// Meaning of hollow points, for the key: `few sentences or documents`.
    pub few: String,
    /// Dates to mark.
    pub marks: Vec<Mark>,
    /// Ranges to shade.
    pub shades: Vec<Shade>,
    /// Notes beneath, a paragraph each.
    pub notes: Vec<String>,
    /// The look of the figure.
    pub options: FigureOptions,
}

impl LineFigure {
    /// Returns the points of all series, panel by panel.
    pub(super) fn points(&self) -> impl Iterator<Item = &LinePoint> {
        self.panels.iter().flat_map(|panel| &panel.series).flat_map(|series| &series.points)
    }
}

/// Series with axes of their own.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct LinePanel {
    /// The title above it; may be empty.
    pub title: String,
    /// Series, in the order of their colours.
    pub series: Vec<LineSeries>,
}

/// A line.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct LineSeries {
    /// Its name; empty if it needs none.
    pub name: String,
    /// The points, by rising time.
    pub points: Vec<LinePoint>,
}

/// The estimate of a period.
#[derive(Debug, Clone, Default, PartialEq)]
#[non_exhaustive]
pub struct LinePoint {
    /// First day of the period.
    pub first: Date,
    /// Its last day; the next point is joined only if its period begins on the day after.
    pub last: Date,
    /// Name of the period.
    pub label: String,
    /// The estimate; `None` is drawn as a mark on the axis.
    pub value: Option<LineValue>,
    /// The expected share, 0 to 1.
    pub expected: Option<f64>,
    /// The least share, 0 to 1, whatever the model: a stroke beneath the point.
    pub floor: Option<f64>,
    /// Whether there is too little text to rely on: drawn hollow.
    pub hollow: bool,
    /// Whether the reference does not fit: marked.
    pub flagged: bool,
    /// Whether a fall towards this point may be an artefact: drawn hatched and dashed.
    pub artefact: bool,
    /// A full description, for users who point at it or have it read aloud.
    pub description: String,
}

/// A share with its interval, 0 to 1.
#[derive(Debug, Clone, Copy, PartialEq)]
#[non_exhaustive]
pub struct LineValue {
    /// The share.
    pub share: f64,
    /// Lower end of its interval.
    pub lower: f64,
    /// Upper end of its interval.
    pub upper: f64,
}

/// A date to mark.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub struct Mark {
    /// The date.
    pub date: Date,
    /// A short label.
    pub label: String,
}

/// A range to shade.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub struct Shade {
    /// The first day.
    pub first: Date,
    /// The last day.
    pub last: Date,
    /// A short label.
    pub label: String,
}
