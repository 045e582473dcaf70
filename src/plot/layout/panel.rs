//! One panel: axes, marks, series, names.

use plotters::style::Color;

use super::super::line::{LineFigure, LinePanel, LinePoint, LineSeries};
use super::super::scene::{Anchor, Label, Role, Scene, Spot};
use super::super::text::{shortened, shortened_one, width};
use super::axes::Axes;
use super::labels::apart;
use super::look::{LINE, Look, NORMAL, PANEL_TITLE, SMALL, solid};
use super::marks::{ABOVE, Marks};
use super::series::{Plot, is_banded};
use super::share_axis::ShareAxis;
use super::symbols;
use super::time_axis::{TimeAxis, day};

/// Height of the plot over the panel's width, and its limits, in points.
const ASPECT: f64 = 0.42;
const LOWEST: f64 = 104.0;
const LOWEST_WITHOUT_NAMES: f64 = 78.0;
const HIGHEST: f64 = 200.0;
/// Width of bold letters over that of regular ones, at most.
const BOLD: f64 = 1.15;
/// Distance from name to name, in points.
pub(super) const NAME_HEIGHT: f64 = SMALL * 1.25;
/// Maximum height that names beside the lines may add to the plot, in points.
const MOST_BESIDE: f64 = 14.0;
/// Maximum part of the panel's width that the names take, 0 to 1.
const MOST_NAMES: f64 = 0.3;
/// Lengths between the plot and the names, in points: a leader, then a sample of the line.
const LEADER: f64 = 11.0;
const SAMPLE: f64 = 10.0;
/// Room between the axes' ends and the first and last point, in points.
const INNER: f64 = 4.0;
/// Minimum distance between grid lines, in points.
const GRID: f64 = 24.0;

/// Properties that all panels share.
pub(super) struct Grid {
    width: f64,
    /// Width of the labels of the axis, and of the names, in points.
    left: f64,
    right: f64,
    pub(super) axes: Axes,
    marks: Marks,
    /// The panels' titles, shortened so that they differ.
    titles: Vec<String>,
    /// Whether names stand beside the lines, rather than in a legend.
    is_direct: bool,
}

impl Grid {
    pub(super) fn new(look: &Look, wide: f64) -> Grid {
        let figure = look.figure;
        let panels = &figure.panels;
        let n_names = panels.iter().map(n_names).max().unwrap_or(0);
        let lowest = if n_names > 0 || panels.len() == 1 { LOWEST } else { LOWEST_WITHOUT_NAMES };
        let height = (ASPECT * wide).clamp(lowest, HIGHEST);
        let needed = NAME_HEIGHT * n_names as f64;
        let is_direct = needed <= height.max(NAME_HEIGHT * MOST_BESIDE);
        let height = if is_direct { height.max(needed) } else { height };
        let shares = ShareAxis::new(largest(figure) * 100.0, (height / GRID) as usize);
        let left = shares.ticks().iter().map(|(_, label)| width(label, NORMAL, false)).fold(0.0, f64::max) + 4.0;
        let names = panels.iter().flat_map(|panel| names(panel, wide));
        let right = match names.map(|(_, name)| width(&name, SMALL, false)).fold(0.0, f64::max) {
            longest if is_direct && longest > 0.0 => longest + LEADER + SAMPLE + 2.0,
            _ => 4.0,
        };
        let time = TimeAxis::new(figure, (left + INNER, wide - right - INNER));
        let marks = Marks::new(figure, &time, wide);
        let titles: Vec<String> = panels.iter().map(|panel| panel.title.clone()).collect();
        let titles = shortened(&titles, PANEL_TITLE, wide / BOLD);
        let axes = Axes { shares, time, height };
        Grid { width: wide, left, right, axes, marks, titles, is_direct }
    }

    /// Draws a panel with its upper left corner at a place; returns where it ends.
    pub(super) fn panel(&self, scene: &mut Scene, look: &Look, panel: (usize, &LinePanel), (x, y): Spot) -> f64 {
        let (number, panel) = panel;
        let top = self.head(scene, look, number, (x, y));
        let bottom = top + self.axes.height;
        let end = self.frame(scene, look, (x, top));
        self.marks.draw(scene, look, x, (top, bottom));
        let banded = is_banded(panel);
        let plot = Plot { axes: &self.axes, look, left: x, top, bottom, n_series: panel.series.len(), banded };
        plot.series(scene, (number, panel));
        match self.is_direct {
            true => self.beside(scene, look, panel, &plot),
            false => return self.legend(scene, look, panel, (x, end)),
        }
        end
    }

    /// Draws the title and the axis title, and leaves room for the marks; returns where the plot begins.
    fn head(&self, scene: &mut Scene, look: &Look, number: usize, (x, mut y): Spot) -> f64 {
        if self.titles.iter().any(|title| !title.is_empty()) {
            y += PANEL_TITLE * LINE;
            let text = shortened_one(&self.titles[number], PANEL_TITLE, true, self.width);
            let colour = solid(look.palette.ink);
            let at = (x, y - 0.26 * PANEL_TITLE);
            scene.text(Label { text, at, anchor: Anchor::Start, size: PANEL_TITLE, bold: true, colour });
        }
        if look.figure.panels.len() == 1 {
            y += NORMAL * LINE;
            let axis = shortened_one(&look.figure.axis, NORMAL, false, self.width);
            scene.text(look.text(axis, (x, y - 0.26 * NORMAL), Anchor::Start, NORMAL));
        }
        y + self.marks.n_rows() as f64 * SMALL * LINE + if self.marks.n_rows() > 0 { ABOVE + 1.0 } else { NORMAL * 0.7 }
    }

