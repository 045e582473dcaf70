//! Every part of a figure of lines at its place: sizes do not follow the width, so that letters stay readable in a column.

mod key;
mod labels;
mod marks;
mod panel;
mod series;
mod share_axis;
mod symbols;
#[cfg(test)]
mod tests;
mod time_axis;

use plotters::style::{Color, RGBAColor, RGBColor};

use super::line::LineFigure;
use super::scene::{Anchor, Label, Scene, Spot};
use super::style::Palette;
use super::text::wrapped;
use panel::Grid;

/// Sizes of letters, in points: em.
const SMALL: f64 = 6.5;
const NORMAL: f64 = 7.0;
const PANEL_TITLE: f64 = 8.0;
const TITLE: f64 = 9.0;
/// From line to line, in em.
const LINE: f64 = 1.22;
/// Around everything.
const MARGIN: f64 = 6.0;
/// Between panels.
const GAP: f64 = 14.0;
/// A figure at least this wide has two panels side by side.
const TWO_ABREAST: f64 = 380.0;

/// What all parts share.
#[derive(Clone, Copy)]
struct Look<'a> {
    figure: &'a LineFigure,
    palette: Palette,
}

impl Look<'_> {
    /// Colour of a series.
    fn colour(&self, number: usize) -> RGBColor {
        self.palette.series[number % self.palette.series.len()]
    }

    fn text(&self, text: impl Into<String>, at: Spot, anchor: Anchor, size: f64) -> Label {
        Label { text: text.into(), at, anchor, size, bold: false, colour: solid(self.palette.ink) }
    }
}

fn solid(colour: RGBColor) -> RGBAColor {
    colour.mix(1.0)
}

/// The figure at its places.
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

/// The panels, beside each other where there is room; returns where they end.
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

/// Text over the whole width; returns where it ends.
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
