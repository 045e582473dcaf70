//! The font in a figure's own file: those of its 6,000 glyphs that are written, as a TrueType font without hints.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use super::base64::base64;
use super::style::{EMBEDDED_FONT, font_bytes};

/// Advance and bearing, in em, for a letter that the font does not have: another font may have a wide one.
const UNKNOWN: [f64; 2] = [1.0, 0.05];
/// The first letter whose measures are not kept at hand.
const N_COMMON: char = '\u{600}';
/// Tables that are copied unchanged.
const KEPT: [&[u8; 4]; 1] = [b"OS/2"];
/// Flags of the parts of composite glyphs.
const WORDS: u16 = 1;
const SCALED: u16 = 1 << 3;
const MORE: u16 = 1 << 5;
const TWO_SCALES: u16 = 1 << 6;
const TWO_BY_TWO: u16 = 1 << 7;
const INSTRUCTIONS: u16 = 1 << 8;

/// Returns the CSS that embeds the font, with all characters of `[regular, bold]`; empty if nothing is written.
pub fn font_face(characters: &[String; 2]) -> String {
    let face = |(text, bold): (&String, bool)| {
        let bytes = Font::new(font_bytes(bold))?.subset(text);
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
    font: Font,
    common: Vec<[f64; 2]>,
}

impl Measures {
    fn new(bytes: &'static [u8]) -> Option<Measures> {
        let font = Font::new(bytes)?;
        let common = ('\0'..N_COMMON).map(|letter| font.measures(letter)).collect();
        Some(Measures { font, common })
    }

    fn of(&self, letter: char) -> [f64; 2] {
        self.common.get(letter as usize).copied().unwrap_or_else(|| self.font.measures(letter))
    }
}

/// A TrueType file; everything outside of it reads as 0.
struct Font {
    bytes: &'static [u8],
    tables: BTreeMap<[u8; 4], (usize, usize)>,
}

impl Font {
    fn new(bytes: &'static [u8]) -> Option<Font> {
        let mut font = Font { bytes, tables: BTreeMap::new() };
        for number in 0..usize::from(font.short(4)) {
            let at = 12 + 16 * number;
            let tag = bytes.get(at..at + 4)?.try_into().ok()?;
            font.tables.insert(tag, (font.long(at + 8) as usize, font.long(at + 12) as usize));
        }
        let needed = [b"head", b"hhea", b"maxp", b"hmtx", b"cmap", b"loca", b"glyf", b"OS/2"];
        needed.iter().all(|tag| font.tables.contains_key(*tag)).then_some(font)
    }

    fn short(&self, at: usize) -> u16 {
        self.bytes.get(at..at + 2).map_or(0, |two| u16::from_be_bytes([two[0], two[1]]))
    }

    fn long(&self, at: usize) -> u32 {
        u32::from(self.short(at)) << 16 | u32::from(self.short(at + 2))
    }

    /// Returns the offset of a table, in bytes.
    fn at(&self, tag: &[u8; 4]) -> usize {
        self.tables.get(tag).map_or(0, |table| table.0)
    }

    fn table(&self, tag: &[u8; 4]) -> Vec<u8> {
        let (at, length) = self.tables.get(tag).copied().unwrap_or_default();
        self.bytes.get(at..at + length).unwrap_or_default().to_vec()
    }

    /// Returns the glyph of a character of the basic plane; 0 is the box that stands for a missing one.
    fn glyph(&self, letter: char) -> u16 {
        let Ok(code) = u16::try_from(u32::from(letter)) else { return 0 };
        let cmap = self.at(b"cmap");
        let maps = (0..usize::from(self.short(cmap + 2))).map(|number| cmap + 4 + 8 * number);
        let unicode = maps.filter(|&at| self.short(at) == 3 && self.short(at + 2) == 1);
        let Some(map) = unicode.map(|at| cmap + self.long(at + 4) as usize).find(|&map| self.short(map) == 4) else {
            return 0;
        };
        let double = usize::from(self.short(map + 6));
        let ends = map + 14;
        let Some(number) = (0..double / 2).find(|number| self.short(ends + 2 * number) >= code) else { return 0 };
        let [start, delta, range] = [1, 2, 3].map(|part| ends + 2 + double * part + 2 * number);
        match (self.short(start), self.short(range)) {
            (first, _) if first > code => 0,
            (_, 0) => code.wrapping_add(self.short(delta)),
            (first, offset) => match self.short(range + usize::from(offset) + 2 * usize::from(code - first)) {
                0 => 0,
                glyph => glyph.wrapping_add(self.short(delta)),
            },
        }
    }

    /// Returns the outline of a glyph; empty for a blank.
    fn outline(&self, glyph: u16) -> &'static [u8] {
        let (loca, glyf, number) = (self.at(b"loca"), self.at(b"glyf"), usize::from(glyph));
        let place = |number: usize| match self.short(self.at(b"head") + 50) {
            0 => 2 * usize::from(self.short(loca + 2 * number)),
            _ => self.long(loca + 4 * number) as usize,
        };
        self.bytes.get(glyf + place(number)..glyf + place(number + 1)).unwrap_or_default()
    }

    /// Returns the advance and left side bearing, in units of the font.
    fn metrics(&self, glyph: u16) -> [u16; 2] {
        let (hmtx, n_long) = (self.at(b"hmtx"), usize::from(self.short(self.at(b"hhea") + 34)));
        let glyph = usize::from(glyph);
        if glyph < n_long {
            return [0, 2].map(|offset| self.short(hmtx + 4 * glyph + offset));
        }
        [self.short(hmtx + 4 * n_long.saturating_sub(1)), self.short(hmtx + 4 * n_long + 2 * (glyph - n_long))]
    }

    /// Returns the advance and left side bearing, in em.
    fn measures(&self, letter: char) -> [f64; 2] {
        let per_em = f64::from(self.short(self.at(b"head") + 18)).max(1.0);
        let glyph = self.glyph(letter);
        if glyph == 0 {
            return UNKNOWN;
        }
        let [advance, bearing] = self.metrics(glyph);
        [f64::from(advance) / per_em, f64::from(bearing as i16) / per_em]
    }

    /// Returns the glyphs of `text` and their parts, by their numbers here, with their numbers in the new font.
    fn glyphs(&self, text: &str) -> BTreeMap<u16, u16> {
        let mut order: Vec<u16> = vec![0];
        let letters: std::collections::BTreeSet<char> = text.chars().collect();
        order.extend(letters.into_iter().map(|letter| self.glyph(letter)));
        let mut next = 0;
        let mut numbers = BTreeMap::new();
        while next < order.len() {
            let glyph = order[next];
            next += 1;
            if !numbers.contains_key(&glyph) {
                numbers.insert(glyph, numbers.len() as u16);
                order.extend(parts(self.outline(glyph)).iter().map(|&(_, part)| part));
            }
        }
        numbers
    }

    /// Returns a font of only the glyphs of `text`.
    fn subset(&self, text: &str) -> Vec<u8> {
        let numbers = self.glyphs(text);
        let mut order: Vec<(u16, u16)> = numbers.iter().map(|(&old, &new)| (new, old)).collect();
        order.sort_unstable();
        let (mut glyf, mut loca, mut hmtx) = (Vec::new(), vec![0u8; 4], Vec::new());
        for &(_, old) in &order {
            glyf.extend(without_hints(self.outline(old), &numbers));
            glyf.resize(glyf.len().next_multiple_of(4), 0);
            loca.extend((glyf.len() as u32).to_be_bytes());
            hmtx.extend(self.metrics(old).iter().flat_map(|number| number.to_be_bytes()));
        }
        let n_glyphs = (order.len() as u16).to_be_bytes();
        let (mut head, mut hhea, mut maxp) = (self.table(b"head"), self.table(b"hhea"), self.table(b"maxp"));
        head[8..12].fill(0);
        head[50..52].copy_from_slice(&[0, 1]);
        hhea[34..36].copy_from_slice(&n_glyphs);
        maxp[4..6].copy_from_slice(&n_glyphs);
        let mut tables: BTreeMap<[u8; 4], Vec<u8>> = KEPT.iter().map(|&&tag| (tag, self.table(&tag))).collect();
        let post = [0u32, 0, 0, 0, 0, 0, 0].iter().fold(0x0003_0000u32.to_be_bytes().to_vec(), |mut post, word| {
            post.extend(word.to_be_bytes());
            post
        });
        let new =
            [(b"glyf", glyf), (b"loca", loca), (b"hmtx", hmtx), (b"head", head), (b"hhea", hhea), (b"maxp", maxp)];
        tables.extend(new.into_iter().map(|(tag, table)| (*tag, table)));
        tables.insert(*b"cmap", self.character_map(text, &numbers));
        tables.insert(*b"post", post);
        tables.insert(*b"name", vec![0, 0, 0, 0, 0, 6]);
        assembled(&tables)
    }

    /// Returns a map of format 4 with a segment for each character.
    fn character_map(&self, text: &str, numbers: &BTreeMap<u16, u16>) -> Vec<u8> {
        let letters: std::collections::BTreeSet<char> = text.chars().collect();
        let known = letters.into_iter().filter_map(|letter| {
            let glyph = self.glyph(letter);
            Some((u16::try_from(u32::from(letter)).ok()?, *numbers.get(&glyph)?)).filter(|(_, new)| *new > 0)
        });
        let segments: Vec<(u16, u16)> = known.chain([(0xffff, 0)]).collect();
        let n = segments.len() as u16;
        let power = 1 << n.ilog2();
        let delta = |&(code, glyph): &(u16, u16)| if code == 0xffff { 1 } else { glyph.wrapping_sub(code) };
        let codes: Vec<u16> = segments.iter().map(|segment| segment.0).collect();
        let search = [2 * n, 2 * power, n.ilog2() as u16, 2 * (n - power)];
        let body: Vec<u16> = search
            .into_iter()
            .chain(codes.iter().copied())
            .chain([0])
            .chain(codes.iter().copied())
            .chain(segments.iter().map(delta))
            .chain(segments.iter().map(|_| 0))
            .collect();
        let header = [0, 1, 3, 1, 0, 12, 4, 2 * body.len() as u16 + 6, 0];
        header.into_iter().chain(body).flat_map(u16::to_be_bytes).collect()
    }
}

