//! Figures of finished records: SVG and PNG, with a font of their own, so that they look alike everywhere.

mod errors;
mod style;

use std::path::Path;

use plotters::backend::{BitMapBackend, SVGBackend};
use plotters::drawing::{DrawingArea, DrawingAreaErrorKind, IntoDrawingArea};
use plotters::prelude::DrawingBackend;

pub use errors::{ErrorFigure, ErrorPanel, ErrorPoint, ErrorSeries};

/// Pixels of a PNG for each unit of length of an SVG: 300 dpi where the figure is 18 cm wide.
const SCALE: u32 = 3;

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

/// Something that can be drawn at any scale.
pub trait Figure {
    /// Width and height in units of an SVG.
    fn size(&self) -> (u32, u32);

    /// Draws onto an area, all lengths times `scale`.
    ///
    /// # Errors
    /// When there is nothing to draw, or drawing fails.
    fn draw<DB: DrawingBackend>(
        &self,
        area: &DrawingArea<DB, plotters::coord::Shift>,
        scale: u32,
    ) -> Result<(), PlotError>
    where
        DB::ErrorType: 'static;
}

/// The bytes of a figure, in the format that the file's name promises; the same figure gives the same bytes.
///
/// # Errors
/// A name of another format, and those of [`Figure::draw`].
pub fn render(figure: &impl Figure, file: &Path) -> Result<Vec<u8>, PlotError> {
    style::register_fonts();
    match file.extension().and_then(|extension| extension.to_str()) {
        Some("svg") => svg(figure).map(String::into_bytes),
        Some("png") => png(figure),
        _ => Err(PlotError::UnknownFormat { name: file.display().to_string() }),
    }
}

fn svg(figure: &impl Figure) -> Result<String, PlotError> {
    let mut text = String::new();
    let area = SVGBackend::with_string(&mut text, figure.size()).into_drawing_area();
    figure.draw(&area, 1)?;
    area.present()?;
    drop(area);
    Ok(text)
}

fn png(figure: &impl Figure) -> Result<Vec<u8>, PlotError> {
    let (width, height) = (figure.size().0 * SCALE, figure.size().1 * SCALE);
    let mut pixels = vec![0; (width * height * 3) as usize];
    let area = BitMapBackend::with_buffer(&mut pixels, (width, height)).into_drawing_area();
    figure.draw(&area, SCALE)?;
    area.present()?;
    drop(area);
    let mut bytes = Vec::new();
    let drawing = |error: png::EncodingError| PlotError::Drawing { reason: error.to_string() };
    let mut encoder = png::Encoder::new(&mut bytes, width, height);
    encoder.set_color(png::ColorType::Rgb);
    encoder.set_depth(png::BitDepth::Eight);
    let mut writer = encoder.write_header().map_err(drawing)?;
    writer.write_image_data(&pixels).map_err(drawing)?;
    drop(writer);
    Ok(bytes)
}
