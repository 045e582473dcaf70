//! How a figure is to look, whatever it shows.

/// Millimetres of a figure over both columns of a paper.
pub const DOUBLE_COLUMN: f64 = 178.0;
/// Pixels of a PNG in an inch, as journals ask.
pub const DPI: u32 = 300;

/// Colours of a figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Theme {
    /// Dark on white.
    #[default]
    Light,
    /// Light on near black.
    Dark,
    /// Black on white, with the darkest colours first.
    Print,
}

/// What the user chooses.
#[derive(Debug, Clone, PartialEq)]
pub struct FigureOptions {
    /// Colours.
    pub theme: Theme,
    /// Width in millimetres; the size of the letters does not follow it.
    pub width: f64,
    /// What stands above; papers say it in the caption instead.
    pub title: Option<String>,
    /// Pixels of a PNG in an inch.
    pub dpi: u32,
}

impl Default for FigureOptions {
    fn default() -> Self {
        FigureOptions { theme: Theme::Light, width: DOUBLE_COLUMN, title: None, dpi: DPI }
    }
}