fn short(bytes: &[u8], at: usize) -> u16 {
    bytes.get(at..at + 2).map_or(0, |two| u16::from_be_bytes([two[0], two[1]]))
}

/// Returns the parts of a composite glyph: the offset of each number, and the number. Empty for any other glyph.
fn parts(outline: &[u8]) -> Vec<(usize, u16)> {
    let mut parts = Vec::new();
    let mut at = 10;
    let is_composite = short(outline, 0) as i16 == -1;
    while is_composite && at + 4 <= outline.len() {
        let flags = short(outline, at);
        parts.push((at + 2, short(outline, at + 2)));
        at = after_part(at, flags);
        if flags & MORE == 0 {
            break;
        }
    }
    parts
}

/// Returns where the part that begins at `at` ends.
fn after_part(at: usize, flags: u16) -> usize {
    let of_scale = [(SCALED, 2), (TWO_SCALES, 4), (TWO_BY_TWO, 8)];
    let scale: usize = of_scale.iter().filter(|(flag, _)| flags & flag != 0).map(|(_, length)| length).sum();
    at + 4 + if flags & WORDS != 0 { 4 } else { 2 } + scale
}

/// Returns an outline without its program, its parts by their new numbers.
fn without_hints(outline: &[u8], numbers: &BTreeMap<u16, u16>) -> Vec<u8> {
    let n_contours = short(outline, 0) as i16;
    if n_contours >= 0 {
        let at = 10 + 2 * n_contours as usize;
        let after = at + 2 + usize::from(short(outline, at));
        return match outline.get(after..) {
            Some(points) if !outline.is_empty() => [&outline[..at], &[0, 0], points].concat(),
            _ => vec![],
        };
    }
    let mut bytes = outline.to_vec();
    let mut end = 10;
    for (at, part) in parts(outline) {
        let flags = short(outline, at - 2);
        bytes[at - 2..at].copy_from_slice(&(flags & !INSTRUCTIONS).to_be_bytes());
        bytes[at..at + 2].copy_from_slice(&numbers.get(&part).copied().unwrap_or(0).to_be_bytes());
        end = after_part(at - 2, flags);
    }
    bytes.truncate(end);
    bytes
}

