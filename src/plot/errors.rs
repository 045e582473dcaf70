//! Error against truth: panels side by side, each with a line for every method, with intervals.

use plotters::coord::Shift;
use plotters::prelude::*;
use plotters::style::text_anchor::{HPos, Pos, VPos};

use super::figure::{Figure, Medium, PlotError};
use super::style::{COLOURS, FONT, GREY, INK};

const PANEL_WIDTH: u32 = 250;
const HEIGHT: u32 = 300;
const LEGEND_HEIGHT: u32 = 26;
/// Maximum number of characters of a name before it is cut.
const MOST_CHARACTERS: usize = 30;

/// Errors of several methods, with a panel for each size or stratum.
pub struct ErrorFigure {
    /// Panels, from left to right; the axis of truths is the same in all, that of errors differs.
    pub panels: Vec<ErrorPanel>,
}

/// One panel.
pub struct ErrorPanel {
    /// The title above it.
    pub title: String,
    /// The methods.
    pub series: Vec<ErrorSeries>,
}

/// One method.
pub struct ErrorSeries {
    /// Its name.
    pub name: String,
    /// Points by rising truth.
    pub points: Vec<ErrorPoint>,
}

/// Mean error at a truth, all in units of alpha.
#[derive(Debug, Clone, Copy)]
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

impl Figure for ErrorFigure {
    fn size(&self) -> (f64, f64) {
        (f64::from(PANEL_WIDTH * self.panels.len().max(1) as u32), f64::from(HEIGHT))
    }

    fn draw<DB: DrawingBackend>(&self, area: &DrawingArea<DB, Shift>, medium: Medium) -> Result<(), PlotError>
    where
        DB::ErrorType: 'static,
    {
        let scale = medium.scale.round().max(1.0) as u32;
        let points = || self.panels.iter().flat_map(|panel| &panel.series).flat_map(|series| &series.points);
        if points().next().is_none() {
            return Err(PlotError::Nothing { reason: "there is no point".to_owned() });
        }
        if !points().all(|of| [of.truth, of.error, of.lower, of.upper].iter().all(|number| number.is_finite())) {
            return Err(PlotError::Nothing { reason: "an estimate is not a number".to_owned() });
        }
        area.fill(&WHITE)?;
        let largest = points().map(|of| of.truth).fold(0.0, f64::max) * 100.0;
        let frame = Frame { scale, truths: widened(0.0, largest.max(1.0)) };
        let (legend, panels) = area.split_vertically((LEGEND_HEIGHT * scale) as i32);
        self.legend(&legend, scale)?;
        let areas = panels.split_evenly((1, self.panels.len()));
        for (number, (panel, area)) in self.panels.iter().zip(&areas).enumerate() {
            frame.panel(area, panel, number == 0)?;
        }
        Ok(())
    }
}

impl ErrorFigure {
    /// Draws the names of all series, each once, with their marks.
    fn legend<DB: DrawingBackend>(&self, area: &DrawingArea<DB, Shift>, scale: u32) -> Result<(), PlotError>
    where
        DB::ErrorType: 'static,
    {
        let Some(panel) = self.panels.first() else { return Ok(()) };
        let step = area.dim_in_pixel().0 as i32 / panel.series.len().max(1) as i32;
        let style = text(scale, 11).pos(Pos::new(HPos::Left, VPos::Center));
        for (number, series) in panel.series.iter().enumerate() {
            let (x, y) = (step * number as i32 + 14 * scale as i32, (LEGEND_HEIGHT * scale) as i32 / 2);
            mark(area, number, (x, y - 2 * scale as i32), scale)?;
            area.draw(&Text::new(shortened(&series.name), (x + 8 * scale as i32, y), style.clone()))?;
        }
        Ok(())
    }
}

/// Properties that all panels of a figure share.
struct Frame {
    scale: u32,
    truths: std::ops::Range<f64>,
}

