//! A figure as an SVG, finished with its size on paper, a title for screen readers, and its font.

use std::fmt::Write as _;

use plotters::backend::SVGBackend;
use plotters::drawing::IntoDrawingArea;

use super::figure::{Figure, Medium, PlotError};
use super::style::{EMBEDDED_FONT, register_fonts};

/// Fonts that a browser uses if it does not get the embedded one.
const FALLBACKS: &str = "Verdana,sans-serif";

/// Returns the SVG as the drawing library writes it.
pub(super) fn drawn(figure: &impl Figure) -> Result<String, PlotError> {
    register_fonts();
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

/// Returns the drawn SVG with its size in points, a title and the font's faces.
pub(super) fn finished(drawn: &str, size: (f64, f64), scale: f64, title: &str, fonts: &str) -> String {
    let (width, height) = ((size.0 * scale).round(), (size.1 * scale).round());
    let mut text = format!(
        "<svg width=\"{}pt\" height=\"{}pt\" viewBox=\"0 0 {width} {height}\" xmlns=\"http://www.w3.org/2000/svg\" role=\"img\">\n",
        width / scale,
        height / scale,
    );
    let _ = writeln!(text, "<title>{}</title>", escaped(title));
    let _ = writeln!(text, "<style>{fonts}text{{font-family:\"{EMBEDDED_FONT}\",{FALLBACKS}}}</style>");
    text + elements(drawn) + "</svg>\n"
}

/// Returns the content of the root element.
pub(super) fn elements(drawn: &str) -> &str {
    let from = drawn.find('>').map_or(0, |at| at + 1);
    let to = drawn.rfind("</svg>").unwrap_or(drawn.len());
    drawn[from..to].trim_start()
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}
