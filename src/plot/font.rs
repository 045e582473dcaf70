//! The font of figures: how wide its letters are, and the part of it that a file embeds.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use ab_glyph::{Font, FontRef};
use subsetter::{GlyphRemapper, subset};
use write_fonts::FontBuilder;
use write_fonts::read::{FontRef as Tables, TableProvider};
use write_fonts::tables::cmap::Cmap;
use write_fonts::types::{GlyphId, Tag};

use super::base64::base64;
use super::style::{EMBEDDED_FONT, font_bytes};

/// Advance and bearing, in em, for a letter that the font does not have: another font may have a wide one.
const UNKNOWN: [f64; 2] = [1.0, 0.05];
/// The first letter whose measures are not kept at hand.
const N_COMMON: char = '\u{600}';
/// What browsers want to know of a font and a subset for PDF leaves out.
const KEPT: [Tag; 1] = [Tag::new(b"OS/2")];
/// What speaks of the font alone, and not to browsers.
const DROPPED: [Tag; 3] = [Tag::new(b"cvt "), Tag::new(b"fpgm"), Tag::new(b"prep")];

/// Returns the CSS that embeds the font, with all characters of `[regular, bold]`; empty if nothing is written.
pub fn font_face(characters: &[String; 2]) -> String {
    let face = |(text, bold): (&String, bool)| {
        let bytes = part(font_bytes(bold), text)?;
        let weight = if bold { "bold" } else { "normal" };
        Some(format!(
            "@font-face{{font-family:\"{EMBEDDED_FONT}\";font-weight:{weight};src:url(data:font/ttf;base64,{}) format(\"truetype\")}}",
            base64(&bytes)
        ))
    };
    characters.iter().zip([false, true]).filter(|(text, _)| !text.is_empty()).filter_map(face).collect()
}

/// Returns the room to the left of a letter, in em.
pub(super) fn bearing(letter: char, bold: bool) -> f64 {
    measures(letter, bold)[1]
}

/// Returns the distance from a letter to the next, in em; neither file nor picture kerns pairs of letters.
pub(super) fn advance(letter: char, bold: bool) -> f64 {
    measures(letter, bold)[0]
}

fn measures(letter: char, bold: bool) -> [f64; 2] {
    static FONTS: OnceLock<[Option<Measures>; 2]> = OnceLock::new();
    let fonts = FONTS.get_or_init(|| [false, true].map(|bold| Measures::new(font_bytes(bold))));
    fonts[usize::from(bold)].as_ref().map_or(UNKNOWN, |of| of.of(letter))
}

/// A font's measures, those of common letters at hand.
struct Measures {
    font: FontRef<'static>,
    common: Vec<[f64; 2]>,
}

impl Measures {
    fn new(bytes: &'static [u8]) -> Option<Measures> {
        let font = FontRef::try_from_slice(bytes).ok()?;
        let common = ('\0'..N_COMMON).map(|letter| measured(&font, letter)).collect();
        Some(Measures { font, common })
    }

    fn of(&self, letter: char) -> [f64; 2] {
        self.common.get(letter as usize).copied().unwrap_or_else(|| measured(&self.font, letter))
    }
}

/// Returns the advance and left side bearing, in em.
fn measured(font: &FontRef<'_>, letter: char) -> [f64; 2] {
    let glyph = font.glyph_id(letter);
    match (glyph.0, font.units_per_em()) {
        (0, _) | (_, None) => UNKNOWN,
        (_, Some(per_em)) => {
            [font.h_advance_unscaled(glyph), font.h_side_bearing_unscaled(glyph)].map(|of| f64::from(of / per_em))
        }
    }
}

/// Returns a font of only the letters of `text`; `None` if the bytes are no font.
fn part(bytes: &[u8], text: &str) -> Option<Vec<u8>> {
    let font = FontRef::try_from_slice(bytes).ok()?;
    let mut numbers = GlyphRemapper::new();
    let letters: BTreeMap<char, u16> =
        text.chars().map(|letter| (letter, font.glyph_id(letter).0)).filter(|(_, glyph)| *glyph > 0).collect();
    let map = letters.into_iter().map(|(letter, glyph)| (letter, GlyphId::from(numbers.remap(glyph))));
    let map = Cmap::from_mappings(map.collect::<Vec<_>>()).ok()?;
    let glyphs = subset(bytes, 0, &numbers).ok()?;
    let (whole, glyphs) = (Tables::new(bytes).ok()?, Tables::new(&glyphs).ok()?);
    assembled(&whole, &glyphs, &map)
}

/// Returns the file of the subset's tables, with a map of characters and what browsers want besides.
fn assembled(whole: &Tables<'_>, glyphs: &Tables<'_>, map: &Cmap) -> Option<Vec<u8>> {
    let mut file = FontBuilder::new();
    for record in glyphs.table_directory().table_records() {
        if !DROPPED.contains(&record.tag()) {
            file.add_raw(record.tag(), glyphs.data_for_tag(record.tag())?);
        }
    }
    for tag in KEPT {
        file.add_raw(tag, whole.data_for_tag(tag)?);
    }
    file.add_table(map).ok()?;
    Some(file.build())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_has_the_widths_of_the_font_and_no_other_letter() {
        let text = "Share, % é ▲";
        let bytes: &'static [u8] = part(font_bytes(false), text).unwrap().leak();
        assert!(bytes.len() < 30_000, "{}", bytes.len());
        let (whole, part) =
            (FontRef::try_from_slice(font_bytes(false)).unwrap(), FontRef::try_from_slice(bytes).unwrap());
        for letter in text.chars() {
            assert_eq!(measured(&whole, letter), measured(&part, letter), "{letter}");
            let is_drawn = |font: &FontRef<'_>| font.outline(font.glyph_id(letter)).is_some();
            assert_eq!(is_drawn(&whole), is_drawn(&part), "{letter}");
            assert!(part.glyph_id(letter).0 > 0, "{letter}");
        }
        assert_eq!(part.glyph_id('z').0, 0);
    }
}