/// Assembles these tables to a file.
fn assembled(tables: &BTreeMap<[u8; 4], Vec<u8>>) -> Vec<u8> {
    let n = tables.len() as u16;
    let power = 1u16 << n.ilog2();
    let search = [n, 16 * power, n.ilog2() as u16, 16 * (n - power)];
    let mut file: Vec<u8> =
        0x0001_0000u32.to_be_bytes().into_iter().chain(search.into_iter().flat_map(u16::to_be_bytes)).collect();
    let mut body: Vec<u8> = Vec::new();
    for (tag, table) in tables {
        let mut padded = table.clone();
        padded.resize(table.len().next_multiple_of(4), 0);
        let words = padded.chunks_exact(4).map(|word| u32::from_be_bytes([word[0], word[1], word[2], word[3]]));
        let sum = words.fold(0u32, u32::wrapping_add);
        let at = (12 + 16 * tables.len() + body.len()) as u32;
        file.extend(tag);
        file.extend([sum, at, table.len() as u32].iter().flat_map(|number| number.to_be_bytes()));
        body.extend(padded);
    }
    file.extend(body);
    file
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_subset_has_the_outlines_and_widths_of_the_font() {
        let whole = Font::new(font_bytes(false)).unwrap();
        let text = "Share, % é ▲";
        let bytes: &'static [u8] = whole.subset(text).leak();
        assert!(bytes.len() < 20_000, "{}", bytes.len());
        let part = Font::new(bytes).unwrap();
        for letter in text.chars() {
            let (old, new) = (whole.glyph(letter), part.glyph(letter));
            assert!(old > 0 && new > 0, "{letter}");
            assert_eq!(whole.metrics(old), part.metrics(new), "{letter}");
            assert_eq!(whole.outline(old).get(..10), part.outline(new).get(..10), "{letter}");
            assert_eq!(parts(whole.outline(old)).len(), parts(part.outline(new)).len(), "{letter}");
        }
        assert_eq!(part.glyph('z'), 0);
    }
}
