//! The series of a panel: intervals, lines, points and their signs.

use plotters::style::{Color, RGBAColor};

use super::super::geometry::{dashes, hatch};
use super::super::line::{LinePanel, LinePoint, LineSeries, LineValue};
use super::super::scene::{Hit, Role, Scene, Spot};
use super::axes::Axes;
use super::look::{Look, solid};
use super::symbols;
use super::time_axis::middle;

/// Maximum number of series with bands for intervals; more have bars beside each other, because bands would cover each other.
const MOST_BANDED: usize = 3;
/// Maximum number of points of a series that has bars.
const MOST_BARS: usize = 8;
/// Opacity of bands and bars, 0 to 1.
const BAND: f64 = 0.2;
const BAR: f64 = 0.55;
/// Distance between the lines of a hatch, in points.
const HATCH: f64 = 3.6;
/// Maximum half-width of a floor, in points.
const FLOOR: f64 = 6.0;
/// Maximum distance between the points of two series in a period, in points; and the part of a period that they take.
const BESIDE: f64 = 2.6;
const PART: f64 = 0.72;

/// Returns whether intervals are bands: not where series would cover each other, nor where points are so few that a band would claim to know
/// the time between them.
pub(super) fn is_banded(panel: &LinePanel) -> bool {
    panel.series.len() <= MOST_BANDED && panel.series.iter().any(|series| series.points.len() > MOST_BARS)
}

/// The area where a panel's data is drawn.
pub(super) struct Plot<'a> {
    pub axes: &'a Axes,
    pub look: &'a Look<'a>,
    pub left: f64,
    pub top: f64,
    pub bottom: f64,
    pub n_series: usize,
    pub banded: bool,
}

/// Two consecutive points of a series, with their values.
type Pair<'a> = (&'a LinePoint, LineValue, &'a LinePoint, LineValue);

