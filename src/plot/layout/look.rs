//! Sizes, colours and text that all parts of a figure share.

use plotters::style::{Color, RGBAColor, RGBColor};

use super::super::line::LineFigure;
use super::super::scene::{Anchor, Label, Spot};
use super::super::style::Palette;

/// Sizes of letters: their em, in points.
pub(super) const SMALL: f64 = 6.5;
pub(super) const NORMAL: f64 = 7.0;
pub(super) const PANEL_TITLE: f64 = 8.0;
pub(super) const TITLE: f64 = 9.0;
/// Distance between lines, in em.
pub(super) const LINE: f64 = 1.22;
/// Margin around everything, in points.
pub(super) const MARGIN: f64 = 6.0;

/// The settings that all parts share.
#[derive(Clone, Copy)]
pub(super) struct Look<'a> {
    pub(super) figure: &'a LineFigure,
    pub(super) palette: Palette,
}

impl Look<'_> {
    pub(super) fn text(&self, text: impl Into<String>, at: Spot, anchor: Anchor, size: f64) -> Label {
        label(&self.palette, text, at, anchor, size)
    }

    /// Returns a line of text of less weight, from its start.
    pub(super) fn soft(&self, text: String, at: Spot, size: f64) -> Label {
        Label { colour: solid(self.palette.soft), ..self.text(text, at, Anchor::Start, size) }
    }
}

pub(super) fn solid(colour: RGBColor) -> RGBAColor {
    colour.mix(1.0)
}

/// Returns a line of text in ink.
pub(super) fn label(palette: &Palette, text: impl Into<String>, at: Spot, anchor: Anchor, size: f64) -> Label {
    Label { text: text.into(), at, anchor, size, bold: false, colour: solid(palette.ink) }
}
