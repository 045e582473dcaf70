//! Marked dates and ranges: their labels stand above the plot, in as many rows as needed.

use plotters::style::Color;

use super::super::geometry::dashes;
use super::super::line::{LineFigure, Mark};
use super::super::scene::{Role, Scene, Spot};
use super::super::text::{shortened_one, width};
use super::look::{LINE, Look, SMALL};
use super::time_axis::{TimeAxis, day};

/// Maximum part of the panel that a label takes, 0 to 1.
const MOST: f64 = 0.4;
/// Room between labels, and between a label and its line, in points.
const ROOM: f64 = 2.5;
/// Distance from the plot to the baseline of the lowest letters, in points: the highest label of the axis ends beneath.
pub(super) const ABOVE: f64 = 5.0;
/// Distance from there to the end of a line beneath the label, in points.
const BENEATH: f64 = 1.8;

/// A label above the plot.
struct Placed {
    text: String,
    /// Its left and right end.
    span: (f64, f64),
    /// The place of its line; `None` for a range.
    line: Option<f64>,
    /// Its row, counted from the plot upwards.
    row: usize,
}

/// The side of its line on which a label stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Side {
    Left,
    Right,
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
        // From the right with labels to the right of their lines, over those placed before; or all that the other way round.
        let mut tries = [Side::Right, Side::Left].map(|side| placed(&wanted, wide, side));
        tries.sort_by_key(|labels| (labels.iter().map(|label| crossed(labels, label)).sum::<usize>(), rows(labels)));
        let [placed, _] = tries;
        Marks { placed }
    }

    /// Returns the number of rows.
    pub(super) fn n_rows(&self) -> usize {
        rows(&self.placed)
    }

    /// Draws lines from the plot's bottom upwards, and labels.
    pub(super) fn draw(&self, scene: &mut Scene, look: &Look, left: f64, plot: (f64, f64)) {
        for of in &self.placed {
            let base = base(plot.0, of.row);
            for ends in self.pieces(of, plot) {
                for [from, to] in dashes(&ends.map(|(x, y)| (left + x, y)), 3.0, 2.0) {
                    scene.line(Role::Frame, vec![from, to], 0.6, look.palette.soft.mix(0.9));
                }
            }
            scene.text(look.soft(of.text.clone(), (left + of.span.0, base), SMALL));
        }
    }

    /// Returns the line of a label, with gaps where it meets other labels.
    fn pieces(&self, of: &Placed, (top, bottom): (f64, f64)) -> Vec<[Spot; 2]> {
        let Some(x) = of.line else { return vec![] };
        let own = base(top, of.row);
        let end = if holds(of.span, of.line) { own + BENEATH } else { own - 0.6 * SMALL };
        let mut rows: Vec<usize> = self
            .placed
            .iter()
            .filter(|other| other.row < of.row && holds(other.span, of.line))
            .map(|of| of.row)
            .collect();
        rows.sort_unstable();
        let ends = rows.iter().map(|&row| base(top, row) + BENEATH).chain([end]);
        let starts = std::iter::once(bottom).chain(rows.iter().map(|&row| base(top, row) - 0.8 * SMALL));
        starts.zip(ends).map(|(from, to)| [(x, from), (x, to)]).collect()
    }
}

/// Returns the baseline of a row's letters.
fn base(top: f64, row: usize) -> f64 {
    top - ABOVE - row as f64 * SMALL * LINE
}

/// Finds a row for each label, those at the end of `side` first.
fn placed(wanted: &[(f64, Option<f64>, String)], wide: f64, side: Side) -> Vec<Placed> {
    let mut order: Vec<&(f64, Option<f64>, String)> = wanted.iter().collect();
    order.sort_by(|a, b| a.0.total_cmp(&b.0).then_with(|| a.2.cmp(&b.2)));
    if side == Side::Right {
        order.reverse();
    }
    let mut placed: Vec<Placed> = Vec::new();
    for (x, line, label) in order {
        let text = shortened_one(label, SMALL, false, MOST * wide);
        let length = width(&text, SMALL, false);
        let from = match (line, side) {
            (None, _) => x - length / 2.0,
            (_, Side::Right) => x + ROOM,
            (_, Side::Left) => x - ROOM - length,
        };
        let from = from.min(wide - length).max(0.0);
        let span = (from, from + length);
        let row = (0..=placed.len()).find(|&row| is_free(&placed, span, *line, row)).unwrap_or(placed.len());
        placed.push(Placed { text, span, line: *line, row });
    }
    placed
}

fn rows(placed: &[Placed]) -> usize {
    placed.iter().map(|of| of.row + 1).max().unwrap_or(0)
}

/// Returns how many labels beneath its own the line of a label crosses.
fn crossed(placed: &[Placed], label: &Placed) -> usize {
    placed.iter().filter(|other| other.row < label.row && holds(other.span, label.line)).count()
}

/// Returns whether a line goes through a label.
fn holds(span: (f64, f64), line: Option<f64>) -> bool {
    line.is_some_and(|x| (span.0 - ROOM / 2.0..=span.1 + ROOM / 2.0).contains(&x))
}

/// Returns whether a label meets no other in this row and no line of one above it, and its own line no label below it.
fn is_free(placed: &[Placed], span: (f64, f64), line: Option<f64>, row: usize) -> bool {
    placed.iter().all(|other| match other.row.cmp(&row) {
        std::cmp::Ordering::Equal => {
            let apart = span.1 + ROOM <= other.span.0 || other.span.1 + ROOM <= span.0;
            apart && !holds(other.span, line) && !holds(span, other.line)
        }
        std::cmp::Ordering::Greater => !holds(span, other.line),
        std::cmp::Ordering::Less => !holds(other.span, line),
    })
}
