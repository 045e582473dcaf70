//! Font, colours and marks.

use std::sync::Once;

use plotters::style::{FontStyle, RGBColor, register_font};

/// The font's name.
pub(super) const FONT: &str = "sans-serif";
/// Text and axes.
pub(super) const INK: RGBColor = RGBColor(38, 38, 38);
/// Grids and lines of reference.
pub(super) const GREY: RGBColor = RGBColor(214, 214, 214);
/// Okabe and Ito (2008): told apart by colour-blind people, and dark enough on white.
pub(super) const COLOURS: [RGBColor; 5] = [
    RGBColor(0, 114, 178),
    RGBColor(213, 94, 0),
    RGBColor(0, 158, 115),
    RGBColor(204, 121, 167),
    RGBColor(86, 180, 233),
];

/// Makes the embedded font known to the drawing library.
pub(super) fn register_fonts() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        for style in [FontStyle::Normal, FontStyle::Bold] {
            let bytes = if matches!(style, FontStyle::Bold) { dejavu::sans::bold() } else { dejavu::sans::regular() };
            // Bytes that ship with the tool are a font.
            let _ = register_font(FONT, style, bytes);
        }
    });
}
