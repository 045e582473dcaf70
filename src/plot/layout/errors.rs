//! Places the parts of a figure of errors: a panel for each size, side by side where there is room.

use plotters::style::Color;

use super::super::errors::{ErrorFigure, ErrorPanel, ErrorPoint};
use super::super::scene::{Anchor, Label, Role, Scene, Spot};
use super::super::style::Palette;
use super::super::text::{cleaned, shortened_one, width};
use super::GAP;
use super::look::{LINE, MARGIN, NORMAL, PANEL_TITLE, SMALL, TITLE, label, solid};
use super::share_axis::{round_step, ticks};
use super::symbols;

/// Height of a plot, and the minimum width of a panel, in points.
const HEIGHT: f64 = 150.0;
const NARROWEST: f64 = 110.0;
/// Room to the left of a plot for the labels of its axis, in points.
const LEFT: f64 = 26.0;
/// Minimum distances between ticks, up and along, in points.
const UP: f64 = 24.0;
const ALONG: f64 = 26.0;
/// Opacity of intervals, 0 to 1.
const BAR: f64 = 0.55;
/// Distance between the points of two methods at one truth, in points, at most.
const BESIDE: f64 = 4.5;

/// Lays out the figure.
pub(in crate::plot) fn layout_errors(figure: &ErrorFigure) -> Scene {
    let palette = figure.options.theme.palette();
    let mut scene = Scene { size: (figure.options.width_in_points(), 0.0), ..Scene::default() };
    let wide = scene.size.0 - 2.0 * MARGIN;
    let mut y = MARGIN;
    if let Some(title) = &figure.options.title {
        y += TITLE * LINE;
        let text = shortened_one(&cleaned(title), TITLE, true, wide);
        scene.text(bold(&palette, text, (MARGIN, y - 0.26 * TITLE), TITLE));
    }
    y += NORMAL * LINE;
    scene.text(label(
        &palette,
        "Estimate minus truth, points; bars: mean interval",
        (MARGIN, y - 0.26 * NORMAL),
        Anchor::Start,
        NORMAL,
    ));
    let n_abreast = ((wide / NARROWEST) as usize).clamp(1, figure.panels.len().max(1));
    let panel_width = (wide - GAP * (n_abreast as f64 - 1.0)) / n_abreast as f64;
    let largest = figure.points().map(|of| of.truth).fold(0.0, f64::max) * 100.0;
    for panels in figure.panels.chunks(n_abreast) {
        let top = y + PANEL_TITLE * LINE + 4.0;
        for (column, panel) in panels.iter().enumerate() {
            let left = MARGIN + column as f64 * (panel_width + GAP);
            let truths = widened(0.0, largest.max(1.0));
            let errors = widened(lowest(panel), highest(panel));
            let plot = Plot { palette: &palette, left: left + LEFT, right: left + panel_width, top, truths, errors };
            let text = shortened_one(&cleaned(&panel.title), PANEL_TITLE, true, panel_width - LEFT);
            scene.text(bold(&palette, text, (plot.left, y + PANEL_TITLE), PANEL_TITLE));
            plot.panel(&mut scene, panel);
        }
        y = top + HEIGHT + 4.5 + NORMAL + GAP;
    }
    let text = "True LLM share, % of units";
    scene.text(label(&palette, text, (MARGIN + LEFT, y - GAP + NORMAL + 3.0), Anchor::Start, NORMAL));
    scene.size.1 = (names(&mut scene, figure, &palette, y + 6.0) + MARGIN).ceil();
    scene
}

fn bold(palette: &Palette, text: String, at: Spot, size: f64) -> Label {
    Label { bold: true, ..label(palette, text, at, Anchor::Start, size) }
}

fn points(panel: &ErrorPanel) -> impl Iterator<Item = &ErrorPoint> {
    panel.series.iter().flat_map(|series| &series.points)
}

fn lowest(panel: &ErrorPanel) -> f64 {
    points(panel).map(|of| of.lower).fold(0.0, f64::min) * 100.0
}

fn highest(panel: &ErrorPanel) -> f64 {
    points(panel).map(|of| of.upper).fold(0.0, f64::max) * 100.0
}

