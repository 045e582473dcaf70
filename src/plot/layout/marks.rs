//! Dates and ranges that are marked: their labels stand above the plot, in as many rows as that takes.

use plotters::style::Color;

use super::super::geometry::dashes;
use super::super::line::{LineFigure, Mark};
use super::super::scene::{Anchor, Role, Scene};
use super::super::text::{shortened_one, width};
use super::time_axis::{TimeAxis, day};
use super::{LINE, Look, SMALL, solid};

/// Largest part of the panel that a label takes.
const MOST: f64 = 0.4;
/// Between labels, and between a label and its line.
const ROOM: f64 = 2.5;

/// A label above the plot.
struct Placed {
    text: String,
    /// From left to right.
    span: (f64, f64),
    /// Where the line is; none: a range.
    line: Option<f64>,
    /// Counted from the plot upwards.
    row: usize,
}

/// The labels of a panel.
pub(super) struct Marks {
    placed: Vec<Placed>,
}

impl Marks {
    /// Finds a row for each label of a panel `wide` points wide.
    pub(super) fn new(figure: &LineFigure, time: &TimeAxis, wide: f64) -> Marks {
        let of_mark = |mark: &Mark| {
            let x = time.place(day(mark.date));
            (x, Some(x), mark.label.clone())
        };
        let marks = figure.marks.iter().filter(|mark| time.holds(mark.date));
        let mut wanted: Vec<(f64, Option<f64>, String)> = marks.map(of_mark).collect();
        wanted.extend(figure.shades.iter().map(|shade| {
            let middle = (day(shade.first) + day(shade.last) + 1.0) / 2.0;
            (time.place(middle), None, shade.label.clone())
        }));
        // From the right: a label lies to the right of its line, over those that were placed before it.
        wanted.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.2.cmp(&b.2)));
        let mut placed: Vec<Placed> = Vec::new();
        for (x, line, label) in wanted {
            let text = shortened_one(&label, SMALL, false, MOST * wide);
            let length = width(&text, SMALL, false);
            let from = if line.is_some() { x + ROOM } else { x - length / 2.0 };
            let from = from.min(wide - length).max(0.0);
            let span = (from, from + length);
            let row = (0..=placed.len()).find(|&row| is_free(&placed, span, line, row)).unwrap_or(placed.len());
            placed.push(Placed { text, span, line, row });
        }
        Marks { placed }
    }

    /// How many rows there are.
    pub(super) fn n_rows(&self) -> usize {
        self.placed.iter().map(|of| of.row + 1).max().unwrap_or(0)
    }

    /// Draws lines from the plot's bottom upwards, and labels.
    pub(super) fn draw(&self, scene: &mut Scene, look: &Look, left: f64, (top, bottom): (f64, f64)) {
        let colour = solid(look.palette.soft);
        for of in &self.placed {
            let base = top - 3.0 - of.row as f64 * SMALL * LINE;
            if let Some(x) = of.line {
                let ends = [(left + x, bottom), (left + x, base - 0.6 * SMALL)];
                for [from, to] in dashes(&ends, 3.0, 2.0) {
                    scene.line(Role::Frame, vec![from, to], 0.6, look.palette.soft.mix(0.9));
                }
            }
            let mut label = look.text(of.text.clone(), (left + of.span.0, base), Anchor::Start, SMALL);
            label.colour = colour;
            scene.text(label);
        }
    }
}

/// Whether a label meets no other in this row, no line of one above it, and its own line no label below it.
fn is_free(placed: &[Placed], span: (f64, f64), line: Option<f64>, row: usize) -> bool {
    let holds =
        |span: (f64, f64), x: Option<f64>| x.is_some_and(|x| (span.0 - ROOM / 2.0..=span.1 + ROOM / 2.0).contains(&x));
    placed.iter().all(|other| match other.row.cmp(&row) {
        std::cmp::Ordering::Equal => {
            let apart = span.1 + ROOM <= other.span.0 || other.span.1 + ROOM <= span.0;
            apart && !holds(other.span, line) && !holds(span, other.line)
        }
        std::cmp::Ordering::Greater => !holds(span, other.line),
        std::cmp::Ordering::Less => !holds(other.span, line),
    })
}
