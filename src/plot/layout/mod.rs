//! Places every part of a figure of lines: sizes do not follow the width, so that letters stay readable in a column.

mod axes;
mod errors;
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
use super::text::{shortened_one, wrapped};
pub(super) use errors::layout_errors;
use look::{LINE, Look, MARGIN, NORMAL, SMALL, TITLE, solid};
use panel::Grid;

/// Distance between panels, in points.
pub(super) const GAP: f64 = 14.0;
/// Minimum width of a panel with names beside its lines, and of one without, in points.
const WITH_NAMES: f64 = 183.0;
const WITHOUT_NAMES: f64 = 104.0;
/// Maximum number of panels side by side, with names and without.
const ABREAST: [usize; 2] = [2, 4];

/// Lays out the figure.
pub(super) fn layout(figure: &LineFigure) -> Scene {
    let look = Look { figure, palette: figure.options.theme.palette() };
    let mut scene = Scene { size: (figure.options.width_in_points(), 0.0), ..Scene::default() };
    let mut y = MARGIN;
    if let Some(title) = &figure.options.title {
        y = lines(&mut scene, &look, title, y, (TITLE, true)) + 3.0;
    }
    if figure.panels.len() > 1 {
        // Said once, not in each panel.
        y += NORMAL * LINE;
        let axis = shortened_one(&figure.axis, NORMAL, false, scene.size.0 - 2.0 * MARGIN);
        scene.text(look.text(axis, (MARGIN, y - 0.26 * NORMAL), Anchor::Start, NORMAL));
        y += 2.0;
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
    let n_abreast = n_abreast(look.figure, wide);
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

/// Returns how many panels stand side by side in this width.
fn n_abreast(figure: &LineFigure, wide: f64) -> usize {
    let has_names = figure.panels.iter().flat_map(|panel| &panel.series).any(|series| !series.name.is_empty());
    let (narrowest, most) = if has_names { (WITH_NAMES, ABREAST[0]) } else { (WITHOUT_NAMES, ABREAST[1]) };
    let n = ((wide + GAP) / (narrowest + GAP)) as usize;
    n.clamp(1, most).min(figure.panels.len().max(1))
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
