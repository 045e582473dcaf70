//! Font, colours and marks.

use std::sync::Once;

use plotters::style::{FontStyle, RGBColor, register_font};

use super::options::Theme;

/// The font's own name, under which figures embed it.
pub(super) const EMBEDDED_FONT: &str = "DejaVu Sans";
/// Colour of text and axes.
const INK: RGBColor = RGBColor(38, 38, 38);
const BLUE: RGBColor = RGBColor(0, 114, 178);
const VERMILLION: RGBColor = RGBColor(213, 94, 0);
const GREEN: RGBColor = RGBColor(0, 158, 115);
const PURPLE: RGBColor = RGBColor(204, 121, 167);
const SKY: RGBColor = RGBColor(86, 180, 233);
const ORANGE: RGBColor = RGBColor(230, 159, 0);
const YELLOW: RGBColor = RGBColor(240, 228, 66);
const BLACK: RGBColor = RGBColor(0, 0, 0);
const WHITE: RGBColor = RGBColor(255, 255, 255);
/// The colours of a theme.
#[derive(Debug, Clone, Copy)]
pub(super) struct Palette {
    /// The background.
    pub background: RGBColor,
    /// Text and axes.
    pub ink: RGBColor,
    /// Text of less weight, still readable.
    pub soft: RGBColor,
    /// Lines of the grid.
    pub grid: RGBColor,
    /// Shaded ranges.
    pub shade: RGBColor,
    /// Series, in their order: those of the eight colours of Okabe and Ito (2008), which colour-blind people can distinguish, that
    /// stand out from the background.
    pub series: [RGBColor; 7],
}

impl Palette {
    /// Returns the colour of a series.
    pub(super) fn colour(&self, number: usize) -> RGBColor {
        self.series[number % self.series.len()]
    }
}

impl Theme {
    pub(super) fn palette(self) -> Palette {
        match self {
            Theme::Light => Palette {
                background: WHITE,
                ink: INK,
                soft: RGBColor(89, 89, 89),
                grid: RGBColor(228, 228, 228),
                shade: RGBColor(240, 241, 244),
                series: [BLUE, VERMILLION, GREEN, PURPLE, ORANGE, SKY, INK],
            },
            Theme::Dark => Palette {
                background: RGBColor(22, 25, 29),
                ink: RGBColor(232, 232, 232),
                soft: RGBColor(176, 180, 186),
                grid: RGBColor(52, 56, 62),
                shade: RGBColor(38, 43, 50),
                series: [SKY, ORANGE, GREEN, PURPLE, YELLOW, VERMILLION, RGBColor(232, 232, 232)],
            },
            Theme::Print => Palette {
                background: WHITE,
                ink: BLACK,
                soft: RGBColor(64, 64, 64),
                grid: RGBColor(222, 222, 222),
                shade: RGBColor(238, 238, 238),
                series: [BLACK, BLUE, VERMILLION, GREEN, PURPLE, ORANGE, SKY],
            },
        }
    }
}

/// Registers the embedded font with the drawing library.
pub(super) fn register_fonts() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        for style in [FontStyle::Normal, FontStyle::Bold] {
            // Bytes that ship with the tool are a font.
            let _ = register_font(EMBEDDED_FONT, style, font_bytes(matches!(style, FontStyle::Bold)));
        }
    });
}

/// Returns the file of the font.
pub(super) fn font_bytes(bold: bool) -> &'static [u8] {
    if bold { dejavu::sans::bold() } else { dejavu::sans::regular() }
}
