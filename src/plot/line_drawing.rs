//! Shares over time, drawn.

use plotters::coord::Shift;
use plotters::drawing::DrawingArea;
use plotters::prelude::DrawingBackend;

use super::figure::{Figure, Medium, PlotError};
use super::font::font_face;
use super::layout::layout;
use super::line::{LineFigure, LinePoint};
use super::paint::paint;
use super::scene::{Hit, Scene};
use super::svg;
use super::text::cleaned;

/// Units of an SVG per point: places are rounded to a tenth of a point.
const FINE: f64 = 10.0;

/// A figure for a web page, and the places of its points.
#[derive(Debug, Clone, PartialEq)]
pub struct InlineFigure {
    /// The elements inside the SVG's root, which has `size` for its `viewBox`.
    pub elements: String,
    /// Width and height of the `viewBox`; the places of `hits` are in the same unit.
    pub size: (f64, f64),
    /// The points.
    pub hits: Vec<Hit>,
}

impl LineFigure {
    /// Returns the drawing for a web page, without its font, which the page has once for all: [`font_face`].
    ///
    /// # Errors
    /// The errors of [`Figure::draw`].
    pub fn inline(&self) -> Result<InlineFigure, PlotError> {
        let scene = self.scene()?;
        let hits = scene.hits.iter().map(|hit| Hit { x: hit.x * FINE, y: hit.y * FINE, ..*hit }).collect();
        let size = ((scene.size.0 * FINE).round(), (scene.size.1 * FINE).round());
        Ok(InlineFigure { elements: svg::elements(&svg::drawn(self)?).to_owned(), size, hits })
    }

    /// Returns all characters that the drawing writes, in regular and in bold.
    ///
    /// # Errors
    /// The errors of [`Figure::draw`].
    pub fn characters(&self) -> Result<[String; 2], PlotError> {
        let scene = self.scene()?;
        let of =
            |bold: bool| scene.labels().filter(|label| label.bold == bold).map(|label| label.text.as_str()).collect();
        Ok([of(false), of(true)])
    }

    /// Returns the laid-out scene.
    pub(super) fn scene(&self) -> Result<Scene, PlotError> {
        let points = || self.panels.iter().flat_map(|panel| &panel.series).flat_map(|series| &series.points);
        if points().next().is_none() {
            return Err(PlotError::Nothing { reason: "there is no period".to_owned() });
        }
        let numbers = |point: &LinePoint| {
            let of = point.value.map_or([0.0; 3], |value| [value.share, value.lower, value.upper]);
            of.iter().chain(&point.expected).chain(&point.floor).all(|number| number.is_finite())
        };
        if !points().all(numbers) {
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
    fn size(&self) -> (f64, f64) {
        self.scene().map_or((1.0, 1.0), |scene| scene.size)
    }

    fn units_per_inch(&self) -> f64 {
        72.0
    }

    fn dpi(&self) -> u32 {
        self.options.dpi
    }

    fn svg_scale(&self) -> f64 {
        FINE
    }

    fn draw<DB: DrawingBackend>(&self, area: &DrawingArea<DB, Shift>, medium: Medium) -> Result<(), PlotError>
    where
        DB::ErrorType: 'static,
    {
        paint(&self.scene()?, self.options.theme.palette().background, area, medium)
    }

    fn finish(&self, drawn: String) -> String {
        let fonts = self.characters().map(|of| font_face(&of)).unwrap_or_default();
        let title = self.options.title.as_deref().unwrap_or(&self.axis);
        svg::finished(&drawn, self.size(), FINE, &cleaned(title), &fonts)
    }
}