impl Plot<'_> {
    /// Draws all series, the first on top.
    pub(super) fn series(&self, scene: &mut Scene, (panel_number, panel): (usize, &LinePanel)) {
        let numbered = || panel.series.iter().enumerate().rev();
        numbered().for_each(|(number, series)| self.intervals(scene, number, series));
        numbered().for_each(|(number, series)| self.lines(scene, number, series));
        numbered().for_each(|(number, series)| self.points(scene, number, series));
        for (number, series) in panel.series.iter().enumerate() {
            for (place, point) in series.points.iter().enumerate() {
                let (x, y) = self.spot(number, point);
                scene.hits.push(Hit { x, y, panel: panel_number, series: number, point: place });
            }
        }
    }

    /// Returns where the line of a series ends; `None` if it has no points.
    pub(super) fn end(&self, panel: &LinePanel, number: usize) -> Option<Spot> {
        let known = panel.series[number].points.iter().rev().find(|point| point.value.is_some());
        known.or(panel.series[number].points.last()).map(|point| self.spot(number, point))
    }

    fn x(&self, number: usize, point: &LinePoint) -> f64 {
        let beside = match self.banded {
            true => 0.0,
            false => BESIDE.min(PART * self.axes.time.step() / self.n_series as f64),
        };
        let shift = (number as f64 - (self.n_series as f64 - 1.0) / 2.0) * beside;
        self.left + self.axes.time.place(middle(point)) + shift
    }

    fn y(&self, share: f64) -> f64 {
        self.bottom - self.axes.height_of(share)
    }

    fn spot(&self, number: usize, point: &LinePoint) -> Spot {
        (self.x(number, point), point.value.map_or(self.bottom, |value| self.y(value.share)))
    }

    /// Returns half the height of a point.
    fn half(&self) -> f64 {
        let most = if self.banded { 2.4 } else { 1.9 };
        (self.axes.time.step() * 0.3).clamp(1.1, most)
    }

    fn intervals(&self, scene: &mut Scene, number: usize, series: &LineSeries) {
        let colour = self.look.palette.colour(number);
        let mut run: Vec<(Spot, Spot)> = Vec::new();
        for (from, a, to, b) in pairs(series) {
            let [start, end] = [(from, a), (to, b)].map(|(point, value)| self.ends(number, point, value));
            if to.artefact {
                for line in hatch(&band(&[start, end]), HATCH) {
                    scene.line(Role::Artefact, line.to_vec(), 0.35, colour.mix(0.6));
                }
            } else if run.last() == Some(&start) {
                run.push(end);
            } else {
                let done = std::mem::replace(&mut run, vec![start, end]);
                self.area(scene, &done, colour.mix(BAND));
            }
        }
        self.area(scene, &run, colour.mix(BAND));
        for (place, point) in series.points.iter().enumerate() {
            let Some(value) = point.value else { continue };
            let x = self.x(number, point);
            if !self.banded || is_alone(series, place) {
                let ends = vec![(x, self.y(value.lower)), (x, self.y(value.upper))];
                let (width, opacity) = if self.half() < 1.5 { (0.5, BAR * 0.7) } else { (0.9, BAR) };
                scene.line(Role::Interval, ends, width, colour.mix(opacity));
            }
            if self.axes.is_beyond(value.upper) {
                symbols::beyond(scene, colour, (x, self.top), Role::Beyond);
            }
        }
    }

    /// Returns the lower and upper end of an interval.
    fn ends(&self, number: usize, point: &LinePoint, value: LineValue) -> (Spot, Spot) {
        let x = self.x(number, point);
        ((x, self.y(value.lower)), (x, self.y(value.upper)))
    }

    /// Draws the band of a run of intervals as one area, as two adjacent ones would show their overlap.
    fn area(&self, scene: &mut Scene, run: &[(Spot, Spot)], colour: RGBAColor) {
        if self.banded && run.len() > 1 {
            scene.area(Role::Interval, band(run), colour);
        }
    }

    fn lines(&self, scene: &mut Scene, number: usize, series: &LineSeries) {
        let colour = self.look.palette.colour(number);
        let width = if self.n_series > 6 { 0.8 } else { 1.2 };
        let mut run: Vec<Spot> = Vec::new();
        for (from, _, to, _) in pairs(series) {
            let (start, end) = (self.spot(number, from), self.spot(number, to));
            if to.artefact {
                for [from, to] in dashes(&[start, end], 2.2, 1.8) {
                    scene.line(Role::Artefact, vec![from, to], width, solid(colour));
                }
            } else if run.last() == Some(&start) {
                run.push(end);
            } else {
                let done = std::mem::replace(&mut run, vec![start, end]);
                line(scene, done, width, solid(colour));
            }
        }
        line(scene, run, width, solid(colour));
        self.expected(scene, number, series);
    }

    /// Draws the expected course, dotted.
    fn expected(&self, scene: &mut Scene, number: usize, series: &LineSeries) {
        let known: Vec<Spot> =
            series.points.iter().filter_map(|point| Some((self.x(number, point), self.y(point.expected?)))).collect();
        let course = match known[..] {
            // A single one has no course: a stroke as long as its period.
            [(x, y)] => vec![(x - self.axes.time.step() / 2.0, y), (x + self.axes.time.step() / 2.0, y)],
            _ => known,
        };
        for [from, to] in dashes(&course, 0.9, 1.7) {
            scene.line(Role::Expected, vec![from, to], 0.9, self.look.palette.colour(number).mix(0.9));
        }
    }

    fn points(&self, scene: &mut Scene, number: usize, series: &LineSeries) {
        for point in &series.points {
            let at = self.spot(number, point);
            if point.value.is_none() {
                symbols::absent(scene, self.look.palette.colour(number), at, Role::Absent);
                continue;
            }
            let role = if point.hollow { Role::Hollow } else { Role::Point };
            symbols::point(scene, &self.look.palette, number, at, self.half(), role, point.hollow);
            if let Some(floor) = point.floor {
                let (half, y) = ((self.axes.time.step() * PART / 2.0).min(FLOOR), self.y(floor));
                let stroke = vec![(at.0 - half, y), (at.0 + half, y)];
                scene.line(Role::Floor, stroke, 1.4, solid(self.look.palette.colour(number)));
            }
            if point.flagged {
                symbols::cross(scene, &self.look.palette, at, self.half(), Role::Flag);
            }
        }
    }
}

/// Returns the outline of a band.
fn band(run: &[(Spot, Spot)]) -> Vec<Spot> {
    run.iter().map(|ends| ends.1).chain(run.iter().rev().map(|ends| ends.0)).collect()
}

fn line(scene: &mut Scene, points: Vec<Spot>, width: f64, colour: RGBAColor) {
    if points.len() > 1 {
        scene.line(Role::Line, points, width, colour);
    }
}

/// Returns pairs of consecutive points without a period between them, both with an estimate.
fn pairs(series: &LineSeries) -> impl Iterator<Item = Pair<'_>> {
    series.points.windows(2).filter_map(|pair| {
        let follows = pair[0].last.tomorrow().ok() == Some(pair[1].first);
        Some((&pair[0], pair[0].value?, &pair[1], pair[1].value?)).filter(|_| follows)
    })
}

/// Returns whether a point has no neighbour, so that no band shows its interval.
fn is_alone(series: &LineSeries, place: usize) -> bool {
    let point = &series.points[place];
    !pairs(series).any(|(from, _, to, _)| std::ptr::eq(from, point) || std::ptr::eq(to, point))
}