    /// Draws shades, grid, axes and their labels; returns where these end.
    fn frame(&self, scene: &mut Scene, look: &Look, (x, top): Spot) -> f64 {
        let bottom = top + self.axes.height;
        let (from, to) = (x + self.left, x + self.width - self.right);
        for shade in &look.figure.shades {
            let ends = [day(shade.first), day(shade.last) + 1.0].map(|day| x + self.axes.time.place(day));
            let corners = vec![(ends[0], top), (ends[1], top), (ends[1], bottom), (ends[0], bottom)];
            scene.area(Role::Frame, corners, solid(look.palette.shade));
        }
        for (at, label) in self.axes.shares.ticks() {
            let y = bottom - self.axes.height_of(at / 100.0);
            let (colour, width) = if at > 0.0 { (look.palette.grid, 0.5) } else { (look.palette.ink, 0.8) };
            scene.line(Role::Frame, vec![(from, y), (to, y)], width, solid(colour));
            scene.text(look.text(label, (from - 4.0, y + 0.36 * NORMAL), Anchor::End, NORMAL));
        }
        for tick in self.axes.time.ticks() {
            let at = x + tick.x;
            scene.line(Role::Frame, vec![(at, bottom), (at, bottom + 2.5)], 0.6, solid(look.palette.ink));
            let half = width(&tick.label, NORMAL, false) / 2.0;
            let middle = at.clamp(x + half, (x + self.width - half).max(x + half));
            scene.text(look.text(tick.label, (middle, bottom + 4.5 + 0.76 * NORMAL), Anchor::Middle, NORMAL));
        }
        bottom + 4.5 + NORMAL
    }

    /// Draws the names at the ends of their lines.
    fn beside(&self, scene: &mut Scene, look: &Look, panel: &LinePanel, plot: &Plot) {
        if n_names(panel) == 0 {
            return;
        }
        let with_end = |(number, name)| Some((number, name, plot.end(panel, number)?));
        let ends: Vec<(usize, String, Spot)> = names(panel, self.width).into_iter().filter_map(with_end).collect();
        let wanted: Vec<f64> = ends.iter().map(|(.., end)| end.1).collect();
        let half = NAME_HEIGHT / 2.0;
        let places = apart(&wanted, NAME_HEIGHT, plot.top + half - 2.0, plot.bottom - half + 2.0);
        let left = plot.left + self.width - self.right + LEADER;
        for ((number, name, end), y) in ends.into_iter().zip(places) {
            let knee = (plot.left + self.width - self.right, end.1);
            let leader = vec![(end.0 + 2.5, end.1), knee, (left - 1.0, y)];
            scene.line(Role::Leader, leader, 0.4, look.palette.colour(number).mix(0.55));
            sample(scene, look, number, (left, y));
            scene.text(look.text(name, (left + SAMPLE + 2.0, y + 0.36 * SMALL), Anchor::Start, SMALL));
        }
    }

    /// Draws the names in columns beneath; returns where they end.
    fn legend(&self, scene: &mut Scene, look: &Look, panel: &LinePanel, (x, y): Spot) -> f64 {
        let names = names(panel, self.width);
        let longest = names.iter().map(|(_, name)| width(name, SMALL, false)).fold(0.0, f64::max);
        let step = longest + SAMPLE + 10.0;
        let n_columns = ((self.width / step) as usize).max(1);
        for (place, (number, name)) in names.iter().enumerate() {
            let at = (x + (place % n_columns) as f64 * step, y + 8.0 + (place / n_columns) as f64 * NAME_HEIGHT);
            sample(scene, look, *number, at);
            scene.text(look.text(name.clone(), (at.0 + SAMPLE + 2.0, at.1 + 0.36 * SMALL), Anchor::Start, SMALL));
        }
        y + 8.0 + names.len().div_ceil(n_columns) as f64 * NAME_HEIGHT
    }
}

/// Draws a piece of a series' line with its mark.
fn sample(scene: &mut Scene, look: &Look, number: usize, (x, y): Spot) {
    scene.line(Role::Key, vec![(x, y), (x + SAMPLE - 1.0, y)], 1.0, solid(look.palette.colour(number)));
    symbols::point(scene, &look.palette, number, (x + SAMPLE / 2.0 - 0.5, y), 1.9, Role::Key, false);
}

/// Returns the series of a panel that have points, with their numbers.
fn drawn(panel: &LinePanel) -> impl Iterator<Item = (usize, &LineSeries)> {
    panel.series.iter().enumerate().filter(|(_, series)| !series.points.is_empty())
}

/// Returns the numbers and the names of the series that are drawn.
fn names(panel: &LinePanel, wide: f64) -> Vec<(usize, String)> {
    let (numbers, names): (Vec<usize>, Vec<String>) =
        drawn(panel).map(|(number, series)| (number, series.name.clone())).unzip();
    numbers.into_iter().zip(shortened(&names, SMALL, MOST_NAMES * wide - LEADER - SAMPLE)).collect()
}

/// Returns the number of names that a panel shows.
fn n_names(panel: &LinePanel) -> usize {
    if drawn(panel).all(|(_, series)| series.name.is_empty()) { 0 } else { drawn(panel).count() }
}

/// Returns the share that the axis must reach: estimates, and the intervals of reliable ones, or of all if there are none.
fn largest(figure: &LineFigure) -> f64 {
    let upper = |point: &LinePoint| point.value.map_or(0.0, |value| value.upper);
    let firm = figure.points().filter(|point| !point.hollow).map(upper).fold(0.0, f64::max);
    let shares =
        figure.points().flat_map(|point| [point.value.map_or(0.0, |value| value.share), point.expected.unwrap_or(0.0)]);
    let largest = shares.fold(firm, f64::max);
    if firm > 0.0 { largest } else { figure.points().map(upper).fold(largest, f64::max) }
}
