//! What a figure consists of once everything has its place: shapes and text, in points (1/72 inch), y downwards.

use plotters::style::RGBAColor;

use super::text::{ASCENT, DESCENT, width};

/// A place.
pub(super) type Spot = (f64, f64);

/// Everything to draw, in the order of drawing.
#[derive(Debug, Clone, Default)]
pub(super) struct Scene {
    /// Width and height.
    pub size: (f64, f64),
    /// Shapes and text.
    pub items: Vec<Item>,
    /// Where the points are.
    pub hits: Vec<Hit>,
}

/// A shape, and what it is there for.
#[derive(Debug, Clone)]
pub(super) struct Item {
    /// What for.
    pub role: Role,
    /// What.
    pub shape: Shape,
}

/// What a shape is there for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) enum Role {
    /// Axes, grid, shades and marks.
    Frame,
    /// The interval of a point or of a run of points.
    Interval,
    /// The line of a series that may be believed.
    Line,
    /// The line and band of a fall that may be an artefact.
    Artefact,
    /// The course expected from before.
    Expected,
    /// At least this much, whatever the model.
    Floor,
    /// A point.
    Point,
    /// A point with too few units to lean on.
    Hollow,
    /// The mark of a point that the reference does not fit.
    Flag,
    /// The mark of a period without an estimate.
    Absent,
    /// The mark of an interval that goes beyond the axis.
    Beyond,
    /// From a point to its label.
    Leader,
    /// Samples in labels, legend and key.
    Key,
    /// Words.
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

/// Which end of a text is at its place.
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
    /// Where, on the line that the letters stand on.
    pub at: Spot,
    /// Which end of it.
    pub anchor: Anchor,
    /// Size of an em.
    pub size: f64,
    /// Whether it is bold.
    pub bold: bool,
    /// Colour.
    pub colour: RGBAColor,
}

/// A point of the data that can be looked at.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Hit {
    /// From the left.
    pub x: f64,
    /// From above.
    pub y: f64,
    /// Number of the panel.
    pub panel: usize,
    /// Number of the series in it.
    pub series: usize,
    /// Number of the point in that.
    pub point: usize,
}

impl Label {
    /// Left, top, right and bottom.
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

    /// All text.
    pub(super) fn labels(&self) -> impl Iterator<Item = &Label> {
        self.items.iter().filter_map(|item| match &item.shape {
            Shape::Text(label) => Some(label),
            _ => None,
        })
    }
}
