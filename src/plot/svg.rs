//! A figure as an SVG with its size on paper, a title for screen readers, and its font.

use std::fmt::Write as _;

use plotters::backend::SVGBackend;
use plotters::drawing::IntoDrawingArea;

use super::figure::{Drawing, PlotError};
use super::font::font_face;
use super::paint::{Medium, paint};
use super::style::{EMBEDDED_FONT, register_fonts};

/// Units of an SVG per point: places are rounded to a tenth of a point.
pub(super) const FINE: f64 = 10.0;
/// Fonts that a browser uses if it does not get the embedded one.
const FALLBACKS: &str = "Verdana,sans-serif";

/// Returns the elements of the drawing, in units of which [`FINE`] are a point.
pub(super) fn elements(drawing: &Drawing) -> Result<String, PlotError> {
    register_fonts();
    let mut text = String::new();
    let (width, height) = size(drawing);
    let area = SVGBackend::with_string(&mut text, (width as u32, height as u32)).into_drawing_area();
    paint(drawing, &area, Medium { scale: FINE, is_svg: true })?;
    area.present()?;
    drop(area);
    Ok(content(&text).to_owned())
}

/// Returns width and height in the same units.
pub(super) fn size(drawing: &Drawing) -> (f64, f64) {
    let (width, height) = drawing.scene.size;
    ((width * FINE).round(), (height * FINE).round())
}

/// Returns the whole file, with its size in points, a title and the font's faces.
pub(super) fn svg(drawing: &Drawing) -> Result<String, PlotError> {
    let (width, height) = size(drawing);
    let mut text = format!(
        "<svg width=\"{}pt\" height=\"{}pt\" viewBox=\"0 0 {width} {height}\" xmlns=\"http://www.w3.org/2000/svg\" role=\"img\">\n",
        width / FINE,
        height / FINE,
    );
    let fonts = font_face(&drawing.characters());
    let _ = writeln!(text, "<title>{}</title>", escaped(&drawing.title));
    let _ = writeln!(text, "<style>{fonts}text{{font-family:\"{EMBEDDED_FONT}\",{FALLBACKS}}}</style>");
    Ok(text + &elements(drawing)? + "</svg>\n")
}

/// Returns the content of the root element.
fn content(drawn: &str) -> &str {
    let from = drawn.find('>').map_or(0, |at| at + 1);
    let to = drawn.rfind("</svg>").unwrap_or(drawn.len());
    drawn[from..to].trim_start()
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}
