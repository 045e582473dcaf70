//! Error against truth: panels side by side, each with a point and an interval for every method and truth.

use super::options::FigureOptions;

/// Errors of several methods, with a panel for each size or stratum, made by [`report`](crate::report).
#[non_exhaustive]
pub struct ErrorFigure {
    /// Panels, from left to right; the axis of truths is the same in all, that of errors differs.
    pub panels: Vec<ErrorPanel>,
    /// The look of the figure.
    pub options: FigureOptions,
}

impl ErrorFigure {
    /// Returns the points of all methods, panel by panel.
    pub(super) fn points(&self) -> impl Iterator<Item = &ErrorPoint> {
        self.panels.iter().flat_map(|panel| &panel.series).flat_map(|series| &series.points)
    }
}

/// One panel.
#[non_exhaustive]
pub struct ErrorPanel {
    /// The title above it.
    pub title: String,
    /// The methods.
    pub series: Vec<ErrorSeries>,
}

/// One method.
#[non_exhaustive]
pub struct ErrorSeries {
    /// Its name.
    pub name: String,
    /// Points by rising truth.
    pub points: Vec<ErrorPoint>,
}

/// Mean error at a truth, all in units of alpha.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub struct ErrorPoint {
    /// The truth.
    pub truth: f64,
    /// Estimate minus truth.
    pub error: f64,
    /// Lower end of the interval, minus truth.
    pub lower: f64,
    /// Upper end of the interval, minus truth.
    pub upper: f64,
}