/// Returns a range with room at both ends.
fn widened(low: f64, high: f64) -> (f64, f64) {
    let room = 0.08 * (high - low).max(0.5);
    (low - room, high + room)
}

/// The area where a panel's data is drawn, with the ranges of its axes in percent and points.
struct Plot<'a> {
    palette: &'a Palette,
    left: f64,
    right: f64,
    top: f64,
    truths: (f64, f64),
    errors: (f64, f64),
}

impl Plot<'_> {
    fn x(&self, truth: f64) -> f64 {
        self.left + (truth - self.truths.0) / (self.truths.1 - self.truths.0) * (self.right - self.left)
    }

    fn y(&self, error: f64) -> f64 {
        self.top + (self.errors.1 - error) / (self.errors.1 - self.errors.0) * HEIGHT
    }

    fn panel(&self, scene: &mut Scene, panel: &ErrorPanel) {
        self.frame(scene);
        let n = panel.series.len() as f64;
        let beside = BESIDE.min(0.1 * (self.right - self.left) / n);
        for (number, series) in panel.series.iter().enumerate() {
            // Beside each other, so that no interval hides another.
            let shift = (number as f64 - (n - 1.0) / 2.0) * beside;
            for point in &series.points {
                let x = self.x(point.truth * 100.0) + shift;
                let ends = [point.lower, point.upper].map(|end| (x, self.y(end * 100.0)));
                scene.line(Role::Interval, ends.to_vec(), 1.2, self.palette.colour(number).mix(BAR));
                let at = (x, self.y(point.error * 100.0));
                symbols::point(scene, self.palette, number, at, 1.9, Role::Point, false);
            }
        }
    }

    /// Draws grid, axes and their labels.
    fn frame(&self, scene: &mut Scene) {
        let (low, high) = self.errors;
        for (at, text) in ticks(low, high, round_step(high - low, (HEIGHT / UP) as usize)) {
            let (colour, width) = if at == 0.0 { (self.palette.ink, 0.8) } else { (self.palette.grid, 0.5) };
            let y = self.y(at);
            scene.line(Role::Frame, vec![(self.left, y), (self.right, y)], width, solid(colour));
            scene.text(label(self.palette, text, (self.left - 4.0, y + 0.36 * NORMAL), Anchor::End, NORMAL));
        }
        let bottom = self.top + HEIGHT;
        let length = self.truths.1 - self.truths.0;
        let step = round_step(length, ((self.right - self.left) / ALONG) as usize);
        for (at, text) in ticks(self.truths.0, self.truths.1, step) {
            let x = self.x(at);
            scene.line(Role::Frame, vec![(x, bottom), (x, bottom + 2.5)], 0.6, solid(self.palette.ink));
            let place = (x, bottom + 4.5 + 0.76 * NORMAL);
            scene.text(label(self.palette, text, place, Anchor::Middle, NORMAL));
        }
        scene.line(Role::Frame, vec![(self.left, bottom), (self.right, bottom)], 0.6, solid(self.palette.ink));
    }
}

/// Draws the names of the methods, each once, with their marks; returns where they end.
fn names(scene: &mut Scene, figure: &ErrorFigure, palette: &Palette, y: f64) -> f64 {
    let most = scene.size.0 - 2.0 * MARGIN;
    let (mut x, mut line) = (MARGIN, y + SMALL * LINE);
    let series = figure.panels.first().map_or(&[][..], |panel| &panel.series);
    for (number, series) in series.iter().enumerate() {
        let name = shortened_one(&cleaned(&series.name), SMALL, false, 0.3 * most);
        let length = 8.0 + width(&name, SMALL, false);
        if x > MARGIN && x + length > MARGIN + most {
            (x, line) = (MARGIN, line + SMALL * LINE);
        }
        symbols::point(scene, palette, number, (x + 2.0, line - 0.5 * SMALL), 1.9, Role::Key, false);
        scene.text(label(palette, name, (x + 8.0, line - 0.26 * SMALL), Anchor::Start, SMALL));
        x += length + 10.0;
    }
    line
}