impl Frame {
    fn panel<DB: DrawingBackend>(
        &self,
        area: &DrawingArea<DB, Shift>,
        panel: &ErrorPanel,
        is_first: bool,
    ) -> Result<(), PlotError>
    where
        DB::ErrorType: 'static,
    {
        let scale = self.scale;
        let points = || panel.series.iter().flat_map(|series| &series.points);
        let low = points().map(|of| of.lower).fold(0.0, f64::min) * 100.0;
        let high = points().map(|of| of.upper).fold(0.0, f64::max) * 100.0;
        let mut chart = ChartBuilder::on(area)
            .margin(6 * scale)
            .caption(shortened(&panel.title), text(scale, 12))
            .x_label_area_size(36 * scale)
            .y_label_area_size(if is_first { 50 } else { 36 } * scale)
            .build_cartesian_2d(self.truths.clone(), widened(low, high))?;
        chart
            .configure_mesh()
            .disable_x_mesh()
            .light_line_style(TRANSPARENT)
            .bold_line_style(GREY)
            .axis_style(INK)
            .label_style(text(scale, 10))
            .axis_desc_style(text(scale, 11))
            .x_desc("true LLM share, % of units")
            .y_desc(if is_first { "estimate - truth, points" } else { "" })
            .x_label_formatter(&|value| format!("{value:.0}"))
            .y_label_formatter(&|value| format!("{value}"))
            .x_labels(6)
            .draw()?;
        chart.draw_series(std::iter::once(PathElement::new(
            vec![(self.truths.start, 0.0), (self.truths.end, 0.0)],
            INK.stroke_width(scale),
        )))?;
        let plotting = chart.plotting_area();
        let (left, right) = (self.truths.start, self.truths.end);
        for (number, series) in panel.series.iter().enumerate() {
            // Beside each other, so that no interval hides another.
            let shift = (number as f64 - (panel.series.len() as f64 - 1.0) / 2.0) * (right - left) * 0.022;
            let colour = COLOURS[number % COLOURS.len()];
            for point in &series.points {
                let x = point.truth * 100.0 + shift;
                let ends = vec![(x, point.lower * 100.0), (x, point.upper * 100.0)];
                plotting.draw(&PathElement::new(ends, colour.mix(0.55).stroke_width(2 * scale)))?;
                let at = plotting.map_coordinate(&(x, point.error * 100.0));
                let (x0, y0) = area.get_base_pixel();
                mark(area, number, (at.0 - x0, at.1 - y0), scale)?;
            }
        }
        Ok(())
    }
}

/// Draws the mark of a series: each has a shape of its own.
fn mark<DB: DrawingBackend>(
    area: &DrawingArea<DB, Shift>,
    number: usize,
    at: (i32, i32),
    scale: u32,
) -> Result<(), PlotError>
where
    DB::ErrorType: 'static,
{
    let (colour, size) = (COLOURS[number % COLOURS.len()], 3 * scale as i32);
    let (x, y) = at;
    match number % 4 {
        0 => area.draw(&Circle::new(at, size, colour.filled()))?,
        1 => area.draw(&Rectangle::new([(x - size, y - size), (x + size, y + size)], colour.filled()))?,
        2 => area.draw(&TriangleMarker::new(at, size + scale as i32, colour.filled()))?,
        _ => area.draw(&Circle::new(at, size, colour.stroke_width(2 * scale)))?,
    }
    Ok(())
}

fn text(scale: u32, size: u32) -> TextStyle<'static> {
    (FONT, (size * scale) as i32).into_font().color(&INK)
}

/// Returns a range with room at both ends.
fn widened(low: f64, high: f64) -> std::ops::Range<f64> {
    let room = 0.08 * (high - low).max(0.5);
    low - room..high + room
}

fn shortened(name: &str) -> String {
    if name.chars().count() <= MOST_CHARACTERS {
        return name.to_owned();
    }
    name.chars().take(MOST_CHARACTERS - 3).collect::<String>() + "..."
}
