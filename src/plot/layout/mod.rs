//! Places every part of a figure of lines: sizes do not follow the width, so that letters stay readable in a column.

mod axes;
mod key;
mod labels;
mod look;
mod marks;
mod panel;
mod series;
mod share_axis;
mod symbols;
#[cfg(test)]
mod tests;
mod time_axis;

use super::line::LineFigure;
use super::scene::{Anchor, Label, Scene};
use super::text::wrapped;
use look::{LINE, Look, MARGIN, SMALL, TITLE, solid};
use panel::Grid;

/// Distance between panels, in points.
const GAP: f64 = 14.0;
/// Minimum width of a figure with two panels side by side, in points.
const TWO_ABREAST: f64 = 380.0;

/// Lays out the figure.
pub(super) fn layout(figure: &LineFigure) -> Scene {
    let look = Look { figure, palette: figure.options.theme.palette() };
    let mut scene = Scene { size: (figure.width(), 0.0), ..Scene::default() };
    let mut y = MARGIN;
    if let Some(title) = &figure.options.title {
        y = lines(&mut scene, &look, title, y, (TITLE, true)) + 3.0;
    }
    y = panels(&mut scene, &look, y);
    y = key::key(&mut scene, &look, y + 5.0);
    for note in &figure.notes {
        y = lines(&mut scene, &look, note, y + 1.5, (SMALL, false));
    }
    scene.size.1 = (y + MARGIN).ceil();
    scene
}

/// Draws the panels, beside each other if there is room; returns where they end.
fn panels(scene: &mut Scene, look: &Look, mut y: f64) -> f64 {
    let wide = scene.size.0 - 2.0 * MARGIN;
    let n_abreast = if look.figure.panels.len() > 1 && wide >= TWO_ABREAST { 2 } else { 1 };
    let width = (wide - GAP * (n_abreast as f64 - 1.0)) / n_abreast as f64;
    let grid = Grid::new(look, width);
    for (row, panels) in look.figure.panels.chunks(n_abreast).enumerate() {
        y += if row > 0 { GAP } else { 0.0 };
        let ends = panels.iter().enumerate().map(|(column, panel)| {
            let x = MARGIN + column as f64 * (width + GAP);
            grid.panel(scene, look, (row * n_abreast + column, panel), (x, y))
        });
        y = ends.fold(y, f64::max);
    }
    y
}

/// Draws text over the whole width; returns where it ends.
fn lines(scene: &mut Scene, look: &Look, text: &str, mut y: f64, (size, bold): (f64, bool)) -> f64 {
    for line in wrapped(text, size, bold, scene.size.0 - 2.0 * MARGIN) {
        y += size * LINE;
        let colour = solid(if bold { look.palette.ink } else { look.palette.soft });
        // Descenders stay above the end.
        let at = (MARGIN, y - 0.26 * size);
        scene.text(Label { text: line, at, anchor: Anchor::Start, size, bold, colour });
    }
    y
}
