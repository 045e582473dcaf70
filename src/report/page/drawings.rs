//! The figure of a page: one for screens, one for telephones, one for paper, and the places of their points.

use super::error::HtmlError;
use crate::plot::{DOUBLE_COLUMN, FigureOptions, InlineFigure, LineFigure, Theme, font_face};

/// Width for telephones, in millimetres: 344 pixels.
const NARROW: f64 = 91.0;

/// A drawing with its points.
pub(super) struct Drawing {
    /// The kind of screen or paper that shows it.
    pub class: &'static str,
    /// A description of its content.
    pub label: String,
    pub width: f64,
    pub height: f64,
    /// SVG elements, text in them escaped by the drawing library.
    pub elements: String,
    pub hits: Vec<Target>,
}

/// A point that users can point at.
pub(super) struct Target {
    pub x: String,
    pub y: String,
    /// Panel and series; the arrow keys move between the points of one.
    pub series: String,
    pub label: String,
}

/// Returns the drawings, and the style with their font.
pub(super) fn drawings(figure: &LineFigure) -> Result<(Vec<Drawing>, String), HtmlError> {
    let options = &figure.options;
    let paper = if options.theme == Theme::Dark { Theme::Print } else { options.theme };
    let kinds =
        [("wide", options.theme, DOUBLE_COLUMN), ("narrow", options.theme, NARROW), ("paper", paper, DOUBLE_COLUMN)];
    let mut characters = [String::new(), String::new()];
    let mut drawings = Vec::new();
    for (class, theme, width) in kinds {
        let mut figure = figure.clone();
        figure.options = FigureOptions { theme, width, title: None, dpi: options.dpi };
        let inline = figure.inline()?;
        for (all, of) in characters.iter_mut().zip(&inline.characters) {
            all.push_str(of);
        }
        drawings.push(drawing(&figure, inline, class));
    }
    Ok((drawings, font_face(&characters)))
}

fn drawing(figure: &LineFigure, inline: InlineFigure, class: &'static str) -> Drawing {
    let target = |hit: &crate::plot::Hit| Target {
        x: format!("{:.0}", hit.x),
        y: format!("{:.0}", hit.y),
        series: format!("{}-{}", hit.panel, hit.series),
        label: figure.panels[hit.panel].series[hit.series].points[hit.point].description.clone(),
    };
    // Paper cannot be pointed at.
    let hits = if class == "paper" { vec![] } else { inline.hits.iter().map(target).collect() };
    let (width, height) = inline.size;
    Drawing { class, label: format!("{} over time", figure.axis), width, height, elements: inline.elements, hits }
}
