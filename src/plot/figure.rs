//! The interface of every figure to the code that draws it.

use plotters::drawing::{DrawingArea, DrawingAreaErrorKind};
use plotters::prelude::DrawingBackend;

use super::options::DPI;

/// The reason why there is no figure.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum PlotError {
    /// A file name whose extension is neither SVG nor PNG.
    #[error("{name}: figures are SVG or PNG [name it so: figure.svg]")]
    UnknownFormat {
        /// The name.
        name: String,
    },
    /// Nothing to draw, or a value that is not a number.
    #[error("no figure: {reason}")]
    Nothing {
        /// The reason.
        reason: String,
    },
    /// The drawing library failed.
    #[error("no figure: {reason}")]
    Drawing {
        /// The error of the library.
        reason: String,
    },
}

impl<E: std::error::Error + Send + Sync> From<DrawingAreaErrorKind<E>> for PlotError {
    fn from(error: DrawingAreaErrorKind<E>) -> PlotError {
        PlotError::Drawing { reason: error.to_string() }
    }
}

/// The medium that a figure is drawn on.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Medium {
    /// Pixels, or units of the SVG, per unit of the figure.
    pub scale: f64,
    /// Whether text stays text and the drawing library's rules for its size in an SVG apply.
    pub is_svg: bool,
}

/// Something that can be drawn at any scale.
pub trait Figure {
    /// Returns the width and height in units of its own.
    fn size(&self) -> (f64, f64);

    /// Returns the number of these units per inch on paper.
    fn units_per_inch(&self) -> f64 {
        100.0
    }

    /// Returns the number of pixels per inch of a PNG.
    fn dpi(&self) -> u32 {
        DPI
    }

    /// Returns the number of SVG units per unit of the figure: the drawing library rounds to whole ones.
    fn svg_scale(&self) -> f64 {
        1.0
    }

    /// Draws onto an area.
    ///
    /// # Errors
    /// If there is nothing to draw, or drawing fails.
    fn draw<DB: DrawingBackend>(
        &self,
        area: &DrawingArea<DB, plotters::coord::Shift>,
        medium: Medium,
    ) -> Result<(), PlotError>
    where
        DB::ErrorType: 'static;

    /// Finishes the SVG.
    fn finish(&self, svg: String) -> String {
        svg
    }
}
