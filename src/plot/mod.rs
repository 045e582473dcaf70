//! Figures of finished records: SVG and PNG, with a font of their own, so that they look alike everywhere.

mod base64;
mod errors;
mod font;
mod geometry;
mod layout;
mod line;
mod options;
mod paint;
mod raster;
mod scene;
mod style;
mod svg;
mod text;

use std::path::Path;

use plotters::backend::SVGBackend;
use plotters::drawing::{DrawingArea, DrawingAreaErrorKind, IntoDrawingArea};
use plotters::prelude::DrawingBackend;

pub use base64::base64;
pub use errors::{ErrorFigure, ErrorPanel, ErrorPoint, ErrorSeries};
pub use font::font_face;
pub use line::{InlineFigure, LineFigure, LinePanel, LinePoint, LineSeries, LineValue, Mark, Shade};
pub use options::{DOUBLE_COLUMN, DPI, FigureOptions, Theme};
pub use scene::Hit;

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

/// The bytes of a figure, in the format that the file's name promises; the same figure gives the same bytes.
///
/// # Errors
/// A name of another format, and those of [`Figure::draw`].
pub fn render(figure: &impl Figure, file: &Path) -> Result<Vec<u8>, PlotError> {
    style::register_fonts();
    match file.extension().and_then(|extension| extension.to_str()) {
        Some("svg") => svg(figure).map(|text| figure.finish(text).into_bytes()),
        Some("png") => raster::png(figure),
        _ => Err(PlotError::UnknownFormat { name: file.display().to_string() }),
    }
}

fn svg(figure: &impl Figure) -> Result<String, PlotError> {
    style::register_fonts();
    let mut text = String::new();
    let scale = figure.svg_scale();
    let size = figure.size();
    let size = ((size.0 * scale).round() as u32, (size.1 * scale).round() as u32);
    let area = SVGBackend::with_string(&mut text, size).into_drawing_area();
    figure.draw(&area, Medium { scale, is_svg: true })?;
    area.present()?;
    drop(area);
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn figure(n_panels: usize, n_series: usize, truths: &[f64]) -> ErrorFigure {
        let point = |truth: &f64| ErrorPoint { truth: *truth, error: 0.01, lower: -0.02, upper: 0.05 };
        let series = |number: usize| ErrorSeries {
            name: format!("<script> of a method with a rather long name {number}"),
            points: truths.iter().map(point).collect(),
        };
        let panel = |number: usize| ErrorPanel {
            title: format!("{number} & more"),
            series: (0..n_series).map(series).collect(),
        };
        ErrorFigure { panels: (0..n_panels).map(panel).collect() }
    }

    #[test]
    fn figures_are_the_same_each_time_and_hold_every_point() {
        for (n_panels, n_series) in [(1, 1), (1, 6), (3, 2)] {
            let figure = figure(n_panels, n_series, &[0.0, 0.1, 0.5]);
            let svg = String::from_utf8(render(&figure, Path::new("a.svg")).unwrap()).unwrap();
            assert_eq!(svg.into_bytes(), render(&figure, Path::new("b.svg")).unwrap());
            let png = render(&figure, Path::new("a.png")).unwrap();
            assert!(png.starts_with(b"\x89PNG") && png == render(&figure, Path::new("a.png")).unwrap());
        }
        let svg = render(&figure(1, 1, &[0.0, 0.1, 0.5]), Path::new("a.svg")).unwrap();
        // A circle for each of three points, and one in the legend.
        assert_eq!(String::from_utf8(svg).unwrap().matches("<circle").count(), 4);
    }

    #[test]
    fn names_are_escaped_and_shortened() {
        let svg = String::from_utf8(render(&figure(1, 2, &[0.2]), Path::new("a.svg")).unwrap()).unwrap();
        assert!(!svg.contains("<script>") && svg.contains("&lt;script&gt;") && svg.contains("..."), "{svg}");
        assert!(!svg.contains(" & "), "{svg}");
    }

    #[test]
    fn what_cannot_be_drawn_is_refused() {
        let refused = |figure: &ErrorFigure, name: &str| render(figure, Path::new(name)).unwrap_err().to_string();
        assert!(refused(&figure(1, 1, &[]), "a.svg").contains("no point"));
        assert!(refused(&figure(0, 1, &[0.1]), "a.svg").contains("no point"));
        assert!(refused(&figure(1, 1, &[f64::NAN]), "a.png").contains("not a number"));
        assert!(refused(&figure(1, 1, &[0.1]), "a.pdf").contains("SVG or PNG"));
    }
}
