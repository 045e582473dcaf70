//! The content of a figure once everything is placed: shapes and text, in points (1/72 inch), y downwards.

use plotters::style::RGBAColor;

use super::text::{ASCENT, DESCENT, width};

/// A place: x and y.
pub(super) type Spot = (f64, f64);

/// Everything to draw, in the order of drawing.
#[derive(Debug, Clone, Default)]
pub(super) struct Scene {
    /// Width and height, in points.
    pub size: (f64, f64),
    /// Shapes and text.
    pub items: Vec<Item>,
    /// The places of the points.
    pub hits: Vec<Hit>,
}

/// A shape and its role.
#[derive(Debug, Clone)]
pub(super) struct Item {
    /// Its role.
    pub role: Role,
    /// Its shape.
    pub shape: Shape,
}

/// The role of a shape.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) enum Role {
    /// Axes, grid, shades and marks.
    Frame,
    /// The interval of a point or of a run of points.
    Interval,
    /// The line of a series that is reliable.
    Line,
    /// The line and band of a fall that may be an artefact.
    Artefact,
    /// The course expected from before.
    Expected,
    /// The least share, whatever the model.
    Floor,
    /// A point.
    Point,
    /// A point with too few units to rely on.
    Hollow,
    /// The mark of a point that the reference does not fit.
    Flag,
    /// The mark of a period without an estimate.
    Absent,
    /// The mark of an interval that goes beyond the axis.
    Beyond,
    /// A line from a point to its label.
    Leader,
    /// Samples in labels, legend and key.
    Key,
    /// Text.
    Text,
}

/// Something to draw.
#[derive(Debug, Clone)]
pub(super) enum Shape {
    Line { points: Vec<Spot>, width: f64, colour: RGBAColor },
    Area { points: Vec<Spot>, colour: RGBAColor },
    Circle { centre: Spot, radius: f64, colour: RGBAColor },
    Text(Label),
}

/// The end of a text that is at its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Anchor {
    Start,
    Middle,
    End,
}

/// A line of text.
#[derive(Debug, Clone)]
pub(super) struct Label {
    /// The words.
    pub text: String,
    /// Its place, on the baseline.
    pub at: Spot,
    /// The end of it that is at its place.
    pub anchor: Anchor,
    /// Size of an em, in points.
    pub size: f64,
    /// Whether it is bold.
    pub bold: bool,
    /// Its colour.
    pub colour: RGBAColor,
}

/// A point of the data that users can point at.
#[derive(Debug, Clone, Copy, PartialEq)]
#[non_exhaustive]
pub struct Hit {
    /// Distance from the left.
    pub x: f64,
    /// Distance from the top.
    pub y: f64,
    /// Index of the panel.
    pub panel: usize,
    /// Index of the series in the panel.
    pub series: usize,
    /// Index of the point in the series.
    pub point: usize,
}

impl Label {
    /// Returns the left, top, right and bottom.
    #[cfg_attr(not(test), expect(dead_code, reason = "for the test that no labels overlap"))]
    pub(super) fn bounds(&self) -> [f64; 4] {
        let wide = width(&self.text, self.size, self.bold);
        let left = match self.anchor {
            Anchor::Start => self.at.0,
            Anchor::Middle => self.at.0 - wide / 2.0,
            Anchor::End => self.at.0 - wide,
        };
        [left, self.at.1 - ASCENT * self.size, left + wide, self.at.1 + DESCENT * self.size]
    }
}

impl Scene {
    pub(super) fn line(&mut self, role: Role, points: Vec<Spot>, width: f64, colour: RGBAColor) {
        self.items.push(Item { role, shape: Shape::Line { points, width, colour } });
    }

    pub(super) fn area(&mut self, role: Role, points: Vec<Spot>, colour: RGBAColor) {
        self.items.push(Item { role, shape: Shape::Area { points, colour } });
    }

    pub(super) fn circle(&mut self, role: Role, centre: Spot, radius: f64, colour: RGBAColor) {
        self.items.push(Item { role, shape: Shape::Circle { centre, radius, colour } });
    }

    pub(super) fn text(&mut self, label: Label) {
        self.items.push(Item { role: Role::Text, shape: Shape::Text(label) });
    }

    /// Returns all labels.
    pub(super) fn labels(&self) -> impl Iterator<Item = &Label> {
        self.items.iter().filter_map(|item| match &item.shape {
            Shape::Text(label) => Some(label),
            _ => None,
        })
    }
}
