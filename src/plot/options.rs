//! The look of a figure, whatever it shows.

use serde::Serialize;

/// Width of a figure over both columns of a paper, in millimetres.
pub const DOUBLE_COLUMN: f64 = 178.0;
/// Pixels per inch of a PNG, as journals ask.
pub const DPI: u32 = 300;

/// Points (1/72 inch) per millimetre.
const PER_MILLIMETRE: f64 = 72.0 / 25.4;

/// Colours of a figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Theme {
    /// Dark on white.
    #[default]
    Light,
    /// Light on near black.
    Dark,
    /// Black on white, with the darkest colours first.
    Print,
}

/// The user's choices.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct FigureOptions {
    /// Colours.
    pub theme: Theme,
    /// Width in millimetres; the size of the letters does not follow it.
    pub width: f64,
    /// The title above; papers put it in the caption instead.
    pub title: Option<String>,
    /// Pixels per inch of a PNG.
    pub dpi: u32,
}

impl Default for FigureOptions {
    fn default() -> Self {
        FigureOptions { theme: Theme::Light, width: DOUBLE_COLUMN, title: None, dpi: DPI }
    }
}

impl FigureOptions {
    /// Sets the colours.
    pub fn theme(self, theme: Theme) -> FigureOptions {
        FigureOptions { theme, ..self }
    }

    /// Sets the width in millimetres.
    pub fn width(self, width: f64) -> FigureOptions {
        FigureOptions { width, ..self }
    }

    /// Sets the title above.
    pub fn title(self, title: impl Into<String>) -> FigureOptions {
        FigureOptions { title: Some(title.into()), ..self }
    }

    /// Sets the pixels per inch of a PNG.
    pub fn dpi(self, dpi: u32) -> FigureOptions {
        FigureOptions { dpi, ..self }
    }

    /// Returns the width in points.
    pub(super) fn width_in_points(&self) -> f64 {
        self.width * PER_MILLIMETRE
    }
}
