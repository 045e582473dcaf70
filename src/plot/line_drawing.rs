//! Shares over time, drawn.

use super::figure::{Drawing, Figure, PlotError};
use super::layout::layout;
use super::line::{LineFigure, LinePoint};
use super::scene::{Hit, Scene};
use super::svg;
use super::text::cleaned;

/// A figure for a web page, and the places of its points.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct InlineFigure {
    /// The elements inside the SVG's root, which has `size` for its `viewBox`.
    pub elements: String,
    /// Width and height of the `viewBox`; the places of `hits` are in the same unit.
    pub size: (f64, f64),
    /// The points.
    pub hits: Vec<Hit>,
    /// All characters that it writes, in regular and in bold.
    pub characters: [String; 2],
}

impl LineFigure {
    /// Returns the drawing for a web page, without its font, which the page has once for all: [`font_face`](super::font_face).
    ///
    /// # Errors
    /// The errors of [`Figure::drawing`].
    pub fn inline(&self) -> Result<InlineFigure, PlotError> {
        let drawing = self.drawing()?;
        let hits = drawing.scene.hits.iter().map(|hit| Hit { x: hit.x * svg::FINE, y: hit.y * svg::FINE, ..*hit });
        Ok(InlineFigure {
            elements: svg::elements(&drawing)?,
            size: svg::size(&drawing),
            hits: hits.collect(),
            characters: drawing.characters(),
        })
    }

    /// Returns the laid-out scene.
    pub(super) fn scene(&self) -> Result<Scene, PlotError> {
        if self.points().next().is_none() {
            return Err(PlotError::Nothing { reason: "there are no periods to draw".to_owned() });
        }
        let numbers = |point: &LinePoint| {
            let of = point.value.map_or([0.0; 3], |value| [value.share, value.lower, value.upper]);
            of.iter().chain(&point.expected).chain(&point.floor).all(|number| number.is_finite())
        };
        if !self.points().all(numbers) {
            return Err(PlotError::Nothing { reason: "an estimate is not a number".to_owned() });
        }
        Ok(layout(&self.cleaned()))
    }

    /// Drops characters that no figure can hold.
    fn cleaned(&self) -> LineFigure {
        let mut figure = self.clone();
        let panels = figure.panels.iter_mut();
        let of_panels = panels.flat_map(|panel| {
            std::iter::once(&mut panel.title).chain(panel.series.iter_mut().flat_map(|series| {
                std::iter::once(&mut series.name).chain(series.points.iter_mut().map(|point| &mut point.label))
            }))
        });
        let of_frame =
            [&mut figure.axis, &mut figure.interval, &mut figure.few].into_iter().chain(&mut figure.options.title);
        let of_marks = figure.marks.iter_mut().map(|mark| &mut mark.label);
        let of_shades = figure.shades.iter_mut().map(|shade| &mut shade.label);
        for text in of_panels.chain(of_frame).chain(of_marks).chain(of_shades).chain(&mut figure.notes) {
            *text = cleaned(text);
        }
        figure
    }
}

impl Figure for LineFigure {
    fn drawing(&self) -> Result<Drawing, PlotError> {
        let title = cleaned(self.options.title.as_deref().unwrap_or(&self.axis));
        Ok(Drawing { scene: self.scene()?, options: self.options.clone(), title })
    }
}
