//! What every figure is to whoever draws it.

use plotters::drawing::{DrawingArea, DrawingAreaErrorKind};
use plotters::prelude::DrawingBackend;

use super::options::DPI;

/// Why there is no figure.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum PlotError {
    /// A name that is neither of an SVG nor of a PNG.
    #[error("{name}: figures are SVG or PNG [name it so: figure.svg]")]
    UnknownFormat {
        /// The name.
        name: String,
    },
    /// Nothing to draw, or a number that is none.
    #[error("no figure: {reason}")]
    Nothing {
        /// Why.
        reason: String,
    },
    /// The drawing library failed.
    #[error("no figure: {reason}")]
    Drawing {
        /// What it says.
        reason: String,
    },
}

impl<E: std::error::Error + Send + Sync> From<DrawingAreaErrorKind<E>> for PlotError {
    fn from(error: DrawingAreaErrorKind<E>) -> PlotError {
        PlotError::Drawing { reason: error.to_string() }
    }
}

/// What is drawn on.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Medium {
    /// Pixels or units of the SVG for each unit of the figure.
    pub scale: f64,
    /// Whether text stays text and the drawing library's rules for its size in an SVG hold.
    pub is_svg: bool,
}

/// Something that can be drawn at any scale.
pub trait Figure {
    /// Width and height in units of its own.
    fn size(&self) -> (f64, f64);

    /// How many of these units are an inch on paper.
    fn units_per_inch(&self) -> f64 {
        100.0
    }

    /// Pixels of a PNG in an inch.
    fn dpi(&self) -> u32 {
        DPI
    }

    /// Units of the SVG for each unit of the figure: the drawing library rounds to whole ones.
    fn svg_scale(&self) -> f64 {
        1.0
    }

    /// Draws onto an area.
    ///
    /// # Errors
    /// When there is nothing to draw, or drawing fails.
    fn draw<DB: DrawingBackend>(
        &self,
        area: &DrawingArea<DB, plotters::coord::Shift>,
        medium: Medium,
    ) -> Result<(), PlotError>
    where
        DB::ErrorType: 'static;

    /// The last touch to the SVG.
    fn finish(&self, svg: String) -> String {
        svg
    }
}
